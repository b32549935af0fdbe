"""The few questions, six at most: each says why it is asked, what it changes, and can be skipped."""

from dataclasses import dataclass

from amparo.law.situation import Situation
from amparo.words import Words, words

MOST = 6
SKIP = words("Skip")


@dataclass(frozen=True)
class Choice:
    """One answer: the field's value, and how a person says it."""

    value: str
    says: Words


@dataclass(frozen=True)
class Question:
    """One question: `field` of the situation, what is asked, why, what it changes. Skip is always there.

    `form` is "choice", "country" (ISO 3166-1 or -2) or "date".
    """

    field: str
    asks: Words
    why: Words
    changes: Words
    choices: tuple[Choice, ...] = ()
    form: str = "choice"


def questions(known: Situation) -> tuple[Question, ...]:
    """Gives the questions still worth asking, most important first, at most six; none is asked twice.

    Age comes first and alone decides the path: nothing else is needed for the protected one.
    """
    if known.shown_under_18 in ("yes", "not_sure"):
        return (LIVES_IN,) if known.lives_in is None else ()
    open_now = [question for question, wanted in _in_order(known) if wanted]
    return tuple(open_now[:MOST])


def _in_order(known: Situation) -> list[tuple[Question, bool]]:
    pictures = known.material in (None, "intimate", "intimate_synthetic", "sexual_work")
    for_her = known.role not in ("account_holder", "worker")
    return [
        (UNDER_18, known.shown_under_18 == "skip" and pictures and for_her),
        (MATERIAL, known.material is None),
        (ROLE, known.role is None),
        (CONSENT, known.consent == "skip" and pictures and for_her and known.role != "author"),
        (LIVES_IN, known.lives_in is None),
        (RELATION, known.role == "worker" and known.relation is None),
        (DECISION, known.role == "account_holder" and (known.decision is None or known.decision.on is None)),
        (EXTENT, known.extent == "skip" and pictures and for_her and known.published == "yes"),
    ]


UNDER_18 = Question(
    "shown_under_18",
    words("Was anybody in the picture under 18 when it was made?"),
    words("There are faster ways for such pictures, and copying them can be a crime for anyone."),
    words("If yes, or if you are not sure, we keep only the address and never read the picture."),
    (
        Choice("no", words("No, everybody was 18 or older")),
        Choice("not_sure", words("I am not sure")),
        Choice("yes", words("Yes")),
    ),
)
MATERIAL = Question(
    "material",
    words("What is it?"),
    words("Each kind has its own rights and its own door at the site."),
    words("It decides which requests are offered and which comes first."),
    (
        Choice("intimate", words("An intimate picture or video of me, not meant to be public")),
        Choice("intimate_synthetic", words("An intimate picture that was faked or changed")),
        Choice("sexual_work", words("Pictures or videos from sexual work or performing")),
        Choice("personal_data", words("My name, address, documents or other data")),
        Choice("account", words("My account or my own posts were taken down")),
    ),
)
ROLE = Question(
    "role",
    words("Who are you to it?"),
    words("Some rights belong to who is shown, others to who made it or holds the account."),
    words("It decides who signs, and whether a mandate is needed."),
    (
        Choice("shown", words("I am shown, or it is about me")),
        Choice("author", words("I took the picture or made the video")),
        Choice("account_holder", words("It is my account")),
        Choice("worker", words("I work or worked there, or applied for work")),
        Choice("representative", words("I act for somebody else")),
    ),
)
CONSENT = Question(
    "consent",
    words("Did you agree to it being shown?"),
    words("Some laws ask whether you agreed. You may change your mind at any time."),
    words("It decides which reason the request gives. You never have to tell the story."),
    (
        Choice("never", words("No, never")),
        Choice("withdrawn", words("I did, and I take it back")),
        Choice("forced", words("I had no free choice")),
        Choice("given", words("Yes, and I still do")),
    ),
)
LIVES_IN = Question(
    "lives_in",
    words("Which country do you live in?"),
    words("Some rights depend on where you live. We never ask for nationality or papers."),
    words("It adds the rights of that country, its authority, and people to talk to there."),
    form="country",
)
RELATION = Question(
    "relation",
    words("Who holds the data?"),
    words("The request is addressed to them in the way that fits."),
    words("It decides what the letter asks for and what it never mentions."),
    (
        Choice("employer", words("Somebody I work or worked for")),
        Choice("recruiter", words("A recruiter or an agency")),
        Choice("platform", words("A site or an app")),
        Choice("controller", words("Another company or organisation")),
    ),
)
DECISION = Question(
    "decision.on",
    words("On which day were you told of the decision?"),
    words("You may complain for six months from that day."),
    words("It gives the last day you can act."),
    form="date",
)
EXTENT = Question(
    "extent",
    words("Should all of it go, or only the parts that show you?"),
    words("Other people may be shown too, and may want to keep theirs."),
    words("It decides what the request asks for."),
    (
        Choice("whole", words("All of it")),
        Choice("parts", words("Only the parts that show me")),
    ),
)
