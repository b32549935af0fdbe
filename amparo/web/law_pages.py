"""What the law gives you in each place: pages made from the rules, with source, date and grade."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amparo.law.clocks import Clock
from amparo.law.explaining import length
from amparo.law.places import members, name
from amparo.law.rules import Rule, rules
from amparo.law.sources import stands
from amparo.web.clock import now
from amparo.web.countries import name_of
from amparo.web.headers import public
from amparo.words import Words


@dataclass(frozen=True)
class Time:
    """One clock as a page shows it. `length` None: the law gives no number."""

    hers: bool
    length: Words | None
    firm: bool


@dataclass(frozen=True)
class Shown:
    """One rule as a page shows it, with its times and the rules that come next."""

    rule: Rule
    times: tuple[Time, ...]
    next: tuple[Rule, ...]


@require_safe
@public
def index(request: HttpRequest, lang: str) -> HttpResponse:
    """Shows the places whose law is known."""
    held: dict[str, int] = {}
    for one in rules().values():
        held[one.place] = held.get(one.place, 0) + 1
    places = [{"folder": folder, "name": _called(folder), "count": held[folder]} for folder in held]
    return render(request, "law/index.html", {"places": places})


@require_safe
@public
def page(request: HttpRequest, lang: str, folder: str) -> HttpResponse:
    """Shows the rights of one place, strongest first; unknown: not found."""
    own = sorted(
        (one for one in rules().values() if one.place == folder), key=lambda one: (one.strength, one.id)
    )
    if not own:
        raise Http404
    home = own[0].home
    above = sorted(
        {
            one.place
            for one in rules().values()
            if one.place != folder and home.split("-")[0] in members(one.home)
        }
    )
    today = now(request).date()
    about = {
        "name": _called(folder),
        "rules": [_shown(one, today) for one in own],
        "above": [{"folder": one, "name": _called(one)} for one in above],
    }
    return render(request, "law/page.html", about)


def _called(folder: str) -> Words | str:
    home = next(one.home for one in rules().values() if one.place == folder)
    called = name(home)
    return called if str(called) != home else name_of(home)


def _shown(rule: Rule, today: date) -> Shown:
    return Shown(
        rule=rule,
        times=tuple(_time(one, today) for one in rule.clocks.values()),
        next=tuple(rules()[id] for id in rule.escalation if id in rules()),
    )


def _time(clock: Clock, today: date) -> Time:
    value = clock.values[-1]
    if value.period is None:
        return Time(clock.side == "person", None, firm=False)
    counted = stands(clock.counting.grades[value.period.unit], clock.counting.sources, today)
    firm = counted and stands(value.grade, value.sources, today)
    return Time(clock.side == "person", length(value.period), firm)
