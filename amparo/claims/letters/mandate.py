"""The mandate: one page in two languages, the recipient's and that of the person who signs it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from amparo.claims.letters.choose import record_of
from amparo.claims.letters.compose import Written, write
from amparo.claims.letters.facts import facts
from amparo.claims.letters.shapes import Letter, StepLike
from amparo.claims.letters.texts import languages_of, text
from amparo.directory.authorities import authority
from amparo.law.situation import Situation

ONE_YEAR = timedelta(days=365)
RULE_BETWEEN = "\n\n* * *\n\n"


def in_two_languages(situation: Situation, step: StepLike, *, language: str, now: datetime) -> Letter:
    """Gives the mandate in `language` and in the signer's own, or in a second one both may read."""
    other = second_language(situation, step, language)
    situation = with_an_end(situation, now.date())
    first, second = (_written(situation, step, one, now) for one in (language, other))
    return Letter(
        kind="mandate",
        language=language,
        other_language=other,
        subject=first.subject,
        to=None,
        body=first.body + RULE_BETWEEN + second.body,
        elements=first.elements,
        missing=tuple(dict.fromkeys((*first.missing, *second.missing))),
        reviewed=text("mandate", language).reviewed_by is not None
        and text("mandate", other).reviewed_by is not None,
        to_fill=first.to_fill,
        parts=(*first.parts, *second.parts),
        own_signature=True,
        version=text("mandate", language).version,
    )


def second_language(situation: Situation, step: StepLike, language: str) -> str:
    """Gives another language than the first: hers, else the recipient's or her authority's, else English."""
    hers = [one.split("-")[0] for one in situation.languages]
    theirs = [one.split("-")[0].lower() for one in _read_there(situation, step)]
    written = languages_of("mandate")
    return next(one for one in (*hers, *theirs, "en", "fr") if one in written and one != language)


def _read_there(situation: Situation, step: StepLike) -> tuple[str, ...]:
    """Gives what the recipient reads, then what the data authority of her place reads."""
    recipient = record_of(step)
    overseer = authority("gdpr", situation.lives_in) if situation.lives_in else None
    return tuple(one for record in (recipient, overseer) if record for one in record.languages)


def with_an_end(situation: Situation, today: date) -> Situation:
    """Gives the situation with a last day for the new mandate: hers if still to come, else in a year."""
    wanted = _day(situation.blanks.get("mandate_wanted_until")) or situation.sender.mandate_until
    if wanted is None or wanted <= today:
        wanted = today + ONE_YEAR
    return replace(situation, sender=replace(situation.sender, mandate_until=wanted))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _written(situation: Situation, step: StepLike, language: str, now: datetime) -> Written:
    words_of_it = text("mandate", language)
    known = facts(
        situation,
        step,
        rule=None,
        own_rule=None,
        language=language,
        asks=frozenset(words_of_it.requires),
        now=now,
    )
    return write(words_of_it, known, required=words_of_it.requires)
