"""Why a right is not in the plan: not hers in this situation, or nobody here it reaches."""

from collections.abc import Iterable

from amparo.claims.plan import parties
from amparo.claims.plan.parties import Party
from amparo.claims.plan.requests import PICTURES
from amparo.claims.plan.routes import Outlook, concerns, is_home
from amparo.claims.plan.step import NotRight, Step
from amparo.directory.lookup import Found
from amparo.law import rights as law
from amparo.law.addressee import PUBLIC_BODIES
from amparo.law.rules import Rule
from amparo.words import words


def not_rights(known: Outlook, found: tuple[Found, ...], steps: Iterable[Step]) -> tuple[NotRight, ...]:
    """Gives the rights that are no step, each reason once: of her home, of the recipients' seats, of all.

    A law of any other country was never hers and is not told: there are too many.
    """
    used = {step.rule for step in steps}
    here = (*parties.sites(found, known.situation), *parties.engines(found, known.situation))
    lives_in, seats = known.situation.lives_in, frozenset(party.seat for party in here)
    left = [one for one in known.rights.applies if one.rule.id not in used]
    near = [one.rule for one in left if one.home is None and concerns(one.rule, lives_in, seats)]
    refused = (
        one
        for one in known.rights.not_applies
        if (_is_hers(known, one.rule) if one.far else concerns(one.rule, lives_in, seats))
    )
    said = [
        *_waiting(known),
        *(NotRight(one.right, one.why, one.rule) for one in refused),
        *_for_people_elsewhere([one for one in left if one.home is not None]),
        *_reaching_nobody(known, here, near),
    ]
    once: dict[tuple[str, str], NotRight] = {}
    for one in said:
        once.setdefault((one.right, str(one.why)), one)
    return tuple(once.values())


def further(known: Outlook, steps: Iterable[Step]) -> tuple[Rule, ...]:
    """Gives her rights at home before an authority or a court that are no step, by strength."""
    used = {step.rule for step in steps}
    home = known.situation.lives_in
    hers = (one.rule for one in known.rights.applies if one.rule.is_for_public_bodies)
    return tuple(rule for rule in hers if rule.id not in used and is_home(rule, home))


def _is_hers(known: Outlook, rule: Rule) -> bool:
    return rule.is_known_everywhere or is_home(rule, known.situation.lives_in)


def _for_people_elsewhere(left: list[law.Right]) -> list[NotRight]:
    """Gives one line for all the laws that ask where she lives, which she skipped."""
    why = words("Some laws are only for people who live in one country. Say where you live to see yours.")
    return [NotRight(left[0].rule.right, why)] if left else []


def _waiting(known: Outlook) -> list[NotRight]:
    situation = known.situation
    if situation.shown_under_18 != "skip" or situation.material not in (None, *PICTURES):
        return []
    if situation.role in ("account_holder", "worker"):
        return []
    why = words("Programmes that block a picture wait until you answer whether somebody shown was under 18.")
    return [NotRight("recipient_policy", why)]


def _reaching_nobody(known: Outlook, here: tuple[Party, ...], rules: list[Rule]) -> list[NotRight]:
    """Gives her rights that reach none of the parties; one that reaches somebody was left to a better one."""
    unreached = []
    for rule in rules:
        verdicts = [known.verdict(rule, p.addressee) for p in here]
        if PUBLIC_BODIES & set(rule.against) or any(verdict.yes for verdict in verdicts):
            continue
        fitting = [v for v, p in zip(verdicts, here, strict=True) if p.addressee.kinds & set(rule.against)]
        nearest = next(iter([*fitting, *verdicts]), None)  # why it fails for whom it is made
        why = nearest.why if nearest else words("There is nobody here yet whom it reaches.")
        unreached.append(NotRight(rule.right, why, rule))
    return unreached
