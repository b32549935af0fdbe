"""Blind coding: drawing, coding alone, comparing once, settling."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from amparo.cli.main import main
from amparo.errors import CouldNot, Refused, WrongUse
from amparo.witness import coding
from amparo.witness.agreement import disagreements
from amparo.witness.codebook import alike
from amparo.witness.coding import Drawn
from tests.witness.codes import ERASURE, TIP_LINE

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


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
    assert coding.settled(folder) == {}  # what is alike is not told before comparing
    assert coding.compare(folder).disagreements == ()
    assert len(coding.settled(folder)) == 4


# What an attacker tried


def both(folder: Path, other=TIP_LINE) -> coding.Compared:
    code_all(folder, "coder-one")
    code_all(folder, "coder-two", other)
    return coding.compare(folder)


def first_of(folder: Path) -> str:
    return coding.sample_of(folder).measures[0].id


def test_after_comparing_no_code_can_be_changed(folder):
    found = both(folder, ERASURE)
    for coder in ("coder-two", "coder-three"):
        with pytest.raises(Refused) as told:
            coding.record(folder, coder, first_of(folder), TIP_LINE, at=NOW)
        assert "can no longer be changed" in str(told.value.what)
    assert coding.compare(folder) == found


def test_a_line_written_past_the_program_after_comparing_does_not_count(folder):
    found = both(folder, ERASURE)
    lines = (folder / "coder-one.jsonl").read_text(encoding="utf-8")
    with (folder / "coder-two.jsonl").open("a", encoding="utf-8") as file:
        file.write(lines)
    assert coding.compare(folder) == found
    assert coding.settled(folder) == {}


def test_a_compared_round_is_not_compared_again_between_others(folder):
    code_all(folder, "coder-three", ERASURE)
    both(folder)
    assert coding.compare(folder).coders == ("coder-one", "coder-three", "coder-two")
    with pytest.raises(Refused):
        coding.compare(folder, ["coder-one", "coder-two"])


def test_nobody_is_compared_with_herself(folder):
    code_all(folder, "coder-one")
    with pytest.raises(Refused):
        coding.compare(folder, ["coder-one", "coder-one"])


def test_a_round_whose_end_cannot_be_read_stays_closed(folder):
    both(folder)
    (folder / "compared.json").write_text("{}", encoding="utf-8")
    with pytest.raises(CouldNot):
        coding.record(folder, "coder-one", first_of(folder), TIP_LINE, at=NOW)


def test_only_a_measure_of_the_sample_is_settled(folder):
    both(folder, ERASURE)
    with pytest.raises(Refused):
        coding.settle(folder, "another", ERASURE, at=NOW)
    assert coding.settled(folder) == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("start", "2014"), ("start", True), ("start", 20144), ("end", 2014.0), ("end", [2014]),
        ("place", "RO"), ("place", []), ("place", [1]), ("place", ["Romania"]), ("place", ["RO\n"]),
        ("target", []), ("target", "offender"), ("target", [["offender"]]), ("target", ["buyer", "buyer"]),
        ("right_named", ["none", "privacy"]), ("control", ["state"]), ("control", {}), ("control", None),
    ],
)  # fmt: skip
def test_a_code_of_the_wrong_kind_is_refused(folder, field, value):
    with pytest.raises(Refused) as told:
        coding.record(folder, "coder-one", first_of(folder), TIP_LINE | {field: value}, at=NOW)
    assert f"{field}: " in str(told.value.what)


@pytest.mark.parametrize("codes", [None, [], "codes", 3])
def test_codes_that_are_no_object_are_refused(folder, codes):
    with pytest.raises(Refused):
        coding.record(folder, "coder-one", first_of(folder), codes, at=NOW)


@pytest.mark.parametrize("measure", [None, [], {}, 3])
def test_a_measure_that_is_no_text_is_refused(folder, measure):
    with pytest.raises(Refused):
        coding.record(folder, "coder-one", measure, TIP_LINE, at=NOW)


def test_a_code_that_stands_twice_is_no_disagreement():
    one, other = TIP_LINE | {"target": ["buyer"]}, TIP_LINE | {"target": ["buyer", "buyer"]}
    assert disagreements([{"m": one}, {"m": other}]) == []
    assert alike(one, other)


def test_open_and_year_fields_are_settled_too(folder):
    found = both(folder, TIP_LINE | {"place": ["FR"], "start": 2015, "end": 2020})
    assert {one.field for one in found.disagreements} == {"place", "start", "end"}
    assert not {"place", "start", "end"} & {one.field for one in found.agreement}
    assert coding.settled(folder) == {}
    coding.settle(folder, first_of(folder), TIP_LINE, at=NOW)
    assert set(coding.settled(folder)) == {first_of(folder)}


def test_an_id_that_stands_twice_in_a_frame_is_refused():
    with pytest.raises(WrongUse):
        coding.draw([*FRAME, FRAME[0]], 4, name="a frame", seed=7, on=date(2026, 11, 24))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//a.example", "https://a b"])
def test_an_address_in_a_frame_is_a_web_address(url):
    with pytest.raises(WrongUse):
        coding.draw([Drawn("m", "M", "state", url)], 1, name="a frame", seed=7, on=date(2026, 11, 24))


def test_of_several_lines_all_are_kept_or_none(folder):
    good, bad = (one.id for one in coding.sample_of(folder).measures[:2])
    with pytest.raises(Refused):
        coding.record_all(folder, "coder-one", [(good, TIP_LINE), (bad, {})], at=NOW)
    assert coding.codes_of(folder, "coder-one") == {}


def test_only_a_line_feed_ends_a_line(tmp_path):
    path = tmp_path / "codes.jsonl"
    path.write_text('{"a": "one\u2028two\u0085three"}\n', encoding="utf-8")
    assert coding.json_lines(path) == [{"a": "one\u2028two\u0085three"}]


@pytest.mark.parametrize("name", ["../up", "coder-one\n", "consensus"])
def test_the_name_is_checked_when_asking_what_is_left(folder, name):
    with pytest.raises(WrongUse):
        coding.left(folder, name)


def test_the_name_consensus_is_refused_with_its_reason():
    with pytest.raises(WrongUse) as told:
        coding.check_name("consensus")
    assert "kept for what the coders settle on" in str(told.value.what)


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


# On the command line


def said(capsys: pytest.CaptureFixture[str], *given: object) -> tuple[int, dict[str, str]]:
    """Gives the exit code of a command and the one object it prints with --json."""
    capsys.readouterr()
    code = main(["witness", "--json", "code", *map(str, given)])
    (line,) = capsys.readouterr().out.splitlines()
    return code, json.loads(line)


def test_one_names_who_is_compared(folder, capsys):
    code_all(folder, "coder-one")
    code_all(folder, "coder-two", ERASURE)
    coding.record(folder, "typo", first_of(folder), TIP_LINE, at=NOW)
    assert said(capsys, "compare", "--in", folder)[0] == 1
    code, found = said(capsys, "compare", "--coders", "coder-one,coder-two", "--in", folder)
    assert (code, found["coders"]) == (0, ["coder-one", "coder-two"])


def test_a_file_with_one_bad_line_is_not_kept_at_all(folder, tmp_path, capsys):
    path = tmp_path / "codes.jsonl"
    lines = [{"measure": first_of(folder), "codes": TIP_LINE}, {"measure": 7, "codes": []}]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    code, answer = said(capsys, "give", path, "--coder", "coder-one", "--in", folder)
    assert (code, set(answer)) == (1, {"error", "next"})
    assert coding.codes_of(folder, "coder-one") == {}


def test_a_file_problem_is_told_as_json_with_a_fitting_step(folder, tmp_path, capsys):
    for path, step in ((tmp_path / "none", "Check how the name"), (tmp_path, "Give a file, not a folder.")):
        code, answer = said(capsys, "give", path, "--coder", "coder-one", "--in", folder)
        assert (code, set(answer)) == (3, {"error", "next"})
        assert answer["next"].startswith(step)


@pytest.mark.parametrize(
    ("number", "step"),
    [(13, "may read and write"), (28, "there is room"), (20, "not a file"), (None, "doctor")],
)
def test_what_the_system_refused_has_its_own_next_step(number, step, capsys, monkeypatch):
    def refuse(*_: object) -> None:
        raise OSError(number, "said by the system")

    monkeypatch.setattr("amparo.cli.witness.run", refuse)
    code, answer = said(capsys, "book")
    assert (code, answer["error"]) == (3, "The system refused: said by the system.")
    assert step in answer["next"]
