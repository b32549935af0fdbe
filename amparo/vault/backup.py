"""A sealed copy of everything, and putting it back. What is sealed stays sealed.

The whole is sealed once more.
"""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.apps import apps
from django.core.management import call_command
from django.db import connection, models, transaction

from amparo.errors import CouldNot, Refused
from amparo.vault import cases, cipher, datafolder, passphrases, portable, sealed_file, tombstones, trouble
from amparo.vault.encoding import Garbled
from amparo.vault.models import Account, Draft, SealedTable, Slip, SlipAnswer
from amparo.vault.portable import End, File, Manifest, Row, Table, Tally
from amparo.vault.shelf import shelves
from amparo.words import words

_BATCH = 100
_FILES = (datafolder.SERVER_KEY, datafolder.JOB_KEY, tombstones.FILE)


@dataclass(frozen=True)
class Copied:
    """What a backup holds: rows by table, and its size in the sealed file."""

    manifest: Manifest
    size_bytes: int

    def rows(self, model: type[models.Model]) -> int:
        """Gives the number of rows of a table."""
        return sum(part.count for part in self.manifest.parts if part.name == model._meta.label)


def write(path: Path, *, passphrase: str, now: datetime) -> Copied:
    """Writes a backup whole or not at all (mode 0600). Others may go on writing meanwhile.

    It holds one moment.

    Raises Refused for a passphrase that is too easy, CouldNot when disk or database cannot.
    """
    passphrases.check(passphrase, name="")
    datafolder.server_key()
    handle, draft = _draft(path)
    try:
        with os.fdopen(handle, "wb") as file:
            manifest = _write(file, passphrase, now)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
        datafolder.sync_folder(path.parent)
    except OSError as error:
        raise _cannot_write(path) from error
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(draft)
    return Copied(manifest, path.stat().st_size)


def check(path: Path, *, passphrase: str) -> Copied:
    """Gives what a backup holds, every byte of it checked. Raises Refused, CouldNot."""
    tally, found = Tally(), None
    server_key = b""
    with _reading(path) as file:
        for record, whole in _records(file, passphrase):
            if found is not None:
                raise _not_whole()
            if isinstance(record, End):
                found = record
                continue
            if isinstance(record, File) and record.name == datafolder.SERVER_KEY:
                server_key = record.content
            tally.take(record, whole)
    if found is None or not _signed(found, server_key):
        raise _not_whole()
    manifest = portable.manifest(found.manifest)
    if manifest.parts != tally.parts():
        raise _not_whole()
    return Copied(manifest, path.stat().st_size)


def restore(path: Path, *, passphrase: str, now: datetime) -> Copied:
    """Puts a backup into an empty data folder, and replays what was deleted since: deleted stays deleted.

    The whole file is checked before anything is written; then all of it is put back, or nothing. Raises
    Refused when the folder already holds a space or the file is not whole, CouldNot when disk or database
    cannot.
    """
    copied = check(path, passphrase=passphrase)
    with trouble.told():
        call_command("migrate", verbosity=0, interactive=False)
        _refuse_if_in_use()
    files: list[File] = []
    with _reading(path) as file, trouble.told(), transaction.atomic():
        _put_back(_records(file, passphrase), files)
        for one in files:
            _put_file_back(one)
        replay(tombstones.all_of_them())
    for shelf in shelves():
        cases.let_go_of_pages(shelf)
    return copied


def replay(deleted: list[tombstones.Tombstone]) -> None:
    """Deletes again what was deleted before, inside the caller's transaction."""
    for one in deleted:
        if one.kind == "account":
            Draft.objects.filter(account_id=one.id).delete()
            Account.objects.filter(id=one.id).delete()
        elif one.kind == "slip":
            Slip.objects.filter(id=one.id).delete()
            SlipAnswer.objects.filter(slip_id=one.id).delete()
        for shelf in shelves():
            if one.kind == "case":
                cases.destroy_keys(shelf, one.id)
                cases.remove_rows(shelf, one.id)
            elif one.kind == "body":
                case_id, _, seq = one.id.partition("/")
                shelf.entry.objects.filter(case_id=case_id, seq=int(seq)).update(body_sealed=b"")
            elif one.kind == "blob":
                shelf.chunk.objects.filter(blob_id=one.id).delete()


def _tables() -> list[type[SealedTable]]:
    """Gives every table of the vault and of all shelves, in one order for ever."""
    return sorted(
        (model for model in apps.get_models() if issubclass(model, SealedTable)),
        key=lambda one: one._meta.label,
    )


def _write(file: BinaryIO, passphrase: str, now: datetime) -> Manifest:
    sealing, tally = sealed_file.Sealing(file, passphrase), Tally()
    with trouble.told(), _one_moment():
        for record in _everything():
            whole = portable.to_bytes(record)
            tally.take(record, whole)
            sealing.write(whole)
    manifest = portable.manifest_bytes(now.date(), tally.parts())
    signature = cipher.sign(_sign_seed(datafolder.server_key()), manifest)
    sealing.write(portable.to_bytes(End(manifest, signature)))
    sealing.finish()
    return portable.manifest(manifest)


def _everything() -> Iterator[portable.Record]:
    for name in _FILES:
        place = datafolder.folder() / name
        if place.exists():
            yield File(name, place.read_bytes())
    for model in _tables():
        columns = tuple(field.attname for field in model._meta.concrete_fields)
        yield Table(model._meta.label, columns)
        for values in model.objects.order_by("pk").values_list(*columns).iterator(chunk_size=_BATCH):
            yield Row(tuple(bytes(one) if isinstance(one, memoryview) else one for one in values))


@contextlib.contextmanager
def _one_moment() -> Iterator[None]:
    """Reads as of one moment without holding writers up: a snapshot on both databases."""
    if connection.vendor == "sqlite":
        sqlite: Any = connection
        sqlite.ensure_connection()
        mode = sqlite.transaction_mode  # IMMEDIATE would take the write lock for the whole copy
        sqlite.transaction_mode = "DEFERRED"
        try:
            with transaction.atomic():
                yield
        finally:
            sqlite.transaction_mode = mode
        return
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _sign_seed(server_key: bytes) -> bytes:
    return cipher.derive(server_key, "backup")


def _signed(end: End, server_key: bytes) -> bool:
    if len(server_key) != cipher.KEY_SIZE:
        return False
    return cipher.signed_by(cipher.sign_public(_sign_seed(server_key)), end.manifest, end.signature)


def _records(file: BinaryIO, passphrase: str) -> Iterator[tuple[portable.Record, bytes]]:
    try:
        yield from portable.records(sealed_file.opening(file, passphrase))
    except (Garbled, ValueError) as error:
        raise _not_whole() from error


def _put_back(records: Iterator[tuple[portable.Record, bytes]], files: list[File]) -> None:
    known: dict[str, type[SealedTable]] = {model._meta.label: model for model in _tables()}
    model: type[SealedTable] | None = None
    columns: tuple[str, ...] = ()
    waiting: list[Any] = []
    for record, _ in records:
        if isinstance(record, Row) and model is not None:
            waiting.append(model(**dict(zip(columns, record.values, strict=True))))
        if waiting and (len(waiting) >= _BATCH or not isinstance(record, Row)):
            type(waiting[0]).objects.bulk_create(waiting)
            waiting = []
        if isinstance(record, File):
            files.append(record)
        elif isinstance(record, Table):
            model, columns = _table(known, record), record.columns


def _table(known: dict[str, type[SealedTable]], table: Table) -> type[SealedTable]:
    model = known.get(table.name)
    if model is None or not set(table.columns) <= {field.attname for field in model._meta.concrete_fields}:
        raise CouldNot(
            words("This backup was made by a newer Amparo."), words("Update Amparo, then restore it again.")
        )
    return model


def _put_file_back(file: File) -> None:
    """Writes a key file; tombstones are added to those that are here, so that deleted stays deleted."""
    if file.name == tombstones.FILE:
        tombstones.merge(file.content)
    elif file.name in _FILES:
        datafolder.write_private(datafolder.folder() / file.name, file.content)


def _refuse_if_in_use() -> None:
    if any(model.objects.exists() for model in _tables()):
        raise Refused(
            words("This data folder already holds a space, so nothing was put back."),
            words("Choose an empty folder: amparo restore FILE --data DIR."),
        )


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise CouldNot(
            words("The file {name} cannot be read.", name=path.name),
            words("Look at its name, and whether you may read it."),
        ) from error


def _draft(path: Path) -> tuple[int, str]:
    try:
        return tempfile.mkstemp(dir=path.absolute().parent, prefix=".amparo-backup.")
    except OSError as error:
        raise _cannot_write(path) from error


def _cannot_write(path: Path) -> CouldNot:
    return CouldNot(
        words("The backup could not be written to {place}.", place=path.absolute().parent),
        words("Make room there or choose another folder. An earlier backup there is untouched."),
    )


def _not_whole() -> Refused:
    return Refused(
        words("This backup is not whole, so nothing was put back."), words("Take another copy of it.")
    )
