"""Files for others: a table, signals for threatexchange, vPDQ text, and the receipt beside them."""

import csv
import io
import json
from datetime import date

import pytest

pytest.importorskip("av")

from amparo.errors import Refused
from amparo.fingerprints.exchange import as_csv, as_threatexchange, as_vpdq, receipt
from amparo.fingerprints.fingerprint import fingerprint
from amparo.fingerprints.index.lists import fingerprints_in
from amparo.fingerprints.index.receipts import receipt_of
from amparo.fingerprints.video import Frame, VideoFingerprint
from tests.fingerprints.pictures import saved, scene

FRAMES = (Frame(0.0, "a" * 64, 100), Frame(1.0, "b" * 64, 12), Frame(2.04, "c" * 64, 77))
VIDEO = VideoFingerprint("d" * 64, FRAMES, 2.04, "full")
BLACK = VideoFingerprint("d" * 64, FRAMES[1:2], 1.0, "full")


@pytest.fixture(scope="module")
def photo():
    return fingerprint(saved(scene(1), "PNG"))


def test_the_table_has_each_number_and_leaves_out_frames_that_say_too_little(photo):
    rows = list(csv.DictReader(io.StringIO(as_csv([photo, VIDEO]))))

    assert [(row["type"], row["hash"], row["quality"], row["t"]) for row in rows] == [
        ("pdq", photo.pdq, "100", ""),
        ("sha256", photo.sha256, "", ""),
        ("pdq", "a" * 64, "100", "0.0"),
        ("pdq", "c" * 64, "77", "2.04"),
        ("sha256", "d" * 64, "", ""),
    ]


def test_the_index_reads_the_table(photo, tmp_path):
    (tmp_path / "list.csv").write_text(as_csv([photo, VIDEO]))

    assert fingerprints_in(tmp_path / "list.csv") == [photo.pdq, "a" * 64, "c" * 64]


def test_threatexchange_gets_one_signal_a_line(photo):
    first, second = as_threatexchange([photo, VIDEO]).splitlines()

    assert first == f"pdq {photo.pdq}"
    kind, _, signal = second.partition(" ")
    assert kind == "vpdq"
    assert json.loads(signal) == [f"{'a' * 64},100,0.000", f"{'c' * 64},77,2.040"]


def test_vpdq_text_is_number_quality_hash_and_time():
    assert as_vpdq([VIDEO]).splitlines() == [f"0,100,{'a' * 64},0.000", f"1,77,{'c' * 64},2.040"]


def test_vpdq_text_is_of_one_video(photo):
    for given in ([], [photo], [VIDEO, VIDEO]):
        with pytest.raises(Refused, match="exactly one video"):
            as_vpdq(given)


@pytest.mark.parametrize("form", [as_csv, as_threatexchange, as_vpdq])
def test_a_video_without_detail_is_refused_in_plain_words(form):
    with pytest.raises(Refused, match="No frame of this video has enough detail"):
        form([BLACK])


def test_the_receipt_is_one_that_the_index_takes():
    made = receipt(
        what="three photos of June",
        for_whom="a small forum",
        how_to_withdraw="Write to me.",
        since=date(2026, 11, 24),
        until=date(2027, 5, 31),
    )

    again = receipt_of(json.loads(made.to_json()))
    assert again == made
    assert again.in_force(date(2027, 5, 31))
    assert not again.in_force(date(2027, 6, 1))


def test_a_receipt_that_ends_before_it_begins_is_refused():
    with pytest.raises(Refused, match="end before it begins"):
        receipt(
            what="x", for_whom="y", how_to_withdraw="z", since=date(2026, 11, 24), until=date(2026, 11, 23)
        )
