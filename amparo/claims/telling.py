"""Says Words in one of the interface's languages, with dates as that language writes them."""

from collections.abc import Callable
from datetime import date, datetime

from django.utils import formats, translation

from amparo.words import Words

Tell = Callable[[Words], str]


def teller(language: str) -> Tell:
    """Gives what says Words in a language; a sentence without a translation stays English."""

    def tell(said: Words) -> str:
        with translation.override(language):
            return said.say(translation.gettext, translation.ngettext, show)

    return tell


def show(value: object) -> str:
    """Gives a value as the active language writes it: dates in words, moments with time and offset."""
    if isinstance(value, datetime):
        return f"{_day(value)}, {value:%H:%M} ({value:%Z})"
    return _day(value) if isinstance(value, date) else str(value)


def _day(value: date) -> str:
    return str(formats.date_format(value, "DATE_FORMAT"))
