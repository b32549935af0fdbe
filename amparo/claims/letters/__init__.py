"""Letters as data: every required element is checked before anything goes out."""

from datetime import datetime

from amparo.claims.letters.choose import kind_of, language_for, own_rule_of, rule_of
from amparo.claims.letters.compose import write
from amparo.claims.letters.facts import acting, facts
from amparo.claims.letters.mandate import in_two_languages
from amparo.claims.letters.shapes import Element, Letter, Said, StepLike, ToFill
from amparo.claims.letters.texts import KINDS, LANGUAGES, REFUSALS, as_json, languages_of, schema, text
from amparo.errors import Refused
from amparo.law.situation import Situation
from amparo.words import words

__all__ = [
    "KINDS",
    "LANGUAGES",
    "REFUSALS",
    "Element",
    "Letter",
    "Said",
    "ToFill",
    "as_json",
    "language_for",
    "languages_of",
    "letter",
    "schema",
]


def letter(situation: Situation, step: StepLike, *, language: str | None = None, now: datetime) -> Letter:
    """Gives the letter of one step, in `language` or in one the recipient reads. Same facts, same text.

    Refused where there is no such letter or language. `missing` tells what keeps it from going out.
    """
    kind = kind_of(step)
    if kind not in KINDS:
        raise Refused(
            words("This step has no letter."),
            words("Follow what the step itself says, or choose another step."),
        )
    language = language or language_for(step, situation)
    if language not in languages_of(kind):
        raise Refused(
            words("There is no letter in this language yet."),
            words("Choose one of: {languages}.", languages=", ".join(languages_of(kind))),
        )
    if kind == "mandate":
        return in_two_languages(situation, step, language=language, now=now)
    return _one(situation, step, kind, language, now)


def _one(situation: Situation, step: StepLike, kind: str, language: str, now: datetime) -> Letter:
    rule, written_text = rule_of(step), text(kind, language)
    asked_by_law = rule.request_elements if rule and step.letter == rule.letter else ()
    required = tuple(dict.fromkeys((*asked_by_law, *written_text.requires)))
    if acting(situation) == "for_other" and not step.own_signature:
        required = tuple(dict.fromkeys((*required, "authority_to_act")))
    known = facts(
        situation,
        step,
        rule=rule,
        own_rule=own_rule_of(step, situation.material),
        language=language,
        asks=frozenset(required),
        now=now,
    )
    written = write(written_text, known, required=required)
    return Letter(
        kind=kind,
        language=language,
        subject=written.subject,
        to=getattr(step.channel, "address", None),
        body=written.body,
        elements=written.elements,
        missing=written.missing,
        reviewed=written_text.reviewed_by is not None,
        to_fill=written.to_fill,
        parts=written.parts,
        values=known.blanks,
        own_signature=step.own_signature,
        encloses=("mandate",) if "authority_to_act" in required and acting(situation) == "for_other" else (),
        version=written_text.version,
    )
