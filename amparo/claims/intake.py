"""Messy text → the places she means: chat exports, lists, mails, saved pages. Nothing here is fetched."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from amparo.claims import links, saved_pages
from amparo.directory.addresses import address as public_address
from amparo.errors import Refused
from amparo.words import Words, many, words

MAX_CHARS = 1_000_000
MAX_PLACES = 1_000
MAX_TOLD = 20

# Signs that show nothing and only steer the direction or the breaking of a line.
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x61C, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]
)
# Addresses are often spoilt on purpose, so that nobody opens them by mistake.
_DEFANGED = (
    (re.compile(r"\bh(?:xx|\*\*|__)p(s?)\b", re.I), r"http\1"),
    (re.compile(r"\s?[\[({<]\s*(?:\.|dot)\s*[\])}>]\s?", re.I), "."),
    (re.compile(r"[\[({]\s*:\s*[\])}]"), ":"),
    (re.compile(r"[\[({]\s*(:?//?)\s*[\])}]"), r"\1"),
    (re.compile(r"\s?[\[({]\s*(?:@|at)\s*[\])}]\s?", re.I), "@"),
    (re.compile(r"&amp;|&#38;|&#x26;", re.I), "&"),
)
# A link ends at white space, quotes, angle brackets, and the full stops of scripts written without spaces.
_STOP = r"\s<>\"“”„«»`|\\^。，、；：？！「」『』（）【】《》،؛؟…"
_CANDIDATE = re.compile(
    rf"""
    (?P<mail>(?:mailto:)?[A-Z0-9._%+'-]{{1,64}}@(?:[\w-]{{1,63}}\.)+[^\W\d_][\w-]{{1,62}})
  | (?P<link>https?:/{{0,3}}[^{_STOP}]*)
  | (?P<other>\b[a-z][a-z0-9+.-]{{1,15}}://[^{_STOP}]*)
  | (?P<bare>
        (?<![\w@./:-])(?:[^\W_](?:[\w-]{{0,61}}[^\W_])?\.){{1,8}}[^\W\d_][\w-]{{1,62}}
        (?::\d{{2,5}})?(?![\w@])(?:[/?][^{_STOP}]*)?
    )
    """,
    re.I | re.X,
)
# Endings of files that are also endings of domains: taken as a place only where a path follows.
# fmt: off
_FILE_ENDINGS = frozenset((
    "zip", "mov", "md", "py", "sh", "rs", "pl", "ps", "app", "pub", "ai", "bz", "cc",
    "so", "in", "is", "it", "be", "at", "no", "my", "me", "to", "do",  # and words after a forgotten space
))
# fmt: on
_LOOKS_LIKE_A_PLACE = re.compile(r"^\S*[./:@]\S*$")


@dataclass(frozen=True)
class Link:
    """One place on the web: `url` in its one spelling, `original` as it was pasted."""

    url: str
    original: str


@dataclass(frozen=True)
class Places:
    """What a text held. `folded` counts repeats of a place already there; `refused` says what was not one."""

    links: tuple[Link, ...]
    addresses: tuple[str, ...]
    folded: int
    refused: tuple[Words, ...]

    @property
    def places(self) -> tuple[str, ...]:
        """Gives web addresses, then mail addresses, as a situation holds them."""
        return tuple(link.url for link in self.links) + self.addresses


def read_places(untrusted_text: str) -> Places:
    """Gives every place in a text, once each and in order; what is no place is told and the others are kept.

    Raises Refused above MAX_CHARS or MAX_PLACES: the limits are on our side, and what was typed is not lost.
    """
    if len(untrusted_text) > MAX_CHARS:
        raise _too_long(len(untrusted_text))
    untrusted = untrusted_text
    if saved_pages.is_page(untrusted):
        untrusted = saved_pages.addresses_in(untrusted)
    found: dict[str, Link] = {}
    addresses: dict[str, None] = {}
    refused: dict[Words, None] = {}
    folded = 0
    for line in _legible(untrusted).splitlines():
        seen_on_line = False
        for kind, original in _candidates(line):
            seen_on_line = True
            if kind == "mail":
                folded += original in addresses
                addresses.setdefault(original)
                continue
            url = _public(kind, original)
            if isinstance(url, Words):
                refused.setdefault(url)
                continue
            key = links.same_item(url)
            folded += key in found
            found[key] = _better(found.get(key), Link(url, original))
        if not seen_on_line and _LOOKS_LIKE_A_PLACE.match(line.strip()):
            refused.setdefault(_not_a_link("text", line.strip()))
    if len(found) + len(addresses) > MAX_PLACES:
        raise _too_many(len(found) + len(addresses))
    return Places(tuple(found.values()), tuple(addresses), folded, _told(list(refused)))


def read_place(untrusted_place: str) -> str | None:
    """Gives one place (a web or mail address) in its one spelling, or None where it is none."""
    lines = _legible(untrusted_place).splitlines()
    found = [(kind, one) for line in lines for kind, one in _candidates(line.strip())]
    if len(found) != 1:
        return None
    kind, original = found[0]
    place = original if kind == "mail" else _public(kind, original)
    return place if isinstance(place, str) else None


def _public(kind: str, original: str) -> str | Words:
    """Gives the place in its one spelling, or in words why it is none that anybody else can reach."""
    url = links.clean(original) if kind in ("link", "bare") else None
    if url is None:
        return _not_a_link(kind, original)
    try:
        public_address(url)
    except Refused as no:
        return words("“{text}”: {why}", text=_shortened(original), why=no.what)
    return url


def _legible(untrusted_text: str) -> str:
    text = untrusted_text.translate(_INVISIBLE)
    for spoilt, sound in _DEFANGED:
        text = spoilt.sub(sound, text)
    return text


def _candidates(line: str) -> Iterator[tuple[str, str]]:
    """Gives (kind, text) of all that could be a place on one line."""
    for match in _CANDIDATE.finditer(line):
        kind = str(match.lastgroup)
        text = match.group()
        if kind == "mail":
            yield from _mail(text)
        elif kind == "bare":
            text = _without_tail(text)
            if _is_bare_link(text):
                yield kind, text
        elif kind == "link":
            yield from ((kind, _without_tail(one)) for one in _glued(text))
        else:
            yield kind, _without_tail(text)


def _mail(text: str) -> Iterator[tuple[str, str]]:
    name, _, domain = re.sub(r"^mailto:", "", text, flags=re.I).strip("'.").rpartition("@")
    host = links.host_of(domain)
    if name and host and links.has_public_suffix(host):
        yield "mail", f"{name}@{host}"


def _glued(text: str) -> Iterator[str]:
    """Parts links that were pasted without a space: `https://a.org/1https://b.org/2`, `[https://a](https://a)`."""
    starts = [0, *(m.start() for m in re.finditer(r"(?<![=/&?%])https?://", text, re.I) if m.start())]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield re.sub(r"^(https?:)/*", r"\1//", text[start:end], count=1, flags=re.I)


def _without_tail(text: str) -> str:
    """Takes off what belongs to the sentence: a full stop, a comma, a bracket opened before the link."""
    while text and len(text) <= links.MAX_LINK_CHARS:
        last = text[-1]
        opening = {")": "(", "]": "[", "}": "{"}.get(last)
        if last in ".,;:!?'*_~([{’‘·•" or (opening and text.count(last) > text.count(opening)):
            text = text[:-1]
        else:
            break
    cut = re.search(r"\]\(|\)\]|\]\]", text)  # markdown: [https://a](https://a)
    return text[: cut.start()] if cut else text


def _is_bare_link(text: str) -> bool:
    """Says whether `name.ending[/path]` is meant as a place and is not a file name or a missing space."""
    name, slash, _ = re.sub(r"[:/?]", "/", text, count=1).partition("/")
    host = links.host_of(name)
    if host is None or not links.has_public_suffix(host):
        return False
    ending = name.rpartition(".")[2]
    if slash and len(text) > len(name) + 1:
        return True
    return name == name.lower() and ending not in _FILE_ENDINGS


def _better(known: Link | None, new: Link) -> Link:
    """Keeps the first spelling; the encrypted address wins over the open one."""
    if known is None or (known.url.startswith("http:") and new.url.startswith("https:")):
        return new
    return known


def _not_a_link(kind: str, text: str) -> Words:
    short = _shortened(text)
    if kind == "other":
        return words("“{text}” opens no web page. Give the address that starts with https://.", text=short)
    if len(text) > links.MAX_LINK_CHARS:
        return words("“{text}” is too long for an address. Copy it again from the address bar.", text=short)
    return words("“{text}” is not a web address. Copy it again from the address bar.", text=short)


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}…"


def _told(refused: list[Words]) -> tuple[Words, ...]:
    if len(refused) <= MAX_TOLD:
        return tuple(refused)
    rest = len(refused) - MAX_TOLD
    return (*refused[:MAX_TOLD], many("{n} more was not an address.", "{n} more were not addresses.", rest))


def _too_long(chars: int) -> Refused:
    return Refused(
        words("This text is longer than we read at once: {n} characters.", n=chars),
        words("Paste it in parts of at most {n} characters. Nothing you typed is lost.", n=MAX_CHARS),
    )


def _too_many(count: int) -> Refused:
    return Refused(
        words("This text holds {n} places. We handle {most} at a time.", n=count, most=MAX_PLACES),
        words("Paste the first {most}, then the others as a second case. Nothing is lost.", most=MAX_PLACES),
    )
