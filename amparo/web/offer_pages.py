"""The check of a job offer as a page: a form in which all can be skipped, an answer that is not kept.

The answer has figures, rights and questions; no score, no colour, no word about the person.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from amparo.know.offer_answer import THE_OFFER, Checked, Question
from amparo.know.offer_check import check_json
from amparo.know.offer_terms import TERMS
from amparo.know.offer_unclear import FIELDS
from amparo.know.offers import schema
from amparo.law.work import work_facts
from amparo.web.clock import now
from amparo.web.countries import name_of
from amparo.web.headers import public
from amparo.web.helping import GRADES
from amparo.web.languages import NAMES
from amparo.web.saying import PLACE, say
from amparo.words import Words, words

PERIODS: Mapping[str, Words] = {
    "hour": words("an hour"),
    "day": words("a day"),
    "week": words("a week"),
    "fortnight": words("two weeks"),
    "month": words("a month"),
    "year": words("a year"),
    "piece": words("a piece"),
}
SECTORS: Mapping[str, Words] = {
    "farm": words("Farm"),
    "domestic": words("Household"),
    "care": words("Care"),
    "construction": words("Construction"),
    "cleaning": words("Cleaning"),
    "hospitality": words("Hotel, restaurant"),
    "factory": words("Factory, warehouse"),
    "transport": words("Transport"),
    "sea": words("Ship"),
    "fishing": words("Fishing"),
    "platform": words("Work by app"),
    "online": words("Online work"),
    "sex_work": words("Sex work"),
    "entertainment": words("Entertainment"),
    "office": words("Office"),
    "shop": words("Shop"),
    "au_pair": words("Au pair"),
    "other": words("Other work"),
}
PERMITS: Mapping[str, Words] = {
    "none_needed": words("I need none"),
    "single_permit": words("Residence and work in one"),
    "seasonal": words("For a season"),
    "tied": words("Tied to one employer"),
    "open": words("Free to change employer"),
    "posted": words("Sent by a firm from another country"),
    "au_pair": words("Au pair"),
    "student": words("Student"),
    "tourist": words("Tourist"),
    "asylum": words("Asylum"),
    "h2a": words("H-2A (United States, farm)"),
    "h2b": words("H-2B (United States, other seasonal)"),
    "j1": words("J-1 (United States, exchange)"),
    "none": words("There would be none"),
    "unknown": words("I do not know"),
}
YES_NO: Mapping[str, Words] = {"yes": words("Yes"), "no": words("No"), "unknown": words("I do not know")}
OF: Mapping[str, Words] = {
    "employer": words("Ask the employer"),
    "agency": words("Ask the agency"),
    "consulate": words("Ask the consulate or an adviser"),
    "yourself": words("Ask yourself"),
}
UNITS: Mapping[str, Words] = {
    "hours": words("hours"),
    "days": words("days"),
    "weeks": words("weeks"),
    "months": words("months"),
    "percent": words("percent"),
}
COMMA = re.compile(r"^(\d+),(\d{1,2})$")
FREE = words("Free, by the employer")


@dataclass(frozen=True)
class Field:
    """One field of the form. `options` None: a line to write in."""

    name: str
    label: Words
    value: str
    options: tuple[tuple[str, Words | str], ...] | None
    why: Words | None = None


@public
def offer(request: HttpRequest, lang: str) -> HttpResponse:
    """The form; after it was sent, the answer above it. Nothing is kept."""
    typed = {name: request.POST.get(name, "").strip()[:200] for name in _names()}
    about: dict[str, Any] = {
        "groups": _groups(typed),
        "grades": GRADES,
        "places": [(code.lower(), name) for code, name in places()],
    }
    if request.method == "POST" and any(typed.values()):
        found = check_json(as_offer(typed), on=now(request).date())
        theirs = request.POST.get("theirs", "")
        about |= {"found": found, "asked": _asked(found, theirs if theirs in NAMES else None)}
    about["theirs"] = request.POST.get("theirs", "")
    return render(request, "know/offer.html", about)


def as_offer(typed: Mapping[str, str]) -> dict[str, Any]:
    """Gives the offer a filled form describes; empty fields are left out, figures stay as they were typed."""
    found: dict[str, Any] = {}
    for name, value in typed.items():
        if value:
            _put(found, name.split("."), _plain(value))
    for part in ("fees", "loan"):
        if set(found.get(part, ())) == {"currency"}:
            del found[part]
    kept = found.get("documents_kept")
    if kept is not None:
        found["documents_kept"] = kept == "yes"
    housing = found.get("housing", {}).get("provided")
    if housing is not None:
        found["housing"] = (
            {"provided": True, "cost": 0} if housing == "free" else {"provided": housing == "yes"}
        )
    return found


def _put(found: dict[str, Any], steps: list[str], value: str) -> None:
    for step in steps[:-1]:
        found = found.setdefault(step, {})
    found[steps[-1]] = value


def _plain(value: str) -> str:
    """Gives a figure as the check reads it: ١٢ → 12, 1200,50 → 1200.50 (three places would be thousands)."""
    western = "".join(str(unicodedata.digit(sign, sign)) for sign in value).replace("٫", ".")
    return COMMA.sub(r"\1.\2", western)


def _names() -> Iterator[str]:
    for _, names in LAYOUT:
        yield from names


LAYOUT: tuple[tuple[Words, tuple[str, ...]], ...] = (
    (words("The job"), ("destination", "origin", "sector", "start_date", "weeks", "permit_kind", "age")),
    (
        words("The pay"),
        ("pay", "pay_period", "currency", "payments_per_year", "hours_per_week", "unpaid_hours_per_week",
         "days_per_week"),
    ),
    (
        words("What it costs to get the job"),
        ("fees.paid", "fees.receipted", "fees.currency", "loan.amount", "loan.yearly_interest",
         "loan.instalment", "loan.currency"),
    ),
    (
        words("What is taken out of the pay, each month"),
        (
            "housing.provided",
            "deductions.housing",
            "deductions.food",
            "deductions.transport",
            "deductions.other",
        ),
    ),
    (words("Papers"), ("documents_kept",)),
    (words("What the offer says on other points"), tuple(f"terms.{one.name}" for one in TERMS)),
)  # fmt: skip
LABELS: Mapping[str, Words] = FIELDS | {
    "fees.currency": words("Currency of what is paid to get the job"),
    "loan.currency": words("Currency of the loan"),
    "housing.provided": words("Does the employer give housing?"),
    "deductions.housing": words("Taken out for housing"),
    "deductions.food": words("Taken out for food"),
    "deductions.transport": words("Taken out for transport"),
    "deductions.other": words("Taken out for anything else"),
    "documents_kept": words("Would somebody else keep your passport or papers?"),
}
# The same points as statements to say yes or no to; the check turns a doubtful one into what to ask.
TERM_LABELS: Mapping[str, Words] = {
    "one_employer": words("Do the visa, the home or a debt depend on this one employer?"),
    "same_as_advert": words("Does the contract say the same as the advert?"),
    "free_to_leave": words("May you leave the site and resign freely?"),
    "address_known": words("Do you know the exact address of the work?"),
    "private_tests": words("Does anyone ask for intimate pictures, tests or a private meeting?"),
    "threats": words("Does anyone speak of fines or reports if you refuse or leave?"),
    "pay_kept_back": words("Is part of the pay kept until the end?"),
    "owed_before_pay": words("Do you owe something before the first pay?"),
    "room_described": words("Are room, cost, lock, kitchen and water written down?"),
    "rest_day": words("Is there a free day every week?"),
    "written_contract": words("Is there a written contract in a language you read?"),
    "prepaid_on_tourist_visa": words("Are flight and hotel paid, but on a tourist visa or a land crossing?"),
    "screen_work_abroad": words("Is it customer service, crypto or casino work at a screen, abroad?"),
    "typing_test_only": words("Was typing or a language the only test?"),
    "pay_far_above": words("Is the pay far above what is usual there?"),
    "messages_only": words("Is all contact by a messaging app?"),
    "destination_changed": words("Did the destination change after you agreed?"),
    "not_tell_embassy": words("Are you told not to tell the embassy?"),
}
WHY: Mapping[str, Words] = {
    "origin": words("Some countries limit what an agency there may take from you."),
    "age": words("Only because some legal floors depend on it."),
    "unpaid_hours_per_week": words(
        "Waiting, travel between sites, preparing. They lower what an hour really pays."
    ),
    "fees.receipted": words("What the receipts say. 0 if there is no receipt."),
    "loan.yearly_interest": words("In percent. 3 in a month is about 36 in a year."),
}


def _groups(typed: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{"name": name, "fields": [_field(one, typed[one]) for one in names]} for name, names in LAYOUT]


def _field(name: str, value: str) -> Field:
    if name.startswith("terms."):
        label = _terms()[name.removeprefix("terms.")]
        return Field(name, label, value, tuple(YES_NO.items()))
    return Field(name, LABELS[name], value, _options(name), WHY.get(name))


def _terms() -> Mapping[str, Words]:
    return {one.name: TERM_LABELS[one.name] for one in TERMS}


def _options(name: str) -> tuple[tuple[str, Words | str], ...] | None:
    if name == "documents_kept":
        return tuple(list(YES_NO.items())[:2])
    if name == "housing.provided":
        return (("free", FREE), *list(YES_NO.items())[:2])
    if name == "pay_period":
        return tuple(PERIODS.items())
    if name == "sector":
        return tuple(SECTORS.items())
    if name == "permit_kind":
        return tuple(PERMITS.items())
    if name.endswith("currency"):
        return tuple((code, code) for code in schema()["$defs"]["currency"]["enum"] if code)
    if name in ("origin", "destination"):
        return places()
    return None


@require_safe
@public
def place(request: HttpRequest, lang: str, code: str) -> HttpResponse:
    """The figures and rules of work in one place, and what may be taken there for finding work elsewhere."""
    known = {code.lower(): code for code in place_codes()}
    if code not in known:
        raise Http404
    return render(request, "know/work_in.html", in_place(known[code], on=now(request).date()))


def in_place(code: str, *, on: date) -> dict[str, Any]:
    """Gives what the check says of a place alone: as the place of work, and as the one you leave."""
    there = check_json({"destination": code}, on=on)
    from_there = check_json({"origin": code}, on=on)
    return {
        "code": code,
        "name": name_of(code),
        "numbers": [one for one in there.numbers if one.ground.source != THE_OFFER],
        "rights": there.rights,
        "leaving": from_there.rights,
        "grades": GRADES,
    }


def place_codes() -> tuple[str, ...]:
    """Gives the places with labour facts of their own, ISO 3166-1 and -2."""
    held = {one.region or one.place for one in work_facts()}
    return tuple(sorted(code for code in held if PLACE.fullmatch(code)))


def places() -> tuple[tuple[str, Words | str], ...]:
    """Gives the places with labour facts, by their names in the language of the page."""
    named = [(code, name_of(code)) for code in place_codes()]
    return tuple(sorted(named, key=lambda pair: say(pair[1]).casefold()))


def _asked(found: Checked, theirs: str | None) -> list[dict[str, Any]]:
    """Gives the questions by whom they go to, each in the reader's language and in the other's."""
    return [
        {"of": name, "questions": [(one, _said(one, theirs)) for one in found.questions if one.of == of]}
        for of, name in OF.items()
        if any(one.of == of for one in found.questions)
    ]


def _said(one: Question, theirs: str | None) -> str:
    if theirs is None:
        return ""
    with translation.override(theirs):
        return say(one.ask)
