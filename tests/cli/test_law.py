"""`amparo law`: the list, one rule, and what needs a reader."""

import json
from datetime import date

import pytest

from amparo.cli.main import main
from amparo.law.rules import rules


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_list_holds_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "list", "--json"]) == 0
    assert [row["id"] for row in lines(capsys)] == list(rules())


def test_the_list_of_one_place_holds_only_its_law(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "list", "--place", "uk", "--json"]) == 0
    assert {row["place"] for row in lines(capsys)} == {"uk"}


def test_a_rule_not_in_force_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    one = next(one for one in rules().values() if one.to and one.to < date(2026, 1, 1))
    assert main(["law", "show", one.id]) == 0
    assert f"from {one.from_} to {one.to}" in (shown := capsys.readouterr().out)
    assert f"ENDED on {one.to}" in shown


def test_a_place_without_rules_is_wrong_use() -> None:
    assert main(["law", "list", "--place", "zz"]) == 2


def test_one_rule_is_shown_with_its_clock_and_its_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "show", "eu/gdpr/access", "--json"]) == 0
    (found,) = lines(capsys)
    assert found["clocks"]["answer"][0]["length"] == "1 month"  # type: ignore[index, call-overload]  # plain data
    assert found["sources"]


def test_an_unknown_rule_is_refused_with_near_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "show", "eu/gdpr/acces", "--json"]) == 1
    assert "eu/gdpr/access" in str(lines(capsys)[0]["next"])


def test_years_later_every_number_is_old(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "stale", "--place", "eu", "--now", "2030-01-01T00:00Z", "--json"]) == 1
    found = lines(capsys)
    numbers = [
        clock
        for rule in rules().values()
        for clock in rule.clocks.values()
        if rule.place == "eu" and clock.period is not None
    ]
    assert len(found) == len(numbers)
    assert {row["why"] for row in found} >= {"old"}
