"""The form card: the recipient's own fields in order, what to paste into each, and what to leave empty."""

from dataclasses import dataclass
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
    """A form, field by field. `known` False: their fields are not on record, so the elements are listed."""

    address: str | None
    entries: tuple[CardEntry, ...]
    known: bool
    note: Words


def card(letter: Letter, channel: Any = None) -> Card:
    """Gives the card of a letter; where fields are not known, one entry per element and the whole text."""
    fields = tuple(getattr(channel, "fields", ()))
    address = getattr(channel, "address", None) or letter.to
    if not fields:
        return Card(
            address,
            _by_elements(letter),
            False,
            words("We do not know this form's fields yet. Take what fits."),
        )
    entries = tuple(_entry(letter, field) for field in fields)
    asked = {field.fill for field in fields if not field.leave_empty}
    if "letter" in asked or all(element.id in asked for element in letter.elements):
        return Card(address, entries, True, _ONLY_THESE)
    whole = CardEntry(words("Any large field for text: the whole letter"), letter.body)
    return Card(address, (*entries, whole), True, _PUT_THE_LETTER_IN)


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
    by_element = [
        CardEntry(label(element.id), value_of(letter, element.id), required=True)
        for element in letter.elements
    ]
    return (*by_element, CardEntry(words("The whole text, where a form has one large field"), letter.body))
