"""What an article is: its facets and sources, and its text in one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from amparo.words import Words, words

# The five doors, named by what a person wants.
TOPICS: Mapping[str, Words] = {
    "find-work": words("Find work"),
    "move": words("Move"),
    "love-body-sex": words("Love, body and sex"),
    "my-data": words("My data and pictures"),
    "help": words("Help on my terms"),
}
# The seventh, the sources, is made.
PARTS: Mapping[str, Words] = {
    "answer": words("In short"),
    "usual": words("What is usual"),
    "right": words("What is your right"),
    "do": words("What you can do yourself now"),
    "help": words("Who can help"),
    "together": words("Together"),
}
EASY_PARTS = ("answer", "right", "do", "help")
LANGUAGES = ("en", "es", "fr", "ro", "uk", "ar")
ORIGINAL = "en"


@dataclass(frozen=True)
class Source:
    """Where a fact was read. From `check_again` on, what rests on it is shown as waiting to be read again."""

    key: str
    url: str
    checked_on: date
    check_again: date
    grade: str
    says: str

    def state(self, on: date) -> str:
        """Gives how far the fact stands on a day: `unchecked`, `old` or `current`."""
        if self.grade == "unchecked":
            return "unchecked"
        return "old" if on >= self.check_again else "current"


@dataclass(frozen=True)
class Text:
    """One article in one language: Markdown by part. `of` is the print of the original it was made from."""

    language: str
    easy: bool
    title: str
    searched: tuple[str, ...]
    read_by: str | None
    of: str | None
    parts: Mapping[str, str]

    def is_behind(self, original: str) -> bool:
        """Says whether it was made from another original than the one with this print."""
        return (self.easy or self.language != ORIGINAL) and self.of != original


@dataclass(frozen=True)
class Article:
    """One article: whom it is for, what it leads to, where its facts were read, which texts there are.

    `print` is that of the original text; a translation whose `of` differs is behind it.
    """

    id: str
    topic: str
    slug: str
    starred: bool
    age: str
    situations: tuple[str, ...]
    places: tuple[str, ...]
    sectors: tuple[str, ...]
    permits: tuple[str, ...]
    concepts: tuple[int, ...]
    needs: tuple[str, ...]
    alone: str
    together: str
    related: tuple[str, ...]
    written_on: date
    next_check: date
    sources: Mapping[str, Source]
    print: str
    titles: Mapping[str, str]
    easy: tuple[str, ...]

    @property
    def name(self) -> str:
        """Gives `topic/slug`."""
        return f"{self.topic}/{self.slug}"

    def title(self, language: str) -> str:
        """Gives the title in a language; in the original's where there is no translation."""
        return self.titles.get(language, self.titles[ORIGINAL])

    def waits(self, on: date) -> bool:
        """Says whether the day of its next check has come."""
        return on >= self.next_check
