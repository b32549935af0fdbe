"""What a dossier holds before it becomes files."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from amparo.claims.case import Case, Request
from amparo.claims.chronology import Line
from amparo.claims.masking import Mask
from amparo.law.periods import Due


@dataclass(frozen=True)
class Choices:
    """What goes in. `requests` None: all. Attachments go in as they are, so each is chosen by name."""

    for_whom: str = "authority"  # authority | lawyer | court | own
    requests: frozenset[str] | None = None
    letters: bool = True
    replies: bool = True
    notes: bool = False
    fingerprints: bool = False
    cover_others: bool = True
    names_to_cover: tuple[str, ...] = ()
    attachments: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Asked:
    """One request as the dossier tells it."""

    request: Request
    due: Due | None
    basis: str | None
    source: str | None
    letter_file: str | None
    reply_files: tuple[str, ...]


@dataclass(frozen=True)
class Contents:
    """All that the pages, the data file and the texts are made from."""

    case: Case
    asked: tuple[Asked, ...]
    lines: tuple[Line, ...]
    texts: Mapping[str, str]
    mask: Mask
    choices: Choices
    prepared: datetime
