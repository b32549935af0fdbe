"""Look again: what an address shows now, by her word or by what she pastes. Nothing is fetched."""

import re
from dataclasses import dataclass
from typing import Literal

from amparo.claims import intake, links
from amparo.words import Words, words

State = Literal[
    "removed",
    "soft_404",
    "geo_blocked",
    "login_wall",
    "delisted",
    "thumbnail_left",
    "archived_copy",
    "there",
    "came_back",
    "unclear",
]
GONE = frozenset({"removed", "soft_404"})
HIDDEN = frozenset({"geo_blocked", "login_wall", "delisted", "thumbnail_left", "archived_copy"})


@dataclass(frozen=True)
class Meaning:
    """One state in words: what it is, and what it means for her."""

    state: State
    says: Words
    means: Words


STATES: dict[str, Meaning] = {
    one.state: one
    for one in (
        Meaning("removed", words("Gone"), words("The page is gone. Look once more in a week.")),
        Meaning(
            "soft_404",
            words("Gone, by its own words"),
            words("The page opens and says it was removed. That counts. Look once more in a week."),
        ),
        Meaning(
            "geo_blocked",
            words("Hidden in this country only"),
            words("It can still be seen elsewhere. The request is not fulfilled."),
        ),
        Meaning(
            "login_wall",
            words("Behind a login"),
            words("We cannot tell. It may still be there for people with an account."),
        ),
        Meaning(
            "delisted",
            words("Gone from search only"),
            words("Searching your name no longer leads there. The page itself is still up."),
        ),
        Meaning(
            "thumbnail_left",
            words("A small picture is left"),
            words("The page is gone, but a preview remains. Ask for the preview too."),
        ),
        Meaning(
            "archived_copy",
            words("A stored copy is left"),
            words("The page is gone, but an archive or cache still shows it. Ask the archive too."),
        ),
        Meaning("there", words("Still there"), words("Nothing has changed yet.")),
        Meaning(
            "came_back",
            words("Came back"),
            words("It was gone and is online again. The request can be sent anew."),
        ),
        Meaning(
            "unclear",
            words("Not clear"),
            words("What you pasted does not show it. Tell us what you see."),
        ),
    )
}

# What pages say, in the languages of the sites that carry most of this. Read in this order.
_SIGNS: tuple[tuple[State, re.Pattern[str]], ...] = (
    (
        "geo_blocked",
        re.compile(
            r"(?:not|isn.t|un)\s?available in your (?:country|region|location)"
            r"|blocked in your (?:country|region)|\b451\b|unavailable for legal reasons|withheld in"
            r"|pas disponible dans votre (?:pays|région)"
            r"|no (?:está )?disponible en (?:tu|su) (?:país|región)",
            re.I,
        ),
    ),
    (
        "login_wall",
        re.compile(
            r"(?:log|sign) ?in to (?:continue|see|view|watch)|you must (?:log|sign) ?in"
            r"|this account is private|connectez-vous pour|inicia sesión para|members only",
            re.I,
        ),
    ),
    (
        "soft_404",
        re.compile(
            r"(?:video|page|post|image|photo|file|album|content|account|profile|gallery|thread|tweet|message)s?"
            r" (?:has|have|was|were|is|are|does|do)(?:n.t| not)? ?(?:been )?(?:no longer )?"
            r"(?:removed|deleted|taken down|disabled|unavailable|available|found|exist)"
            r"|(?:has|have) been (?:removed|deleted|taken down)|no longer (?:available|exists)"
            r"|nothing to see here|(?:page|file|video) not found"
            r"|a (?:été|ete) (?:supprim|retir)|n.existe plus|n.est plus disponible"
            r"|ha sido (?:eliminad|retirad|borrad)|ya no (?:existe|está disponible)"
            r"|تمت? (?:إزالة|حذف)|لم يعد متاح",
            re.I,
        ),
    ),
    (
        "removed",
        re.compile(
            r"\b(?:404|410)\b|err_name_not_resolved|nxdomain|server not found|domain is for sale", re.I
        ),
    ),
)


def read(untrusted_pasted: str) -> State:
    """Gives the state that a page's own words tell (text or title, pasted), else "unclear".

    Only a proposal: she confirms it before it is written down.
    """
    text = untrusted_pasted[:200_000]
    return next((state for state, sign in _SIGNS if sign.search(text)), "unclear")


def read_results(untrusted_pasted: str, places: tuple[str, ...]) -> dict[str, State]:
    """Gives which places pasted search results still show (there) and which they do not (delisted)."""
    shown = {links.same_item(link.url) for link in intake.read_places(untrusted_pasted).links}
    return {
        place: "there" if links.same_item(place) in shown else "delisted"
        for place in places
        if "@" not in place.partition("/")[0]
    }


def settled(before: str | None, now: str) -> str:
    """Gives the state to write down: what was gone and is there again came back."""
    return "came_back" if now == "there" and before in GONE else now
