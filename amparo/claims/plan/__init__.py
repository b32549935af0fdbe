"""One situation → the ordered steps: whom to ask, by which right, until when, at what price. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from amparo.claims.plan import parties, paths, requests, routes, talk, unfit
from amparo.claims.plan.mandate import with_mandate
from amparo.claims.plan.routes import Outlook
from amparo.claims.plan.step import PHASES, NotRight, Plan, Recipient, Step
from amparo.directory.lookup import Found
from amparo.law.situation import Situation

__all__ = ["PHASES", "NotRight", "Plan", "Recipient", "Step", "plan"]


def plan(situation: Situation, *, now: datetime) -> Plan:
    """Gives the steps in order: fastest and strongest first, each recipient and right once, never empty.

    Under 18 or not sure gives the protected plan: addresses only, and the ways made for such pictures. A
    skipped age question counts as not asked yet: requests need only addresses and stay; what needs a picture
    waits.
    Raises Refused for a place that is no public address.
    """
    known = routes.outlook(situation, now)
    found = parties.look_up(situation.places)
    protected = situation.shown_under_18 in ("yes", "not_sure")
    steps = paths.protected(known, found) if protected else _open(known, found)
    steps += [] if protected else _left_out(known, found, steps)
    ordered = with_mandate(known, _ordered([*steps, talk.helper(situation)]))
    further = () if protected else unfit.further(known, ordered)
    return Plan(ordered, unfit.not_rights(known, found, ordered), protected, further)


def _open(known: Outlook, found: tuple[Found, ...]) -> list[Step]:
    situation = known.situation
    if situation.published == "threatened":
        return paths.threat(known, found)
    about_account = situation.role == "account_holder" or situation.material == "account"
    if about_account and not (situation.material == "personal_data" and paths.asks_what_is_held(situation)):
        return paths.removed_account(known, found)
    if situation.published == "unknown":
        return paths.heard_of(known, found)
    if paths.asks_what_is_held(situation):
        return requests.access_first(known, found)
    return [*requests.requests(known, found), *paths.block_before_posting(situation)]


def _left_out(known: Outlook, found: tuple[Found, ...], steps: list[Step]) -> list[Step]:
    """Gives a step under their own rules for each place that no right reached; chosen unless she agrees."""
    held = {place for step in steps for place in step.places}
    left = [one for one in found if one.url not in held]
    return [routes.own_rules(known, site) for site in parties.sites(left, known.situation, with_engines=True)]


def _ordered(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Gives the steps by phase, then by strength, then by how many places they cover; no two alike."""
    once: dict[tuple[str, str], Step] = {}
    for step in steps:
        key = step.key if step.right != "advice" else (str(step.does), "advice")
        once.setdefault(key, step)
    ranked = sorted(
        once.values(), key=lambda step: (PHASES.index(step.phase), step.strength, -len(step.places))
    )
    return tuple(replace(step, order=number) for number, step in enumerate(ranked, 1))
