"""The few facts a person gives, on which rights and letters depend. Nobody is asked for more."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

MATERIALS = ("intimate", "intimate_synthetic", "sexual_work", "personal_data", "account")
ROLES = ("shown", "author", "account_holder", "representative", "worker")
CONSENTS = ("never", "withdrawn", "forced", "given", "skip")
UNDER_18 = ("no", "not_sure", "yes", "skip")
PUBLISHED = ("yes", "threatened", "unknown")
NAME_STYLES = ("legal", "stage", "organisation")
RELATIONS = ("controller", "platform", "employer", "recruiter")
EXTENTS = ("whole", "parts", "skip")
SENDER_KINDS = ("person", "organisation", "trusted_flagger", "lawyer")


@dataclass(frozen=True)
class Sender:
    """Who signs and where answers go. Every field may be absent; a letter says which one it lacks."""

    kind: str = "person"
    name: str | None = None
    email: str | None = None
    post: str | None = None
    phone: str | None = None
    organisation: str | None = None
    represents: str | None = None
    mandate_until: date | None = None
    account: str | None = None
    signature: str | None = None
    good_faith: bool = False


@dataclass(frozen=True)
class Decision:
    """A platform's decision she contests: what it said, when (date at her place), under which reference."""

    on: date | None = None
    reference: str | None = None
    ground: str | None = None


@dataclass(frozen=True)
class Carrier:
    """Who carries an unknown site, as a public register says: asked at `source` at `at` (ISO 8601).

    `kind` is network or registrar; `slug` names the record where there is one, `mail` is its abuse address.
    """

    domain: str
    kind: str
    name: str
    source: str
    at: str
    mail: str | None = None
    slug: str | None = None


@dataclass(frozen=True)
class Situation:
    """One situation as the plan reads it. `places` are addresses (web or e-mail), possibly none.

    `lives_in` is ISO 3166-1 or -2 and None when skipped. `describe` tells how to find the item at its
    place and what identifies it; it is her own text and never required.
    """

    places: tuple[str, ...] = ()
    material: str | None = None
    role: str | None = None
    lives_in: str | None = None
    consent: str = "skip"
    shown_under_18: str = "skip"
    published: str = "yes"
    name_style: str = "legal"
    languages: tuple[str, ...] = ()
    relation: str | None = None
    extent: str = "skip"
    search_names: tuple[str, ...] = ()
    describe: str | None = None
    sender: Sender = field(default_factory=Sender)
    decision: Decision | None = None
    blanks: Mapping[str, str] = field(default_factory=dict)
    carriers: tuple[Carrier, ...] = ()
