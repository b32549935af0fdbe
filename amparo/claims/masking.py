"""Covers what would point to other people: mail addresses, phone numbers, names; hers stay readable."""

import re
from collections.abc import Iterable

from amparo.claims.reply_text import plain, reply_words

_URL = re.compile(r"https?://[^\s<>\"]+")
_MAIL = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}")
_PHONE = re.compile(r"(?<![\w/.-])\+?\(?\d[\d ()./\u00a0-]{6,20}\d(?![\w/-])")
_DATE = re.compile(r"(?:\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4})(?!\d)")
_NAME_LINE = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,4}")
MIN_DIGITS = 8


class Mask:
    """Covers the same thing by the same mark throughout: `[mail address 2]` is one address everywhere.

    `keep` is left readable (her own details, reference numbers, the doors she wrote to); `names` are covered.
    """

    def __init__(self, *, keep: Iterable[str] = (), names: Iterable[str] = ()) -> None:
        self._keep = frozenset(plain(one) for one in keep if one)
        self._marks: dict[tuple[str, str], str] = {}
        self._names = self._pattern(names)

    def __call__(self, text: str) -> str:
        """Gives the text with others covered. Web addresses stay as they are: they are what it is about."""
        covered, here = [], 0
        for found in _URL.finditer(text):
            covered += [self._cover(text[here : found.start()]), found[0]]
            here = found.end()
        return "".join((*covered, self._cover(text[here:])))

    def reply(self, text: str, sender: str | None) -> str:
        """Gives a reply with its writer covered too: the name it came under and the one it is signed with."""
        names = {*_names_in(sender or ""), *_signed_names(text)}
        known = self._names
        self._names = self._pattern(names, known)
        try:
            return self(text)
        finally:
            self._names = known

    def _cover(self, text: str) -> str:
        text = _MAIL.sub(lambda found: self._mark("mail address", found[0]), text)
        text = _PHONE.sub(self._phone, text)
        return self._names.sub(lambda found: self._mark("name", found[0]), text) if self._names else text

    def _phone(self, found: re.Match[str]) -> str:
        digits = sum(sign.isdigit() for sign in found[0])
        if digits < MIN_DIGITS or _DATE.fullmatch(found[0].strip()) or _DATE.match(found[0]):
            return found[0]
        return self._mark("phone number", found[0])

    def _mark(self, kind: str, said: str) -> str:
        small = plain(said)
        if small in self._keep:
            return said
        number = len([one for one in self._marks if one[0] == kind]) + 1
        return self._marks.setdefault((kind, small), f"[{kind} {number}]")

    def _pattern(self, names: Iterable[str], also: re.Pattern[str] | None = None) -> re.Pattern[str] | None:
        wanted = sorted(
            {one.strip() for one in names if len(one.strip()) > 2 and plain(one) not in self._keep},
            key=lambda one: (-len(one), one),
        )
        said = [rf"(?<!\w){re.escape(one)}(?!\w)" for one in wanted] + ([also.pattern] if also else [])
        return re.compile("|".join(said), re.IGNORECASE) if said else None


def _names_in(sender: str) -> set[str]:
    """Gives the name before a mail address, and its words where it is a person's (two to four words)."""
    name = re.sub(r"<[^>]*>", "", sender).strip(" \"'")
    if not name or "@" in name:
        return set()
    pieces = name.replace(",", " ").split()
    return {name, *(piece for piece in pieces if len(piece) > 2)} if 2 <= len(pieces) <= 4 else {name}


def _signed_names(text: str) -> set[str]:
    """Gives the lines that look like a name right after a closing formula."""
    lines = [line.strip() for line in text.split("\n")]
    closings = tuple(reply_words()["closings"])
    found: set[str] = set()
    for number, line in enumerate(lines):
        if plain(line).startswith(closings):
            after = [one for one in lines[number + 1 : number + 4] if one][:1]
            found |= {one for one in after if len(one) <= 60 and _NAME_LINE.fullmatch(one)}
    return found
