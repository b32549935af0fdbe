"""What a record holds. Absent always means not known, never "no"."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

GRADES = ("primary", "secondary", "unchecked")  # best first


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read. `copied_on` is the day of the stored copy, `checked_on` the day we read it."""

    checked_on: date
    grade: str
    url: str | None = None
    archived: str | None = None
    copied_on: date | None = None
    says: str | None = None

    @property
    def where(self) -> str:
        """Gives the address or the reference of the copy; empty when only general knowledge stands behind."""
        return self.url or self.archived or ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: `fill` is the id of a letter element, or the words to choose or type."""

    label: str
    fill: str | None = None
    required: bool = False
    leave_empty: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """One door. Empty `for_…` and `only_in` mean any. `address` is spelled as its owner spells it."""

    id: str
    kind: str  # mail | form | post | in_app | phone
    address: str
    source: str
    checked_on: date | None
    grade: str
    for_material: tuple[str, ...] = ()
    for_rights: tuple[str, ...] = ()
    for_who: tuple[str, ...] = ()
    only_in: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    fields_grade: str | None = None  # of the source behind `fields`; None when there are none
    attach: tuple[str, ...] = ()
    proof: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    traps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnRule:
    """A removal rule a recipient published about itself, in our words. A promise, not law."""

    about: tuple[str, ...]
    says: str
    source: str
    checked_on: date
    grade: str
    hours: int | None = None
    days: int | None = None
    working_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One recipient, authority, programme or helper. The slug is for ever; an ended one stays as a tombstone.

    `seat` and `place` are ISO 3166-1 or -2 (or "EU"); `offered_in` holds country codes, "EU" or "*".
    `answers_for` holds where the people live for whom the company at the seat answers (empty: everybody);
    for others a sister company elsewhere does. `sources` says on which source each named fact rests;
    `source` is behind all others.
    """

    slug: str
    name: str
    kind: str
    source: Source
    group: str | None = None
    about: str | None = None
    roles: tuple[str, ...] = ()
    site: str | None = None
    domains: tuple[str, ...] = ()
    media_domains: tuple[str, ...] = ()
    unchecked_domains: tuple[str, ...] = ()
    profile_paths: tuple[str, ...] = ()
    post_paths: tuple[str, ...] = ()
    cache_paths: tuple[str, ...] = ()
    exit_paths: tuple[str, ...] = ()
    people_subdomains: bool = False
    search_paths: tuple[str, ...] = ()
    target_params: tuple[str, ...] = ()
    short_domains: tuple[str, ...] = ()
    rank: int | None = None
    operator: str | None = None
    operator_name: str | None = None
    seat: str | None = None
    answers_for: tuple[str, ...] = ()
    post: str | None = None
    eu_representative: str | None = None
    eu_representative_place: str | None = None
    uk_representative: str | None = None
    dsa: str = "unknown"
    dsc: str | None = None
    small: bool | None = None
    offered_in: tuple[str, ...] = ()
    hash_programmes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    own_rules: tuple[OwnRule, ...] = ()
    next: tuple[str, ...] = ()
    place: str | None = None
    covers: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()  # what a person comes with: pay, papers, images …
    decides_on: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    traps: tuple[str, ...] = ()
    takes: str | None = None
    on_device: bool | None = None
    keeps_for: str | None = None
    ages: str | None = None
    sees: str | None = None
    cost: str | None = None
    who: str | None = None
    run_by: str | None = None
    police: str | None = None
    anonymous: str | None = None
    rules: tuple[str, ...] = ()
    hours: str | None = None
    facts: Mapping[str, Source] = field(default_factory=dict)
    ended: date | None = None
    ended_reason: str | None = None
    successor: str | None = None

    @property
    def grade(self) -> str:
        """Gives the grade of its best-sourced door, or of its own source when it has no door."""
        return min((c.grade for c in self.channels), key=GRADES.index, default=self.source.grade)

    def source_of(self, fact: str) -> Source:
        """Gives the source behind one fact of this record (`operator`, `seat`, `dsa` …)."""
        return self.facts.get(fact, self.source)
