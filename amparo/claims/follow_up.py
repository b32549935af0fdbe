"""What can follow a request that went out: a reminder, an answer to them, the next one up.

Each is a letter like the others: a situation with the facts of the first request, and a step for `letters`.
"""

from dataclasses import replace
from datetime import datetime

from amparo.claims.acts import ID_ANSWER, REFUSAL_ANSWER, can_answer
from amparo.claims.case import Case, Request
from amparo.claims.check import HIDDEN
from amparo.claims.dues import due_of
from amparo.claims.plan import plan, routes
from amparo.claims.plan.parties import authority_party
from amparo.claims.plan.paths import body_for
from amparo.claims.plan.prices import prices
from amparo.claims.plan.step import Recipient, Step
from amparo.directory.authorities import authority
from amparo.directory.channels import channel_for
from amparo.directory.record import Channel, Record
from amparo.directory.records import records
from amparo.errors import Refused
from amparo.law import rules
from amparo.law.rules import Rule
from amparo.law.situation import Situation
from amparo.words import Words, many, words

REMINDER = "reminder"


def ways(case: Case, request: Request, *, now: datetime) -> tuple[Step, ...]:
    """Gives the letters that can follow a request, the mildest first. `Step.right` names each way."""
    asked_identity = any(reply.reply == "identity_asked" for reply in request.replies)
    steps = [_again(case, request, ID_ANSWER)] if asked_identity else []
    rule = rules.rules().get(request.sent.rule or "")
    refused = any(reply.reply == "refused" for reply in request.replies)
    if refused and can_answer(rule):
        steps.append(_again(case, request, REFUSAL_ANSWER))
    steps += _anew(case, request, now)
    steps.append(_again(case, request, REMINDER))
    for name in rule.escalation if rule else ():
        steps += _up(case, request, rules.rules()[name], now=now)
    return tuple(replace(step, order=number) for number, step in enumerate(steps, 1))


def way(case: Case, request: Request, order: int, *, now: datetime) -> Step:
    """Gives one of the ways by its number. Raises Refused when there is none."""
    for step in ways(case, request, now=now):
        if step.order == order:
            return step
    raise Refused(words("This request has no such next step."), words("Choose one of those shown."))


def situation_of(case: Case, request: Request, *, now: datetime) -> Situation:
    """Gives her situation with what the letter must say of the first request."""
    situation = case.situation_now()
    due = due_of(request, now=now)
    last = request.last_reply
    known = {
        "first_request_on": request.sent.sent.date().isoformat(),
        "first_recipient": request.sent.recipient,
        "reference": next((r.reference for r in reversed(request.replies) if r.reference), "")
        or (request.sent.reference or ""),
        "answered_on": last.received.date().isoformat() if last and last.reply in ("refused", "done") else "",
        "answer_due_on": due.answer_due.date().isoformat()
        if due and due.answer_due and due.answer_due < now
        else "",
        "what_was_asked": _asked(request),
    }
    given = {name: value for name, value in known.items() if value}
    return replace(situation, places=request.sent.places, blanks={**situation.blanks, **given})


def _asked(request: Request) -> str:
    asked = [reply for reply in request.replies if reply.reply == "identity_asked"]
    return (asked[-1].text or "")[:300] if asked else ""


def _again(case: Case, request: Request, letter: str) -> Step:
    """Gives a second letter through the same door."""
    sent = request.sent
    said = {
        REMINDER: (
            words("Remind {name} of your request.", name=sent.recipient),
            words("A short letter that keeps the first date. It costs you nothing."),
        ),
        ID_ANSWER: (
            words("Answer {name} about who you are.", name=sent.recipient),
            words("They may ask only for what they need. A copy of an identity card is seldom that."),
        ),
        REFUSAL_ANSWER: (
            words("Answer the refusal of {name}.", name=sent.recipient),
            words("Say which reason they gave. The letter answers that one, and your request stands."),
        ),
    }[letter]
    return Step(
        recipient=Recipient(sent.slug, sent.recipient, "controller"),
        right=letter,
        rule=sent.rule,
        letter=letter,
        channel=_same_door(case, request),
        places=sent.places,
        does=said[0],
        why=said[1],
    )


def _anew(case: Case, request: Request, now: datetime) -> list[Step]:
    """Gives the first request once more, for its places that came back or are left in part."""
    states = {url: case.sightings[url].state for url in request.sent.places if url in case.sightings}
    left = tuple(url for url, state in states.items() if state == "came_back" or state in HIDDEN)
    if not left:
        return []
    sent = request.sent
    made = plan(replace(case.situation_now(), places=left), now=now)
    same = [one for one in made.steps if one.key == (sent.slug or sent.recipient, sent.right) and one.letter]
    one, more = "Ask {name} anew for {n} address.", "Ask {name} anew for {n} addresses."
    said = many(one, more, len(left), name=sent.recipient)
    return [
        replace(step, does=said, why=words("It came back, or not all of it is gone.")) for step in same[:1]
    ]


def _same_door(case: Case, request: Request) -> Channel | None:
    record = records().get(request.sent.slug or "")
    doors = record.channels if record else ()
    used = next((one for one in doors if one.address == request.sent.address), None)
    if used is not None or record is None:
        return used or _written_to(request)
    situation = case.situation_now()
    return channel_for(
        record,
        right=request.sent.right,
        material=situation.material,
        who=situation.sender.kind,
        lives_in=situation.lives_in,
    )


def _written_to(request: Request) -> Channel | None:
    """Gives the mail address she wrote to, where the directory has no record."""
    address = request.sent.address
    if not address or "@" not in address:
        return None
    return Channel(
        id="used",
        kind="mail",
        address=address,
        source="",
        checked_on=request.sent.sent.date(),
        grade="unchecked",
    )


def _up(case: Case, request: Request, rule: Rule, *, now: datetime) -> list[Step]:
    """Gives the step to whoever stands above: the recipient's own complaint office, a body, an authority."""
    if rule.letter is None:  # a court, a form of their own: told as a right, but no letter of ours goes there
        return []
    situation = case.situation_now()
    outlook = routes.outlook(situation, now)
    to_same = "authority" not in rule.against and rule.right != "out_of_court"
    record = records().get(request.sent.slug or "") if to_same else _above(rule, request, situation)
    if record is None:
        return []
    return [
        Step(
            recipient=Recipient(record.slug, record.name, "authority" if not to_same else "controller"),
            right=rule.right if not to_same else f"{rule.right}_here",
            rule=rule.id,
            letter=rule.letter,
            channel=routes.door(outlook, authority_party(record, request.sent.places), rule.right),
            places=request.sent.places,
            does=_does(rule, record),
            why=rule.why,
            price=prices(rule.price, situation, to=record.name, places=0),
            chosen=False,
            strength=rule.strength,
        )
    ]


def _does(rule: Rule, record: Record) -> Words:
    if rule.right == "out_of_court":
        return words("Take the decision to {name}, an independent body.", name=record.name)
    return words("Complain to {name}.", name=record.name)


def _above(rule: Rule, request: Request, situation: Situation) -> Record | None:
    """Gives the authority or body for a rule: of where she lives, else of the recipient's place."""
    if rule.right == "out_of_court":
        return body_for(request.sent.slug, situation)
    for place in (situation.lives_in, request.sent.place):
        known = (rule.overseer,) if rule.overseer else (rule.instrument, *_of_home(rule, place))
        found = (authority(covers, place) for covers in known if place)
        near = next((one for one in found if one is not None), None)
        if near is not None:
            return near
    return None


def _of_home(rule: Rule, place: str | None) -> tuple[str, ...]:
    """Gives what else to look for at home: a complaint that names no kind of authority is about data."""
    return ("privacy",) if rule.right == "complaint" and routes.is_home(rule, place) else ()
