"""Bytes frozen for ever: what version 1 sealed opens in every later version, and is sealed the same way.

`vectors/v1.json` holds hex; `vectors/v1.amparo` is a whole backup of a lived-in space. Neither is ever made
anew: a change that needs new bytes needs a new version byte. docs/vault-format.md says what each value is.
"""

import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from amparo.settings import _database
from amparo.vault import (
    accounts,
    backup,
    blobs,
    casekeys,
    cipher,
    drops,
    encoding,
    grants,
    log,
    padding,
    passphrases,
    records,
    recovery,
    sealed_file,
    sessions,
    slips,
    stretching,
    summaries,
)
from amparo.vault.keyring import Keyring
from amparo.vault.shelf import Shelf
from tests.vault.conftest import NOW, database

HERE = Path(__file__).with_name("vectors")
FROZEN: dict[str, Any] = json.loads((HERE / "v1.json").read_text(encoding="utf-8"))
CASE = "0123456789abcdef" * 2
BLOB = "fedcba9876543210" * 2
WORDS = "river lamp seven orange quiet table"


def counting() -> cipher.Random:
    """Gives 'randomness' that anybody can repeat: SHA-256 of 0, 1, 2 … as 8 bytes, cut to size."""
    count = iter(range(1_000_000))
    return lambda size: hashlib.sha256(next(count).to_bytes(8, "big")).digest()[:size]


def key(number: int) -> bytes:
    return hashlib.sha256(b"key %d" % number).digest()


NOOR = Keyring("00" * 15 + "01", key(1) + key(2))
VERA = Keyring("00" * 15 + "02", key(3) + key(4))
PLACE = records.Place(CASE, 1, 1, date(2026, 11, 23), records.first_link(CASE))
BODY = records.Body(key(5), "an event · حدث".encode(), (records.BlobMark(BLOB, key(6)),))
HEADER = records.Header(records.Kind.EVENT, records.NO_TARGET, NOOR.account_id, BODY.digest, key(7))


def made() -> dict[str, bytes]:
    """Gives every value that is the same each time, by name."""
    random = counting()
    opener = grants.grant(NOOR, NOOR.card, case_id=CASE, epoch=1, case_key=key(8))
    given = grants.grant(NOOR, VERA.card, case_id=CASE, epoch=1, case_key=key(8))
    return {
        "pack": encoding.pack(b"bytes", "text", 7),
        "padding": padding.pad(b"short"),
        "keyed_hash": cipher.keyed_hash(key(1), b"message"),
        "derive": cipher.derive(key(1), "purpose", "about", 7),
        "passphrase": passphrases.to_bytes("  RIVER-lamp  Étoile مدرسة أرنب ١ "),
        "stretch": stretching.stretch(WORDS.encode(), bytes(16), stretching.Cost(8, 1)),
        "recovery": recovery.written(key(9)).encode(),
        "card_pin": NOOR.card.pin,
        "seal": cipher.seal(key(1), b"plain", "purpose", CASE, 1, random=random),
        "statement": grants.to_bytes(given),
        "statement_sealed": casekeys.seal_statement(key(8), given, random=random),
        "link_first": casekeys.seal_link(key(8), CASE, 1, chain=key(10), random=random),
        "link_second": casekeys.seal_link(
            key(11), CASE, 2, chain=key(10), before=key(8), told=[opener, given], random=random
        ),
        "header": records.seal_header(key(12), PLACE, HEADER, random=random),
        "header_erased": records.seal_header(key(12), PLACE, HEADER.without_key(), random=random),
        "link": records.link(key(10), PLACE, HEADER),
        "body": records.seal_body(key(7), CASE, 1, BODY, random=random),
        "digest": BODY.digest,
        "drop_public": casekeys.drop_public(key(8)),
    }


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize("name", sorted(FROZEN["made"]))
def test_the_same_values_are_made_as_ever(name: str) -> None:
    assert made()[name].hex() == FROZEN["made"][name]


@pytest.mark.usefixtures("data")
def test_no_value_is_left_out() -> None:
    assert made().keys() == FROZEN["made"].keys()


OPENERS: dict[str, Callable[[bytes], object]] = {
    "seal": lambda sealed: cipher.unseal(key(1), sealed, "purpose", CASE, 1) == b"plain",
    "header": lambda sealed: records.open_header(key(12), PLACE, sealed) == HEADER,
    "header_erased": lambda sealed: records.open_header(key(12), PLACE, sealed) == HEADER.without_key(),
    "body": lambda sealed: records.open_body(key(7), CASE, 1, BODY.digest, sealed) == BODY,
    "statement_sealed": lambda sealed: casekeys.open_statement(key(8), CASE, 1, sealed).holds(),
    "link_first": lambda sealed: casekeys.open_link(key(8), CASE, 1, sealed) == (key(10), b"", []),
    "link_second": lambda sealed: casekeys.open_link(key(11), CASE, 2, sealed)[:2] == (key(10), key(8)),
}


@pytest.mark.parametrize("name", sorted(OPENERS))
def test_what_was_sealed_opens(name: str) -> None:
    assert OPENERS[name](bytes.fromhex(FROZEN["made"][name]))


@pytest.mark.usefixtures("data")
def test_boxes_and_files_sealed_with_fresh_randomness_open_too() -> None:
    sealed = {name: bytes.fromhex(value) for name, value in FROZEN["sealed"].items()}
    assert cipher.box_open(NOOR.box_secret, sealed["box"]) == b"for Noor"
    assert padding.unpad(cipher.box_open(casekeys.drop_secret(key(8)), sealed["drop"])) == b"came in"
    assert sealed_file.open_(sealed["file"], WORDS) == b"carried away"


def test_nothing_is_bound_to_a_place_it_was_not_sealed_for() -> None:
    sealed = bytes.fromhex(FROZEN["made"]["header"])
    for field, other in (("case_id", BLOB), ("epoch", 2), ("seq", 2), ("day", date(2026, 11, 24))):
        moved = records.Place(**{**PLACE.__dict__, field: other})
        with pytest.raises(cipher.Altered):
            records.open_header(key(12), moved, sealed)


def test_a_space_of_version_1_is_put_back_and_read(data: Path, shelf: Shelf, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    shutil.copy(HERE / "v1.amparo", tmp_path)
    with database(_database(None) | {"NAME": tmp_path / "amparo.sqlite3"}):
        backup.restore(tmp_path / "v1.amparo", passphrase="the backup has its own words", now=NOW)
        noor = accounts.unlock(name="Noor", passphrase=WORDS, now=NOW)
        (case_id,) = log.cases(shelf, noor)
        entries = log.read(shelf, noor, case_id)
        assert [entry.body for entry in entries] == [b"opened", None, b"a file", b"erased", b"newest"]
        assert blobs.read(shelf, noor, case_id, entries[2].blobs[0].blob_id) == b"scan" * 100
        assert log.verify(shelf, noor, case_id, every_byte=True) == []
        assert summaries.get(shelf, noor, case_id).body == b"folded"
        assert drops.waiting(shelf, noor, case_id)[0].body == b"came in"
        assert [one.body for one in slips.readable(now=NOW)] == [b"watch"]
        assert accounts.state(noor) == b"settings"
        assert sessions.take_drafts(noor) == [b"typed"]


@pytest.fixture(autouse=True)
def _unblocked(django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock():
        yield
