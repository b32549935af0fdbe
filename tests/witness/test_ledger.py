"""The ledger's files: each fits the schema and the codebook, points at what exists, and leaves as it came."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from amparo.directory.records import records
from amparo.errors import Refused
from amparo.know.articles import articles
from amparo.law.rules import rules
from amparo.witness import exports, ledger
from amparo.witness.codebook import faults
from amparo.witness.ledger import Query, chosen, measure, measures
from amparo.witness.plots import plots

SCHEMA = json.loads((Path(ledger.__file__).parent / "measure.schema.json").read_text(encoding="utf-8"))
SEED = {**dict.fromkeys("A", 32), "B": 14, "C": 14, "D": 15, "E": 15, "F": 14, "G": 10}
ARGUED = (
    "palermo-protocol",
    "ro-special-surveillance-methods",
    "fr-aggravated-electronic-contact-2003",
    "us-jvta-patronizes-solicits-advertises",
    "proposal-com-2022-732",
    "directive-2024-1712",
    "meta-sexual-solicitation-policy",
    "google-compensated-sexual-acts-rules",
    "ulula-ecovadis-worker-voice-survey",
    "eu-break-the-invisible-chain",
    "rescue-films",
    "gdpr-right-to-erasure",
    "google-spain-delisting",
    "ilo-fair-recruitment-principles",
    "eures-portal",
    "unesco-sexuality-education-guidance",
)


@pytest.mark.parametrize(
    ("id", "record"), list(ledger.raw()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_record_fits_the_schema_and_the_codebook(id, record):
    errors = [error.message for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(record)]
    assert errors == []
    assert faults(record["codes"]) == []
    assert record["does"].rstrip()[-1] in ".?"


def test_every_row_of_the_seed_list_is_there_once():
    seeds = [one.seed for one in measures().values() if one.seed]
    assert len(seeds) == len(set(seeds)) == 114
    for letter, count in SEED.items():
        assert sum(seed.startswith(letter) for seed in seeds) == count


@pytest.mark.parametrize("id", ARGUED)
def test_every_measure_the_argument_names_is_there_and_marked(id):
    assert measure(id).named_in_argument


def test_what_one_can_do_points_at_rules_and_records_that_exist():
    for one in measures().values():
        assert set(one.act.get("rights", ())) <= set(rules()), one.id
        assert set(one.act.get("services", ())) <= set(records()), one.id
        assert set(one.part_of) <= set(measures()), one.id


def test_an_unopened_source_is_unchecked():
    for one in measures().values():
        for source in one.sources:
            assert source.opened_on is not None or source.grade == "unchecked", one.id


def test_the_best_opened_source_gives_the_grade():
    one = measure("gdpr-right-to-erasure")
    unopened = replace(one.sources[0], opened_on=None)
    assert replace(one, sources=(unopened,)).grade == "unchecked"
    assert replace(one, sources=(unopened, replace(one.sources[0], grade="secondary"))).grade == "secondary"


def test_an_unknown_measure_names_the_nearest():
    with pytest.raises(Refused) as told:
        measure("palermo")
    assert "palermo-protocol" in str(told.value.next)


def test_search_and_filters_narrow_the_list():
    assert [one.id for one in chosen(Query(text="palermo"))] == ["palermo-protocol"]
    firms = chosen(Query(codes={"control": "firm"}))
    assert firms
    assert all(one.codes["control"] == "firm" for one in firms)
    assert chosen(Query(codes={"target": "sex_worker", "sex_work": "protected"}))
    assert chosen(Query(text="no such words at all")) == []


def test_a_year_gives_what_was_in_effect_then():
    in_1999 = {one.id for one in chosen(Query(year=1999))}
    assert "habeas-data-and-amparo" in in_1999
    assert "gdpr-right-to-erasure" not in in_1999
    assert "iom-baltic-campaigns" not in {one.id for one in chosen(Query(year=2006))}


def test_csv_and_json_hold_every_measure_with_licence_and_caveat():
    all_of_them = list(measures().values())
    table = list(csv.DictReader(io.StringIO(exports.as_csv(all_of_them))))
    assert len(table) == len(all_of_them)
    assert table[0]["licence"].startswith("https://creativecommons.org/")
    assert "no sample" in table[0]["caveat"]
    assert len(json.loads(exports.as_json(all_of_them))["measures"]) == len(all_of_them)


def test_a_cell_never_begins_like_a_formula():
    one = replace(measure("palermo-protocol"), name="=HYPERLINK(1)")
    (row,) = csv.DictReader(io.StringIO(exports.as_csv([one])))
    assert row["name"] == "'=HYPERLINK(1)"


def test_json_ld_names_its_words_and_parts():
    said = json.loads(exports.as_jsonld(measures().values()))
    assert said["@context"] == "https://schema.org"
    assert len(said["hasPart"]) == len(measures())
    assert len(said["variableMeasured"]) == 15


def test_the_same_ledger_gives_the_same_bytes():
    assert exports.as_jsonld(measures().values()) == exports.as_jsonld(measures().values())


def test_each_drawing_stands_beside_a_table_with_the_same_numbers():
    all_of_them = list(measures().values())
    drawn = {one.id: one for one in plots(all_of_them, str)}
    assert sum(row[-1] for row in drawn["plane"].rows) == len(all_of_them)
    for id in ("timeline", "who-controls", "by-actor"):
        counted = sum(sum(row[1:]) for row in drawn[id].rows)
        assert counted == sum(1 for one in all_of_them if id != "timeline" or one.codes["start"])
    for one in drawn.values():
        assert one.svg.startswith("<svg")
        assert "<script" not in one.svg
        assert all(len(row) == len(one.head) for row in one.rows)


def test_drawings_of_nothing_do_not_fail():
    assert len(plots([], str)) == 4


def test_every_article_a_measure_leads_to_is_written():
    named = {id for one in measures().values() for id in one.act.get("articles", ())}
    assert named <= set(articles())
    assert len([one for one in measures().values() if one.act.get("articles")]) > 190
