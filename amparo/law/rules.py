"""What the law gives, as data: one YAML file per rule under law/rules, read once and never changed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache, cached_property, lru_cache
from types import MappingProxyType
from typing import Any

from amparo.errors import Refused
from amparo.law.addressee import PUBLIC_BODIES
from amparo.law.clocks import Clock, clock_of
from amparo.law.conditions import Condition, Reach, condition_of, reach_of
from amparo.law.data_files import ROOM, data, rule_files
from amparo.law.places import law_of
from amparo.law.sources import Source, lowest, source_of
from amparo.words import Words, words

__all__ = ["Clock", "Limit", "Rule", "Source", "as_json", "find", "rule", "rules", "schema"]


@dataclass(frozen=True)
class Limit:
    """What they may ask, charge or refuse. `about` is identity, fee, refusal or extension."""

    about: str
    says: Words


@dataclass(frozen=True)
class Rule:
    """One right under one law. `from_` and `to` are its first and last day (`to` None: no end known).

    `strength` ranks routes, smaller first. `place` is the folder: eu, uk, us, us-ca, ca-qc…; `seat` the place
    whose calendar holds when a recipient's own place is not known; `overseer` the kind of authority (gdpr,
    dsa) that a complaint under it goes to.
    """

    id: str
    place: str
    instrument: str
    right: str
    title: Words
    basis: str
    from_: date
    to: date | None
    who: tuple[str, ...]
    who_must_be_told: bool
    against: tuple[str, ...]
    seat: str | None
    reach: Reach | None
    conditions: tuple[Condition, ...]
    clocks: Mapping[str, Clock]
    request_elements: tuple[str, ...]
    answer_contains: tuple[Words, ...]
    need_not: tuple[Words, ...]
    limits: tuple[Limit, ...]
    escalation: tuple[str, ...]
    price: tuple[str, ...]
    letter: str | None
    strength: int
    overseer: str | None
    own_signature: bool
    mandate: str
    under_18: bool
    why: Words
    sources: tuple[Source, ...]

    @property
    def grade(self) -> str:
        """Gives how well the rule was read: the lowest grade among its clocks."""
        return lowest(clock.values[-1].grade for clock in self.clocks.values())

    @property
    def home(self) -> str:
        """Gives the place or group of places whose law it is."""
        return law_of(self.place).home

    @property
    def is_known_everywhere(self) -> bool:
        """Says whether services follow this law for people anywhere, so that it is told to everybody."""
        return law_of(self.place).known_everywhere

    @property
    def is_for_public_bodies(self) -> bool:
        """Says whether only an authority or a court can be asked: never an ordinary recipient."""
        return PUBLIC_BODIES.issuperset(self.against)

    @cached_property
    def asks_home(self) -> bool:
        """Says whether where she lives plays a part in it."""
        tests = [one.test for one in self.conditions] + ([self.reach.test] if self.reach else [])
        return any("lives_in" in test.asked for test in tests)

    @property
    def default_clock(self) -> Clock:
        """Gives the clock meant by the bare id: `answer`, else the first one written."""
        return self.clocks.get("answer") or next(iter(self.clocks.values()))

    @cached_property
    def own_clocks(self) -> tuple[Clock, ...]:
        """Gives the clocks of the person's own time to act."""
        return tuple(clock for clock in self.clocks.values() if clock.side == "person")

    def in_force(self, day: date) -> bool:
        """Says whether the rule applies on this day."""
        return self.state(day) == "in_force"

    def state(self, day: date) -> str:
        """Gives where the rule stands on this day: `in_force`, `ended` or `to_come`."""
        if day < self.from_:
            return "to_come"
        return "in_force" if self.to is None or day <= self.to else "ended"


@cache
def rules() -> Mapping[str, Rule]:
    """Gives every rule by its id (its path under law/rules)."""
    return MappingProxyType({id: _rule(id, record) for id, record in rule_files()})


def rule(id: str) -> Rule:
    """Gives one rule; raises Refused with near ids."""
    found = rules().get(id)
    if found is None:
        raise Refused(
            words("There is no rule {id}.", id=id),
            words("Near names: {near}. `amparo due --list` shows all.", near=_near(id, rules())),
        )
    return found


@lru_cache(maxsize=4096)
def find(name: str) -> tuple[Rule, Clock]:
    """Gives the rule and clock of `ID` or `ID#clock`; raises Refused with near names."""
    id, _, wanted = name.partition("#")
    found = rule(id)
    if not wanted:
        return found, found.default_clock
    clock = found.clocks.get(wanted)
    if clock is None:
        raise Refused(
            words("The rule {id} has no clock called {clock}.", id=id, clock=wanted),
            words("Its clocks are: {clocks}.", clocks=", ".join(found.clocks)),
        )
    return found, clock


def as_json() -> dict[str, Any]:
    """Gives all rules and counting conventions as plain data, with the schema of a rule (CC BY 4.0)."""
    return {
        "schema": schema(),
        "rules": dict(rule_files()),
        "counting": data("counting"),
    }


def schema() -> dict[str, Any]:
    """Gives the JSON Schema of one rule file."""
    found: dict[str, Any] = json.loads((ROOM / "rule.schema.json").read_text(encoding="utf-8"))
    return found


def _near(id: str, known: Mapping[str, object]) -> str:
    near = get_close_matches(id, list(known), n=3, cutoff=0.4)
    return ", ".join(near or list(known)[:3])


def _texts(record: Mapping[str, Any], field: str) -> tuple[Words, ...]:
    return tuple(Words(text) for text in record.get(field, ()))


def _rule(id: str, record: Mapping[str, Any]) -> Rule:
    place, _, rest = id.partition("/")
    since = date.fromisoformat(record["from"])
    sources = {key: source_of(source) for key, source in record["sources"].items()}
    return Rule(
        id=id,
        place=place,
        instrument=rest.partition("/")[0],
        right=record["right"],
        title=Words(record["title"]),
        basis=record["basis"],
        from_=since,
        to=date.fromisoformat(record["to"]) if record.get("to") else None,
        who=tuple(record["who"]),
        who_must_be_told=record.get("who_must_be_told", False),
        against=tuple(record["against"]),
        seat=record.get("seat"),
        reach=reach_of(record["reach"]) if "reach" in record else None,
        conditions=tuple(condition_of(one) for one in record.get("conditions", ())),
        clocks=MappingProxyType(
            {name: clock_of(name, one, sources, since) for name, one in record["clocks"].items()}
        ),
        request_elements=tuple(record.get("request_elements", ())),
        answer_contains=_texts(record, "answer_contains"),
        need_not=_texts(record, "need_not"),
        limits=tuple(Limit(one["about"], Words(one["note"])) for one in record.get("limits", ())),
        escalation=tuple(record.get("escalation", ())),
        price=tuple(record.get("price", ())),
        letter=record.get("letter"),
        strength=record["strength"],
        overseer=record.get("overseer"),
        own_signature=record.get("own_signature", False),
        mandate=record.get("mandate", "none"),
        under_18=record.get("under_18", False),
        why=Words(record["why"]),
        sources=tuple(sources.values()),
    )
