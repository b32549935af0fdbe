"""How Words, dates and waiting times are said in the language of the page. Loaded in every template."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from urllib.parse import urlsplit

from django import template
from django.utils import formats, translation
from django.utils.dateformat import format as date_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from amparo.law.places import PlaceCode
from amparo.web.countries import name_of
from amparo.words import Words, words

register = template.Library()
# The weekday, then the day in the reader's own order; the month as a word, so that 3/4 is never a riddle.
DAY = {"es": r"l j \d\e F \d\e Y", "uk": "j E Y року (l)"}
EVERYWHERE = "l j F Y"
IN_SMALL = ("ro", "uk")  # these write days and months small; Django gives them large
PLACE = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
MAIL = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,253}")


def in_language(text: str) -> str:
    """Gives the translation; an empty text stays empty (gettext would give its own header)."""
    return gettext(text) if text else ""


def show(value: object) -> str:
    """Gives a value inside a sentence: dates with their weekday, numbers as the language writes them."""
    if isinstance(value, datetime | date):
        return day(value)
    if isinstance(value, PlaceCode):
        return say(name_of(value))
    if isinstance(value, bool | int | float | Decimal):
        return str(formats.localize(value))
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(show(one) for one in value)
    return str(value)


@register.filter
def grouped(number: int) -> str:
    """A large number with its digits in groups, as the language of the page writes them."""
    return str(formats.number_format(number, force_grouping=True))


@register.filter
def say(said: object) -> str:
    """Words or a stored English sentence → the sentence in the language of the page."""
    if isinstance(said, Words):
        return said.say(in_language, ngettext, show)
    return in_language(str(said)) if said is not None else ""


@register.filter
def day(when: datetime | date | None) -> str:
    """A moment → its weekday and day, where the moment's own zone puts it. Nothing for None."""
    if when is None:
        return ""
    lang = translation.get_language() or ""
    said = date_format(when, DAY.get(lang, EVERYWHERE))
    return said.lower() if lang in IN_SMALL else said


@register.filter
def until(when: datetime | None) -> str:
    """A last moment → its day; with the time and its zone where it does not simply end with the day."""
    if when is None or (when.hour, when.minute) == (23, 59):
        return day(when)
    time = date_format(when, "H:i")
    return gettext("{day}, {time} ({zone})").format(day=day(when), time=time, zone=_zone(when))


def _zone(when: datetime) -> str:
    hours = (when.utcoffset() or timedelta()).total_seconds() / 3600
    return f"UTC{hours:+g}" if hours else "UTC"


@register.filter
def in_days(when: datetime | date | None, now: datetime) -> str:
    """A moment and now → "in 12 days", "today" or "3 days ago", counted in calendar days at its place."""
    if when is None:
        return ""
    today = now.astimezone(when.tzinfo).date() if isinstance(when, datetime) else now.date()
    days = ((when.date() if isinstance(when, datetime) else when) - today).days
    if days == 0:
        return gettext("today")
    if days > 0:
        return ngettext("in {n} day", "in {n} days", days).format(n=formats.localize(days))
    return ngettext("{n} day ago", "{n} days ago", -days).format(n=formats.localize(-days))


@register.filter
def opens(address: object) -> str:
    """An address → what a link to it opens (a page, a new mail); nothing for a postal address or a menu."""
    text = str(address or "").strip()
    if text.startswith(("https://", "http://")):
        return text
    return f"mailto:{text}" if MAIL.fullmatch(text) else ""


@register.filter
def lines(text: str) -> SafeString:
    """A text of several lines → paragraphs and breaks, everything else escaped."""
    blocks = [block for block in str(text).replace("\r\n", "\n").split("\n\n") if block.strip()]
    said = ("<br>".join(conditional_escape(line) for line in block.split("\n")) for block in blocks)
    return mark_safe("".join(f"<p>{block}</p>" for block in said))  # noqa: S308  (each line was escaped above)


STANDS_AS = {"last_known": words("may have changed"), "unchecked": words("not confirmed")}
UNITS = {
    "hours": words("{n} hours"),
    "days": words("{n} days"),
    "weeks": words("{n} weeks"),
    "months": words("{n} months"),
    "percent": words("{n} %"),
}
PER = {
    "hour": words("an hour"),
    "day": words("a day"),
    "week": words("a week"),
    "month": words("a month"),
    "year": words("a year"),
}


@register.filter
def stands_as(ground: object) -> Words | str:
    """The ground of a figure → how it stands, where it does not stand firm."""
    return STANDS_AS.get(getattr(ground, "state", ""), "")


@register.filter
def figure(number: object) -> str:
    """A figure of the offer check → amount, unit or currency, and what it is per."""
    amount, per = getattr(number, "amount", ""), getattr(number, "per", None)
    if amount == "never":
        return gettext("never")
    said = formats.number_format(amount, use_l10n=True, force_grouping=True)
    currency = getattr(number, "currency", None)
    unit = f"{said} {currency}" if currency else say(_with_unit(getattr(number, "unit", ""), said))
    return f"{unit} {say(PER[per])}" if per in PER else unit


def _with_unit(unit: str, said: str) -> Words | str:
    """Gives an amount with its unit."""
    known = UNITS.get(unit)
    return words(known.text, n=said) if known else said


@register.filter
def host(address: object) -> str:
    """An address → its publisher."""
    return (urlsplit(str(address)).hostname or str(address)).removeprefix("www.")
