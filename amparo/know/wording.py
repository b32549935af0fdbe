"""The word-list check: ten families of wording that harm, and what a text for people would also have.

It shows passages with reasons; it never gives a score. What a rule means is in its data (wording_rules).
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from amparo.know.wording_layout import Layout, laid_out
from amparo.know.wording_rules import FAMILIES, LANGUAGES, Pattern, Rule, Rules, rules

__all__ = ["FAMILIES", "LANGUAGES", "Checked", "Finding", "Missing", "check"]

TOKEN = re.compile(r"\d[\d.,]*\d|\w+")
CLAUSE_END = re.compile(r"[.,;:!?()\[\]\x02—–]")
YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]*\d)")
FOOTNOTE = re.compile(r"\[\^?[\w-]{1,40}\](?![(:])|[¹²³⁴-⁹]")
CITED = re.compile(r"https?://|\bdoi\b|\([^()]{0,80}\b(?:19|20)\d\d[a-z]?(?::[^()]{0,20})?\)")
NEAR = 200  # signs either side of a figure in which its source and year have to stand
REACH = 500  # signs either side of a passage that a sentence or paragraph may reach: hostile ones are longer
BEFORE = 6  # words before a passage in which a negation counts
REMEMBERED = 200_000  # distinct words whose patterns are kept between texts


@dataclass(frozen=True)
class Finding:
    """One passage: signs `start` to `end` of the text, the rule that speaks, and why."""

    rule: str
    family: str
    severity: str
    text: str
    start: int
    end: int
    why: str
    better: str
    source: str


@dataclass(frozen=True)
class Missing:
    """Something a text for people would have, and this one does not."""

    family: str
    why: str
    better: str
    source: str


@dataclass(frozen=True)
class Checked:
    """What was found in a text, in the order of the text, and what is missing from it."""

    language: str
    findings: tuple[Finding, ...]
    missing: tuple[Missing, ...]


def check(text: str, language: str) -> Checked:
    """Gives the passages of a text (Markdown or plain) that a rule speaks about, and what is missing.

    Raises WrongUse where there is no word list for the language.
    """
    known = rules(language)
    laid = laid_out(text, known)
    hits = _hits(laid.flat, _index(language))
    anywhere = {owner for owner, _, _ in hits if owner[0] == "elsewhere"}
    found: list[tuple[Rule, int, int]] = []
    for (kind, number), start, end in hits:
        rule = known.rules[number] if kind == "rule" else None
        if rule and ("elsewhere", number) not in anywhere and _speaks(rule, laid, known, start, end):
            found.append((rule, start, end))
    had = {number for (kind, number), start, _ in hits if kind == "positive"}
    return Checked(
        language=language,
        findings=tuple(_finding(laid, *one) for one in _longest(found)),
        missing=tuple(
            Missing(one.family, one.why, one.better, one.source)
            for number, one in enumerate(known.positive)
            if number not in had
        ),
    )


Owner = tuple[str, int]
Index = Callable[[str], tuple[tuple[Owner, Pattern], ...]]


@cache
def _index(language: str) -> Index:
    """Gives a function: a word → the patterns that may begin with it. What it found it remembers."""
    known = rules(language)
    entries: list[tuple[Owner, Pattern]] = []
    for number, rule in enumerate(known.rules):
        entries += ((("rule", number), one) for one in rule.patterns)
        entries += ((("elsewhere", number), one) for one in rule.unless_anywhere)
    for number, rule in enumerate(known.positive):
        entries += ((("positive", number), one) for one in rule.patterns)
    any_first = re.compile("|".join(f"(?:{one})" for one in {one.first.pattern for _, one in entries}))
    remembered: dict[str, tuple[tuple[Owner, Pattern], ...]] = {}

    def beginning_with(word: str) -> tuple[tuple[Owner, Pattern], ...]:
        found = remembered.get(word)
        if found is None:
            if len(remembered) > REMEMBERED:
                remembered.clear()
            fits = any_first.fullmatch(word)
            found = tuple(entry for entry in entries if entry[1].first.fullmatch(word)) if fits else ()
            remembered[word] = found
        return found

    return beginning_with


def _hits(flat: str, index: Index) -> list[tuple[Owner, int, int]]:
    hits = []
    for token in TOKEN.finditer(flat):
        for owner, pattern in index(token.group()):
            found = pattern.whole.match(flat, token.start())
            if found:
                hits.append((owner, *found.span()))
    return hits


def _speaks(rule: Rule, laid: Layout, known: Rules, start: int, end: int) -> bool:
    """Says whether a rule that fits here also means it."""
    if laid.mentioned(start) or laid.mentioned(end - 1):
        return False
    begin, stop = laid.sentence(start)
    sentence = laid.flat[max(begin, start - REACH) : min(max(stop, end), end + REACH)]
    if rule.near and not rule.near.search(laid.flat, *_around(laid, start, end)):
        return False
    if rule.unless_near and rule.unless_near.search(sentence):
        return False
    if _overlaps(rule.unless, laid.flat, start, end) or _overlaps(known.names, laid.cased, start, end):
        return False
    if known.critique.search(sentence) or _introduced_as_wrong(laid, known, start):
        return False
    if not rule.negated and _negated(laid.flat, known, start):
        return False
    return not (rule.cited and _cited(laid, known, start, end))


def _overlaps(pattern: re.Pattern[str] | None, text: str, start: int, end: int) -> bool:
    if pattern is None:
        return False
    found = pattern.finditer(text, max(0, start - 60), min(len(text), end + 60))
    return any(one.start() < end and start < one.end() for one in found)


def _around(laid: Layout, start: int, end: int) -> tuple[int, int]:
    """Gives where the paragraph of a passage begins and ends, no further away than REACH."""
    block = laid.blocks[laid.block(start)]
    return max(block.start, start - REACH), min(max(block.end, end), end + REACH)


def _introduced_as_wrong(laid: Layout, known: Rules, at: int) -> bool:
    """Under a heading such as "Myth 3", or in a list that "Words to avoid:" introduces."""
    before = laid.introducing(at)
    if before is None:
        return False
    said = laid.flat[before.start : min(before.end, before.start + REACH)].rstrip(" *_")
    introduces = before.kind == "heading" or said.endswith(":") or len(said.split()) <= 4
    return introduces and bool(known.critique.search(said))


def _negated(flat: str, known: Rules, start: int) -> bool:
    """A negation within six words before, in the same clause, with no "but" between."""
    before = CLAUSE_END.split(flat[max(0, start - 80) : start])[-1]
    words_before = list(TOKEN.finditer(before))[-BEFORE:]
    if not words_before:
        return False
    window = before[words_before[0].start() :]
    turned = list(known.but.finditer(window))
    return bool(known.negation.search(window[turned[-1].end() :] if turned else window))


def _cited(laid: Layout, known: Rules, start: int, end: int) -> bool:
    """A source and a year within 200 signs; a footnote whose text is not in the file counts as both."""
    before, after = laid.flat[max(0, start - NEAR) : start], laid.flat[end : end + NEAR]
    around = f"{before}\n{after}"
    footnote = FOOTNOTE.search(around)
    if footnote:
        text = laid.footnotes.get(footnote.group())
        return text is None or bool(YEAR.search(text))
    sourced = CITED.search(around) or known.named_source.search(around)
    return bool(sourced and YEAR.search(around))


def _longest(found: Iterable[tuple[Rule, int, int]]) -> Iterator[tuple[Rule, int, int]]:
    """Leaves out what overlaps a more telling finding of its family, and what is told once for a text."""
    kept: dict[str, list[tuple[int, int]]] = {}
    once: set[str] = set()
    made = []
    for rule, start, end in sorted(found, key=lambda one: (one[0].cited, one[1] - one[2], one[1])):
        taken = kept.setdefault(rule.family, [])
        at = bisect_left(taken, (start, start))
        beside = taken[max(0, at - 1) : at + 1]
        if any(other[0] < end and start < other[1] for other in beside):
            continue
        taken.insert(at, (start, end))
        made.append((rule, start, end))
    for one in sorted(made, key=lambda one: (one[1], one[2])):
        if one[0].once and one[0].id in once:
            continue
        once.add(one[0].id)
        yield one


def _finding(laid: Layout, rule: Rule, start: int, end: int) -> Finding:
    return Finding(
        rule=rule.id,
        family=rule.family,
        severity=rule.severity,
        text=" ".join(laid.text[start:end].split()),
        start=start,
        end=end,
        why=rule.why,
        better=rule.better,
        source=rule.source,
    )
