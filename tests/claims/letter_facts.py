"""One full situation and the steps that letters are written for."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from amparo.claims.plan import Recipient
from amparo.law import rules
from amparo.law.situation import Decision, Sender, Situation

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
PLACES = ("https://tube.example.com/view?v=1&t=2", "https://tube.example.com/b/äö")

FULL = Situation(
    places=PLACES,
    material="intimate",
    role="shown",
    lives_in="FR",
    consent="withdrawn",
    extent="parts",
    search_names=("Ana Pérez", "Ana P."),
    describe="a video of two minutes, a person with blue hair",
    languages=("es", "fr"),
    sender=Sender(
        name="Ana Pérez",
        email="ana@example.org",
        post="1 rue X, 75001 Paris",
        phone="+33 1 00 00 00 00",
        signature="Ana Pérez",
        good_faith=True,
    ),
    decision=Decision(on=date(2026, 11, 1), reference="R-77", ground="nudity"),
    blanks={
        "first_request_on": "2026-10-01",
        "first_recipient": "Tube Ltd",
        "what_was_asked": "a copy of a passport",
        "perjury": "yes",
        "work": "the video “Blue”, made by me in 2024",
    },
)
BY_ORGANISATION = replace(
    FULL,
    role="representative",
    name_style="organisation",
    sender=Sender(
        kind="organisation",
        organisation="Casa Azul",
        email="casa@example.org",
        represents="Ana Pérez",
        mandate_until=date(2027, 3, 1),
        signature="L. Ruiz",
        good_faith=True,
    ),
)


@dataclass(frozen=True)
class Step:
    """A step of a plan, as far as letters look at it."""

    letter: str | None
    rule: str | None = None
    recipient: Recipient = Recipient(None, "Tube Ltd", "controller")  # noqa: RUF009  frozen
    channel: Any = None
    places: tuple[str, ...] = PLACES
    own_signature: bool = False


def step_of(rule: str, **changes: Any) -> Step:
    return Step(letter=rules.rule(rule).letter, rule=rule, **changes)


def mail_to(address: str, **changes: Any) -> Any:
    return SimpleNamespace(kind="mail", address=address, languages=(), fields=(), **changes)
