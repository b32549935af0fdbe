"""An article's Markdown as HTML, or as plain text for a terminal. Links and words are given by the caller."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from markdown_it import MarkdownIt

from amparo.know.article import Article, Source, Text
from amparo.words import Words, words

CITATION = re.compile(r"\s*\[\^(?P<key>[a-z0-9-]+)\]")
LINK = re.compile(r"\[(?P<said>[^\]]+)\]\((?P<target>[^)\s]+)\)")
STANDS: Mapping[str, Words] = {
    "old": words("not checked again yet"),
    "unchecked": words("not confirmed"),
}
# What a link may lead to beside another article (its id) and one rule (law:<id>).
TARGETS = frozenset({"offer", "reclaim", "law", "services", "help", "kept", "witness"})


@dataclass(frozen=True)
class Shown:
    """One text as a page shows it: HTML by part, and its sources in the order they are cited."""

    parts: Mapping[str, str]
    sources: tuple[Source, ...]


def shown(
    one: Article,
    text: Text,
    *,
    on: date,
    address: Callable[[str], str],
    say: Callable[[Words], str],
) -> Shown:
    """Gives a text as HTML. `address`: a link's target (`F10`, `offer`, `law:ID`) → where it leads."""
    numbers = cited(text)
    parts = {
        part: str(_markdown().render(_with_notes(said, one, numbers, on, say), {"address": address}))
        for part, said in text.parts.items()
    }
    return Shown(parts, tuple(one.sources[key] for key in numbers if key in one.sources))


def cited(text: Text) -> dict[str, int]:
    """Gives each source cited, with its number: 1 is the first cited."""
    keys = (found["key"] for part in text.parts.values() for found in CITATION.finditer(part))
    return {key: number for number, key in enumerate(dict.fromkeys(keys), start=1)}


def links(text: Text) -> tuple[str, ...]:
    """Gives what the links of a text lead to."""
    return tuple(found["target"] for part in text.parts.values() for found in LINK.finditer(part))


def plain(part: str, numbers: Mapping[str, int] | None = None) -> str:
    """Gives Markdown as plain text; with `numbers`, citations stay as [1]."""
    said = CITATION.sub(lambda found: f" [{numbers[found['key']]}]" if numbers else "", part)
    said = LINK.sub(lambda found: found["said"], said)
    return re.sub(r"(\*\*|__|^#+ +)", "", said, flags=re.M)


def _with_notes(
    part: str, one: Article, numbers: Mapping[str, int], on: date, say: Callable[[Words], str]
) -> str:
    """Puts a numbered link to its source in the place of each citation; says where a fact does not stand."""

    def note(found: re.Match[str]) -> str:
        source = one.sources.get(found["key"])
        if source is None:
            return ""
        stands = STANDS.get(source.state(on))
        doubt = f" ({say(stands)})" if stands else ""
        return f"\u00a0[{numbers[source.key]}{doubt}](source:{source.key})"

    return CITATION.sub(note, part)


@cache
def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "html_inline"])
    made.add_render_rule("link_open", _link_open)
    made.add_render_rule("link_close", _link_close)
    return made


def _link_open(_self: Any, tokens: Any, at: int, _options: Any, env: Any) -> str:
    target = str(tokens[at].attrGet("href"))
    if target.startswith("source:"):
        return f'<sup><a href="#s-{target.removeprefix("source:")}">'
    return f'<a href="{env["address"](target)}">'


def _link_close(_self: Any, tokens: Any, at: int, _options: Any, _env: Any) -> str:
    opened = next(one for one in reversed(tokens[:at]) if one.type == "link_open")
    return "</a></sup>" if str(opened.attrGet("href")).startswith("source:") else "</a>"
