"""A shelf: the tables in which one room keeps its cases."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import router, transaction

from amparo.vault import models, trouble

_shelves: list["Shelf"] = []


def shelves() -> tuple["Shelf", ...]:
    """Gives every room's shelf, so that a restore can delete again what was deleted."""
    return tuple(_shelves)


@dataclass(frozen=True)
class Shelf:
    """A room's own tables, each made of the vault's abstract one of the same name."""

    case: type[models.CaseRow]
    epoch: type[models.EpochRow]
    grant: type[models.GrantRow]
    entry: type[models.EntryRow]
    summary: type[models.SummaryRow]
    blob: type[models.BlobRow]
    chunk: type[models.ChunkRow]
    drop: type[models.DropRow]

    def __post_init__(self) -> None:
        _shelves.append(self)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All of it is saved, or none. Raises CouldNot when the database cannot."""
        with trouble.told(), transaction.atomic(using=router.db_for_write(self.case)):
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Raises CouldNot when the database cannot."""
        with trouble.told():
            yield
