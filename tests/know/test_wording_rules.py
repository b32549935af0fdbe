"""The word lists as data: in shape, sourced, and each rule does on its examples what it says."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from amparo.errors import WrongUse
from amparo.know.wording import check
from amparo.know.wording_rules import FAMILIES, LANGUAGES, WORDING, Rule, folded, images, rules
from tests.bundled import for_each

SCHEMA = Draft202012Validator(
    json.loads((WORDING.parent / "wording.schema.json").read_text(encoding="utf-8"))
)
EVERY = [(code, rule) for code in LANGUAGES for rule in rules(code).rules]
FIRING = [(code, rule, said) for code, rule in EVERY for said in rule.examples_fire]
SILENT = [(code, rule, said) for code, rule in EVERY for said in rule.examples_silent]


def written(name: str) -> dict:
    return yaml.safe_load((WORDING / f"{name}.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_word_list_has_the_shape_of_its_schema(code):
    assert [
        f"{'/'.join(map(str, one.absolute_path))}: {one.message}" for one in SCHEMA.iter_errors(written(code))
    ] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_all_ten_families_and_all_eight_positive_checks(code):
    assert {rule.family for rule in rules(code).rules} == set(FAMILIES)
    assert len(FAMILIES) == 10
    assert len({rule.family for rule in rules(code).positive}) == 8


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_id_stands_for_one_rule(code):
    ids = [rule.id for rule in rules(code).rules]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_rule_rests_on_a_source_with_title_and_address(code):
    sources = written("sources")
    for rule in (*written(code)["rules"], *written(code)["positive"]):
        assert sources[rule["source"]]["title"]
        assert sources[rule["source"]]["url"].startswith("http")


def test_no_source_is_kept_that_no_rule_rests_on():
    used = {
        rule["source"] for code in LANGUAGES for part in ("rules", "positive") for rule in written(code)[part]
    }
    unused = set(written("sources")) - used
    assert unused == set()


@for_each(FIRING, by=lambda one: f"{one[0]} {one[1].family}")
def test_a_rule_speaks_on_each_of_its_firing_examples(code: str, rule: Rule, said: str):
    assert rule.id in {one.rule for one in check(said, code).findings}


@for_each(SILENT, by=lambda one: f"{one[0]} {one[1].family}")
def test_nothing_speaks_on_a_silent_example(code: str, rule: Rule, said: str):
    assert [(one.rule, one.text) for one in check(said, code).findings] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_why_and_better_are_written_in_words_the_check_itself_lets_pass(code):
    """`better` says what to write instead: it may not hold what another rule speaks about."""
    for rule in (*rules(code).rules, *rules(code).positive):
        assert [
            (rule.id, one.text) for one in check(rule.better, code).findings if one.family != "police_only"
        ] == []


def test_the_lists_are_written_for_their_language_and_do_not_share_their_patterns():
    """Romance lists may meet in a word; a list made by translation would meet in most of them."""
    held = {
        code: {
            folded(one)
            for rule in written(code)["rules"]
            for one in (*rule.get("lemmas", ()), *rule.get("patterns", ()))
        }
        for code in LANGUAGES
    }
    for code in LANGUAGES:
        for other in set(LANGUAGES) - {code}:
            assert len(held[code] & held[other]) < 0.03 * len(held[code])


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_image_checklist_asks_fourteen_questions_and_answers_none(code):
    asked = images(code)
    assert len(asked) == 14
    assert len({one.id for one in asked}) == 14
    assert all(one.asks.endswith("?") and one.why and one.wanted in ("yes", "no") for one in asked)


def test_the_image_questions_are_not_the_same_words_in_two_languages():
    assert len({one.asks for code in LANGUAGES for one in images(code)}) == 14 * len(LANGUAGES)


def test_a_language_without_a_list_is_told_so_with_the_ones_there_are():
    with pytest.raises(WrongUse, match="pl") as told:
        rules("pl")
    assert "en, es, fr, ro" in str(told.value.next)


def test_a_pattern_whose_first_word_can_be_absent_is_refused():
    from amparo.know.wording_rules import _patterns

    with pytest.raises(ValueError, match="absent"):
        _patterns(["(very)?(most)? victim"])


def test_the_files_of_the_folder_are_the_lists_and_their_two_companions():
    assert {path.stem for path in Path(WORDING).glob("*.yaml")} == {*LANGUAGES, "images", "sources"}
