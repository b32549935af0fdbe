"""Why a right is not in the plan: not hers in this situation, or nobody here it reaches."""

from collections.abc import Iterable

from amparo.claims.plan import parties
from amparo.claims.plan.parties import Party
from amparo.claims.plan.requests import PICTURES
from amparo.claims.plan.routes import Outlook
from amparo.claims.plan.step import NotRight, Step
from amparo.directory.lookup import Found
from amparo.law.rules import Rule
from amparo.words import words


def not_rights(known: Outlook, found: tuple[Found, ...], steps: Iterable[Step]) -> tuple[NotRight, ...]:
    """Gives the rights that are no step, each reason once."""
    used = {step.rule for step in steps}
    left = [one for one in known.rights.applies if one.rule.id not in used]
    here = (*parties.sites(found, known.situation), *parties.engines(found, known.situation))
    said = [
        *_waiting(known),
        *(NotRight(one.right, one.why, one.rule) for one in known.rights.not_applies),
        *(NotRight(one.rule.right, one.home, one.rule) for one in left if one.home is not None),
        *_reaching_nobody(known, here, [one.rule for one in left if one.home is None]),
    ]
    once: dict[tuple[str, str], NotRight] = {}
    for one in said:
        once.setdefault((one.right, str(one.why)), one)
    return tuple(once.values())


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
        if "authority" in rule.against or any(verdict.yes for verdict in verdicts):
            continue
        fitting = [v for v, p in zip(verdicts, here, strict=True) if p.addressee.kinds & set(rule.against)]
        nearest = next(iter([*fitting, *verdicts]), None)  # why it fails for whom it is made
        why = nearest.why if nearest else words("There is nobody here yet whom it reaches.")
        unreached.append(NotRight(rule.right, why, rule))
    return unreached
