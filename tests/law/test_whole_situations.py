"""Whole situations with the rights a jurist expects, in order, and those that do not apply."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from amparo.law.rights import rights
from amparo.law.situation import Decision, Situation

FOLDER = Path(__file__).parent / "whole"
WHOLE: list[dict[str, Any]] = [
    one for file in sorted(FOLDER.rglob("*.yaml")) for one in yaml.safe_load(file.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("one", WHOLE, ids=[one["name"] for one in WHOLE])
def test_the_rights_are_those_a_jurist_expects(one: dict[str, Any]) -> None:
    told = dict(one["situation"])
    decision = Decision(**told.pop("decision")) if "decision" in told else None
    found = rights(Situation(**told, decision=decision), one["day"])
    applied = [right.rule.id for right in found.applies]
    refused = {right.rule.id: str(right.why) for right in found.not_applies}
    assert [id for id in applied if id in one["has"]] == one["has"]
    assert [id for id in one["not"] if not refused.get(id)] == []
