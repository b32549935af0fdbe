"""What a plan is made of: steps in their order, and the rights that do not fit with the reason."""

from dataclasses import dataclass

from amparo.directory.record import Channel
from amparo.law.periods import Due
from amparo.law.rules import Rule
from amparo.words import Words

# When a step is for. Within a phase the fastest and strongest comes first.
PHASES = ("first", "now", "around", "later", "if_needed", "choice", "talk")


@dataclass(frozen=True)
class Recipient:
    """Whom a step addresses: the directory's slug where there is a record, the name, the role.

    `label` is the name as Words where it is no proper name ("the police").
    """

    slug: str | None
    name: str
    role: str
    label: Words | None = None


@dataclass(frozen=True)
class Learnt:
    """How it is known whom a step addresses: the register that was asked, and when (ISO 8601)."""

    source: str
    at: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step. `due` is reckoned as if the request were received now; None where the law gives no date.

    `does` says the step in one sentence, `why` why it stands here. `price` is everything it costs her;
    `chosen` is False where that is more than her name shown to the recipient, or where another step comes
    first. `letter` is the kind of letter, None where there is none to send. `phase` is one of PHASES.
    """

    order: int = 0
    recipient: Recipient
    right: str
    rule: str | None = None
    letter: str | None = None
    channel: Channel | None = None
    places: tuple[str, ...] = ()
    due: Due | None = None
    does: Words
    why: Words
    price: tuple[Words, ...] = ()
    chosen: bool = True
    own_signature: bool = False
    needs_mandate: bool = False
    phase: str = "now"
    strength: int = 500
    learnt: Learnt | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Gives what no two steps of a plan share: recipient and right.

        A person's name is not in it: it is typed while the letter is open, and the step stays the same one.
        """
        who = self.recipient
        return (who.slug or (who.role if who.role == "person" else who.name), self.right)


@dataclass(frozen=True)
class NotRight:
    """A right that is no step here, and why. `rule` is None where no law stands behind it."""

    right: str
    why: Words
    rule: Rule | None = None


@dataclass(frozen=True)
class Plan:
    """The steps in order, never empty; the rights that do not fit, and why; whether the path is protected.

    `further` are her rights before an authority or a court: told, never a step.
    """

    steps: tuple[Step, ...]
    not_: tuple[NotRight, ...]
    protected: bool = False
    further: tuple[Rule, ...] = ()
