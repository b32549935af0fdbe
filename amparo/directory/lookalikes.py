"""Names that look like a known service and are not one of its addresses: said, never acted upon."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from amparo.directory.records import records
from amparo.directory.suffixes import registrable

SHORTEST = 5  # shorter names resemble too many others
# Signs taken for a Latin one, after Unicode's confusables (UTS 39), as far as names of hosts hold them.
_LIKE = str.maketrans(
    {"а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ј": "j", "ѕ": "s"}
    | {"ԁ": "d", "ԛ": "q", "ԝ": "w", "һ": "h", "к": "k", "м": "m", "н": "h", "в": "b", "т": "t", "г": "r"}
    | {"п": "n", "ь": "b", "ӏ": "l", "α": "a", "ο": "o", "ρ": "p", "ν": "v", "τ": "t", "υ": "u", "ι": "i"}
    | {"κ": "k", "ω": "w", "ε": "e", "η": "n", "ɡ": "g", "ı": "i", "ɩ": "i", "ɑ": "a", "օ": "o", "ս": "u"}
    | {"հ": "h", "ո": "n", "ց": "g", "ա": "w", "ḷ": "l", "ł": "l", "ø": "o", "đ": "d", "ß": "b"}
    | {"0": "o", "1": "l", "3": "e", "5": "s", "7": "t", "4": "a", "9": "g"}
)
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))


def looks_like(host: str, domain: str) -> str | None:
    """Gives the slug of the service an unknown name seems to be; None when it resembles none.

    Taken together: letters of another script or digits that read alike, one letter more, fewer or other, the
    name of a service under another ending, within a longer name, or before the real domain.
    """
    for label in _labels(domain):
        found = _resembled(label)
        if found is not None:
            return found
    return _whole_address_inside(host)


def _labels(domain: str) -> list[str]:
    """The registered name, as written and as shown, whole and in its pieces; what is below says nothing."""
    name = _shown(domain.partition(".")[0])
    return list(dict.fromkeys((domain.partition(".")[0], name, *name.split("-"))))


def _whole_address_inside(host: str) -> str | None:
    """A whole known address in another: pornhub.com.evil.net, pornhub-com.evil.net, pornhub.com-login.net."""
    known = records().index["domains"]
    pieces = host.replace("-", ".").split(".")
    pairs = (f"{name}.{ending}" for name, ending in pairwise(pieces) if len(name) >= SHORTEST)
    return next((known[pair] for pair in pairs if pair in known), None)


def _resembled(label: str) -> str | None:
    if len(label) < SHORTEST:
        return None
    names = _names()
    plain = _without_marks(label).translate(_LIKE)
    for bone in (label, plain, _joined(label), _joined(plain)):
        if bone in names:
            return names[bone]
    return _one_slip(label)


def _without_marks(label: str) -> str:
    """`é` reads as `e`, and a full-width letter as the letter."""
    apart = unicodedata.normalize("NFKD", label)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _joined(label: str) -> str:
    for pair, one in _PAIRS:
        label = label.replace(pair, one)
    return label


def _one_slip(label: str) -> str | None:
    """One sign more, fewer or other than a name of seven or more."""
    slips = _slips()
    for cut in (label, *(label[:at] + label[at + 1 :] for at in range(len(label)))):
        for name in slips.get(cut, ()):
            if abs(len(name) - len(label)) <= 1:
                return _names()[name]
    return None


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """The names of services by which others pass themselves off: the registered part without its ending."""
    kinds = records().index["kinds"]
    held = {slug for kind in ("service", "search_engine", "archive") for slug in kinds.get(kind, ())}
    names: dict[str, str] = {}
    for domain, slug in records().index["domains"].items():
        if slug not in held:
            continue
        label = registrable(domain).partition(".")[0]
        if len(label) >= SHORTEST and domain == registrable(domain):
            names.setdefault(label, slug)
    return {name: slug for name, slug in names.items() if name not in COMMON}


@lru_cache(maxsize=1)
def _slips() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in _names():
        if len(name) < 7:
            continue
        for cut in {name, *(name[:at] + name[at + 1 :] for at in range(len(name)))}:
            found.setdefault(cut, []).append(name)
    return {cut: tuple(names) for cut, names in found.items()}


# Words of the language that are also names of services: a site with such a name copies nobody.
COMMON = frozenset(
    {"archive", "discord", "fetish", "images", "lovense", "match", "medium", "meetup", "mirror", "photo"}
    | {"photos", "search", "secret", "signal", "social", "substack", "thread", "threads", "video", "videos"}
    | {"world", "happn", "hinge", "locals", "patch", "plenty", "reply", "stream", "target", "voice", "alpha"}
    | {"classmates", "epsilon", "jasmin", "passion", "seeking", "spotlight", "weareher", "likes", "adopte"}
)


def _shown(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return re.sub(r"\s", "", label[4:].encode().decode("punycode"))
    except UnicodeError:
        return label
