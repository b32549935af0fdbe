"""An index of fingerprints: exact within 31 bits, every entry on a consent, whole after a kill."""

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from amparo.errors import CouldNot, Refused
from amparo.fingerprints.index import store, tables
from amparo.fingerprints.index.receipts import receipt_of
from amparo.fingerprints.index.tables import RADIUS_BITS, Shape, Tables, distances, scan, write_tables

TODAY = date(2026, 11, 24)


def receipt(id="hers", **other):
    said = {
        "id": id,
        "what": "three photos of 2024",
        "for_whom": "Example Images",
        "how_to_withdraw": "Write to consent@example.org with the id.",
        "since": "2026-01-01",
        "until": "2026-12-31",
    }
    return receipt_of(said | other)


def some(n: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 2**64, (n, 4), dtype=np.uint64)


def apart(one: np.ndarray, bits: int, seed: int = 2) -> np.ndarray:
    """Gives the fingerprint with so many bits flipped."""
    out = one.copy()
    for bit in np.random.default_rng(seed).choice(256, bits, replace=False):
        out[bit // 64] ^= np.uint64(1) << np.uint64(bit % 64)
    return out


def related(n: int, seed: int = 5) -> np.ndarray:
    """Fingerprints as real ones are: groups of near ones, and bits that depend on their neighbours."""
    random = np.random.default_rng(seed)
    smooth = random.standard_normal((n // 10, 16, 16)).cumsum(axis=1).cumsum(axis=2)
    bits = (smooth > np.median(smooth, axis=(1, 2), keepdims=True)).reshape(-1, 256)
    copies = np.repeat(bits, 10, axis=0) ^ (random.random((n // 10 * 10, 256)) < 0.08)
    return np.packbits(copies, axis=1).view("<u8")


# The tables


@pytest.mark.slow
@pytest.mark.parametrize("shape", [Shape(16, 16), Shape(23, 11)])
@pytest.mark.parametrize("kind", [some, related])
def test_the_tables_find_exactly_what_comparing_with_all_finds(tmp_path, shape, kind):
    hashes = kind(3000)
    queries = np.array([apart(hashes[n * 7], n % 40, seed=n) for n in range(200)])
    write_tables(hashes, shape, tmp_path)
    found = {
        (one.query, one.row, one.distance_bits) for one in Tables(tmp_path, shape, hashes).search(queries)
    }
    assert found == {(one.query, one.row, one.distance_bits) for one in scan(hashes, queries)}
    assert any(one[2] == RADIUS_BITS for one in found)


def test_31_bits_are_near_and_32_are_not(tmp_path):
    hashes = some(500)
    write_tables(hashes, Shape(16, 16), tmp_path)
    opened = Tables(tmp_path, Shape(16, 16), hashes)
    assert [one.distance_bits for one in opened.search(apart(hashes[3], 31)[None, :])] == [31]
    assert list(opened.search(apart(hashes[3], 32)[None, :])) == []


def test_permuting_keeps_distances_and_comes_back():
    hashes = some(50)
    turned = tables.permuted(hashes)
    assert (distances(turned[1:], turned[:-1]) == distances(hashes[1:], hashes[:-1])).all()
    assert (tables.permuted(turned, back=True) == hashes).all()


def test_a_chunk_across_two_words_is_read_whole():
    one = np.array([[0xFFFF_0000_0000_0000, 0x3F, 0, 0]], np.uint64)
    assert tables.chunk(one, Shape(23, 11), 2)[0] == (0x3F << 18 | 0xFFFF << 2) & 0x7FFFFF


# The store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "index"
    store.create(place)
    return place


def found(folder, pdq, on=TODAY):
    return [(one.pdq, one.distance_bits, one.receipt.id) for one in store.Index(folder).query([pdq], on=on)]


def test_what_was_added_is_found_with_its_receipt(folder):
    texts = tables.to_hex(some(30))
    store.add(folder, texts, receipt(), on=TODAY)
    (near,) = tables.to_hex(apart(some(30)[4], 9)[None, :])
    assert found(folder, near) == [(texts[4], 9, "hers")]


@pytest.mark.parametrize("n", [30, 30_000])
def test_small_and_large_segments_answer_alike(folder, n):
    hashes = some(n)
    store.add(folder, tables.to_hex(hashes), receipt(), on=TODAY)
    texts = tables.to_hex(np.array([apart(hashes[5], 31), apart(hashes[6], 40)]))
    hits = list(store.Index(folder).query(texts, on=TODAY))
    assert [(one.query, one.distance_bits) for one in hits] == [(0, 31)]


def test_entries_drop_out_when_their_consent_ends(folder):
    (text,) = tables.to_hex(some(1))
    store.add(folder, [text], receipt(until="2026-11-24"), on=TODAY)
    assert len(found(folder, text, date(2026, 11, 24))) == 1
    assert found(folder, text, date(2026, 11, 25)) == []
    assert store.tidy(folder, on=date(2026, 11, 25)) == 0
    assert not list(folder.glob("segment-*"))


def test_a_consent_that_has_not_begun_is_not_used(folder):
    (text,) = tables.to_hex(some(1))
    store.add(folder, [text], receipt(since="2026-12-01"), on=TODAY)
    assert found(folder, text) == []


def test_a_withdrawn_consent_takes_its_entries_out_of_the_files_at_once(folder):
    hers, his = tables.to_hex(some(40)), tables.to_hex(some(40, seed=9))
    store.add(folder, hers, receipt("hers"), on=TODAY)
    store.add(folder, his, receipt("his"), on=TODAY)
    raw = tables.permuted(tables.from_hex(hers[:1])).tobytes()
    assert any(raw in path.read_bytes() for path in folder.rglob("hashes.u64"))
    store.withdraw(folder, "hers", on=TODAY)
    assert found(folder, hers[0]) == []
    assert len(found(folder, his[0])) == 1
    assert not any(raw in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_many_small_additions_are_merged_and_all_found(folder):
    for n in range(25):
        store.add(folder, tables.to_hex(some(3, seed=n)), receipt(f"r{n}"), on=TODAY)
    index = store.Index(folder)
    assert len(index) == 75
    assert len(index.segments) <= store.SEGMENTS
    for n in range(25):
        assert found(folder, tables.to_hex(some(3, seed=n))[1])[0][2] == f"r{n}"


def test_only_the_owner_can_read_the_folder(folder):
    store.add(folder, tables.to_hex(some(3)), receipt(), on=TODAY)
    assert oct(folder.stat().st_mode)[-3:] == "700"
    assert all(oct(place.stat().st_mode)[-3:] == "700" for place in folder.glob("segment-*"))


def test_the_same_receipt_twice_and_a_text_that_is_none_are_refused(folder):
    store.add(folder, tables.to_hex(some(3)), receipt(), on=TODAY)
    with pytest.raises(Refused):
        store.add(folder, tables.to_hex(some(3)), receipt(), on=TODAY)
    with pytest.raises(Refused):
        store.add(folder, ["xyz"], receipt("other"), on=TODAY)
    with pytest.raises(Refused):
        list(store.Index(folder).query(["0" * 63], on=TODAY))
    assert len(store.Index(folder)) == 3


def test_a_folder_with_something_in_it_is_no_place_for_an_index(tmp_path):
    (tmp_path / "note.txt").write_text("x")
    with pytest.raises(Refused):
        store.create(tmp_path)
    with pytest.raises(CouldNot):
        store.Index(tmp_path)


@pytest.mark.parametrize("field", ["id", "what", "for_whom", "how_to_withdraw", "since", "until"])
def test_a_receipt_that_lacks_something_is_refused_by_name(field):
    with pytest.raises(Refused) as told:
        receipt(**{field: None})
    assert field in str(told.value.what)


def test_only_the_lists_of_under_18_hotlines_come_without_an_end(folder):
    assert receipt(until=None, hotline="ncmec").in_force(date(2099, 1, 1))
    with pytest.raises(Refused):
        receipt(until=None, hotline="somebody")


def test_two_writers_at_once_are_kept_apart(folder):
    with store._writing(folder), pytest.raises(CouldNot):
        store.add(folder, tables.to_hex(some(3)), receipt(), on=TODAY)


def test_a_receipt_that_begins_later_takes_nothing_away(folder):
    for n in range(store.SEGMENTS):
        store.add(folder, tables.to_hex(some(2, seed=n)), receipt(f"r{n}"), on=TODAY)
    later = receipt("later", since="2030-01-01", until="2031-01-01")
    assert store.add(folder, tables.to_hex(some(2, seed=99)), later, on=TODAY) == 2 * store.SEGMENTS + 2
    assert len(found(folder, tables.to_hex(some(2))[0])) == 1


def test_a_receipt_that_begins_later_can_be_withdrawn_too(folder):
    store.add(folder, tables.to_hex(some(2)), receipt(since="2026-12-01"), on=TODAY)
    store.withdraw(folder, "hers", on=TODAY)
    assert len(store.Index(folder)) == 0


@pytest.mark.parametrize("sign", ["\u2028", "\x85", "\x0b", "\x1c"])
def test_odd_signs_in_a_receipt_do_no_harm(folder, sign):
    store.add(folder, tables.to_hex(some(2)), receipt(for_whom=f"A{sign}B"), on=TODAY)
    store.add(folder, tables.to_hex(some(2, seed=9)), receipt("his"), on=TODAY)
    assert found(folder, tables.to_hex(some(2))[0])[0][2] == "hers"
    store.withdraw(folder, "hers", on=TODAY)


@pytest.mark.parametrize("name", ["hashes.u64", "receipts.u32"])
def test_a_damaged_index_says_so(folder, name):
    store.add(folder, tables.to_hex(some(5)), receipt(), on=TODAY)
    (path,) = folder.rglob(name)
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(CouldNot) as told:
        store.Index(folder)
    assert "damaged" in str(told.value.what)


def test_the_same_fingerprint_twice_in_a_list_is_one_entry(folder):
    (text,) = tables.to_hex(some(1))
    assert store.add(folder, [text, text], receipt(), on=TODAY) == 1


def test_a_mistyped_folder_is_not_made(tmp_path):
    with pytest.raises(CouldNot):
        store.add(tmp_path / "nowhere", tables.to_hex(some(1)), receipt(), on=TODAY)
    assert not (tmp_path / "nowhere").exists()


PROGRAM = """
import sys
from pathlib import Path
from amparo.fingerprints.index import store, tables
from tests.fingerprints.test_index import TODAY, receipt, some
for n in range(1000):
    store.add(Path(sys.argv[1]), tables.to_hex(some(50, seed=n)), receipt(f"r{n}"), on=TODAY)
    print(n, flush=True)
"""


@pytest.mark.slow
@pytest.mark.parametrize("after_s", [0.3, 0.5, 0.7, 0.9, 1.1, 1.3, 1.5, 1.7])
def test_a_kill_loses_nothing_that_was_told_as_added(folder, after_s):
    env = dict(os.environ, PYTHONPATH=str(Path(__file__).parents[2]))
    adding = subprocess.Popen([sys.executable, "-c", PROGRAM, str(folder)], stdout=subprocess.PIPE, env=env)
    time.sleep(after_s)
    adding.send_signal(signal.SIGKILL)
    told = len(adding.communicate()[0].splitlines())
    index = store.Index(folder)
    assert len(index) in (told * 50, told * 50 + 50)
    for n in range(told):
        assert found(folder, tables.to_hex(some(50, seed=n))[7])[0][2] == f"r{n}"
    store.add(folder, tables.to_hex(some(1, seed=5000)), receipt("after"), on=TODAY)
