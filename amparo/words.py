"""What the program says to a person: an English sentence with blanks, which a page can say in her language.

Pure rooms decide in Words and never in finished text, so one reason can be read in every language.
Every literal English text given to `words` or `many` is collected for translation (scripts/collect_words.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

Translate = Callable[[str], str]
TranslateMany = Callable[[str, str, int], str]


def _shown(value: object) -> str:
    """Gives a value as a command shows it: moments and days as ISO 8601."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, list | tuple):
        return ", ".join(_shown(one) for one in value)
    return str(value)


@dataclass(frozen=True)
class Words:
    """One sentence: `text` with `{blanks}`, the values that fill them, and a plural form if one is needed."""

    text: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    plural: str | None = None

    def __str__(self) -> str:
        return self.say()

    def __hash__(self) -> int:
        return hash((self.text, self.plural, tuple(sorted((k, str(v)) for k, v in self.values.items()))))

    def say(
        self,
        translate: Translate = str,
        translate_many: TranslateMany = lambda one, more, n: one if n == 1 else more,
        show: Callable[[object], str] = _shown,
    ) -> str:
        """Gives the sentence through `translate`; `show` gives dates and numbers her way."""
        if self.plural is None:
            text = translate(self.text)
        else:
            text = translate_many(self.text, self.plural, int(str(self.values["n"])))
        filled = {
            name: value.say(translate, translate_many, show) if isinstance(value, Words) else show(value)
            for name, value in self.values.items()
        }
        return text.format_map(filled) if filled else text


def words(text: str, /, **values: object) -> Words:
    """Gives Words for one English sentence; blanks are written `{name}`."""
    return Words(text, MappingProxyType(values))


def many(one: str, more: str, /, n: int, **values: object) -> Words:
    """Gives Words whose form depends on the number `n` (Arabic has six such forms)."""
    return Words(one, MappingProxyType({"n": n, **values}), more)
