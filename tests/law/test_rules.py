"""Every rule file has the shape and the sense it must have."""

import ast
import json
import re
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml

import amparo.law
from amparo.errors import Refused
from amparo.law import counting
from amparo.law.clocks import EVENTS
from amparo.law.places import place
from amparo.law.rules import Rule, as_json, find, rule, rules, schema
from amparo.law.sources import GRADES
from tests.bundled import for_each

ROOM = Path(amparo.law.__file__).parent
FIXED = {
    "eu/gdpr/access",
    "eu/gdpr/erasure",
    "eu/gdpr/objection",
    "eu/gdpr/restriction",
    "eu/gdpr/delisting",
    "eu/gdpr/complaint",
    "eu/dsa/notice",
    "eu/dsa/statement-of-reasons",
    "eu/dsa/internal-complaint",
    "eu/dsa/out-of-court",
    "eu/dsa/complaint",
    "uk/gdpr/access",
    "uk/gdpr/erasure",
    "uk/gdpr/objection",
    "uk/gdpr/delisting",
    "uk/gdpr/complaint-to-controller",
    "uk/gdpr/complaint",
    "uk/osa/intimate-image",
    "us/take-it-down/removal",
    "us/dmca/notice",
    "us-ca/ccpa/delete",
    "us-ca/ccpa/access",
    "au/online-safety/image-based-abuse",
    "in/it-rules/intimate-image",
    "br/lgpd/access",
    "br/lgpd/erasure",
    "br/marco-civil/removal",
    "ca-qc/private-sector/access",
    "ca-qc/private-sector/delisting",
    "ca-qc/private-sector/erasure",
}


each_rule = for_each(rules().values(), by=lambda one: one.place)
FILES = as_json()["rules"]
VALIDATOR = jsonschema.Draft202012Validator(schema())


def test_the_promised_rules_are_there() -> None:
    assert set(rules()) >= FIXED


@each_rule
def test_a_rule_file_fits_the_schema(one: Rule) -> None:
    VALIDATOR.validate(FILES[one.id])


def test_a_rule_with_an_unknown_field_does_not_fit() -> None:
    record = {**as_json()["rules"]["eu/gdpr/access"], "deadline": "30 days"}
    with pytest.raises(jsonschema.ValidationError, match="deadline"):
        jsonschema.Draft202012Validator(schema()).validate(record)


def test_a_source_without_an_archived_link_must_say_why() -> None:
    record = as_json()["rules"]["eu/gdpr/access"]
    del record["sources"]["art12"]["not_archived"]
    with pytest.raises(jsonschema.ValidationError, match="not_archived"):
        jsonschema.Draft202012Validator(schema()).validate(record)


@each_rule
def test_escalation_names_rules_that_exist(one: Rule) -> None:
    assert set(one.escalation) <= set(rules())


@each_rule
def test_a_value_is_graded_no_better_than_its_best_source(one: Rule) -> None:
    for clock in one.clocks.values():
        for value in clock.values:
            best = min(GRADES.index(source.grade) for source in value.sources)
            assert GRADES.index(value.grade) >= best, clock.name


@each_rule
def test_values_follow_one_another_and_none_begins_before_its_rule(one: Rule) -> None:
    for clock in one.clocks.values():
        starts = [value.from_ for value in clock.values]
        assert starts == sorted(set(starts))
        assert starts[0] >= one.from_


@each_rule
def test_no_number_means_a_suggestion_and_says_so_in_the_price(one: Rule) -> None:
    silent = [clock for clock in one.clocks.values() if clock.period is None and clock.side == "recipient"]
    assert all(clock.suggested_follow_up_days for clock in silent)
    if one.default_clock.period is None and one.right != "internal_complaint":
        assert "no_clock" in one.price


@each_rule
def test_a_clock_is_counted_by_a_convention_that_graded_its_unit(one: Rule) -> None:
    for clock in one.clocks.values():
        for value in clock.values:
            if value.period is not None:
                assert value.period.unit in clock.counting.grades


@each_rule
def test_nothing_was_checked_after_the_day_of_this_release(one: Rule) -> None:
    assert all(source.checked_on <= date(2026, 11, 24) for source in one.sources)


@each_rule
def test_page_texts_are_whole_sentences_in_plain_words(one: Rule) -> None:
    said = [one.why, *(c.otherwise for c in one.conditions)]
    said += [one.reach.otherwise, one.reach.unsure] if one.reach else []
    for text in map(str, said):
        assert text.endswith("."), text
        assert not re.search("victim|survivor|traffick", text, re.IGNORECASE), text


def test_the_seat_of_a_rule_is_a_place() -> None:
    for one in rules().values():
        assert one.seat is None or place(one.seat).code == one.seat


def test_every_convention_has_sources() -> None:
    assert all(convention.sources for convention in counting.countings().values())


def test_events_of_clocks_are_known_events() -> None:
    for one in rules().values():
        for clock in one.clocks.values():
            assert clock.events <= set(EVENTS)


def test_no_period_or_citation_stands_in_the_code() -> None:
    """Numbers of days and articles belong in the YAML, where a jurist can read and change them."""
    law = re.compile(
        r"\b(GDPR|DSA|CCPA|DMCA|LGPD|PIPEDA|USC|\d+ ?CFR|§)\b"
        r"|timedelta\((days|weeks|hours)=(?!1\b|days|hours|clock)\d+"
        r"|== ?\"(EU|EEA|GB|UK|US|US-CA|AU|IN|BR|CA|CA-QC|FR|DE|ES)\"",
    )
    for file in sorted(ROOM.glob("*.py")):
        if file.name in ("addressee.py", "situation.py"):
            continue  # their comments say from which law a word is taken
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            assert not law.search(line), f"{file.name}:{number}: {line}"


def test_no_place_is_named_in_the_code_that_decides() -> None:
    """Which law is whose stands in places.yaml and in the rules, so a country needs no programmer."""
    named = re.compile(r"EU|EEA|GB|UK|US|AU|IN|BR|CA|FR|DE|ES|[A-Z]{2}-[A-Z]{2}|eu|uk|us|(eu|uk|us|br|in)/.*")
    plan = ROOM.parent / "claims" / "plan"
    for file in sorted([*ROOM.glob("*.py"), *plan.glob("*.py")]):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not named.fullmatch(node.value), f"{file.name}:{node.lineno}: {node.value}"


def test_the_export_is_plain_json() -> None:
    assert json.loads(json.dumps(as_json()))["rules"]["eu/gdpr/access"]["from"] == "2018-05-25"


def test_a_rule_that_does_not_exist_is_refused_with_near_names() -> None:
    with pytest.raises(Refused) as refused:
        rule("eu/gdpr/eraser")
    assert str(refused.value.what) == "There is no rule eu/gdpr/eraser."
    assert "eu/gdpr/erasure" in str(refused.value.next)


def test_a_clock_that_does_not_exist_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(Refused) as refused:
        find("us-ca/ccpa/delete#decide")
    assert "answer, acknowledge" in str(refused.value.next)


def test_the_bare_id_means_the_answer_clock_or_the_first_one() -> None:
    assert find("us-ca/ccpa/delete")[1].name == "answer"
    assert find("eu/dsa/notice")[1].name == "decide"


def test_the_example_for_jurists_fits_the_schema() -> None:
    page = (ROOM.parents[1] / "docs" / "how-to-write-a-rule.md").read_text(encoding="utf-8")
    example = yaml.safe_load(page.split("```yaml\n")[1].split("```")[0])
    plain = json.loads(json.dumps(example, default=str))
    jsonschema.Draft202012Validator(schema()).validate(plain)


def test_the_page_for_jurists_names_every_field_of_the_schema() -> None:
    page = (ROOM.parents[1] / "docs" / "how-to-write-a-rule.md").read_text(encoding="utf-8")
    fields = set(schema()["properties"]) - {"under_18"}
    assert [field for field in sorted(fields) if field not in page] == []
