"""What a step costs her, in words: to whom her name is shown, what she signs, what may be asked."""

from collections.abc import Iterable

from amparo.law.situation import Situation
from amparo.words import Words, words

LARGE_BATCH = 20
_BODIES = ("organisation", "trusted_flagger")
# What does not keep a step from being chosen: her name goes to the recipient of any request.
MILD = frozenset({"name_to_recipient", "no_clock", "batch_risk", "europe_only"})


def prices(codes: Iterable[str], situation: Situation, *, to: str, places: int) -> tuple[Words, ...]:
    """Gives the price of a request in words, the lightest first."""
    held = set(codes)
    said = [_SAID[code] for code in _SAID if code in held]
    if "name_to_recipient" in held:
        said.insert(0, shown_name(situation, to))
    if places >= LARGE_BATCH and "batch_risk" in held:
        said.append(batch_risk(places))
    return tuple(said)


def is_mild(codes: Iterable[str]) -> bool:
    """Says whether the price is no more than her name shown to the recipient."""
    return MILD.issuperset(codes)


def shown_name(situation: Situation, to: str) -> Words:
    """Gives who sees which name, by how she chose to appear."""
    by_body = situation.name_style == "organisation" or situation.sender.kind in _BODIES
    if situation.sender.represents or situation.role == "representative":
        if by_body:
            return words("{to} sees the names of the organisation and of the person it acts for.", to=to)
        return words("{to} sees your name, your mail address, and the name of the person you act for.", to=to)
    if by_body:
        return words("{to} sees the name of the organisation, not yours.", to=to)
    if situation.name_style == "stage":
        return words("{to} sees your stage name and the mail address you write from.", to=to)
    return words("{to} sees your name and the mail address you write from.", to=to)


def batch_risk(places: int) -> Words:
    """Gives the risk of many addresses in one notice (DSA 23: who often sends unfounded ones is paused)."""
    return words(
        "It lists {n} addresses at once. Check each: many unfounded ones can get the sender paused.", n=places
    )


HER_OWN_SIGNATURE = words("The person shown signs this one herself. It is made ready for her to send.")
SECOND_REQUEST = words("It is a second request to the same place. Wait for the first if you can.")
PASSED_ON = words("They may pass your report, with your name, to whoever runs the site.")
PRESSES_ALL = words("It presses the whole site, not only this page. Others may earn their living there.")
POLICE = words("They may ask for your name and papers, and may go on even if you later want to stop.")
TAKES_BACK = words("It takes back your agreement to it being there.")
NEEDS_NAME = words("They need the name that people search. Add it first, if you wish.")

_SAID = {
    "no_clock": words("The law gives them no fixed time. We suggest when to ask again."),
    "europe_only": words("It is taken out for searches made in Europe, not everywhere."),
    "identity_document": words("They may ask for an identity document. You need not send it at once."),
    "fee": words("It can cost a fee. Ask before you agree."),
    "name_to_uploader": words("Your name and contact may be handed to who uploaded it, and published."),
    "perjury": words("You sign under penalty of perjury that you hold the rights."),
}
