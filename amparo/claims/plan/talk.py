"""The end of every plan: a person to talk to. And what is only ever her own choice: the police."""

from amparo.claims.plan import prices
from amparo.claims.plan.step import Recipient, Step
from amparo.directory.authorities import by_kind
from amparo.directory.record import Record
from amparo.law.situation import Situation
from amparo.words import Words, words

SOMEBODY = Recipient(None, "a person you trust", "helper", words("a person you trust"))
POLICE = Recipient(None, "the police", "authority", words("the police"))
# What a helper must know about, best first.
_NEEDS = {
    "intimate": ("intimate_images", "any", "legal_aid"),
    "intimate_synthetic": ("intimate_images", "any", "legal_aid"),
    "sexual_work": ("sex_work", "intimate_images", "any", "legal_aid"),
    "personal_data": ("any", "legal_aid"),
    "account": ("any", "legal_aid"),
}
# Somebody far away who is only there for one group is no help to everybody else.
_FOR_ANYBODY = ("For everybody.", "For adults.", "For anybody harmed by a crime.")
_FOR_THIS_NEED = {"sex_work": "For sex workers.", "under_18": "For people under 18."}


def helper(situation: Situation) -> Step:
    """Gives the last step: somebody who knows this and speaks with her on her terms."""
    found = _helper(situation)
    recipient = SOMEBODY if found is None else Recipient(found.slug, found.name, "helper")
    return Step(
        recipient=recipient,
        right="talk",
        channel=next(iter(found.channels), None) if found else None,
        does=words("Talk to {name}, if you wish.", name=recipient.label or recipient.name),
        why=_why(found),
        price=_price(found),
        phase="talk",
    )


def police() -> Step:
    """Gives the police as what it is: a choice, never chosen for her, with its price."""
    return Step(
        recipient=POLICE,
        right="police",
        does=words("You can go to the police. Nobody does it for you."),
        why=words("A threat to publish can be a crime. You may first ask a helper what happens then."),
        price=(prices.POLICE,),
        chosen=False,
        phase="choice",
    )


def _helper(situation: Situation) -> Record | None:
    """Gives the helper for this need, nearest first; one that passes reports to the police comes last."""
    needs = _needs(situation)
    near = by_kind("helper", situation.lives_in or "ZZ")
    fitting = [one for one in near if any(need in one.covers for need in needs) and _is_for(one, needs)]
    return min(fitting, key=lambda one: _rank(one, needs, situation), default=None)


def _needs(situation: Situation) -> tuple[str, ...]:
    if situation.shown_under_18 in ("yes", "not_sure"):
        return ("under_18", "any", "crisis")
    if situation.role == "worker" or situation.relation in ("employer", "recruiter"):
        return ("work", "any", "legal_aid")
    return _NEEDS.get(situation.material or "", _NEEDS["intimate"])


def _is_for(one: Record, needs: tuple[str, ...]) -> bool:
    """Says whether a helper is for this person: not one for work only, nor for a group she may not be of."""
    if "work" in one.covers and "work" not in needs:
        return False
    if one.who is None or one.who in _FOR_ANYBODY or (one.place is not None and needs[0] in one.covers):
        return True
    return one.who in (_FOR_THIS_NEED.get(need) for need in needs)


def _rank(one: Record, needs: tuple[str, ...], situation: Situation) -> tuple[bool, int, bool, bool, str]:
    need = min((needs.index(cover) for cover in one.covers if cover in needs), default=len(needs))
    speaks = bool(set(one.languages) & set(situation.languages))
    tells = one.police is not None and "passed to the police" in one.police
    return (tells, need, one.place is None, not speaks, one.slug)


def _price(found: Record | None) -> tuple[Words, ...]:
    """Gives what a call sets going: who is told, whether she needs a name."""
    if found is None:
        return ()
    told = (found.police, found.anonymous, *found.traps)
    return tuple(Words(one) for one in told if one)


def _why(found: Record | None) -> Words:
    if found is None:
        return words("Nobody has to do this alone. Choose who knows, and how much.")
    about = Words(found.about) if found.about else words("They know such cases.")
    if found.who:
        return words("{about} {who} You decide what you say.", about=about, who=Words(found.who))
    return words("{about} You decide what you say.", about=about)
