"""What is a right here: the rules of both countries that reach the offer, and the registers to look into."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from amparo.know import offer_numbers as sums
from amparo.know.offer_answer import Number, Right, count, ruled
from amparo.know.offer_law import AT_SEA, Looked, amount_of, facts, floor, named, narrowest
from amparo.know.offer_pay import PERIODS
from amparo.law.work import WorkFact
from amparo.words import Words, many, words

SAYS: dict[tuple[str, str | None], Words] = {
    ("recruitment_fee", "forbidden"): words("In {place} nobody may take money from you for the job."),
    ("recruitment_fee", "ceiling"): words("In {place} there is a limit on what may be taken for the job."),
    ("recruitment_fee", "allowed"): words("In {place} some fees for the job are lawful."),
    ("document_keeping", "forbidden"): words("In {place} an employer may not keep your papers."),
    ("deduction", "forbidden"): words("In {place} this may not be taken out of your pay."),
    ("deduction", "ceiling"): words("In {place} there is a limit on what may be taken out of your pay."),
    ("working_time", "ceiling"): words("In {place} working hours have a limit."),
    ("working_time", "floor"): words("In {place} rest has a minimum."),
    ("contract_duty", "duty"): words("In {place} the contract has to meet this rule."),
    ("wage_floor", "none"): words("In {place} the law sets no general wage floor."),
    ("agency_register", None): words(
        "Register of agencies in {place}. Compare name, number, address and end date."
    ),
}
OTHERWISE = words("A rule of {place} on this offer.")
OF_DESTINATION = (
    "wage_floor", "recruitment_fee", "deduction", "document_keeping", "contract_duty", "working_time",
    "agency_register",
)  # fmt: skip
# What goes with a person from home: its rules on agencies and on the contract before leaving.
OF_ORIGIN: dict[str, frozenset[str | None] | None] = {
    "recruitment_fee": None,
    "agency_register": None,
    "contract_duty": frozenset({"attestation", "agency_contract", "language"}),
    "document_keeping": frozenset({"papers"}),
    "deduction": frozenset({"loan"}),
}
ONLY_OF_ORIGIN = frozenset({"attestation", "agency_contract"})


def rights(look: Looked) -> tuple[Right, ...]:
    """Gives the rules that reach this offer, once each, those of the destination first."""
    offer = look.offer
    found: dict[str, Right] = {}
    for place, side, kinds in (
        (offer.destination, "destination", OF_DESTINATION),
        (offer.origin, "origin", tuple(OF_ORIGIN)),
    ):
        for kind in kinds:
            if place is not None:
                for one in _of_kind(look, kind, place, side):
                    found.setdefault(one.id, one)
    return tuple(found.values())


def _of_kind(look: Looked, kind: str, place: str, side: str) -> Iterator[Right]:
    held = facts(look, kind, place)
    if side == "origin":
        abouts = OF_ORIGIN[kind]
        held = tuple(one for one in held if abouts is None or one.about in abouts)
    else:
        held = tuple(one for one in held if one.about not in ONLY_OF_ORIGIN)
    if kind == "wage_floor":
        held = _of_floor(look, held)
    if kind in ("recruitment_fee", "working_time"):
        held = narrowest(tuple(one for one in held if one.side in (None, side, "both")))
    seen: dict[str, int] = {}
    for fact in held:
        id = "#".join(part for part in (fact.id, fact.about or fact.case) if part)
        seen[id] = seen.get(id, 0) + 1
        yield _right(look, fact, place, id if seen[id] == 1 else f"{id}.{seen[id]}")


def _of_floor(look: Looked, held: tuple[WorkFact, ...]) -> tuple[WorkFact, ...]:
    """Gives what is said about the floor beside its figure; that no figure is known only where none is."""
    if look.offer.sector in AT_SEA:
        return ()
    main = floor(look).main
    beside = [one for one in held if one.says is not None and (one in main or one.about is not None)]
    return tuple(beside if main else [one for one in held if one.amount is None or one in beside])


def _right(look: Looked, fact: WorkFact, place: str, id: str) -> Right:
    ground = look.ground(fact)
    text = fact.says
    if text is None:
        known = SAYS.get((fact.kind, fact.rule)) or SAYS.get((fact.kind, None)) or OTHERWISE
        text = words(known.text, place=named(place))
    figure = _figure(fact)
    if figure is not None:
        text = words("{figure}. {rule}", figure=figure, rule=text)
    if fact.kind in ("deduction", "wage_floor") and fact.about in ABOUT:
        text = words("{about}: {rule}", about=ABOUT[fact.about], rule=text)
    if fact.who is not None:
        text = words("{who} {rule}", who=fact.who, rule=text)
    if fact.receipt:
        text = words("{rule} A receipt must be given.", rule=text)
    if fact.only_after in AFTER:
        text = words("{rule} {after}", rule=text, after=AFTER[fact.only_after])
    return Right(id, ruled(text, ground), place, fact.basis, fact.url, ground)


def _figure(fact: WorkFact) -> Words | None:
    """Gives the figure of a rule in words: 48 hours per week, 25 % of the wage floor."""
    if fact.amount is None or fact.unit is None:
        return None
    amount = sums.tidy(amount_of(fact))
    if fact.unit == "money":
        amount = amount if amount == int(amount) else sums.rounded(amount, fact.currency)
        if fact.per in (None, "once"):
            return words("{amount} {currency}", amount=amount, currency=fact.currency)
        per = PERIODS[fact.per]
        return words("{amount} {currency} per {period}", amount=amount, currency=fact.currency, period=per)
    if fact.unit == "percent":
        return words("{amount} % of {whole}", amount=amount, whole=OF[fact.of or "pay"])
    figure = _counted(amount, fact.unit)
    if fact.per in (None, "once"):
        return figure
    return words("{figure} per {period}", figure=figure, period=PERIODS[fact.per])


def _counted(amount: Decimal, unit: str) -> Words:
    if amount == int(amount):
        return COUNTED[unit](int(amount))
    return words("{amount} {unit}", amount=amount, unit=UNITS[unit])


COUNTED: dict[str, Callable[[int], Words]] = {
    "hours": lambda n: many("{n} hour", "{n} hours", n),
    "days": lambda n: many("{n} day", "{n} days", n),
    "weeks": lambda n: many("{n} week", "{n} weeks", n),
    "months": lambda n: many("{n} month", "{n} months", n),
    "months_of_pay": lambda n: many("{n} month of pay", "{n} months of pay", n),
}
ABOUT = {
    "housing": words("Housing"),
    "food": words("Food"),
    "in_kind": words("Housing and food"),
    "transport": words("Transport"),
    "visa": words("Visa or permit"),
    "uniform": words("Work clothes"),
    "equipment": words("Tools"),
    "loan": words("Loan"),
    "agency_fee": words("Agency fee"),
    "holiday_pay": words("Holiday pay"),
    "allowance": words("Allowance"),
}
UNITS = {
    "hours": words("hours"),
    "days": words("days"),
    "weeks": words("weeks"),
    "months": words("months"),
    "months_of_pay": words("months of pay"),
}
OF = {
    "pay": words("the pay"),
    "first_month_pay": words("the first month's pay"),
    "hourly_pay": words("the pay per hour"),
    "floor": words("the wage floor"),
    "contract_hours": words("the hours in the contract"),
}
AFTER = {
    "signing": words("Nothing may be taken before the contract is signed."),
    "start": words("Nothing may be taken before the work has begun."),
}


def hour_numbers(look: Looked) -> Iterator[Number]:
    """Gives legal limits on hours with what is beyond them, and hours the law guarantees to be paid."""
    offer = look.offer
    hours = offer.hours_per_week
    for fact in narrowest(facts(look, "working_time", offer.destination)):
        if fact.unit == "hours" and fact.per == "week" and fact.about in WEEKS:
            yield from _limit(look, fact, hours)
    for fact in facts(look, "contract_duty", offer.destination):
        if fact.of == "contract_hours" and hours is not None and offer.weeks is not None:
            percent = amount_of(fact)
            yield count(
                "guaranteed_hours",
                words("Hours that must be offered or paid over the whole job."),
                hours * offer.weeks * percent / 100, "hours", "once",
                words(
                    "{hours} hours × {weeks} weeks × {percent} %.",
                    hours=sums.tidy(hours), weeks=sums.tidy(offer.weeks), percent=sums.tidy(percent),
                ),
                look.ground(fact),
            )  # fmt: skip


def _limit(look: Looked, fact: WorkFact, hours: Decimal | None) -> Iterator[Number]:
    ground, most, about = look.ground(fact), amount_of(fact), str(fact.about)
    how = words("As the law has it.")
    yield count(f"hours_limit:{about}", WEEKS[about], most, "hours", "week", how, ground)
    if hours is None:
        return
    worked = hours + (look.offer.unpaid_hours_per_week or Decimal(0))
    if worked > most:
        what = words("The offer is this many hours a week beyond it.")
        how = words("{worked} − {most}.", worked=sums.tidy(worked), most=sums.tidy(most))
        yield count(f"hours_beyond:{about}", what, worked - most, "hours", "week", how, ground)


WEEKS: dict[str | None, Words] = {
    "weekly_normal": words("Hours of a normal week. More hours are overtime."),
    "weekly_max": words("The most hours a week, on average, overtime included."),
}
