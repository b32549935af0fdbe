"""The codebook, the two sums, agreement against Krippendorff's own examples, blind coding, hypotheses."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from amparo.errors import CouldNot, Refused, WrongUse
from amparo.witness import coding
from amparo.witness.agreement import agreement, alpha
from amparo.witness.codebook import faults, fields, marks
from amparo.witness.coding import Drawn
from amparo.witness.hypotheses import needed, results
from amparo.witness.orientation import items, orientation, sensitivity

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TIP_LINE = {
    "actor": "state", "place": ["RO"], "start": 2014, "end": None, "binding": "law", "four_p": "prosecution",
    "technology": "means", "target": ["offender"], "data_taken": "content", "consent": "none",
    "entry_condition": "not_applicable", "control": "state", "remedy": "none", "right_named": ["none"],
    "sex_work": "not_touched",
}  # fmt: skip
ERASURE = TIP_LINE | {
    "actor": "international", "place": ["EU"], "start": 2018, "four_p": "protection", "technology": "object",
    "target": ["public"], "data_taken": "personal", "consent": "free", "entry_condition": "open",
    "control": "affected", "remedy": "individual", "right_named": ["erasure", "privacy"],
}  # fmt: skip


# The codebook


def test_there_are_fifteen_fields_and_each_is_explained():
    assert len(fields()) == 15
    for field in fields().values():
        assert str(field.definition)
        assert len(field.examples) == 2
        assert str(field.border)
        assert bool(field.values) == field.is_closed


def test_every_mark_names_fields_and_codes_that_exist():
    for some in marks().values():
        assert len(some) == 5
        for mark in some:
            for condition in mark.any_of:
                for field, codes in condition.items():
                    assert codes <= set(fields()[field].values)


def test_codes_of_the_codebook_have_no_fault():
    assert faults(TIP_LINE) == faults(ERASURE) == []


def test_a_missing_field_an_unknown_code_and_an_unknown_field_are_named():
    wrong = {**TIP_LINE, "control": "nobody", "colour": "red", "target": ["worker", "everyone"]}
    del wrong["remedy"]
    assert faults(wrong) == [
        ("colour", "unknown field"),
        ("target", "no such code: everyone"),
        ("control", "no such code: nobody"),
        ("remedy", "missing"),
    ]


# The two sums


def test_interception_carries_security_marks_and_erasure_rights_marks():
    assert orientation(TIP_LINE).sums == (4, 0)
    assert orientation(ERASURE).sums == (0, 5)
    assert (orientation(TIP_LINE).leans, orientation(ERASURE).leans) == ("security", "rights")


def test_as_many_of_both_lean_to_neither():
    both = {**TIP_LINE, "data_taken": "none", "consent": "not_applicable", "remedy": "individual"}
    assert orientation({**both, "right_named": ["none"]}).sums == (2, 2)
    assert orientation(both).leans == "neither"


def test_leaving_an_item_out_shows_what_hangs_on_it():
    close = {**TIP_LINE, "data_taken": "none", "consent": "not_applicable", "remedy": "individual"}
    found = {one.item: (one.changed, one.of) for one in sensitivity([close, ERASURE])}
    assert set(found) == set(items())
    assert found["security/prosecution"] == (1, 2)
    assert found["security/gate"] == (0, 2)


# Agreement

# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), part C: four observers, twelve units.
EXAMPLE = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)


def test_alpha_gives_the_published_value():
    assert alpha(EXAMPLE) == pytest.approx(0.743, abs=0.0005)


def test_alpha_of_binary_data_gives_the_published_value():
    # The same paper, part A: two observers, ten units of 0 and 1; alpha = 0.095.
    first = (0, 1, 0, 0, 0, 0, 0, 0, 1, 0)
    second = (1, 1, 1, 0, 0, 1, 0, 0, 0, 0)
    assert alpha((first, second)) == pytest.approx(0.095, abs=0.0005)


def test_alpha_of_five_names_gives_the_published_value():
    # The same paper, part B: two observers, twelve units; alpha = 0.692.
    first = ["a", "a", "b", "b", "d", "c", "c", "c", "e", "d", "d", "a"]
    second = ["b", "a", "b", "b", "b", "c", "c", "c", "e", "d", "d", "d"]
    assert alpha((first, second)) == pytest.approx(0.692, abs=0.0005)


def test_one_value_throughout_has_no_alpha():
    assert alpha(((1, 1, 1), (1, 1, 1))) is None
    assert alpha(((1, None), (None, 1))) is None


def test_the_standing_follows_the_thresholds():
    firm = {f"m{n}": TIP_LINE | {"control": "state" if n % 2 else "firm"} for n in range(20)}
    shaky = {f"m{n}": codes | ({"control": "ngo"} if n < 8 else {}) for n, codes in enumerate(firm.values())}
    by_field = {one.field: one for one in agreement([firm, firm])}
    assert (by_field["control"].standing, by_field["control"].alpha) == ("publishable", 1.0)
    assert (by_field["remedy"].standing, by_field["remedy"].why) == ("unknown", "one_value")
    assert {one.field: one.standing for one in agreement([firm, shaky])}["control"] == "dropped"


# Drawing and coding

FRAME = [Drawn(f"s{n}", f"State measure {n}", "state") for n in range(60)] + [
    Drawn(f"f{n}", f"Firm measure {n}", "firm") for n in range(40)
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "round-one"
    coding.begin(place, coding.draw(FRAME, 4, name="a frame", seed=7, on=date(2026, 11, 24)))
    return place


def code_all(folder: Path, coder: str, codes=TIP_LINE) -> None:
    for one in coding.left(folder, coder):
        coding.record(folder, coder, one.id, codes, at=NOW)


def test_a_draw_keeps_the_shares_of_the_frame_and_can_be_repeated():
    first = coding.draw(FRAME, 10, name="a frame", seed=7, on=date(2026, 11, 24))
    again = coding.draw(FRAME[::-1], 10, name="a frame", seed=7, on=date(2026, 11, 24))
    assert [one.stratum for one in first.measures].count("firm") == 4
    assert first == again
    assert first != coding.draw(FRAME, 10, name="a frame", seed=8, on=date(2026, 11, 24))


@pytest.mark.parametrize("n", [0, 101])
def test_a_draw_of_nothing_or_of_more_than_there_is_is_refused(n):
    with pytest.raises(WrongUse):
        coding.draw(FRAME, n, name="a frame", seed=7, on=date(2026, 11, 24))


def test_a_sample_is_never_drawn_again_in_its_folder(folder):
    with pytest.raises(Refused):
        coding.begin(folder, coding.sample_of(folder))


def test_a_folder_without_a_sample_says_how_to_draw_one(tmp_path):
    with pytest.raises(CouldNot) as told:
        coding.sample_of(tmp_path)
    assert "amparo witness code draw" in str(told.value.next)


def test_nobody_sees_the_other_s_codes_before_both_are_done(folder):
    code_all(folder, "coder-one")
    with pytest.raises(Refused):
        coding.compare(folder)
    measure = coding.left(folder, "coder-two")[0].id
    coding.record(folder, "coder-two", measure, TIP_LINE, at=NOW)
    with pytest.raises(Refused) as told:
        coding.compare(folder)
    assert "coder-two has 3 measures left" in str(told.value.what)
    code_all(folder, "coder-two", ERASURE)
    assert coding.compare(folder).coders == ("coder-one", "coder-two")


def test_a_disagreement_is_listed_with_both_codes(folder):
    code_all(folder, "coder-one")
    code_all(folder, "coder-two", TIP_LINE | {"remedy": "report_only"})
    found = coding.compare(folder).disagreements
    assert {(one.field, one.codes) for one in found} == {("remedy", ("none", "report_only"))}
    assert len(found) == 4


def test_a_later_line_stands_and_the_earlier_one_is_kept(folder):
    measure = coding.sample_of(folder).measures[0].id
    coding.record(folder, "coder-one", measure, TIP_LINE, at=NOW)
    coding.record(folder, "coder-one", measure, ERASURE, at=NOW)
    assert coding.codes_of(folder, "coder-one")[measure] == ERASURE
    assert len((folder / "coder-one.jsonl").read_text().splitlines()) == 2


def test_what_they_settle_on_is_a_third_record(folder):
    code_all(folder, "coder-one")
    code_all(folder, "coder-two", ERASURE)
    before = (folder / "coder-one.jsonl").read_bytes()
    measure = coding.sample_of(folder).measures[0].id
    coding.settle(folder, measure, ERASURE, by=["coder-one", "coder-two"], at=NOW)
    assert coding.settled(folder) == {measure: ERASURE}
    assert (folder / "coder-one.jsonl").read_bytes() == before


def test_what_both_coded_alike_stands_without_settling(folder):
    code_all(folder, "coder-one", TIP_LINE | {"target": ["offender", "buyer"]})
    code_all(folder, "coder-two", TIP_LINE | {"target": ["buyer", "offender"]})
    assert len(coding.settled(folder)) == 4


@pytest.mark.parametrize("name", ["consensus", "Nora", "../up", "a", "", "x" * 50])
def test_a_name_that_could_be_mistaken_is_refused(folder, name):
    with pytest.raises(WrongUse):
        coding.record(folder, name, coding.sample_of(folder).measures[0].id, TIP_LINE, at=NOW)


def test_codes_the_codebook_does_not_have_are_refused_and_not_kept(folder):
    measure = coding.sample_of(folder).measures[0].id
    with pytest.raises(Refused) as told:
        coding.record(folder, "coder-one", measure, TIP_LINE | {"control": "nobody"}, at=NOW)
    assert "control: no such code: nobody" in str(told.value.what)
    assert coding.codes_of(folder, "coder-one") == {}


def test_a_measure_that_was_not_drawn_is_refused(folder):
    with pytest.raises(Refused):
        coding.record(folder, "coder-one", "another", TIP_LINE, at=NOW)


# The hypotheses


def test_a_seed_list_gives_counts_and_no_finding():
    found = results([TIP_LINE] * 40, is_sample=False)
    assert {one.finding for one in found} == {"not_a_sample"}
    assert (found[0].hits, found[0].of) == (40, 40)


def test_a_sample_supports_contradicts_or_leaves_open():
    def h1(*coded):
        return results(coded, is_sample=True)[0].finding

    means = ERASURE | {"technology": "means"}
    assert h1(*[TIP_LINE] * 40) == "supported"
    assert h1(*[means] * 40) == "contradicted"
    assert h1(*[TIP_LINE] * 21, *[means] * 19) == "open"
    assert h1() == "open"


def test_each_hypothesis_counts_what_it_says():
    merged = TIP_LINE | {"sex_work": "merged"}
    together = ERASURE | {"remedy": "collective", "start": 2010}
    found = {
        one.id: (one.hits, one.of) for one in results([TIP_LINE, merged, ERASURE, together], is_sample=True)
    }
    assert found == {"H1": (2, 2), "H2a": (0, 2), "H2b": (1, 2), "H3": (2, 2), "H4": (1, 1), "H5": (1, 2)}


def test_the_power_note_is_the_published_one():
    assert needed() == 113
