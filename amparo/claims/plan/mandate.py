"""Acting for somebody: the mandate comes first, and nothing that needs it goes out without it."""

from dataclasses import replace

from amparo.claims.plan.routes import Outlook
from amparo.claims.plan.step import Recipient, Step
from amparo.words import words


def with_mandate(known: Outlook, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Gives the steps with the mandate before them, where one is needed and none stands yet."""
    if not known.acts_for_other or stands(known) or not any(step.needs_mandate for step in steps):
        return steps
    return tuple(
        replace(step, order=number) for number, step in enumerate((_mandate(known, steps), *steps), 1)
    )


def stands(known: Outlook) -> bool:
    """Says whether a mandate is there and has not ended today."""
    until = known.situation.sender.mandate_until
    return until is not None and until >= known.now.date()


def _mandate(known: Outlook, steps: tuple[Step, ...]) -> Step:
    label = words("the person you act for")
    name = known.situation.sender.represents or str(label)
    ended = known.situation.sender.mandate_until
    why = (
        words("The mandate ended on {day}. A new one is needed before requests go out.", day=ended)
        if ended
        else words("She says what you may do for her, until when, and how she takes it back. One page.")
    )
    return Step(
        recipient=Recipient(None, name, "person", label if name == str(label) else None),
        right="mandate",
        letter="mandate",
        places=tuple(dict.fromkeys(place for step in steps if step.needs_mandate for place in step.places)),
        does=words("Let {name} sign a mandate.", name=label if name == str(label) else name),
        why=why,
        phase="first",
        strength=0,
    )
