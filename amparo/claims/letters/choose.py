"""What stands behind a step: its rule, its recipient's record, the language the recipient reads."""

from typing import cast

from amparo.claims.letters.shapes import RuleLike, StepLike
from amparo.claims.letters.texts import ALIASES, VARIANTS, languages_of
from amparo.directory import records
from amparo.directory.record import Record
from amparo.law import rules
from amparo.law.situation import Situation


def kind_of(step: StepLike) -> str:
    """Gives the kind of letter that fits the step's right; empty where the step has no letter."""
    kind = ALIASES.get(step.letter or "", step.letter or "")
    rule = rule_of(step)
    if rule is None:
        return kind
    return VARIANTS.get((kind, rule.right)) or VARIANTS.get((kind, rule.instrument)) or kind


def rule_of(step: StepLike) -> RuleLike | None:
    """Gives the step's rule; None where no law stands behind it."""
    return cast(RuleLike, rules.rule(step.rule)) if step.rule else None


def record_of(step: StepLike) -> Record | None:
    """Gives the recipient's record, if the directory has one."""
    slug = step.recipient.slug
    return records.records().get(slug) if slug else None


def language_for(step: StepLike, situation: Situation) -> str:
    """Gives hers where the recipient reads it, else English where they do, else theirs, else English."""
    record = record_of(step)
    reads = tuple(getattr(step.channel, "languages", ())) or (record.languages if record else ())
    written = languages_of(kind_of(step)) or ("en",)
    theirs = [language for language in map(_short, reads) if language in written]
    hers = [language for language in map(_short, situation.languages) if language in theirs]
    if hers:
        return hers[0]
    return "en" if "en" in theirs or not theirs else theirs[0]


def own_rule_of(step: StepLike, material: str | None) -> str | None:
    """Gives the address of the recipient's published rule for this material, else of its first rule."""
    record = record_of(step)
    if record is None or not record.own_rules:
        return None
    fitting = [rule for rule in record.own_rules if not rule.about or material in rule.about]
    return (fitting or list(record.own_rules))[0].source


def _short(language: str) -> str:
    return language.split("-")[0].lower()
