"""Power cuts, a full disk, a damaged page, two writers at once: what was acknowledged is there, whole."""

import io
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from amparo.errors import CouldNot
from amparo.settings import _database
from amparo.vault import accounts, backup, blobs, log, tombstones
from amparo.vault.keyring import Keyring
from amparo.vault.shelf import Shelf
from tests.vault.conftest import NOW, PASSPHRASE, database, new_account
from tests.vault.test_log import case_with

WRITER = Path(__file__).with_name("writing_until_killed.py")
KILLS = 200


def acknowledged(writer: subprocess.Popen[str], lives_s: float) -> list[tuple[int, int]]:
    """Lets a writer live for a while after it is ready, kills it, and gives what it had said was on disk."""
    assert writer.stdout is not None
    assert writer.stdout.readline().strip() == "ready"
    time.sleep(lives_s)
    writer.send_signal(signal.SIGKILL)
    said = writer.stdout.read()
    writer.wait()
    whole = said[: said.rfind("\n") + 1].splitlines()  # a line cut off was not said
    return [(int(line.split()[0]), int(line.split()[1])) for line in whole]


def killed_often(environment: dict[str, str], case_id: str, kills: int) -> dict[int, int]:
    """Starts the writer again and again; gives the size of each record it acknowledged."""
    command = [sys.executable, str(WRITER), "Noor", PASSPHRASE, case_id]
    dice, said = random.Random(20261123), {}

    def start() -> subprocess.Popen[str]:
        return subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True)

    upcoming = start()
    for left in reversed(range(kills)):
        writer, upcoming = upcoming, start() if left else upcoming
        said.update(acknowledged(writer, dice.uniform(0, 0.05)))
    return said


@pytest.mark.slow
def test_200_kills_in_mid_write_lose_nothing_acknowledged(sqlite: Path, shelf: Shelf, noor: Keyring) -> None:
    case_id = log.create_case(shelf, noor, now=NOW)
    connection.close()
    root = Path(__file__).parents[2]
    environment = os.environ | {"AMPARO_DATA": str(sqlite.parent), "PYTHONPATH": str(root)}
    said = killed_often(environment, case_id, KILLS)
    entries = {entry.seq: entry.body for entry in log.read(shelf, noor, case_id)}
    assert len(said) > KILLS
    assert {seq: entries[seq] for seq in said} == {
        seq: b"%d " % size + bytes(size) for seq, size in said.items()
    }
    assert len(entries) - len(said) <= KILLS  # at most one written and not yet said per life
    assert log.verify(shelf, noor, case_id) == []


@pytest.mark.slow
@pytest.mark.postgres
def test_kills_lose_nothing_on_postgresql_either(
    postgres: str, data: Path, shelf: Shelf, noor: Keyring
) -> None:
    case_id = log.create_case(shelf, noor, now=NOW)
    root = Path(__file__).parents[2]
    environment = os.environ | {
        "AMPARO_DATA": str(data),
        "AMPARO_DATABASE": postgres,
        "PYTHONPATH": str(root),
    }
    said = killed_often(environment, case_id, 20)
    entries = {entry.seq: entry.body for entry in log.read(shelf, noor, case_id)}
    assert said
    assert set(said) <= set(entries)
    assert log.verify(shelf, noor, case_id) == []


def write_much(shelf: Shelf, keyring: Keyring, case_id: str) -> None:
    for _ in range(50):
        log.append(shelf, keyring, case_id, os.urandom(100_000), now=NOW)


def test_a_full_disk_is_told_and_loses_nothing(sqlite: Path, shelf: Shelf, noor: Keyring) -> None:
    case_id = case_with(shelf, noor, b"before")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count={cursor.fetchone()[0]}")
    with pytest.raises(CouldNot) as full:
        write_much(shelf, noor, case_id)
    assert "disk is full" in str(full.value.what)
    assert "Make room" in str(full.value.next)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count=1000000")
    assert log.verify(shelf, noor, case_id) == []
    assert log.read(shelf, noor, case_id)[0].body == b"before"
    log.append(shelf, noor, case_id, b"after", now=NOW)


@pytest.fixture
def tiny_disk(data: Path, sqlite_template: Path, django_db_blocker: object) -> Iterator[Path]:
    """Gives a data folder on a disk of its own with 2 MB, and a database there."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m,mode=0700", "tmpfs", str(data)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("a small disk can be mounted by root only")
    path = data / "amparo.sqlite3"
    shutil.copy(sqlite_template, path)
    try:
        with django_db_blocker.unblock(), database(_database(None) | {"NAME": path}):  # type: ignore[attr-defined]
            yield data
    finally:
        subprocess.run(["umount", str(data)], check=True)


def test_on_a_disk_that_is_really_full_every_act_is_told_and_nothing_is_lost(
    tiny_disk: Path, shelf: Shelf
) -> None:
    noor = new_account("Noor")
    case_id = case_with(shelf, noor, b"before")
    (tiny_disk / "other files").write_bytes(bytes(600_000))
    with pytest.raises(CouldNot, match="disk is full"):
        write_much(shelf, noor, case_id)
    (tiny_disk / "rest").write_bytes(bytes(shutil.disk_usage(tiny_disk).free))
    written = len(log.read(shelf, noor, case_id))
    for act in (
        lambda: log.append(shelf, noor, case_id, os.urandom(900_000), now=NOW),
        lambda: blobs.put(shelf, noor, case_id, io.BytesIO(bytes(3_000_000)), now=NOW),
        lambda: backup.write(tiny_disk / "copy", passphrase=PASSPHRASE, now=NOW),
        lambda: log.erase_body(shelf, noor, case_id, 1, now=NOW),
        lambda: log.delete_case(shelf, noor, case_id, now=NOW),
    ):
        with pytest.raises(CouldNot) as told:
            act()
        assert str(told.value.next)
    (tiny_disk / "rest").unlink()
    (tiny_disk / "other files").unlink()  # she makes room
    assert log.verify(shelf, noor, case_id) == []
    assert len(log.read(shelf, noor, case_id)) == written
    assert log.read(shelf, noor, case_id)[0].body == b"before"
    log.delete_case(shelf, noor, case_id, now=NOW)
    assert log.cases(shelf, noor) == []


def test_a_full_disk_in_the_data_folder_leaves_the_file_that_was_there(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from amparo.vault import datafolder

    path = data / "server.key"
    datafolder.write_private(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CouldNot, match="cannot be written"):
        datafolder.write_private(path, b"new")
    assert path.read_bytes() == b"old"
    assert [one.name for one in data.iterdir()] == ["server.key"]


def test_a_damaged_page_is_told_with_the_next_step(sqlite: Path, shelf: Shelf, noor: Keyring) -> None:
    case_id = case_with(shelf, noor, *[os.urandom(3_000) for _ in range(20)])
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    damage(sqlite)
    with pytest.raises(CouldNot) as damaged:
        log.read(shelf, noor, case_id)
    assert "database file is damaged" in str(damaged.value.what)
    assert "amparo restore" in str(damaged.value.next)


def damage(path: Path) -> None:
    """Overwrites the heads of all inner pages that hold the records."""
    with sqlite3.connect(path) as database:
        page_size = database.execute("PRAGMA page_size").fetchone()[0]
        (root,) = database.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'claims_caseentry'"
        ).fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * page_size)
        file.write(os.urandom(page_size))


def test_a_file_that_is_no_database_is_told(sqlite: Path, noor: Keyring) -> None:
    connection.close()
    sqlite.with_name("amparo.sqlite3-wal").unlink(missing_ok=True)
    sqlite.write_bytes(os.urandom(8192))
    with pytest.raises(CouldNot, match="database file is damaged"):
        accounts.unlock(name="Noor", passphrase=PASSPHRASE, now=NOW)


@pytest.mark.usefixtures("anywhere")
def test_two_who_write_at_once_get_numbers_of_their_own(shelf: Shelf, noor: Keyring) -> None:
    case_id = log.create_case(shelf, noor, now=NOW)
    numbers: list[int] = []
    failed: list[Exception] = []

    def write(name: bytes) -> None:
        try:
            numbers.extend(log.append(shelf, noor, case_id, name, now=NOW) for _ in range(15))
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(name,)) for name in (b"one", b"two", b"three")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(numbers) == list(range(1, 46))
    assert log.verify(shelf, noor, case_id) == []


@pytest.mark.usefixtures("anywhere")
def test_a_reader_beside_a_writer_sees_no_false_alarm(shelf: Shelf, noor: Keyring) -> None:
    case_id = log.create_case(shelf, noor, now=NOW)
    done = threading.Event()

    def write() -> None:
        try:
            for _ in range(40):
                log.append(shelf, noor, case_id, b"x", now=NOW)
        finally:
            done.set()
            connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    found = []
    while not done.is_set():
        found += log.verify(shelf, noor, case_id)
    thread.join()
    assert found == []


@pytest.mark.usefixtures("data")
def test_a_tombstone_cut_by_a_power_loss_does_not_hide_the_others(data: Path) -> None:
    one = tombstones.Tombstone("case", "a" * 32, NOW.date())
    tombstones.add(one)
    with (data / "tombstones").open("ab") as file:
        file.write(b"2026-11-2")
    assert tombstones.all_of_them() == [one]
    tombstones.add(tombstones.Tombstone("case", "b" * 32, NOW.date()))
    assert len(tombstones.all_of_them()) == 2
