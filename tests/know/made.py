"""One small article, made for the tests, with every kind of source, link and doubt."""

from datetime import date
from types import MappingProxyType

from amparo.know.article import PARTS, Article, Source, Text

ON = date(2026, 11, 24)
FRESH = Source(
    "law", "https://law.example/7", date(2026, 11, 1), date(2027, 11, 1), "primary", "Says seven days."
)
OLD = Source("old", "https://old.example/", date(2025, 1, 1), date(2026, 1, 1), "secondary", "Said so once.")
UNREAD = Source(
    "unread", "https://x.example/", date(2026, 11, 1), date(2026, 12, 1), "unchecked", "From memory."
)
PARTS_SAID = dict.fromkeys(PARTS, "Nothing here.") | {
    "answer": "You get it in writing. Ask by **Friday**.",
    "right": "Terms within seven days.[^law] It was so.[^old] It may be so.[^unread] And again.[^law]",
    "do": "1. Read [the page on fees](F3).\n2. Use [the check](offer), or [this rule](law:eu/gdpr/erasure).",
}


def made_text(language: str = "en", *, easy: bool = False, of: str | None = None, **parts: str) -> Text:
    """Gives a text of the article; named parts replace its own."""
    said = MappingProxyType(PARTS_SAID | parts)
    return Text(language, easy, "In writing", ("is it true",), None, of, said)


def made_article(*sources: Source) -> Article:
    """Gives the article those texts are of."""
    held = sources or (FRESH, OLD, UNREAD)
    return Article(
        id="F99", topic="find-work", slug="made", starred=False, age="everyone", situations=("there",),
        places=(), sectors=(), permits=(), concepts=(), needs=("pay",), alone="offer", together="union",
        related=("F1",), written_on=ON, next_check=date(2027, 5, 24),
        sources=MappingProxyType({one.key: one for one in held}), print="abc", titles={"en": "In writing"},
        easy=(),
    )  # fmt: skip
