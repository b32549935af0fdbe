"""A table of rulings becomes shares with intervals; a wrong line is named and nothing is counted."""

from pathlib import Path

import pytest

from amparo.errors import CouldNot, Refused
from amparo.witness.appeals import COLUMNS, read, reversals
from amparo.witness.intervals import wilson

LINE = "A Body,A Platform,nudity,2025-03-04,overturned,https://example.org/1"


@pytest.fixture
def rulings(tmp_path: Path):
    def write(*lines: str, head: str = ",".join(COLUMNS)) -> Path:
        path = tmp_path / "rulings.csv"
        path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
        return path

    return write


def test_the_share_is_of_rulings_on_the_merits(rulings):
    path = rulings(*[LINE] * 3, LINE.replace("overturned", "upheld"), LINE.replace("overturned", "default"))
    (found,) = reversals(read(path))
    assert (found.overturned, found.decided, found.default, found.share) == (3, 4, 1, 0.75)
    assert (found.low, found.high) == wilson(3, 4)


def test_areas_come_one_by_one(rulings):
    path = rulings(LINE, LINE.replace("nudity", "fraud").replace("overturned", "default"))
    fraud, nudity = reversals(read(path))
    assert (fraud.policy_area, fraud.share) == ("fraud", None)
    assert nudity.share == 1.0


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("2025-03-04", "4 March"), "line 2: decided_on"),
        (("overturned", "won"), "line 2: outcome"),
        (("A Platform", ""), "line 2: platform"),
    ],
)
def test_a_wrong_line_is_named(rulings, change, says):
    with pytest.raises(Refused) as refused:
        read(rulings(LINE.replace(*change)))
    assert says in str(refused.value.what)


def test_a_missing_column_is_named(rulings):
    with pytest.raises(Refused) as refused:
        read(rulings("x", head="body"))
    assert "policy_area" in str(refused.value.what)


def test_what_is_no_table_is_told(tmp_path):
    path = tmp_path / "rulings.csv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CouldNot):
        read(path)


def test_wilson_gives_the_published_example():
    # 81 of 263 gives 0.2553 to 0.3662 (R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, table I).
    low, high = wilson(81, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


def test_wilson_of_nothing_and_of_all():
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(0, 20)[0] == 0.0
    assert wilson(20, 20)[1] == 1.0
    with pytest.raises(ValueError, match="no share"):
        wilson(3, 2)
