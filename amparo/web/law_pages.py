"""What the law gives you in each place: pages made from the rules, with source, date and grade."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amparo.claims.letters import KINDS, languages_of
from amparo.claims.letters.elements import element_name
from amparo.law.clocks import Clock
from amparo.law.explaining import length
from amparo.law.places import members, name
from amparo.law.rules import Rule, rules
from amparo.law.sources import stands
from amparo.web.clock import now
from amparo.web.countries import name_of
from amparo.web.headers import public
from amparo.words import Words, words

# The letters' languages, each in its own name.
NAMES = {
    "en": "English", "fr": "Français", "es": "Español", "pt": "Português", "it": "Italiano", "de": "Deutsch",
    "ro": "Română", "nl": "Nederlands", "pl": "Polski", "uk": "Українська", "ru": "Русский", "ar": "العربية",
}  # fmt: skip


HOURS = {"hours": 1, "days": 24, "working_days": 34, "weeks": 168, "months": 730, "years": 8760}


@dataclass(frozen=True)
class Time:
    """One clock as a page shows it. `length` None: the law gives no number."""

    hers: bool
    length: Words | None
    firm: bool
    hours: int | None = None  # about how long, to compare by


@dataclass(frozen=True)
class Shown:
    """One rule as a page of its place shows it; `path` is the rest of its id below the place."""

    rule: Rule
    path: str
    times: tuple[Time, ...]
    state: str


@require_safe
@public
def index(request: HttpRequest, lang: str) -> HttpResponse:
    """Shows the places whose law is known."""
    held: dict[str, int] = {}
    for one in rules().values():
        held[one.place] = held.get(one.place, 0) + 1
    places = [{"folder": folder, "name": _called(folder), "count": held[folder]} for folder in held]
    return render(request, "law/index.html", {"places": places})


# The columns of the table of periods: what is asked, and the rights that give it under one law or another.
PERIODS: tuple[tuple[Words, frozenset[str]], ...] = (
    (words("See your data"), frozenset({"access"})),
    (words("Erase your data"), frozenset({"erasure", "delete"})),
    (words("Take a picture down"), frozenset({"removal", "notice", "synthetic"})),
    (words("Out of search"), frozenset({"delisting"})),
    (words("Look at a decision again"), frozenset({"internal_complaint"})),
)


@require_safe
@public
def periods(request: HttpRequest, lang: str) -> HttpResponse:
    """Shows, place by place, how long they may take to answer: the shortest time of each right."""
    today = now(request).date()
    cells = {
        folder: [(name, _shortest(folder, rights, today)) for name, rights in PERIODS]
        for folder in _folders()
    }
    rows = [
        (folder, _called(folder), held) for folder, held in cells.items() if any(cell for _, cell in held)
    ]
    about = {"columns": [name for name, _ in PERIODS], "rows": rows}
    return render(request, "law/periods.html", about)


def _folders() -> list[str]:
    return list(dict.fromkeys(one.place for one in rules().values()))


def _shortest(folder: str, rights: frozenset[str], today: date) -> tuple[Shown, Time] | None:
    """Gives the rule with the shortest time a recipient has, or one without a number; None: no such right."""
    found = [
        (shown, time)
        for one in rules().values()
        if one.place == folder and one.right in rights and one.in_force(today)
        for shown in [_shown(one, today)]
        for time in shown.times
        if not time.hers
    ]
    return min(found, key=lambda pair: (pair[1].hours is None, pair[1].hours or 0), default=None)


@require_safe
@public
def page(request: HttpRequest, lang: str, folder: str) -> HttpResponse:
    """Shows the rights of one place, strongest first; unknown: not found."""
    own = sorted(
        (one for one in rules().values() if one.place == folder), key=lambda one: (one.strength, one.id)
    )
    if not own:
        raise Http404
    shown = [_shown(one, now(request).date()) for one in own]
    today = [one for one in shown if one.state == "in_force"]
    about = {
        "name": _called(folder),
        "folder": folder,
        "asked": [one for one in today if not one.rule.is_for_public_bodies],
        "public": [one for one in today if one.rule.is_for_public_bodies],
        "other": [one for one in shown if one.state != "in_force"],
        "above": [{"folder": one, "name": _called(one)} for one in _above(own[0])],
    }
    return render(request, "law/page.html", about)


def _above(one: Rule) -> list[str]:
    """Gives the places whose law holds in the home of this rule too."""
    home = one.home.split("-")[0]
    return sorted(
        {rule.place for rule in rules().values() if rule.place != one.place and home in members(rule.home)}
    )


@require_safe
@public
def right(request: HttpRequest, lang: str, folder: str, path: str) -> HttpResponse:
    """Shows one right: for whom, against whom, what to write, what they owe, until when, what comes next."""
    found = rules().get(f"{folder}/{path}")
    if found is None:
        raise Http404
    about = {
        "name": _called(folder),
        "folder": folder,
        "one": _shown(found, now(request).date()),
        "elements": [element_name(id) for id in found.request_elements],
        "letters": [(code, NAMES.get(code, code)) for code in _languages(found)],
        "next": [_shown(rules()[id], now(request).date()) for id in found.escalation if id in rules()],
    }
    return render(request, "law/right.html", about)


def _languages(rule: Rule) -> tuple[str, ...]:
    return languages_of(rule.letter) if rule.letter in KINDS else ()


def _called(folder: str) -> Words | str:
    home = next(one.home for one in rules().values() if one.place == folder)
    called = name(home)
    return called if str(called) != home else name_of(home)


def _shown(rule: Rule, today: date) -> Shown:
    times = tuple(_time(one, today) for one in rule.clocks.values())
    return Shown(rule, rule.id.partition("/")[2], times, rule.state(today))


def _time(clock: Clock, today: date) -> Time:
    value = clock.value_on(today) or clock.values[-1]
    if value.period is None:
        return Time(clock.side == "person", None, firm=False)
    counted = stands(clock.counting.grades[value.period.unit], clock.counting.sources, today)
    firm = counted and stands(value.grade, value.sources, today)
    about = value.period.n * HOURS[value.period.unit]
    return Time(clock.side == "person", length(value.period), firm, about)
