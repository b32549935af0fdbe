"""What the law needs to know of a recipient to say whether a rule reaches it."""

from dataclasses import dataclass

KINDS = (
    "controller",  # decides why and how personal data are used
    "hosting_service",  # stores what others provide (DSA 3(g)(iii)), of any size
    "online_platform",  # a hosting service that also shows it to the public (DSA 3(i))
    "search_engine",
    "covered_platform",  # public, mainly user-generated content (47 USC 223a(e)(3))
    "user_to_user",  # UK Online Safety Act
    "service_provider",  # 17 USC 512: stores or links at others' direction
    "infrastructure",  # CDN, DNS, registrar: carries, does not show
    "business",  # California: above the CCPA thresholds
    "authority",
    "court",
    "hash_programme",
    "helper",
)
PUBLIC_BODIES = frozenset({"authority", "court"})


@dataclass(frozen=True)
class Addressee:
    """A recipient as the law sees it. `None` and empty mean not known, never "no".

    `seat` is ISO 3166-1 or -2; `offered_in` holds country codes, "EU" or "*" (everywhere).
    """

    kinds: frozenset[str]
    seat: str | None = None
    offered_in: frozenset[str] = frozenset()
    small: bool | None = None
