"""What a letter needs to know of a step and of a rule, and what it gives back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from amparo.words import Words


class RecipientLike(Protocol):
    @property
    def slug(self) -> str | None: ...
    @property
    def name(self) -> str: ...
    @property
    def label(self) -> Words | None: ...


class StepLike(Protocol):
    """One step of a plan, as far as its letter is concerned."""

    @property
    def recipient(self) -> RecipientLike: ...
    @property
    def rule(self) -> str | None: ...
    @property
    def letter(self) -> str | None: ...
    @property
    def channel(self) -> Any: ...
    @property
    def places(self) -> tuple[str, ...]: ...
    @property
    def own_signature(self) -> bool: ...


class RuleLike(Protocol):
    """A rule, as far as its letter is concerned."""

    @property
    def place(self) -> str: ...
    @property
    def instrument(self) -> str: ...
    @property
    def against(self) -> tuple[str, ...]: ...
    @property
    def letter(self) -> str | None: ...
    @property
    def right(self) -> str: ...
    @property
    def basis(self) -> str: ...
    @property
    def clocks(self) -> Mapping[str, Any]: ...
    @property
    def request_elements(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Element:
    """A required element: what it is in words, and whether the letter really holds it."""

    id: str
    label: Words
    present: bool


@dataclass(frozen=True)
class ToFill:
    """A blank still open: its id, and what to do about it."""

    blank: str
    words: Words


@dataclass(frozen=True)
class Said:
    """One paragraph as it stands in the letter, with the element it carries."""

    text: str
    element: str | None


@dataclass(frozen=True)
class Letter:
    """One letter, ready or not. It may go out only while `missing` is empty.

    `to` is the address of the channel (mail or form), None where none is known. `missing` holds the ids of
    elements that are not there, then of other open blanks; `to_fill` says what to do about each blank.
    `own_signature`: only she may send it. `version` changes when the words of the letter change.
    """

    kind: str
    language: str
    subject: str
    to: str | None
    body: str
    elements: tuple[Element, ...]
    missing: tuple[str, ...]
    reviewed: bool
    to_fill: tuple[ToFill, ...] = ()
    parts: tuple[Said, ...] = ()
    values: Mapping[str, str] | None = None
    own_signature: bool = False
    encloses: tuple[str, ...] = ()
    version: str = ""
    other_language: str | None = None

    @property
    def ready(self) -> bool:
        """True when nothing is missing."""
        return not self.missing
