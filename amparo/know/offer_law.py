"""Which labour facts reach an offer: by place, day, kind of work, permit, age and what costs they cover."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from amparo.know.offer_answer import Ground, from_fact
from amparo.know.offer_numbers import MONTHS_A_YEAR, WEEKS_A_MONTH, WEEKS_A_YEAR
from amparo.know.offers import Offer
from amparo.law import places
from amparo.law.work import WorkFact, facts_at
from amparo.words import Words

AT_SEA = frozenset({"sea", "fishing"})
EXTRAS = {"housing", "food"}
ADULT = 21  # the age from which no floor we know is lower any more


@dataclass(frozen=True)
class Looked:
    """An offer on the day it is looked at. `day`: the start of work, or that day where it is not said."""

    offer: Offer
    on: date

    @property
    def day(self) -> date:
        """Gives the day whose law counts."""
        return self.offer.start_date or self.on

    @property
    def signing(self) -> date:
        """Gives the day of signing; where it is not said, the day it is looked at."""
        return self.offer.signed_on or self.on

    def ground(self, fact: WorkFact) -> Ground:
        """Gives where a fact comes from and whether it is current."""
        return from_fact(fact, day=self._day_of(fact), on=self.on)

    def _day_of(self, fact: WorkFact) -> date:
        return self.signing if fact.dated_by == "signing" else self.day


@dataclass(frozen=True)
class Floor:
    """The wage floor that reaches an offer: the same law in one or more units, and what else may apply.

    `extras` are sums the law adds where the employer does not give housing or food. `full_week`: the hours
    of a full week there, where the law names them.
    """

    main: tuple[WorkFact, ...]
    others: tuple[WorkFact, ...]
    extras: tuple[WorkFact, ...]
    full_week: Decimal | None


def facts(look: Looked, kind: str, place: str | None) -> tuple[WorkFact, ...]:
    """Gives the facts of a kind at a place that can reach this offer, the narrowest first."""
    if place is None:
        return ()
    found = [one for one in facts_at(place, kind, look.day) if one.dated_by is None]
    found += [one for one in facts_at(place, kind, look.signing) if one.dated_by == "signing"]
    return tuple(sorted((one for one in found if _can_reach(one, look.offer)), key=_width))


def narrowest(found: tuple[WorkFact, ...]) -> tuple[WorkFact, ...]:
    """Gives, for each thing the facts are about, the narrowest rule: it stands in the wider one's place."""
    least: dict[str | None, int] = {}
    for one in found:
        least[one.about] = min(least.get(one.about, 99), _width(one))
    return tuple(one for one in found if _width(one) == least[one.about])


def floor(look: Looked) -> Floor:
    """Gives the wage floor at the destination. At sea there is none: the flag and the agreement decide."""
    if look.offer.sector in AT_SEA:
        return Floor((), (), (), None)
    found = facts(look, "wage_floor", look.offer.destination)
    plain = [one for one in found if one.about is None]
    sure = [one for one in plain if one.case is None and in_region(one, look.offer) and _of_age(one, look)]
    main = _leading(sure)
    others = tuple(one for one in plain if one not in main and _may_matter(one, main, look))
    extras = tuple(one for one in narrowest(found) if one.about in EXTRAS and one.amount is not None)
    return Floor(main, others, extras if main else (), _full_week(look))


def _full_week(look: Looked) -> Decimal | None:
    found = [
        one for one in facts(look, "working_time", look.offer.destination) if one.about == "weekly_normal"
    ]
    return next((amount_of(one) for one in found if one.unit == "hours"), None)


def month_of(fact: WorkFact) -> Decimal | None:
    """Gives a floor per month, spread over 12; None for one per hour or day."""
    amount = amount_of(fact)
    if fact.per == "month":
        return amount * (fact.payments_a_year or 12) / MONTHS_A_YEAR
    if fact.per == "week":
        return amount * WEEKS_A_YEAR / MONTHS_A_YEAR
    return amount / MONTHS_A_YEAR if fact.per == "year" else None


def hour_of(fact: WorkFact, full_week: Decimal | None) -> Decimal | None:
    """Gives a floor per hour: the law's own, or that of the month where a full week is known."""
    if fact.per == "hour":
        return amount_of(fact)
    month, hours = month_of(fact), week_of(fact, full_week)
    return None if month is None or hours is None else month / (hours * WEEKS_A_MONTH)


def week_of(fact: WorkFact, full_week: Decimal | None) -> Decimal | None:
    """Gives the full week a floor is reckoned for."""
    return full_week if fact.hours_a_week is None else Decimal(str(fact.hours_a_week))


def amount_of(fact: WorkFact) -> Decimal:
    """Gives a fact's figure exactly as it is written."""
    return Decimal(str(fact.amount))


def country(code: str | None) -> str | None:
    """Gives the country of a place."""
    return code.partition("-")[0] if code else None


def named(code: str) -> Words | places.PlaceCode:
    """Gives how a place is called in a sentence, else the name of its country, else the code."""
    for one in (code, country(code) or code):
        if str(places.name(one)) != one:
            return places.name(one)
    return places.PlaceCode(code)


def _can_reach(fact: WorkFact, offer: Offer) -> bool:
    if offer.sector in fact.excludes or (fact.sector is not None and fact.sector != offer.sector):
        return False
    if fact.permit is not None and fact.permit != offer.permit_kind:
        return False
    return not fact.towards or country(offer.destination) in fact.towards


def _width(fact: WorkFact) -> int:
    """Ranks how narrow a fact is: 0 fits one part, kind of work, permit and destination only."""
    parts = (
        fact.region,
        fact.sector,
        fact.permit,
        fact.towards or None,
        fact.place if _country(fact) else None,
    )
    return sum(one is None for one in parts)


def _country(fact: WorkFact) -> bool:
    return len(fact.place) == 2 and fact.place != "EU"


def in_region(fact: WorkFact, offer: Offer) -> bool:
    """Says whether the place of work is known to lie where the fact holds."""
    return fact.region is None or places.within(offer.destination, (fact.region,)) is True


def _of_age(fact: WorkFact, look: Looked) -> bool:
    age = ADULT if look.offer.age is None else look.offer.age
    return (fact.from_age or 0) <= age <= (fact.to_age or 200)


def _leading(sure: list[WorkFact]) -> tuple[WorkFact, ...]:
    """Gives, for each unit, the figure of the narrowest rule; of several equally narrow, the highest.

    A rule for one kind of work whose figure nobody read stands in the place of the general figure too.
    """
    best: dict[str | None, WorkFact] = {}
    for one in sure:
        held = best.get(one.per)
        if one.amount is not None and (held is None or _rank(one) > _rank(held)):
            best[one.per] = one
    unread = min((_width(one) for one in sure if one.amount is None and one.permit is None), default=99)
    return tuple(one for one in best.values() if _width(one) <= unread)


def _rank(fact: WorkFact) -> tuple[int, bool, Decimal]:
    return -_width(fact), not fact.net, amount_of(fact)


def _may_matter(fact: WorkFact, main: tuple[WorkFact, ...], look: Looked) -> bool:
    """Says whether a figure is worth showing beside: another case, a part of the place, an unknown age."""
    if fact.amount is None or (fact.case is None and in_region(fact, look.offer) and _of_age(fact, look)):
        return False  # no figure, or a wider rule that the main one replaces
    if look.offer.age is not None and not _of_age(fact, look):
        return False
    return not main or fact.per in {one.per for one in main}
