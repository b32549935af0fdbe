"""A situation as JSON ↔ as the plan reads it. An unknown field or value is named, with its near names."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from amparo.claims import intake, links
from amparo.errors import WrongUse
from amparo.law.situation import Carrier, Decision, Sender, Situation
from amparo.words import Words, words

YEARS = range(1900, 2201)
_SEE_EXAMPLE = words("`amparo plan --example` shows a valid file, `amparo plan --schema` every field.")


@cache
def schema() -> dict[str, Any]:
    """Gives the JSON Schema (2020-12) of a situation."""
    read: dict[str, Any] = json.loads(
        Path(__file__).with_name("situation.schema.json").read_text(encoding="utf-8")
    )
    return read


def example() -> dict[str, Any]:
    """Gives a valid situation that uses the common fields."""
    return {
        "places": [
            "https://www.pornhub.com/view_video.php?viewkey=ph5f0c1a2b3c4d5",
            "https://www.reddit.com/r/example/comments/abc123/",
        ],
        "material": "intimate",
        "role": "shown",
        "lives_in": "FR",
        "consent": "never",
        "shown_under_18": "no",
        "published": "yes",
        "name_style": "legal",
        "languages": ["fr", "en"],
        "extent": "whole",
        "sender": {"kind": "person", "name": "A. Name", "email": "a.name@example.org", "good_faith": True},
    }


def parse(untrusted: object) -> Situation:
    """Gives the Situation a JSON value describes; places in one spelling, once each.

    Raises WrongUse that names the field, what it may hold, and the next step.
    """
    _speakable(untrusted)
    problem = min(_validator().iter_errors(untrusted), key=_most_helpful, default=None)
    if problem is not None:
        raise _wrong(problem)
    given = {name: value for name, value in cast(dict[str, Any], untrusted).items() if value is not None}
    given["places"] = _places(given.get("places", ()))
    for name in ("languages", "search_names"):
        given[name] = tuple(given.get(name, ()))
    if "lives_in" in given:
        given["lives_in"] = _place_code(given["lives_in"])
    given["sender"] = Sender(**_dated(given.get("sender", {}), "sender", "mandate_until"))
    given["carriers"] = tuple(Carrier(**one) for one in given.get("carriers", ()))
    if "decision" in given:
        given["decision"] = Decision(**_dated(given["decision"], "decision", "on"))
    return Situation(**given)


def near_day(text: str) -> date:
    """Gives the day an ISO text names. ValueError for none, and for one no period could be reckoned from."""
    day = date.fromisoformat(text)
    if day.year not in YEARS:
        raise ValueError(day.year)
    return day


def _speakable(untrusted: object) -> None:
    """Refuses half a sign: JSON can hold one (a lone surrogate), no page, letter or file can."""
    try:
        json.dumps(untrusted, ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError):
        raise WrongUse(
            words("The situation holds a sign that cannot be written."),
            words("Take out what looks like \\ud800 and try again."),
        ) from None
    except (TypeError, ValueError):
        return  # no JSON at all: the schema names it


def to_dict(situation: Situation) -> dict[str, Any]:
    """Gives the JSON value `parse` reads back to the same situation; what is not known is left out."""
    return _compact(situation)


def _compact(known: Situation | Sender | Decision | Carrier) -> dict[str, Any]:
    held: dict[str, Any] = {}
    for one in fields(known):
        value = getattr(known, one.name)
        if value is None or value == () or value == {}:
            continue
        if isinstance(value, Sender | Decision):
            value = _compact(value)
        elif isinstance(value, date):
            value = value.isoformat()
        elif isinstance(value, tuple):
            value = [_compact(one) if isinstance(one, Carrier) else one for one in value]
        elif isinstance(value, Mapping):
            value = dict(value)
        if value != {}:
            held[one.name] = value
    return held


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema())


def _most_helpful(problem: ValidationError) -> tuple[bool, int]:
    """Ranks what to say first: a field by its name before what is missing as a whole, the deepest first."""
    return problem.validator == "anyOf", -len(problem.absolute_path)


def _places(given: Iterable[str]) -> tuple[str, ...]:
    """Gives the places in one spelling; a repeat is folded, what is no place is named by its number."""
    found: dict[str, str] = {}
    for number, text in enumerate(given, 1):
        place = intake.read_place(text)
        if place is None:
            raise WrongUse(
                words("Place {number} is not an address: “{text}”.", number=number, text=text[:80]),
                words("Give a web address (https://…) or a mail address, one per place."),
            )
        found.setdefault(links.same_item(place), place)
    return tuple(found.values())


def _place_code(code: str) -> str:
    """Gives ISO 3166; `UK` is what people write for GB."""
    return "GB" + code[2:].upper() if code[:2].upper() == "UK" else code.upper()


def _dated(given: Mapping[str, Any], field: str, name: str) -> dict[str, Any]:
    held = {key: value for key, value in given.items() if value is not None}
    if name in held:
        try:
            held[name] = near_day(held[name])
        except ValueError:
            raise WrongUse(
                words("“{text}” in {field} is not a day.", text=held[name], field=f"{field}.{name}"),
                words("Write it like 2026-11-23."),
            ) from None
    return held


def _wrong(problem: ValidationError) -> WrongUse:
    """Gives the one thing to repair first, in words."""
    where = ".".join(str(step) for step in problem.absolute_path) or words("the situation")
    tell = {
        "additionalProperties": _unknown_field,
        "enum": _unknown_value,
        "anyOf": _nothing_to_act_on,
        "pattern": _wrong_form,
    }.get(str(problem.validator), _wrong_shape)
    return tell(problem, where)


def _unknown_field(problem: ValidationError, where: Words | str) -> WrongUse:
    known = list(_rule_of(problem).get("properties", {}))
    name = next((name for name in _held_by(problem) if name not in known), "")
    if not known:  # a blank's value
        return _wrong_shape(problem, where)
    near = get_close_matches(name.lower(), known, n=2, cutoff=0.5)
    what = words("There is no field “{name}” in {where}.", name=name[:80], where=where)
    if near:
        return WrongUse(what, words("Did you mean {near}? {see}", near=_or(near), see=_SEE_EXAMPLE))
    return WrongUse(what, words("Take it out, or use one of: {known}.", known=", ".join(known)))


def _unknown_value(problem: ValidationError, where: Words | str) -> WrongUse:
    known = [str(value) for value in _rule_of(problem)["enum"] if value is not None]
    near = get_close_matches(str(problem.instance).lower(), known, n=2, cutoff=0.5)
    what = words("“{value}” is not a value of {where}.", value=str(problem.instance)[:80], where=where)
    if near:
        return WrongUse(
            what, words("Did you mean {near}? All values: {known}.", near=_or(near), known=", ".join(known))
        )
    return WrongUse(what, words("Use one of: {known}.", known=", ".join(known)))


def _nothing_to_act_on(problem: ValidationError, where: Words | str) -> WrongUse:
    return WrongUse(
        words("The situation has no places, and does not say that nothing is online."),
        words("Add places, or set published to threatened (a threat) or unknown (something you were told)."),
    )


def _wrong_form(problem: ValidationError, where: Words | str) -> WrongUse:
    what = words("“{value}” has not the form of {where}.", value=str(problem.instance)[:80], where=where)
    hints = {
        "lives_in": words("Use the code of the country or region, like ES, GB-SCT or US-CA."),
        "sender.email": words("Write a mail address, like name@example.org."),
    }
    return WrongUse(what, hints.get(str(where), _SEE_EXAMPLE))


def _wrong_shape(problem: ValidationError, where: Words | str) -> WrongUse:
    if problem.validator in ("maxItems", "maxLength", "maxProperties"):
        return WrongUse(
            words(
                "{where} holds more than we handle: at most {most}.",
                where=where,
                most=problem.validator_value,
            ),
            words("Make several situations of it. Nothing is lost."),
        )
    if problem.validator == "type":
        names = _rule_of(problem)["type"]
        kind = names if isinstance(names, str) else " / ".join(name for name in names if name != "null")
        return WrongUse(words("{where} must be: {kind}.", where=where, kind=kind), _SEE_EXAMPLE)
    return WrongUse(words("{where} is not as it can be.", where=where), _SEE_EXAMPLE)


def _rule_of(problem: ValidationError) -> Mapping[str, Any]:
    """Gives the part of the schema that was broken."""
    return cast(Mapping[str, Any], problem.schema)


def _held_by(problem: ValidationError) -> Mapping[str, Any]:
    return cast(Mapping[str, Any], problem.instance)


def _or(names: list[str]) -> str:
    return " / ".join(names)
