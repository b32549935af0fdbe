"""Questions about the terms of an offer: the eleven points of the labour inspectors, and screen work abroad.

The list of eleven was written to recognise situations. Here each point is asked about the offer, before
anyone says yes. An answer leads to the next question, never to a total.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from amparo.know.offer_answer import Asked, Question, from_source
from amparo.know.offer_law import Looked
from amparo.law.sources import Source, source_of
from amparo.words import Words, words

ILO, SCREEN = "ilo-list", "online-jobs"
SCREEN_WORK = frozenset({None, "online", "office", "entertainment", "platform", "other"})


@dataclass(frozen=True)
class Term:
    """One point: what to ask, why, whom; `doubtful` is the answer that leads to `then`."""

    name: str
    source: str
    of: Asked
    ask: Words
    why: Words
    doubtful: str
    then_of: Asked
    then: Words
    then_why: Words


TERMS = (
    Term(
        "one_employer", ILO, "consulate",
        words("If I leave this employer, what happens to my permit, my housing and my debt?"),
        words("If all three depend on one employer, it is hard to leave a bad job."),
        "yes", "consulate",
        words("How can I change employer, and how many months may I stay without work?"),
        words("You said that permit, housing or debt depend on one employer. Many permits have a way out."),
    ),
    Term(
        "same_as_advert", ILO, "employer",
        words("Are job, place, pay, hours and employer in the contract the same as in the advert?"),
        words("Compare contract, advert and messages line by line. Keep a copy of all three."),
        "no", "employer",
        words("Please write the promised pay, hours, place and job into the contract."),
        words("You said that they differ. You can ask for the terms that were promised, before signing."),
    ),
    Term(
        "free_to_leave", ILO, "employer",
        words("May I leave the site after work, receive visits, and resign? With how much notice?"),
        words("House rules and contracts sometimes limit this. Notice periods are set by law or agreement."),
        "no", "employer",
        words("Which rule lets you limit this, and where is it written?"),
        words("You said that leaving is limited. Your free time is yours; resigning has rules, not a ban."),
    ),
    Term(
        "address_known", ILO, "employer",
        words("What is the exact address of the work and of the housing? Who else works there?"),
        words("With an address you can look it up, tell someone at home, and find the union."),
        "no", "employer",
        words("Please send the full address and the employer's registered name before I travel."),
        words("You said that the address is not known. Tell someone you trust where you go."),
    ),
    Term(
        "private_tests", ILO, "employer",
        words("Which pictures, tests or meetings are part of hiring, and what are they for?"),
        words("No job needs intimate pictures or a meeting alone in a private place."),
        "yes", "employer",
        words("I send no such pictures and take no such test. Which step of hiring comes next?"),
        words("You said that this was asked. You can say no and still ask for the job."),
    ),
    Term(
        "threats", ILO, "employer",
        words("What happens if I refuse, or leave early? Is there any fine or report?"),
        words("Ask before you sign. What leaving costs has to stand in the contract."),
        "yes", "consulate",
        words("What does a report by an employer start, and how can I answer it?"),
        words("You said that fines or reports were mentioned. Often such a report can be answered."),
    ),
    Term(
        "pay_kept_back", ILO, "employer",
        words("How often is pay sent, in what currency, to whose account? Is any part kept until the end?"),
        words("Pay in your own account, with a slip, can be proved later."),
        "yes", "employer",
        words("Please pay the whole wage each month into my own account, with a pay slip."),
        words("You said that part of the pay is kept. In many places that is not allowed."),
    ),
    Term(
        "owed_before_pay", ILO, "agency",
        words("What will I owe before the first pay: to whom, at what interest, and how is it deducted?"),
        words("With these three figures you can see when the debt ends."),
        "yes", "agency",
        words("Please give me the loan in writing: amount, interest a year, instalment, and lender."),
        words("You said that you owe something before the first pay. A debt lets nobody keep you."),
    ),
    Term(
        "room_described", ILO, "employer",
        words("How many people sleep in one room? What does it cost? Are there lock, kitchen, water?"),
        words("Housing is often the largest deduction. Ask for a picture and a written price."),
        "no", "employer",
        words("Please put room, number of people, price and notice in writing."),
        words("You said that housing is not described. In some countries written terms are a duty."),
    ),
    Term(
        "rest_day", ILO, "employer",
        words("How many hours a day and days a week? Which day is free, and how is overtime paid?"),
        words("Hours decide what one hour of your work brings."),
        "no", "employer",
        words("Which day of the week is free, and what is paid for work on that day?"),
        words("You said that there is no weekly rest day. Most laws give one, domestic work included."),
    ),
    Term(
        "written_contract", ILO, "employer",
        words("May I have the contract in a language I read, before I pay or travel?"),
        words("Only what is written can be compared later. Keep your own copy."),
        "no", "employer",
        words("Please send the contract now, with a translation. I decide when I have read it."),
        words("You said that there is no contract that you can read."),
    ),
    Term(
        "prepaid_on_tourist_visa", SCREEN, "consulate",
        words("Does the visa in my passport allow paid work there?"),
        words("A tourist visa or a land crossing for a job leaves you without a work permit."),
        "yes", "consulate",
        words("Which visa does this job need, and who has to ask for it?"),
        words("You said that travel is prepaid, but on a tourist visa. Ask before you board."),
    ),
    Term(
        "screen_work_abroad", SCREEN, "employer",
        words("What exactly is the work at the screen, for which company, with which licence?"),
        words("Customer service, crypto and casino offers abroad were used to hold people at work."),
        "yes", "employer",
        words("Please give me the company's registered name, its number and its street address."),
        words("You said that it is such work. A real company can be found in a public register."),
    ),
    Term(
        "typing_test_only", SCREEN, "employer",
        words("Who will be my manager, and may I speak with someone who works there now?"),
        words("Where typing or language is the only test, ask to speak with a colleague."),
        "yes", "employer",
        words("May I have a video call with my future team before I travel?"),
        words("You said that the only test was typing or language."),
    ),
    Term(
        "pay_far_above", SCREEN, "employer",
        words("Why is the pay higher than others pay there for this work?"),
        words("Ask what others there earn. A clear reason can be checked."),
        "yes", "employer",
        words("Which targets must I reach for this pay, and what if I do not?"),
        words("You said that the pay is far above what is usual there."),
    ),
    Term(
        "messages_only", SCREEN, "employer",
        words("Which telephone number and office can I reach you at, besides messages?"),
        words("A name, an office and a number that answers can be checked."),
        "yes", "employer",
        words("Please write to me from the company's own mail address."),
        words("You said that all contact is by a messaging app."),
    ),
    Term(
        "destination_changed", SCREEN, "employer",
        words("In which city and country will I sleep on the first night, and on the first day of work?"),
        words("A new destination needs a new visa, a new contract and a new decision of yours."),
        "yes", "consulate",
        words("I was told to travel on to another country. Whom can I call there?"),
        words("You said that the destination changed. You can stop at any border or airport desk and ask."),
    ),
    Term(
        "not_tell_embassy", SCREEN, "consulate",
        words("May I register my stay, and at which number do you answer at night?"),
        words("Registering is usually free. It tells nobody that you did something wrong."),
        "yes", "consulate",
        words("I was asked not to tell you about this job. What do you know about this employer?"),
        words("You said that you were told not to speak with the embassy. You may speak with it."),
    ),
)  # fmt: skip


def term_questions(look: Looked) -> Iterator[Question]:
    """Gives a question for every point not yet answered, and the next one where the answer is doubtful."""
    offer = look.offer
    for term in TERMS:
        answer = offer.terms.get(term.name, "unknown")
        ground = from_source(sources()[term.source], look.on)
        if answer == term.doubtful:
            yield Question(f"next:{term.name}", term.then, term.then_why, term.then_of, ground)
        elif answer == "unknown" and _worth_asking(look, term):
            yield Question(f"term:{term.name}", term.ask, term.why, term.of, ground)


def _worth_asking(look: Looked, term: Term) -> bool:
    if term.name == "owed_before_pay" and look.offer.loan and look.offer.loan.interest_known:
        return False  # told already
    return term.source == ILO or _may_be_screen_work(look)


def _may_be_screen_work(look: Looked) -> bool:
    offer = look.offer
    return offer.sector in SCREEN_WORK or any(
        offer.terms.get(term.name) == "yes" for term in TERMS if term.source == SCREEN
    )


@cache
def sources() -> dict[str, Source]:
    """Gives where the points were read."""
    held = json.loads(Path(__file__).with_name("offer_sources.json").read_text(encoding="utf-8"))
    return {key: source_of(record) for key, record in held.items()}
