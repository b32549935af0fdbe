"""The letter as a PDF page: who writes, to whom, the day, the subject, the text."""

from datetime import datetime

from amparo.claims.letters.facts import say_date
from amparo.claims.letters.mandate import RULE_BETWEEN
from amparo.claims.letters.shapes import Letter
from amparo.claims.letters.texts import phrases
from amparo.claims.render.typeset import RIGHT_TO_LEFT, Block, typeset


def pdf(letter: Letter, *, now: datetime) -> bytes:
    """Gives the letter as PDF/UA-1, dated in the zone of `now`. The same letter gives the same bytes."""
    plain = [*_head(letter, now), *blocks_of(letter.body)]
    blocks = _mandate(letter) if letter.kind == "mandate" else plain
    return typeset(title=letter.subject, language=letter.language, blocks=blocks)


def blocks_of(body: str) -> list[Block]:
    """Gives the blocks of a text: paragraphs parted by blank lines, lines that begin with `- ` as a list."""
    return [block for paragraph in body.split("\n\n") for block in _paragraph(paragraph)]


def _mandate(letter: Letter) -> list[Block]:
    """Gives the page in two languages; each begins with its title and has its own line to sign on."""
    first, second = letter.body.split(RULE_BETWEEN)
    theirs = {"language": letter.other_language, "rtl": letter.other_language in RIGHT_TO_LEFT}
    other = [{**block, **theirs} for block in _titled(second)]
    return [*_titled(first), {"kind": "rule"}, *other]


def _titled(body: str) -> list[Block]:
    title, _, rest = body.partition("\n\n")
    return [{"kind": "heading", "level": 1, "text": title}, *blocks_of(rest)]


def _head(letter: Letter, now: datetime) -> list[Block]:
    values = letter.values or {}
    writer = [value for value in (values.get("name"), values.get("contact")) if value]
    to = [value for value in (values.get("recipient"), letter.to) if value]
    day = say_date(now.date(), phrases(letter.language))
    return [
        *({"kind": "lines", "lines": lines} for lines in (writer, to, [day]) if lines),
        {"kind": "space"},
        {"kind": "heading", "level": 1, "text": letter.subject},
    ]


def _paragraph(paragraph: str) -> list[Block]:
    blocks: list[Block] = []
    for line in paragraph.split("\n"):
        item = line.startswith("- ")
        kind, field = ("list", "items") if item else ("lines", "lines")
        said = line[2:] if item else line
        if blocks and blocks[-1]["kind"] == kind:
            blocks[-1][field].append(said)
        else:
            blocks.append({"kind": kind, field: [said]})
    return blocks
