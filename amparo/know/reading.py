"""How hard a text is to read: sentence length in every language, a formula where one exists for it.

Sources of the formulas: Flesch-Kincaid grade (Kincaid 1975, en); Szigriszt-Pazos (1993, es); Kandel-Moles
(1958, fr); for Romanian, Ukrainian and Arabic no accepted school-grade formula: LIX (Björnsson 1968) for the
first two, which compares texts of one language only, and sentence and word length for Arabic.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import mean

from amparo.know.article import Text
from amparo.know.showing import CITATION, plain

MEAN_MOST, LONGEST = 15.0, 25  # words in a sentence
EASY_MEAN_MOST, EASY_LONGEST = 9.0, 14
WORD = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
END = re.compile(r"(?<=[.!?؟…:;])[\"»”’)*]*\s+")
MARK = re.compile(r"^\s*(?:[-*]|\d+\.)\s+")
VOWELS: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"[aeiouy]+", re.I),
    "es": re.compile(r"[aeoáéíóú]|[iuü]+(?![aeoáéó])", re.I),
    "fr": re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+", re.I),
}


@dataclass(frozen=True)
class Level:
    """Words per sentence (mean and longest), and the formula's figure; `most` or `least` is its limit."""

    mean: float
    longest: int
    formula: str | None
    figure: float | None
    limit: float | None
    plain_enough: bool


def sentences(text: Text) -> list[str]:
    """Gives the sentences of a text; each line of a list is one, a heading is none."""
    whole = "\n".join(plain(CITATION.sub("", part)) for part in text.parts.values())
    lines = (line for line in whole.splitlines() if line.strip() and not line.lstrip().startswith(("#", "|")))
    found = (one.strip() for line in lines for one in END.split(MARK.sub("", line)))
    return [one for one in found if WORD.search(one)]


def level(text: Text) -> Level:
    """Gives how hard a text is to read."""
    said = [WORD.findall(one) for one in sentences(text)]
    lengths = [len(one) for one in said if one]
    all_words = [word for one in said for word in one]
    most, longest = (EASY_MEAN_MOST, EASY_LONGEST) if text.easy else (MEAN_MOST, LONGEST)
    formula = FORMULAS.get(text.language)
    figure = round(formula.figure(all_words, len(lengths)), 1) if formula and lengths else None
    within = formula is None or figure is None or formula.holds(figure)
    return Level(
        mean=round(mean(lengths), 1) if lengths else 0.0,
        longest=max(lengths, default=0),
        formula=formula.name if formula else None,
        figure=figure,
        limit=formula.limit if formula else None,
        plain_enough=within and bool(lengths) and mean(lengths) <= most and max(lengths) <= longest,
    )


@dataclass(frozen=True)
class Formula:
    """One measure; `high_is_hard` says which side of `limit` is plain enough."""

    name: str
    figure: Callable[[list[str], int], float]
    limit: float
    high_is_hard: bool

    def holds(self, figure: float) -> bool:
        """Says whether a figure is on the plain side of the limit."""
        return figure <= self.limit if self.high_is_hard else figure >= self.limit


def syllables(word: str, language: str) -> int:
    """Counts the syllables of a word by its groups of vowels (a mute e at an English or French end not)."""
    count = len(VOWELS[language].findall(word))
    if language == "en" and re.search(r"[^aeiouyl]e$|[^aeiouytd]es$|[^aeiouytd]ed$", word, re.I):
        count -= 1
    if language == "fr" and re.search(r"[^aeiouyàâéèêîôû](?:e|es|ent)$", word, re.I):
        count -= 1
    return max(1, count)


def _flesch_kincaid(said: list[str], count: int) -> float:
    per = mean(syllables(one, "en") for one in said)
    return 0.39 * len(said) / count + 11.8 * per - 15.59


def _szigriszt_pazos(said: list[str], count: int) -> float:
    return 206.835 - 62.3 * mean(syllables(one, "es") for one in said) - len(said) / count


def _kandel_moles(said: list[str], count: int) -> float:
    return 207 - 1.015 * len(said) / count - 73.6 * mean(syllables(one, "fr") for one in said)


def _lix(said: list[str], count: int) -> float:
    return len(said) / count + 100 * sum(len(one) > 6 for one in said) / len(said)


FORMULAS: Mapping[str, Formula] = {
    "en": Formula("Flesch-Kincaid grade", _flesch_kincaid, 8.0, high_is_hard=True),
    "es": Formula("Szigriszt-Pazos", _szigriszt_pazos, 55.0, high_is_hard=False),
    "fr": Formula("Kandel-Moles", _kandel_moles, 60.0, high_is_hard=False),
    "ro": Formula("LIX", _lix, 45.0, high_is_hard=True),
    "uk": Formula("LIX", _lix, 50.0, high_is_hard=True),
}
