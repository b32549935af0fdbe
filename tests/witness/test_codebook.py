"""The codebook, the two sums, agreement against Krippendorff's own examples, hypotheses."""

import pytest

from amparo.witness.agreement import agreement, alpha
from amparo.witness.codebook import faults, fields, marks
from amparo.witness.hypotheses import needed, results
from amparo.witness.orientation import items, orientation, sensitivity
from tests.witness.codes import ERASURE, TIP_LINE

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
