"""The tables of Reclaim's cases: the vault's mechanism, in this room's own tables."""

from amparo.vault import models as vault
from amparo.vault.shelf import Shelf


class Case(vault.CaseRow):
    """A case's head."""


class CaseEpoch(vault.EpochRow):
    """A key epoch of a case."""


class CaseGrant(vault.GrantRow):
    """A member's way into a case."""


class CaseEntry(vault.EntryRow):
    """A sealed event."""


class CaseSummary(vault.SummaryRow):
    """A case's folded state, for lists."""


class CaseBlob(vault.BlobRow):
    """A sealed file."""


class CaseChunk(vault.ChunkRow):
    """A part of a sealed file."""


class CaseDrop(vault.DropRow):
    """Something received while the case was locked."""


SHELF = Shelf(
    case=Case,
    epoch=CaseEpoch,
    grant=CaseGrant,
    entry=CaseEntry,
    summary=CaseSummary,
    blob=CaseBlob,
    chunk=CaseChunk,
    drop=CaseDrop,
)
