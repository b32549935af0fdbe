"""Whole situations with the rights a jurist expects, in order, and those that do not apply, with the reason.

`not` names the reason each is refused: age, date, role, or the fact of the condition that fails (home: where
she lives). `to` is a recipient; `reached` and `missed` are the rules that bind it and that do not.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from amparo.law.addressee import Addressee
from amparo.law.rights import NotRight, Rights, reaches, rights
from amparo.law.rules import rule, rules
from amparo.law.situation import Decision, Sender, Situation

FOLDER = Path(__file__).parent / "whole"
FILES: dict[str, dict[str, Any]] = {
    file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.rglob("*.yaml"))
}
WHOLE: list[dict[str, Any]] = [one for file in FILES.values() for one in file["situations"]]
TODAY = date(2026, 11, 24)
FACT_OF = {"lives_in": "home"}
DECIDED = {"material", "role", "decision"}


def situation_of(told: Mapping[str, Any]) -> Situation:
    decision = Decision(**told["decision"]) if "decision" in told else None
    sender = Sender(**told["sender"]) if "sender" in told else Sender()
    rest = {name: value for name, value in told.items() if name not in ("decision", "sender")}
    return Situation(**rest, decision=decision, sender=sender)


def found_in(one: Mapping[str, Any]) -> Rights:
    return rights(situation_of(one["situation"]), one.get("day", TODAY))


def addressee_of(told: Mapping[str, Any]) -> Addressee:
    seat, small = told.get("seat"), told.get("small")
    return Addressee(frozenset(told["kinds"]), seat, frozenset(told.get("offered_in", ())), small)


def ground_of(refused: NotRight) -> frozenset[str]:
    """Gives the facts on which a refusal rests, found from its sentence."""
    said = refused.why.text
    if "only from {start}" in said or "ended on {end}" in said:
        return frozenset({"date"})
    if "under 18" in said:
        return frozenset({"age"})
    if said == "It is for {who}.":
        return frozenset({"role"})
    parts = [*refused.rule.conditions, *([refused.rule.reach] if refused.rule.reach else [])]
    asked = next(part.test.asked for part in parts if part.otherwise == refused.why)
    named = frozenset(FACT_OF.get(fact, fact) for fact in asked - {"offered_in", "small", "seat"})
    return frozenset({"decision"}) if named == DECIDED else named


@pytest.mark.parametrize("one", WHOLE, ids=[one["name"] for one in WHOLE])
def test_the_rights_are_those_a_jurist_expects(one: dict[str, Any]) -> None:
    applied = [right.rule.id for right in found_in(one).applies]
    assert [id for id in applied if id in one["has"]] == one["has"]


@pytest.mark.parametrize("one", WHOLE, ids=[one["name"] for one in WHOLE])
def test_what_does_not_apply_is_refused_for_its_reason(one: dict[str, Any]) -> None:
    refused = {right.rule.id: right for right in found_in(one).not_applies}
    for id, reason in one["not"].items():
        assert id in refused, f"{id} applies"
        assert reason in ground_of(refused[id]), f"{id}: {refused[id].why}"


@pytest.mark.parametrize("one", [one for one in WHOLE if "to" in one], ids=lambda one: one["name"])
def test_a_recipient_is_bound_by_the_rules_that_reach_it(one: dict[str, Any]) -> None:
    to, situation, day = addressee_of(one["to"]), situation_of(one["situation"]), one.get("day", TODAY)
    hers = {right.rule.id for right in found_in(one).applies}
    bound = {id for id in rules() if id in hers and reaches(rule(id), situation, to, day).yes}
    assert [id for id in one["reached"] if id not in bound] == []
    assert [id for id in one["missed"] if id in bound] == []


def test_there_are_at_least_eighty_each_with_its_law_and_a_name_of_its_own() -> None:
    assert len(WHOLE) >= 80
    assert len({one["name"] for one in WHOLE}) == len(WHOLE)
    assert all(one["reason"] for one in WHOLE)


@pytest.mark.parametrize("name", FILES)
def test_each_file_was_read_a_second_time_against_the_sources(name: str) -> None:
    assert FILES[name]["read_twice"] >= date(2026, 11, 24)
