"""Which of her rights reach a party, best first; each turned into a step with door, date and price."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time

from amparo.claims.plan import prices
from amparo.claims.plan.parties import Party
from amparo.claims.plan.step import Recipient, Step
from amparo.directory.channels import channel_for
from amparo.directory.record import Channel
from amparo.directory.records import records
from amparo.law import periods
from amparo.law import rights as law
from amparo.law.addressee import Addressee
from amparo.law.periods import Due
from amparo.law.places import within
from amparo.law.rules import Rule
from amparo.law.situation import Situation
from amparo.words import Words, words

# Requests for the same end: one letter carries them, so only the best of them is a step.
DATA = ("erasure", "delete", "consent_withdrawal", "objection", "restriction")
REMOVAL = ("removal", "notice", "copyright")
OWN_RULES_STRENGTH = 400
# The law of where she lives goes before a like one from abroad: its authority and courts are near her.
HOME = 5
_HARD_SENDERS = ("organisation", "lawyer", "trusted_flagger")


@dataclass(frozen=True)
class Route:
    """One right that reaches one party, and why. `sure` False: it hangs on something that is not known."""

    rule: Rule
    party: Party
    why: Words
    strength: int = 500
    sure: bool = True


@dataclass
class Outlook:
    """One situation at one moment: what is hers by law, and what was worked out on the way."""

    situation: Situation
    now: datetime
    rights: law.Rights
    _dues: dict[tuple[str, str | None], Due] = field(default_factory=dict)
    _verdicts: dict[tuple[str, Addressee], law.Verdict] = field(default_factory=dict)

    @property
    def acts_for_other(self) -> bool:
        """Says whether somebody acts for the person shown."""
        sender = self.situation.sender
        return bool(
            self.situation.role == "representative" or sender.represents or sender.kind in _HARD_SENDERS
        )

    def verdict(self, rule: Rule, addressee: Addressee) -> law.Verdict:
        """Gives whether a rule reaches such a recipient; most sites of a long paste are alike to the law."""
        key = (rule.id, addressee)
        if key not in self._verdicts:
            self._verdicts[key] = law.reaches(rule, self.situation, addressee, self.now.date())
        return self._verdicts[key]

    def due(self, rule: str, place: str | None) -> Due:
        """Gives the dates as if the request were received now, at the recipient's place."""
        key = (rule, place)
        if key not in self._dues:
            self._dues[key] = periods.due(rule, received=self.now, place=place, now=self.now)
        return self._dues[key]

    def due_since(self, rule: str, place: str | None, *, told: date) -> Due:
        """Gives the dates of a right to contest a decision she was told of on a day."""
        moment = datetime.combine(told, time(), UTC)
        events = {"informed": moment}
        return periods.due(rule, received=self.now, place=place, events=events, now=self.now)


def outlook(situation: Situation, now: datetime) -> Outlook:
    """Gives her rights in this situation today."""
    return Outlook(situation, now, law.rights(situation, on=now.date()))


def routes(known: Outlook, party: Party, rights: Iterable[str] | None = None) -> list[Route]:
    """Gives the rights that reach a party, fastest and strongest first; only of the named kinds if given.

    Left out: a law of another country that only may reach them or that asks no seat there, and a law for who
    lives in one country where she skipped hers. A guess on both sides comes last.
    """
    wanted = None if rights is None else frozenset(rights)
    addressee = party.addressee
    found = []
    for right in known.rights.applies:
        if right.home is not None or (wanted is not None and right.rule.right not in wanted):
            continue
        if not concerns(right.rule, known.situation.lives_in, (addressee.seat,)):
            continue
        verdict = known.verdict(right.rule, addressee)
        at_home = _at_home(right.rule, known.situation.lives_in)
        if verdict.yes and (verdict.sure or at_home):
            strength = right.rule.strength - (HOME if is_home(right.rule, known.situation.lives_in) else 0)
            sure = verdict.sure and not right.ifs
            route = Route(right.rule, party, _reason(right, verdict), strength, sure)
            found.append(((_is_guess(right, verdict), strength, right.rule.id), route))
    return [route for _, route in sorted(found, key=lambda pair: pair[0])]


def best(known: Outlook, party: Party, rights: Iterable[str]) -> Route | None:
    """Gives the fastest and strongest of these rights that reaches the party."""
    return next(iter(routes(known, party, rights)), None)


def each(known: Outlook, party: Party, rights: Iterable[str]) -> list[Route]:
    """Gives the best route of each of these rights, once each."""
    once: dict[str, Route] = {}
    for route in routes(known, party, rights):
        once.setdefault(route.rule.right, route)
    return list(once.values())


def step(known: Outlook, route: Route, *, phase: str = "now", extra: tuple[Words, ...] = ()) -> Step:
    """Gives the step that uses a right; `extra` prices keep it from being chosen at once."""
    rule, party = route.rule, route.party
    costs = prices.prices(rule.price, known.situation, to=party.name, places=len(party.places))
    if known.acts_for_other and rule.own_signature:
        costs = (*costs, prices.HER_OWN_SIGNATURE)
    taken_back = known.situation.consent == "given" and rule.right in (*DATA, "delisting")
    if taken_back:
        extra = (*extra, prices.TAKES_BACK)
    return Step(
        recipient=Recipient(party.slug, party.name, party.role),
        right=rule.right,
        rule=rule.id,
        letter=rule.letter,
        channel=door(known, party, rule.right),
        places=party.places,
        due=_due(known, route),
        does=_does(rule.right, party.name),
        why=route.why,
        price=(*costs, *extra),
        chosen=not extra and prices.is_mild(rule.price),
        own_signature=rule.own_signature,
        needs_mandate=_needs_mandate(known, rule),
        phase=phase,
        strength=min(route.strength, rule.strength),
    )


def _due(known: Outlook, route: Route) -> Due:
    """Gives the dates; never firm where it is not sure that the law holds here."""
    due = known.due(route.rule.id, route.party.addressee.seat)
    if route.sure or not due.firm:
        return due
    return replace(due, firm=False, reasons=(*due.reasons, _HANGS))


def own_rules(known: Outlook, party: Party, *, phase: str = "now", why: Words | None = None) -> Step:
    """Gives the step by the recipient's own published rules: no law, no clock."""
    return Step(
        recipient=Recipient(party.slug, party.name, party.role),
        right="recipient_policy",
        letter="own_rules",
        channel=door(known, party, "recipient_policy"),
        places=party.places,
        does=_does("recipient_policy", party.name),
        why=why or _own_rule_says(known, party),
        price=(
            prices.shown_name(known.situation, party.name),
            words("No law sets a time. It is their own promise."),
        ),
        phase=phase,
        strength=OWN_RULES_STRENGTH,
    )


def door(known: Outlook, party: Party, right: str) -> Channel | None:
    """Gives the door for a right: what she gave herself, else the directory's most fitting one."""
    if party.given is not None and right not in REMOVAL:
        return party.given
    company = records().get(party.slug or "")
    for record in (company, party.record):
        if record is not None and record.channels:
            return channel_for(
                record,
                right=right,
                material=known.situation.material,
                who=known.situation.sender.kind,
                lives_in=known.situation.lives_in,
            )
    return party.given


def later(one: Step, why: Words | None = None) -> Step:
    """Gives the same step as a second request: for when the first is not enough, and not chosen by itself."""
    return replace(
        one,
        phase="later",
        why=words("{first} {why}", first=why, why=one.why) if why else one.why,
        price=(*one.price, prices.SECOND_REQUEST),
        chosen=False,
    )


def _needs_mandate(known: Outlook, rule: Rule) -> bool:
    """Says whether it goes out only with her mandate. A notice naming nobody is anyone's (DSA 16(1))."""
    sender = known.situation.sender
    names_nobody = (
        sender.kind in ("organisation", "trusted_flagger")
        and not sender.represents
        and known.situation.role != "representative"
    )
    if rule.right == "notice" and names_nobody:
        return False
    return known.acts_for_other and rule.mandate != "none" and not rule.own_signature


def _at_home(rule: Rule, lives_in: str | None) -> bool | None:
    """Says whether the rule is of where she lives; skipped: laws followed for anybody stand in."""
    if lives_in is None:
        return True if rule.is_known_everywhere else None
    return is_home(rule, lives_in)


def is_home(rule: Rule, lives_in: str | None) -> bool:
    """Says whether the rule is of where she lives."""
    return bool(within(lives_in, (rule.home,)))


def concerns(rule: Rule, lives_in: str | None, seats: Iterable[str | None]) -> bool:
    """Says whether a law is told and used: known everywhere, of where she lives, or of a recipient's seat."""
    return rule.is_known_everywhere or is_home(rule, lives_in) or any(is_home(rule, seat) for seat in seats)


_HANGS = words("Not firm: it hangs on something that is not known yet.")


def _is_guess(hers: law.Right, theirs: law.Verdict) -> bool:
    """Says whether neither the kind of material nor the recipient is known to be what the rule is for."""
    return not theirs.sure and any(one.otherwise in hers.ifs for one in hers.rule.conditions)


def _reason(hers: law.Right, theirs: law.Verdict) -> Words:
    """Gives why: the rule's reason, and each "if" that is still open, once."""
    reach = hers.rule.reach
    unsure = [reach.unsure] if reach is not None and not theirs.sure else []
    return law.joined(hers.rule.why, [*hers.ifs, *unsure])


def _own_rule_says(known: Outlook, party: Party) -> Words:
    rules = party.record.own_rules if party.record else ()
    material = known.situation.material
    fitting = [rule for rule in rules if not rule.about or material is None or material in rule.about]
    if not fitting:
        if party.how is not None:
            return words("No law that we know reaches them here. {how}", how=party.how)
        return words("No law that we know reaches them here. Most sites have removal rules of their own.")
    return words("No law that we know reaches them here. Their own rule: {rule}", rule=Words(fitting[0].says))


def _does(right: str, name: str) -> Words:
    said = _DOES.get(right)
    return Words(said.text, {"name": name}) if said else words("Write to {name}.", name=name)


_DOES = {
    "removal": words("Tell {name} to take it down."),
    "notice": words("Give {name} notice that it is illegal."),
    "copyright": words("Tell {name} that you made it and did not allow it."),
    "recipient_policy": words("Report it to {name} under its own rules."),
    "erasure": words("Ask {name} to erase your data."),
    "delete": words("Ask {name} to delete your data."),
    "consent_withdrawal": words("Take back your consent from {name}."),
    "objection": words("Object to what {name} does with your data."),
    "restriction": words("Ask {name} to stop using your data."),
    "delisting": words("Ask {name} to stop leading from your name to it."),
    "access": words("Ask {name} what it holds about you."),
    "rectification": words("Ask {name} to correct your data."),
    "portability": words("Ask {name} for your data in a form to take along."),
    "statement_of_reasons": words("Ask {name} for its reasons."),
    "internal_complaint": words("Complain to {name} about its decision."),
    "out_of_court": words("Take the decision to {name}, an independent body."),
    "complaint": words("Complain to {name}."),
    "under_18_route": words("Use the way {name} made for pictures of people under 18."),
}
