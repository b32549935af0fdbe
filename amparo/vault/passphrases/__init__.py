"""Passphrases.

Six words offered in her language, and one spelling for all the ways of typing the same words.
"""

import random as random_module
import re
import secrets
import unicodedata
from functools import cache
from importlib import resources

from amparo.errors import Refused, WrongUse
from amparo.words import words

WORDS_OFFERED = 6
SHORTEST_OWN = 14
_DISTINCT_SIGNS = 7

# Marks that people leave out when they type: accents of Latin, Greek, Cyrillic letters, Arabic vowel signs.
# Marks of other scripts stay, because there they make another word.
_MARKS_LEFT_OUT = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
# One letter typed in several ways on different keyboards.
_SAME_LETTER = str.maketrans(
    {"ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ه": "ه", "ـ": ""}
)


def normal(typed: str) -> str:
    """Gives one spelling for all ways of typing the same words.

    NFKC, small letters, no accents or Arabic vowel signs, one form of alef, hamza, ya, kaf and ha, digits 0
    to 9, one space between words; dashes, commas and full stops between words count as spaces.
    """
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", typed).casefold())
    text = _MARKS_LEFT_OUT.sub("", text).translate(_SAME_LETTER)
    text = "".join(
        str(unicodedata.digit(sign)) if unicodedata.digit(sign, None) is not None else sign for sign in text
    )
    text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return unicodedata.normalize("NFKC", " ".join(re.split(r"[\s,.;،·_‐‑‒–—-]+", text)).strip())


def to_bytes(typed: str) -> bytes:
    """Gives the bytes a key is stretched from."""
    return normal(typed).encode("utf-8")


def languages() -> tuple[str, ...]:
    """Gives the languages that have a list of words."""
    names = (entry.name for entry in resources.files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".txt") for name in names if name.endswith(".txt")))


@cache
def list_of(language: str) -> tuple[str, ...]:
    """Gives the words offered in a language (at least 2,048: six of them are 66 bits). Raises WrongUse."""
    if language not in languages():
        raise WrongUse(
            words("There is no list of words for “{language}”.", language=language),
            words("Use one of: {known}.", known=", ".join(languages())),
        )
    text = resources.files(__name__).joinpath(f"{language}.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def offer(language: str, random: random_module.Random | None = None) -> tuple[str, ...]:
    """Gives six different words, drawn evenly (from the system's randomness unless another is given)."""
    drawn = (random or secrets.SystemRandom()).sample(list_of(language), WORDS_OFFERED)
    return tuple(drawn)


def check(typed: str, *, name: str) -> None:
    """Raises Refused when an own passphrase would be guessed soon.

    Too short, one sign again and again, the name.
    """
    text = normal(typed)
    if len(text) < SHORTEST_OWN:
        raise Refused(
            words("This passphrase is too short: {n} signs.", n=len(text)),
            words("Take at least {least} signs, or the six words we offer.", least=SHORTEST_OWN),
        )
    without_name = text.replace(normal(name), "") if normal(name) else text
    if len(set(text)) < _DISTINCT_SIGNS or len(set(without_name)) < _DISTINCT_SIGNS:
        raise Refused(
            words("This passphrase would be guessed soon."),
            words("Take the six words we offer, or a sentence that nobody knows."),
        )
