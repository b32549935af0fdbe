"""A sealed copy and putting it back: from each database into each, whole or not at all."""

import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.conf import settings

from amparo.errors import CouldNot, Refused
from amparo.settings import _database
from amparo.vault import accounts, backup, blobs, log, members, slips, summaries
from amparo.vault.keyring import Keyring
from amparo.vault.models import Account
from amparo.vault.shelf import Shelf
from tests.vault.conftest import NOW, PASSPHRASE, database

SEAL = "the backup has its own words"


@pytest.fixture
def fresh(tmp_path: Path) -> Callable[[], AbstractContextManager[None]]:
    """Gives a new empty data folder with an empty SQLite, used inside `with`."""

    def use() -> AbstractContextManager[None]:
        folder = tmp_path / "other"
        folder.mkdir(exist_ok=True)
        settings.DATA = folder
        return database(_database(None) | {"NAME": folder / "amparo.sqlite3"})

    return use


@pytest.fixture
def copy(anywhere: str, shelf: Shelf, noor: Keyring, vera: Keyring, tmp_path: Path) -> tuple[Path, str]:
    """Gives a backup of a lived-in space, and the id of its case."""
    case_id = log.create_case(shelf, noor, now=NOW)
    members.add(shelf, noor, case_id, vera.card, now=NOW)
    blob_id = blobs.put(shelf, noor, case_id, io.BytesIO(b"scan" * 400_000), now=NOW)
    log.append(shelf, noor, case_id, b"one", now=NOW, blobs=[blob_id])
    log.append(shelf, vera, case_id, b"two", now=NOW)
    summaries.put(shelf, noor, case_id, 2, b"folded")
    slips.release(shelf, noor, case_id, b"watch", expires=NOW.date().replace(year=2027, month=1), now=NOW)
    path = tmp_path / "copy.amparo"
    backup.write(path, passphrase=SEAL, now=NOW)
    return path, case_id


def opened() -> Keyring:
    return accounts.unlock(name="Noor", passphrase=PASSPHRASE, now=NOW)


def test_all_of_it_comes_back(copy: tuple[Path, str], fresh: Callable, shelf: Shelf) -> None:
    path, case_id = copy
    with fresh():
        copied = backup.restore(path, passphrase=SEAL, now=NOW)
        noor = opened()
        assert copied.rows(Account) == 2
        assert [entry.body for entry in log.read(shelf, noor, case_id)] == [b"one", b"two"]
        assert log.verify(shelf, noor, case_id, every_byte=True) == []
        assert summaries.get(shelf, noor, case_id).body == b"folded"
        assert [one.body for one in slips.readable(now=NOW)] == [b"watch"]


def test_a_copy_from_sqlite_is_put_into_postgresql(
    sqlite: Path, shelf: Shelf, noor: Keyring, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    case_id = log.create_case(shelf, noor, now=NOW)
    log.append(shelf, noor, case_id, b"one", now=NOW)
    backup.write(tmp_path / "copy", passphrase=SEAL, now=NOW)
    (Path(settings.DATA) / "server.key").unlink()
    request.getfixturevalue("postgres")
    backup.restore(tmp_path / "copy", passphrase=SEAL, now=NOW)
    assert [entry.body for entry in log.read(shelf, opened(), case_id)] == [b"one"]


test_a_copy_from_sqlite_is_put_into_postgresql = pytest.mark.postgres(
    test_a_copy_from_sqlite_is_put_into_postgresql
)


def test_what_was_deleted_since_stays_deleted(copy: tuple[Path, str], fresh: Callable, shelf: Shelf) -> None:
    """The tombstones lie beside the database and outlast it."""
    path, case_id = copy
    log.delete_case(shelf, opened(), case_id, now=NOW)
    kept = Path(settings.DATA) / "tombstones"
    with fresh():
        shutil.copy(kept, settings.DATA)
        backup.restore(path, passphrase=SEAL, now=NOW)
        assert log.cases(shelf, opened()) == []
        assert (shelf.entry.objects.count(), shelf.chunk.objects.count()) == (0, 0)


def test_what_was_erased_since_does_not_come_back(
    copy: tuple[Path, str], fresh: Callable, shelf: Shelf
) -> None:
    path, case_id = copy
    noor = opened()
    blob_id = log.read(shelf, noor, case_id)[0].blobs[0].blob_id
    log.erase_body(shelf, noor, case_id, 2, now=NOW)
    blobs.erase(shelf, noor, case_id, blob_id, now=NOW)
    kept = Path(settings.DATA) / "tombstones"
    with fresh():
        shutil.copy(kept, settings.DATA)
        backup.restore(path, passphrase=SEAL, now=NOW)
        again = opened()
        assert [entry.body for entry in log.read(shelf, again, case_id)] == [b"one", None]
        assert [one.code for one in log.verify(shelf, again, case_id)] == ["body_missing", "blob_missing"]


def test_nothing_readable_stands_in_the_file(copy: tuple[Path, str]) -> None:
    content = copy[0].read_bytes()
    for secret in (b"noor", b"vault.Account", copy[1].encode(), b"server.key"):
        assert secret not in content
    assert copy[0].stat().st_mode & 0o777 == 0o600


def test_a_folder_in_use_is_not_written_over(copy: tuple[Path, str]) -> None:
    with pytest.raises(Refused) as refused:
        backup.restore(copy[0], passphrase=SEAL, now=NOW)
    assert "nothing was put back" in str(refused.value.what)
    assert "empty folder" in str(refused.value.next)


def test_a_wrong_passphrase_puts_nothing_back(copy: tuple[Path, str], fresh: Callable) -> None:
    with fresh():
        with pytest.raises(Refused, match="does not open the file"):
            backup.restore(copy[0], passphrase="not the words of this copy", now=NOW)
        assert list(Path(settings.DATA).iterdir()) == []


def places(size: int) -> Iterator[int]:
    yield from (0, 20, 50, 70, 120, size // 3, size // 2, size - 1)


def test_a_cut_or_changed_copy_is_refused_before_anything_is_written(
    copy: tuple[Path, str], fresh: Callable, tmp_path: Path
) -> None:
    whole, broken = copy[0].read_bytes(), tmp_path / "broken"
    with fresh():
        for at in places(len(whole)):
            for content in (whole[:at], whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]):
                broken.write_bytes(content)
                with pytest.raises(Refused):
                    backup.restore(broken, passphrase=SEAL, now=NOW)
        assert list(Path(settings.DATA).iterdir()) == []


@pytest.mark.usefixtures("sqlite")
def test_a_copy_that_cannot_be_written_leaves_the_one_before(noor: Keyring, tmp_path: Path) -> None:
    path = tmp_path / "copy"
    backup.write(path, passphrase=SEAL, now=NOW)
    before = path.read_bytes()
    with pytest.raises(Refused, match="too short"):
        backup.write(path, passphrase="short", now=NOW)
    with pytest.raises(CouldNot, match="could not be written"):
        backup.write(tmp_path / "missing" / "copy", passphrase=SEAL, now=NOW)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir() if "backup" in one.name] == []


@pytest.mark.usefixtures("sqlite")
def test_others_go_on_writing_while_a_copy_is_made(
    shelf: Shelf, noor: Keyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    case_id = log.create_case(shelf, noor, now=NOW)
    log.append(shelf, noor, case_id, b"before", now=NOW)
    real, done = backup._everything, []

    def write_in_between() -> None:
        from django.db import connection

        log.append(shelf, noor, case_id, b"meanwhile", now=NOW)
        done.append(True)
        connection.close()

    def slowly() -> Iterator[object]:
        for index, record in enumerate(real()):
            yield record
            if index == 6:
                thread = threading.Thread(target=write_in_between)
                thread.start()
                thread.join(timeout=20)

    monkeypatch.setattr(backup, "_everything", slowly)
    backup.write(tmp_path / "copy", passphrase=SEAL, now=NOW)
    monkeypatch.undo()
    assert done == [True]
    assert len(log.read(shelf, noor, case_id)) == 2
