"""The form card: the recipient's own fields in order, what to paste into each, and what to leave empty."""

from dataclasses import dataclass, replace
from typing import Any

from amparo.claims.letters.elements import label
from amparo.claims.letters.shapes import Letter
from amparo.words import Words, words

# What a form field wants of an element is mostly the bare value, not the sentence of the letter.
BARE = {
    "who_i_am": "name",
    "contact": "email",
    "signature": "signature",
    "location": "places",
    "results_list": "places",
    "search_name": "search_names",
    "work": "work",
    "authority_to_act": "represents",
}


# Most forms ask for the links first, then why, then who asks, then what is declared and signed.
_ORDER = (
    "search_name", "location", "results_list", "identification", "work", "explanation", "request",
    "erasure_ground", "objection_grounds", "non_consent", "who_i_am", "contact", "my_link_to_it",
)  # fmt: skip
USUAL_ORDER = {element: place for place, element in enumerate(_ORDER)}


@dataclass(frozen=True)
class CardEntry:
    """One field. `value` None: choose or write it yourself. `choose`: the words to pick in the form."""

    label: str | Words
    value: str | None
    required: bool = False
    leave_empty: bool = False
    choose: bool = False


@dataclass(frozen=True)
class Card:
    """A form, field by field, with what to attach and how to keep proof that it went out.

    `known` False: their fields are not on record, so the elements are listed in the order most forms have;
    `grade` says how firm the fields are (primary, secondary, unchecked).
    """

    address: str | None
    entries: tuple[CardEntry, ...]
    known: bool
    note: Words
    grade: str = "unchecked"
    attach: tuple[str | Words, ...] = ()
    proof: tuple[str | Words, ...] = ()


def card(letter: Letter, channel: Any = None) -> Card:
    """Gives the card of a letter; where fields are not known, one entry per element and the whole text."""
    fields = tuple(getattr(channel, "fields", ()))
    made = Card(
        address=getattr(channel, "address", None) or letter.to,
        entries=_by_elements(letter),
        known=False,
        note=words("We do not know this form's fields yet. Take what fits."),
        attach=_attach(letter, channel),
        proof=(_KEEP_A_COPY, *(getattr(channel, "proof", ()) or (_KEEP_THE_ANSWER,))),
    )
    if not fields:
        return made
    entries = tuple(_entry(letter, field) for field in fields)
    known = replace(made, known=True, grade=getattr(channel, "fields_grade", None) or "unchecked")
    asked = {field.fill for field in fields if not field.leave_empty}
    if "letter" in asked or all(element.id in asked for element in letter.elements):
        return replace(known, entries=entries, note=_ONLY_THESE)
    whole = CardEntry(words("Any large field for text: the whole letter"), letter.body)
    return replace(known, entries=(*entries, whole), note=_PUT_THE_LETTER_IN)


def _attach(letter: Letter, channel: Any) -> tuple[str | Words, ...]:
    """Gives what goes with it: what they ask for, the mandate, else nothing; a document only when asked."""
    asked: tuple[str | Words, ...] = tuple(getattr(channel, "attach", ()))
    mandate = (words("The mandate, signed."),) if "mandate" in letter.encloses else ()
    return (*asked, *mandate) or (words("Nothing. No document of identity unless they ask for one."),)


_KEEP_A_COPY = words("Before you send it, keep a picture of the filled form, or print it to a file.")
_KEEP_THE_ANSWER = words("After sending, keep the page that confirms it, its number, and their mail.")

_ONLY_THESE = words("Fill in only these fields. Leave the others empty where you can.")
# A request that lacks an element the law wants starts no clock: the form alone does not carry them all.
_PUT_THE_LETTER_IN = words(
    "These fields do not hold all that the law wants. Put the whole letter into any large field. "
    "If there is none, send it another way too, or their time may not run."
)


def value_of(letter: Letter, fill: str) -> str | None:
    """Gives what a form field wants: an element's bare value or text, or a blank's value, or None."""
    values = letter.values or {}
    if fill in BARE:
        held = values.get(BARE[fill])
        return held.replace("- ", "", 1).replace("\n- ", "\n") if held and held.startswith("- ") else held
    said = [part.text for part in letter.parts if part.element == fill]
    return "\n\n".join(said) or values.get(fill)


def _entry(letter: Letter, field: Any) -> CardEntry:
    if field.leave_empty:
        return CardEntry(field.label, None, field.required, leave_empty=True)
    fill = field.fill
    if fill is None:
        return CardEntry(field.label, None, field.required)
    if fill == "letter":
        return CardEntry(field.label, letter.body, field.required)
    value = value_of(letter, fill)
    if value is None and not _is_id(fill):
        return CardEntry(field.label, fill, field.required, choose=True)
    return CardEntry(field.label, value, field.required)


def _is_id(fill: str) -> bool:
    return fill.isascii() and fill.islower() and " " not in fill


def _by_elements(letter: Letter) -> tuple[CardEntry, ...]:
    ordered = sorted(letter.elements, key=lambda one: USUAL_ORDER.get(one.id, len(USUAL_ORDER)))
    by_element = [
        CardEntry(label(element.id), value_of(letter, element.id), required=True) for element in ordered
    ]
    return (*by_element, CardEntry(words("The whole text, where a form has one large field"), letter.body))
