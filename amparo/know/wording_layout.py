"""A text laid out for the check: blocks, sentences, and what is only mentioned and not said.

Inside the check a text is Markdown: HTML and PDF are brought to it first (wording_input). Mentioned is what
stands in quotation marks, block quotes, code, addresses, reference lists, footnotes and where the author
wrote `<!-- amparo-mention -->`: in a paragraph for that paragraph, alone for the next one.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from amparo.know.wording_rules import Rules, folded

BREAK = "\x02"  # stands for a line end between two blocks, so that no pattern reaches across
MARKER = "<!-- amparo-mention -->"
FOOTNOTE = re.compile(r" {0,3}\[\^?[\w-]+\]:")
LIST_ITEM = re.compile(r" *(?:[-*+•▪–—]|\d{1,3}[.)]|[a-z][)]) +")
SENTENCE_END = re.compile(rf"[.!?…]+(?=[\s\"'»”’)\]*_]|$|{BREAK})|{BREAK}")
REFERENCE_LINE = re.compile(r".{0,120}\((?:19|20)\d\d[a-z]?\).*(?:https?://|doi)", re.S)
MENTIONED = re.compile(
    rf'"[^"{BREAK}]{{1,600}}"|“[^”{BREAK}]{{1,600}}”|„[^”“{BREAK}]{{1,600}}[”“]|«[^»{BREAK}]{{1,600}}»'
    rf"|‹[^›{BREAK}]{{1,300}}›|‘[^‘{BREAK}]{{1,300}}?'(?!\w)|'[^'{BREAK}]{{2,80}}'(?!\w)|`[^`{BREAK}]{{1,200}}`"
    r"|https?://[^\s)>\]]+|www\.[^\s)>\]]+|<!--.{0,2000}?-->|\]\([^)\s]{1,500}\)",
    re.S,
)


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, line of a list: signs `start` to `end`, and its kind."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Layout:
    """A text laid out. `flat` has sign for sign what `text` has, in small letters without accents.

    `leaders`: for each block the number of the one before it, for an item the one before its list; -1: none.
    """

    text: str
    cased: str
    flat: str
    blocks: tuple[Block, ...]
    block_starts: tuple[int, ...]
    ends: tuple[int, ...]
    mentions: tuple[tuple[int, int], ...]
    mention_starts: tuple[int, ...]
    leaders: tuple[int, ...]
    footnotes: Mapping[str, str]

    def mentioned(self, at: int) -> bool:
        """Says whether the sign at this place is mentioned, not said."""
        index = bisect_right(self.mention_starts, at) - 1
        return index >= 0 and at < self.mentions[index][1]

    def sentence(self, at: int) -> tuple[int, int]:
        """Gives start and end of the sentence this place is in."""
        index = bisect_right(self.ends, at)
        start = self.ends[index - 1] if index else 0
        return start, self.ends[index] if index < len(self.ends) else len(self.text)

    def block(self, at: int) -> int:
        """Gives the number of the block this place is in."""
        return max(0, bisect_right(self.block_starts, at) - 1)

    def introducing(self, at: int) -> Block | None:
        """Gives the block before the one of this place; for an item of a list, the one before the list."""
        leader = self.leaders[self.block(at)] if self.blocks else -1
        return self.blocks[leader] if leader >= 0 else None


def laid_out(text: str, known: Rules) -> Layout:
    """Gives a text laid out by the little things of its language."""
    cased = folded(text)
    flat, blocks = _blocks(cased.lower().split("\n"))
    spans = _merged(sorted((*_inline(flat), *_whole_blocks(flat, blocks, known))))
    ends = tuple(found.end() for found in SENTENCE_END.finditer(flat))
    return Layout(
        text=text,
        cased=cased,
        flat=flat,
        blocks=blocks,
        block_starts=tuple(one.start for one in blocks),
        ends=ends,
        mentions=spans,
        mention_starts=tuple(start for start, _ in spans),
        leaders=tuple(_leaders(blocks)),
        footnotes=dict(_footnotes(flat, blocks)),
    )


def _leaders(blocks: tuple[Block, ...]) -> Iterator[int]:
    last = -1
    for number, one in enumerate(blocks):
        in_list = number and one.kind == "item" and blocks[number - 1].kind == "item"
        last = last if in_list else number - 1
        yield last


def _footnotes(flat: str, blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    for one in blocks:
        if one.kind == "footnote":
            mark, _, said = flat[one.start : one.end].strip().partition(":")
            yield mark, said


def _blocks(lines: list[str]) -> tuple[str, tuple[Block, ...]]:
    """Joins lines to blocks: a BREAK instead of the line end wherever a new block begins."""
    joined: list[str] = []
    blocks: list[Block] = []
    at, kind, fenced = 0, "blank", False
    for number, line in enumerate(lines):
        fence = line.lstrip().startswith("```")
        new = "code" if fenced or fence else _kind(line)
        fenced ^= fence
        begins = new != "plain" or kind in ("blank", "heading", "code", "table") or not blocks
        if number:
            joined.append(BREAK if begins else " ")
        if not begins:
            blocks[-1] = Block(blocks[-1].start, at + len(line), blocks[-1].kind)
        elif new != "blank":
            blocks.append(Block(at, at + len(line), new))
        joined.append(line)
        at += len(line) + 1
        kind = new
    return "".join(joined), tuple(blocks)


def _kind(line: str) -> str:
    plain = line.strip()
    if not plain:
        return "blank"
    if plain[0] == "#":
        return "heading"
    if plain[0] == ">":
        return "quote"
    if plain[0] == "|":
        return "table"
    if FOOTNOTE.match(line):
        return "footnote"
    return "item" if LIST_ITEM.match(line) else "plain"


def _inline(flat: str) -> Iterator[tuple[int, int]]:
    for found in MENTIONED.finditer(flat):
        before = flat[found.start() - 1 : found.start()]
        if flat[found.start()] in "'‘" and before.isalnum():
            continue  # an apostrophe
        yield found.span()


def _whole_blocks(flat: str, blocks: tuple[Block, ...], known: Rules) -> Iterator[tuple[int, int]]:
    references = marked = False
    for one in blocks:
        said = flat[one.start : one.end]
        if one.kind == "heading" or len(said) < 60:
            bare = said.strip(" #*_")
            listed = bool(known.references.fullmatch(bare))
            references = listed or (references and one.kind != "heading")
        if references or marked or one.kind in ("quote", "footnote", "code") or _cites(said, one.kind):
            yield one.start, one.end
        marked = said.strip() == MARKER
        if MARKER in said:
            yield one.start, one.end


def _cites(said: str, kind: str) -> bool:
    return kind == "item" and bool(REFERENCE_LINE.match(said))


def _merged(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    made: list[tuple[int, int]] = []
    for start, end in spans:
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return tuple(made)
