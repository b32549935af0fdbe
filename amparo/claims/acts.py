"""What can be done next in a case, and when: each act with the time in which it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from amparo.claims.case import Case, Request, Sighting
from amparo.claims.check import GONE, HIDDEN
from amparo.claims.dues import act_by, due_of, open_questions
from amparo.law.periods import Due
from amparo.law.rules import Rule, rules
from amparo.words import Words, many, words

ID_ANSWER, REFUSAL_ANSWER = "id_answer", "refusal_answer"
ANSWERS = (ID_ANSWER, REFUSAL_ANSWER)  # an answer of hers starts no time of its own
LOOK_ONCE_MORE = timedelta(days=7)
SUGGESTED = timedelta(days=14)
MANDATE_WARNING = timedelta(days=14)


@dataclass(frozen=True)
class Act:
    """One thing to do. `when` orders it; it stands from `since` on and before `until`.

    `kind`: plan, send, send_again, wait, remind, answer, pay, read, complain, act_by, look, ask_anew,
    mandate.
    `firm` False: the date is a suggestion of ours, or the law leaves a doubt. `letter` is the kind that fits.
    """

    kind: str
    what: Words
    when: datetime
    request: str | None = None
    letter: str | None = None
    rule: str | None = None
    places: tuple[str, ...] = ()
    firm: bool = False
    since: datetime | None = None
    until: datetime | None = None

    def stands(self, now: datetime) -> bool:
        """Says whether it is an act at this moment."""
        return (self.since is None or self.since <= now) and (self.until is None or now < self.until)


def next_acts(case: Case, now: datetime) -> tuple[Act, ...]:
    """Gives what can be done now, in order of time. A case at rest has none."""
    return in_order(prospects(case, now), now)


def in_order(acts: tuple[Act, ...], now: datetime) -> tuple[Act, ...]:
    """Gives the acts that stand at a moment, in order of time."""
    return tuple(sorted((act for act in acts if act.stands(now)), key=lambda act: act.when))


def prospects(case: Case, now: datetime) -> tuple[Act, ...]:
    """Gives every act known today, also those that stand only later; lists read them without the log."""
    if case.closed is not None:
        return ()
    acts = [*_to_plan(case), *_to_send(case), *_loose(case)]
    for request in case.requests.values():
        acts += _of_request(case, request, now)
    return (*acts, *_to_look(case), *_mandate(case))


def _to_plan(case: Case) -> Iterator[Act]:
    if case.planned is None and not case.requests and (case.situation or case.sightings):
        when = case.opened or datetime.min.replace(tzinfo=UTC)
        yield Act("plan", words("Look at the plan."), when)


def _to_send(case: Case) -> Iterator[Act]:
    """Planned steps that have a letter and have not gone out."""
    if case.planned is None:
        return
    done = {(one.sent.slug or one.sent.recipient, one.sent.right) for one in case.requests.values()}
    for step in case.planned.steps:
        key = (step.get("slug") or step.get("recipient"), step.get("right"))
        is_mandate = step.get("right") == "mandate"
        if key not in done and step.get("letter") and not (is_mandate and case.mandate is not None):
            name = str(step.get("recipient") or "")
            yield Act(
                "send",
                words("Let {name} sign the mandate.", name=name)
                if is_mandate
                else words("Send the request to {name}.", name=name),
                case.planned.at,
                letter=str(step["letter"]),
                rule=step.get("rule"),
                places=tuple(step.get("places", ())),
            )


def _loose(case: Case) -> Iterator[Act]:
    for reply in case.loose_replies:
        yield Act("read", words("A reply came in. Say which request it answers."), reply.received)


def _of_request(case: Case, request: Request, now: datetime) -> list[Act]:
    name, sent = request.sent.recipient, request.sent
    if request.bounced is not None:
        said = words("Your request did not reach {name}. Try another door.", name=name)
        return [Act("send_again", said, request.bounced.on, request.id, sent.letter, sent.rule, sent.places)]
    if _is_over(case, request) or sent.letter in ANSWERS:
        return []
    due = due_of(request, now=now)
    last = request.last_reply
    if last is not None and last.reply == "refused":
        return _after_refusal(case, request, last.received, now)
    if last is not None and last.reply in ("done", "partly_done"):
        return _after_done(case, request, last.received, last.reply)
    return list(_questions(request)) or list(_waiting(case, request, due))


def _is_over(case: Case, request: Request) -> bool:
    """Says whether nothing is left to ask: every place gone, or the matter went on to somebody else."""
    if any(reply.reply == "refused" for reply in request.replies) and request.escalated:
        return True
    wants_removal = request.sent.right not in ("access", "statement_of_reasons", "complaint")
    states = [case.sightings[url].state for url in request.sent.places if url in case.sightings]
    return wants_removal and bool(states) and all(state in GONE for state in states)


def _waiting(case: Case, request: Request, due: Due | None) -> Iterator[Act]:
    """Until the date: wait. From then on: ask again, or go further."""
    name = request.sent.recipient
    end, firm = _end(request, due)
    if due is not None and due.answer_due is not None:
        waiting = words("{name} must answer by {day}.", name=name, day=end)
        over = words("The time of {name} is over. Remind them, or go further.", name=name)
    else:
        waiting = words("Ask {name} again from {day}. No law sets a day; we suggest it.", name=name, day=end)
        over = words("{name} has not answered. Ask again, or go further.", name=name)
    sent = request.sent
    yield Act("wait", waiting, end, request.id, None, sent.rule, sent.places, firm=firm, until=end)
    later = [case.requests[id].sent.letter for id in request.followed_by if id in case.requests]
    if all(letter in ANSWERS for letter in later):
        yield Act("remind", over, end, request.id, "reminder", sent.rule, sent.places, firm=firm, since=end)


def _end(request: Request, due: Due | None) -> tuple[datetime, bool]:
    if due is not None and due.answer_due is not None:
        return due.answer_due, due.firm
    if due is not None and due.follow_up is not None:
        return datetime.combine(due.follow_up, time(9), UTC), False
    return request.received + SUGGESTED, False


def _questions(request: Request) -> Iterator[Act]:
    asked = {
        "identity": ("answer", "id_answer", words("{name} asks who you are.", name=request.sent.recipient)),
        "clarification": ("answer", None, words("{name} asks what you mean.", name=request.sent.recipient)),
        "fee": ("pay", None, words("{name} asks for money. You may refuse.", name=request.sent.recipient)),
    }
    for what in open_questions(request):
        kind, letter, said = asked[what]
        when = next(one.received for one in request.replies if one.reply == f"{what}_asked")
        yield Act(kind, said, when, request.id, letter, request.sent.rule, request.sent.places)


def _after_refusal(case: Case, request: Request, told: datetime, now: datetime) -> list[Act]:
    """Gives the ways further that the rule names, with the last day where the law sets one, and an answer."""
    name, sent = request.sent.recipient, request.sent
    rule = rules().get(sent.rule or "")
    ways = [rules()[id] for id in rule.escalation if id in rules()] if rule else []
    said = words("{name} refused. Choose what comes next.", name=name)
    first = next((way for way in ways if way.letter), None)
    letter = (first.letter if first else None) or "reminder"
    acts = [Act("complain", said, told, request.id, letter, first.id if first else None, sent.places)]
    later = [case.requests[id].sent.letter for id in request.followed_by if id in case.requests]
    if can_answer(rule) and REFUSAL_ANSWER not in later:
        back = words("You can also tell {name} why the refusal does not hold.", name=name)
        acts.append(Act("answer", back, told, request.id, REFUSAL_ANSWER, sent.rule, sent.places))
    for way in ways:
        last = act_by(way, told, sent.place, now=now)
        if last is not None:
            acts.append(_until(request, way, last))
    return acts


def can_answer(rule: Rule | None) -> bool:
    """Says whether a refusal is answered by letter: an authority or a court is not argued with."""
    return rule is None or not rule.is_for_public_bodies


def _until(request: Request, way: Rule, last: datetime) -> Act:
    said = words("{way}: possible until {day}.", way=way.title, day=last)
    return Act("act_by", said, last, request.id, way.letter, way.id, request.sent.places, until=last)


def _after_done(case: Case, request: Request, told: datetime, reply: str) -> list[Act]:
    """They say it is done: look, once for all its places that were not looked at since."""
    unseen = tuple(url for url in request.sent.places if not _looked_since(case.sightings.get(url), told))
    name = request.sent.recipient
    if not unseen or request.sent.right == "access":
        return []
    said = words("{name} says it is done. Look again.", name=name)
    if reply == "partly_done":
        said = words("{name} says a part is done. Look again.", name=name)
    return [Act("look", said, told, request.id, places=unseen)]


def _looked_since(sighting: Sighting | None, moment: datetime) -> bool:
    return sighting is None or any(look.at >= moment for look in sighting.looks)


def _to_look(case: Case) -> Iterator[Act]:
    """Gone once is looked at once more; what came back or is left in part is asked for anew."""
    gone = [one for one in case.sightings.values() if one.state in GONE and not one.set_aside]
    once = [one for one in gone if len([look for look in one.looks if look.state in GONE]) == 1]
    if once:
        when = min(one.looks[-1].at for one in once) + LOOK_ONCE_MORE
        said = many("Look once more at {n} page.", "Look once more at {n} pages.", len(once))
        yield Act("look", said, when, places=tuple(one.url for one in once))
    for one in case.sightings.values():
        if one.set_aside or one.state not in {"came_back", *HIDDEN} or _asked_since(case, one):
            continue
        said = (
            words("It came back. The request can be sent anew.")
            if one.state == "came_back"
            else words("It is not all gone yet. Ask for the rest.")
        )
        asked = [request.id for request in case.requests.values() if one.url in request.sent.places]
        yield Act("ask_anew", said, one.looks[-1].at, next(iter(asked), None), places=(one.url,))


def _asked_since(case: Case, sighting: Sighting) -> bool:
    """Says whether a request for this address went out after the last look at it."""
    asked = [one.sent.sent for one in case.requests.values() if sighting.url in one.sent.places]
    return any(sent >= sighting.looks[-1].at for sent in asked)


def _mandate(case: Case) -> Iterator[Act]:
    if case.mandate is None or case.mandate.until is None or case.mandate_withdrawn is not None:
        return
    end = datetime.combine(case.mandate.until, time(), UTC)
    said = words("The mandate ends on {day}.", day=case.mandate.until)
    yield Act("mandate", said, end, letter="mandate", since=end - MANDATE_WARNING)
