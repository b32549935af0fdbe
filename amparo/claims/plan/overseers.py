"""Whom to turn to when a request stays without effect: authorities and coordinators, never beforehand."""

from collections.abc import Iterable
from dataclasses import replace

from amparo.claims.plan import parties, prices, routes
from amparo.claims.plan.routes import Outlook, Route
from amparo.claims.plan.step import Recipient, Step
from amparo.directory.authorities import authority, by_kind
from amparo.directory.record import Channel, Record
from amparo.directory.records import records
from amparo.law.places import within
from amparo.law.rules import Rule, rule
from amparo.words import Words, words


def overseers(known: Outlook, steps: list[Step]) -> list[Step]:
    """Gives whom to turn to when requests stay without effect; never chosen beforehand."""
    found = [*complaints(known, steps), *_supervisors(known, steps), *_coordinator(known, steps)]
    once: dict[tuple[str, str], Step] = {}
    for step in found:
        once.setdefault(step.key, step)
    return list(once.values())


def _supervisors(known: Outlook, steps: list[Step]) -> list[Step]:
    """Gives the authorities that the directory names for a rule in use, other than those of the GDPR."""
    used = {step.rule for step in steps if step.rule}
    lives_in = known.situation.lives_in
    found = []
    for one in by_kind("authority", None):
        at_home = one.place is not None and within(lives_in, (one.place,)) is True
        rules_used = {id for id in used.intersection(one.rules) if at_home or not rule(id).asks_home}
        if rules_used and one.slug not in {step.recipient.slug for step in steps}:
            found.append(_supervisor(known, one, [step for step in steps if step.rule in rules_used]))
    return found


def _supervisor(known: Outlook, one: Record, asked: list[Step]) -> Step:
    why = words("Only if they refuse, or their time is over. Until then there is nothing to complain of.")
    said = (*one.asks, *one.limits, *one.traps)
    return Step(
        recipient=Recipient(one.slug, one.name, "authority"),
        right="complaint",
        channel=next(iter(one.channels), None),
        places=tuple(dict.fromkeys(place for step in asked for place in step.places)),
        does=words("Complain to {name}, if they do not answer in time.", name=one.name),
        why=why,
        price=(prices.shown_name(known.situation, one.name), *(Words(text) for text in said)),
        chosen=False,
        phase="if_needed",
        strength=PUBLIC_BODY,
    )


def _coordinator(known: Outlook, steps: list[Step]) -> list[Step]:
    """Gives the coordinator of her own state, for a notice that nobody decides on (DSA 53)."""
    notices = [step for step in steps if step.right == "notice" and "dsa" in _overseers(step)]
    hers = next((one for one in known.rights.applies if one.rule.overseer == "dsa"), None)
    lives_in = known.situation.lives_in
    near = authority("dsa", lives_in) if lives_in else None
    if not notices or hers is None or near is None:
        return []
    places = tuple(dict.fromkeys(place for step in notices for place in step.places))
    party = parties.authority_party(near, places)
    step = routes.step(known, Route(hers.rule, party, hers.why), phase="if_needed")
    return [replace(step, why=_NOTICE_IGNORED, chosen=False)]


def complaints(known: Outlook, steps: Iterable[Step]) -> list[Step]:
    """Gives the authority to turn to when a data request stays without answer; never chosen beforehand."""
    steps = list(steps)
    asked = [step for step in steps if "gdpr" in _overseers(step)]
    lives_in = known.situation.lives_in
    home = authority("gdpr", lives_in) if lives_in else None
    if home is not None:
        return _complaint(known, home, asked)
    by_seat: dict[str, list[Step]] = {}
    for step in asked:  # no such authority near her: the one where the holder of the data is (GDPR 77)
        record = records().get(step.recipient.slug or "")
        seat = authority("gdpr", record.seat) if record and record.seat and not record.answers_for else None
        if seat is not None:
            by_seat.setdefault(seat.slug, []).append(step)
    abroad = [one for slug, its in by_seat.items() for one in _complaint(known, records()[slug], its)]
    return [*_of_her_place(known, steps), *abroad]


def _of_her_place(known: Outlook, steps: list[Step]) -> list[Step]:
    """Gives the data authority of her own country outside the GDPR, with her law's complaint where known.

    Where we know no data law of hers, it is told for every data request all the same: it can say.
    """
    lives_in = known.situation.lives_in
    hers = [one for one in known.rights.applies if lives_in and routes.is_home(one.rule, lives_in)]
    complaint = next(
        (one for one in hers if one.rule.right == "complaint" and one.rule.letter and one.rule.against), None
    )
    named = (complaint.rule.overseer, complaint.rule.instrument) if complaint else ()
    found = (authority(covers, lives_in) for covers in (*named, "privacy") if covers and lives_in)
    near = next((one for one in found if one is not None), None)
    if near is None:
        return []
    at_home = {one.rule.id for one in hers if one.rule.right in DATA_RIGHTS}
    asked = [
        step for step in steps if step.right in DATA_RIGHTS and (not at_home or (step.rule or "") in at_home)
    ]
    if complaint is None:
        return [_supervisor(known, near, asked)] if asked else []
    return _complaint(
        known, near, asked, Route(complaint.rule, parties.authority_party(near, ()), complaint.why)
    )


def _complaint(known: Outlook, near: Record, asked: list[Step], hers: Route | None = None) -> list[Step]:
    if not asked:
        return []
    party = parties.authority_party(near, ())
    route = (
        hers
        or routes.best(known, party, ("complaint",))
        or next(
            (
                Route(right.rule, party, right.why)
                for right in known.rights.applies
                if right.rule.overseer == "gdpr"
            ),
            None,
        )
    )
    if route is None:
        return []
    channel = routes.door(known, party, "complaint")
    return [
        Step(
            recipient=Recipient(near.slug, near.name, "authority"),
            right="complaint",
            rule=route.rule.id,
            letter="complaint",
            channel=channel,
            places=tuple(dict.fromkeys(place for step in asked for place in step.places)),
            does=words("Complain to {name}, if they do not answer in time.", name=near.name),
            why=_why_complain(known, asked, channel),
            price=(
                *prices.prices(route.rule.price, known.situation, to=near.name, places=0),
                *(Words(trap) for trap in near.traps),
            ),
            chosen=False,
            phase="if_needed",
            strength=route.rule.strength,
        )
    ]


def _overseers(step: Step) -> frozenset[str | None]:
    """Gives the kinds of authority over a request: those its rule leads to."""
    return frozenset(one.overseer for one in _escalation(step)) - {None}


def _escalation(step: Step) -> list[Rule]:
    return [rule(id) for id in rule(step.rule).escalation] if step.rule else []


def _why_complain(known: Outlook, asked: list[Step], channel: Channel | None) -> Words:
    """Gives when to turn there: at the end of the time, sooner where it has an urgent way for pictures."""
    if channel is not None and known.situation.material in channel.for_material:
        return words("It has an urgent way for such pictures. Use it when the site does not act soon.")
    if any(
        one.right == "complaint" and not one.is_for_public_bodies for s in asked for one in _escalation(s)
    ):
        return words("Complain to them first: they must confirm within 30 days. Then you can come here.")
    return words("Only if they refuse, or their time is over. Until then there is nothing to complain of.")


PUBLIC_BODY = 73
DATA_RIGHTS = frozenset({*routes.DATA, "access", "delisting", "rectification", "portability"})
_NOTICE_IGNORED = words("Only if they do not decide on your notice, or give no reasons.")
