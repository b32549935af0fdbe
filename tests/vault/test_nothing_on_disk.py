"""Whoever holds the disk reads nothing: planted secrets are in no file of the data folder, in no spelling."""

import base64
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from amparo.vault import accounts, backup, blobs, drops, log, members, sessions, slips, summaries
from amparo.vault.shelf import Shelf
from tests.vault.conftest import NOW, PASSPHRASE

SECRETS = [
    "Noor Alsaadi",
    "planted-passphrase of seven quiet words",
    "https://example.org/planted-event",
    "planted-erased@example.org",
    "PLANTED FILE CONTENT 44",
    "planted note of an erasure",
    "planted summary of a case",
    "planted smtp password",
    "planted half-typed letter",
    "planted reply that came in",
    "https://example.org/planted-watch",
]


def spellings(secret: str) -> Iterator[bytes]:
    raw = secret.encode()
    yield from (
        raw,
        raw.lower(),
        secret.encode("utf-16-le"),
        raw.hex().encode(),
        quote(secret, safe="").encode(),
    )
    for shift in range(3):  # base64 of the same bytes looks different behind other bytes
        encoded = base64.b64encode(bytes(shift) + raw)
        yield encoded[4 if shift else 0 : -4]


def live(shelf: Shelf, folder: Path) -> list[str]:
    """Uses everything the vault can do, with a secret planted at each place; gives them all."""
    name, words, event, erased, content, note, summary, state, draft, came_in, watch = SECRETS
    made = accounts.create(name=name, passphrase=words, now=NOW)
    noor, vera = made.keyring, accounts.create(name="Vera", passphrase=PASSPHRASE, now=NOW).keyring
    case_id = log.create_case(shelf, noor, now=NOW)
    members.add(shelf, noor, case_id, vera.card, now=NOW)
    blob_id = blobs.put(shelf, noor, case_id, io.BytesIO(content.encode() * 90_000), now=NOW)
    log.append(shelf, vera, case_id, event.encode(), now=NOW, blobs=[blob_id])
    log.append(shelf, noor, case_id, erased.encode(), now=NOW)
    log.erase_body(shelf, noor, case_id, 2, note=note.encode(), now=NOW)
    summaries.put(shelf, noor, case_id, 3, summary.encode())
    accounts.save_state(noor, state.encode(), now=NOW)
    sessions.seal_draft(sessions.open(noor), draft.encode(), now=NOW)
    drops.seal_for(shelf, case_id, came_in.encode(), now=NOW)
    slips.release(shelf, noor, case_id, watch.encode(), expires=NOW.date() + timedelta(days=9), now=NOW)
    members.rekey(shelf, noor, case_id, now=NOW)
    backup.write(folder / "copy.amparo", passphrase=words, now=NOW)
    return [*SECRETS, made.recovery_key, made.recovery_key.replace("-", "")]


@pytest.mark.usefixtures("sqlite")
def test_no_planted_secret_is_in_any_file(shelf: Shelf, data: Path) -> None:
    secrets = live(shelf, data)
    files = [path for path in data.rglob("*") if path.is_file()]
    assert {"amparo.sqlite3", "amparo.sqlite3-wal", "server.key", "copy.amparo"} <= {
        one.name for one in files
    }
    held = {path.name: path.read_bytes() for path in files}
    found = [
        (name, secret)
        for name, content in held.items()
        for secret in secrets
        if any(spelling in content for spelling in spellings(secret))
    ]
    assert found == []


def as_bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


@pytest.mark.usefixtures("postgres")
@pytest.mark.postgres
def test_no_planted_secret_is_in_any_row_of_postgresql(shelf: Shelf, data: Path) -> None:
    secrets = live(shelf, data)
    with connection.cursor() as cursor:
        held = b""
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor:
                held += b"|".join(as_bytes(value) for value in row)
    assert [secret for secret in secrets if any(one in held for one in spellings(secret))] == []


def test_the_search_finds_what_is_there() -> None:
    for content in (b"x Noor Alsaadi", base64.b64encode(b"12Noor Alsaadi34"), b"Noor%20Alsaadi"):
        assert any(one in content for one in spellings("Noor Alsaadi"))
