"""What an offer does not say, as questions with their reason and whom to ask."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from amparo.know.offer_answer import Asked, Question, from_offer, from_source
from amparo.know.offer_law import AT_SEA, Floor, Looked, in_region
from amparo.know.offer_terms import ILO, sources
from amparo.know.offers import Offer
from amparo.words import Words, words


@dataclass(frozen=True)
class Missing:
    """One thing that is not said: `lacks` tells whether it is missing in an offer."""

    name: str
    lacks: Callable[[Offer], bool]
    of: Asked
    ask: Words
    why: Words


MISSING = (
    Missing(
        "destination", lambda offer: offer.destination is None, "employer",
        words("In which country and region is the work?"),
        words("The law of the place of work counts: wage floor, hours, deductions, papers."),
    ),
    Missing(
        "origin", lambda offer: offer.origin is None, "yourself",
        words("From which country would you leave?"),
        words("Its rules say what an agency there may take from you."),
    ),
    Missing(
        "sector", lambda offer: offer.sector is None, "employer",
        words("What exactly is the work?"),
        words("Some kinds of work have their own floor, or are left out of the general one."),
    ),
    Missing(
        "pay", lambda offer: offer.pay is None, "employer",
        words("How much is the pay, before deductions?"),
        words("Without it, nothing can be compared with the law."),
    ),
    Missing(
        "pay_period", lambda offer: offer.pay_period is None, "employer",
        words("Is the pay for one hour, one day, one week or one month?"),
        words("The same figure means something else per hour and per month."),
    ),
    Missing(
        "currency", lambda offer: offer.currency is None, "employer",
        words("In which currency is the pay?"),
        words("Without the currency, nothing can be compared."),
    ),
    Missing(
        "pieces_per_hour",
        lambda offer: offer.pay_period == "piece" and offer.pieces_per_hour is None,
        "employer",
        words("How many pieces does a usual worker make in one hour?"),
        words("In many places pay per piece must still reach the floor per hour."),
    ),
    Missing(
        "hours_per_week", lambda offer: offer.hours_per_week is None, "employer",
        words("How many hours a week is the work?"),
        words("Only hours show what one hour of your work brings."),
    ),
    Missing(
        "unpaid_hours_per_week", lambda offer: offer.unpaid_hours_per_week is None, "employer",
        words("Is there time that is not paid: waiting, travel between sites, preparing, cleaning up?"),
        words("Unpaid hours lower what each hour brings. Here they count as none until you know."),
    ),
    Missing(
        "days_per_week", lambda offer: offer.days_per_week is None, "employer",
        words("How many days a week is the work, and which day is free?"),
        words("Days decide what a pay per day brings in a month, and whether there is rest."),
    ),
    Missing(
        "weeks", lambda offer: offer.weeks is None, "employer",
        words("How many weeks or months does the job last?"),
        words("It shows whether what you pay can be earned back in time."),
    ),
    Missing(
        "start_date", lambda offer: offer.start_date is None, "employer",
        words("On which day does the work start?"),
        words("Wage floors change during the year. Here today's are used until you know."),
    ),
    Missing(
        "permit_kind", lambda offer: offer.permit_kind in (None, "unknown"), "consulate",
        words("Which permit or visa is this job for, and does it bind me to one employer?"),
        words("The permit decides if you may work, change employer and stay."),
    ),
    Missing(
        "fees", lambda offer: not offer.fees and "fees" not in offer.unclear, "agency",
        words("What do I pay to get this job, to whom, for what, and with which receipt?"),
        words("Many countries forbid such fees, or set a limit."),
    ),
    Missing(
        "receipts", lambda offer: any(fee.paid and fee.receipted is None for fee in offer.fees), "agency",
        words("Which receipts are there, and what amounts do they say?"),
        words("What is paid without a receipt is hard to claim back."),
    ),
    Missing(
        "loan.yearly_interest",
        lambda offer: offer.loan is not None and bool(offer.loan.amount) and not offer.loan.interest_known,
        "yourself",
        words("What is the interest on the loan, in percent a year?"),
        words("Interest decides if the debt ends at all. 3 % a month is 36 % a year."),
    ),
    Missing(
        "loan.amount", lambda offer: offer.loan is not None and offer.loan.amount is None, "yourself",
        words("How much is the loan?"),
        words("Without it, nobody can say when it is repaid."),
    ),
    Missing(
        "deductions", lambda offer: not offer.deductions and "deductions" not in offer.unclear, "employer",
        words("What is taken out of the pay each month, for what, and where is that written?"),
        words("Bonds, uniforms, transport and fines need a written basis. Some are not allowed."),
    ),
    Missing(
        "housing", lambda offer: offer.housing is None or offer.housing.provided is None, "employer",
        words("Is housing provided? What does it cost, and is that taken out of the pay?"),
        words("Many places limit what may be taken for housing."),
    ),
    Missing(
        "food", lambda offer: offer.food is None or offer.food.provided is None, "employer",
        words("Is food provided, and what does it cost?"),
        words("In some places free food, or money for it, is part of the lowest pay."),
    ),
)  # fmt: skip


def missing_questions(look: Looked, floor: Floor) -> Iterator[Question]:
    """Gives a question for everything the offer does not say and the check could use."""
    ground = from_offer(look.on)
    for one in MISSING:
        if one.name not in look.offer.unclear and one.lacks(look.offer):
            yield Question(f"missing:{one.name}", one.ask, one.why, one.of, ground)
    yield from _by_law(look, floor)
    yield from _papers(look)
    if look.offer.sector in AT_SEA:
        yield Question(
            "flag",
            words("Under which flag does the ship sail, and which collective agreement covers the crew?"),
            words("At sea the flag and the agreement set the pay, not the country you land in."),
            "employer",
            ground,
        )
    permit = PERMITS.get(look.offer.permit_kind or "")
    if permit is not None:
        yield Question(f"permit:{look.offer.permit_kind}", *permit, "consulate", ground)


def _by_law(look: Looked, floor: Floor) -> Iterator[Question]:
    """Gives what the law of the place makes worth asking: age, day of signing, region, or the agreement."""
    ground = from_offer(look.on)
    known = (*floor.main, *floor.others)
    if look.offer.age is None and any(one.from_age or one.to_age for one in known):
        yield Question(
            "missing:age",
            words("How old will you be when the work starts?"),
            words("The floor there depends on age. Here the adult one is used."),
            "yourself",
            ground,
        )
    if look.offer.signed_on is None and any(one.dated_by == "signing" for one in known):
        yield Question(
            "missing:signed_on",
            words("On which day is the contract signed?"),
            words("There the day of signing decides which floor counts. Here today is used."),
            "employer",
            ground,
        )
    if any(not in_region(one, look.offer) for one in floor.others):
        yield Question(
            "missing:region",
            words("In which region or state exactly is the work?"),
            words("The floor there differs by region."),
            "employer",
            ground,
        )
    if look.offer.destination is not None and not floor.main and look.offer.sector not in AT_SEA:
        yield Question(
            "agreement",
            words("Which collective agreement or wage table covers this work, and what does it pay?"),
            words("We have no general wage floor for this place and work. A union there knows the table."),
            "employer",
            ground,
        )


def _papers(look: Looked) -> Iterator[Question]:
    kept = look.offer.documents_kept
    if kept == () or "documents_kept" in look.offer.unclear:
        return
    ground = from_source(sources()[ILO], look.on)
    ask = words("Who keeps the passport and the other papers, and where is that written?")
    why = words("Your passport belongs to the State that issued it. You can keep it yourself.")
    if kept:
        ask = words("I keep my passport and papers myself. Please confirm that in writing.")
        why = words("You said that papers are kept. A consulate can ask for them back or issue others.")
    yield Question("documents_kept", ask, why, "employer", ground)


PERMITS: dict[str, tuple[Words, Words]] = {
    "tied": (
        words("How can I change employer on this permit, and what happens if the job ends?"),
        words("This permit names one employer. Ask how it ends and how it can move."),
    ),
    "tourist": (
        words("May I do paid work on a tourist visa? If not, which visa is right?"),
        words("Work that a visa does not cover can end with a fine or a ban for you."),
    ),
    "none": (
        words("Which permit does this job need, and who asks for it before I travel?"),
        words("Without a permit you still have rights at work, but claiming them is harder."),
    ),
    "seasonal": (
        words("For which months and which employer does the seasonal permit hold?"),
        words("It ends with the season. Ask if you may change employer within it."),
    ),
    "single_permit": (
        words("After how long may I change employer, and whom do I tell?"),
        words("A single permit joins stay and work. Its rules say when you may move on."),
    ),
    "posted": (
        words("Who is my employer, where am I insured, and which country's pay do I get?"),
        words("If your firm sends you to another country, that country's pay may count."),
    ),
    "au_pair": (
        words("How many hours a week may an au pair help, and what allowance is due?"),
        words("An au pair stay has its own limits. Beyond them it is a job."),
    ),
    "student": (
        words("How many hours a week does this student permit allow?"),
        words("More hours than the permit allows can put your stay at risk."),
    ),
    "asylum": (
        words("From when may I work while my request is open, and with which paper?"),
        words("In many countries work is allowed after some months. The paper says so."),
    ),
    "j1": (
        words("Which sponsor's programme is this, and which fees does the sponsor publish?"),
        words("Programme fees of a sponsor can be lawful here. Compare them with the published list."),
    ),
    "h2a": (
        words("May I see the job order with the wage, housing, travel and guaranteed hours?"),
        words("The job order is the promise the employer made to the government. Keep a copy."),
    ),
    "h2b": (
        words("May I see the job order with the wage, travel and guaranteed hours?"),
        words("The job order is the promise the employer made to the government. Keep a copy."),
    ),
}
