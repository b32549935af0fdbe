"""A clock: how long somebody has, from which event, and what can extend, pause or restart it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from amparo.law.counting import UNITS, Counting, Period, counting
from amparo.law.sources import Source
from amparo.words import Words

SIDES = ("recipient", "person")
EVENTS = (
    "extension_told",
    "identity_asked",
    "identity_given",
    "clarification_asked",
    "clarification_given",
    "fee_asked",
    "fee_paid",
    "completed",
    "answered",
    "refused",
    "informed",
    "admitted",
    "order_given",
)


@dataclass(frozen=True)
class Extension:
    """A longer period, counted from the same start, valid only if it was told before the first one ended."""

    event: str
    period: Period


@dataclass(frozen=True)
class Pause:
    """Waiting days that do not count.

    `counts_both_ends`: the days of asking and of the answer are both left out.
    `is_certain` False: the text is silent, so the earlier reading does not pause.
    """

    asked: str
    given: str
    counts_both_ends: bool
    is_certain: bool


@dataclass(frozen=True, eq=False)
class Value:
    """What the clock says from one date on. `period` None: the law gives no number.

    The same object each time, so it is compared by identity. `earliest` is the shorter period of a stricter
    reading; `strict` counts the first day in.
    """

    from_: date
    to: date | None
    period: Period | None
    earliest: Period | None
    strict: bool
    extension: Extension | None
    grade: str
    sources: tuple[Source, ...]

    @property
    def has_two_readings(self) -> bool:
        """Says whether the text itself allows a stricter reading."""
        return self.strict or self.earliest is not None


@dataclass(frozen=True, eq=False)
class Clock:
    """One named clock of a rule. `side` is whose time runs: the recipient's, or the person's own to act.

    `otherwise_starts` says from when a person's clock runs if its event was not told: `received`, or `expiry`
    (silence is a refusal, so the end of the time to answer).
    """

    name: str
    side: str
    starts: str
    otherwise_starts: str | None
    counting: Counting
    values: tuple[Value, ...]
    pauses: tuple[Pause, ...]
    restarts: tuple[tuple[str, str | None], ...]
    suggested_follow_up_days: int | None
    note: Words | None

    def value_on(self, day: date) -> Value | None:
        """Gives the value in force on a day, None if there is none."""
        for value in self.values:
            if value.from_ <= day and (value.to is None or day <= value.to):
                return value
        return None

    @property
    def period(self) -> Period | None:
        """Gives the newest period; None when the law gives no number."""
        return self.values[-1].period

    @property
    def events(self) -> frozenset[str]:
        """Gives the events that can change this clock."""
        named = {self.starts} | {value.extension.event for value in self.values if value.extension}
        for pause in self.pauses:
            named |= {pause.asked, pause.given}
        for given, asked in self.restarts:
            named |= {given} | ({asked} if asked else set())
        return frozenset(named - {"received"})


def clock_of(name: str, record: Mapping[str, Any], sources: Mapping[str, Source], since: date) -> Clock:
    """Gives a Clock from its YAML record; `since` is when its rule began."""
    records = record.get("values") or [record]
    starts = [date.fromisoformat(one["from"]) if "from" in one else since for one in records]
    ends = [*starts[1:], None]
    return Clock(
        name=name,
        side=record.get("side", "recipient"),
        starts=record.get("starts", "received"),
        otherwise_starts=record.get("otherwise_starts"),
        counting=counting(record["counting"]),
        values=tuple(
            _value(one, sources, start, date.fromordinal(end.toordinal() - 1) if end else None)
            for one, start, end in zip(records, starts, ends, strict=True)
        ),
        pauses=tuple(
            Pause(p["asked"], p["given"], p.get("days") == "inclusive", p.get("certain", False))
            for p in record.get("pause", ())
        ),
        restarts=tuple((r["at"], r.get("asked")) for r in record.get("restart", ())),
        suggested_follow_up_days=record.get("follow_up_days"),
        note=Words(record["note"]) if "note" in record else None,
    )


def _value(record: Mapping[str, Any], sources: Mapping[str, Source], since: date, to: date | None) -> Value:
    earliest = record.get("earliest", {})
    extension = record.get("extension")
    return Value(
        from_=since,
        to=to,
        period=_period(record),
        earliest=_period(earliest),
        strict=earliest.get("first_day") == "in",
        extension=Extension(extension["event"], _needed_period(extension)) if extension else None,
        grade=record["grade"],
        sources=tuple(sources[key] for key in record["sources"]),
    )


def _period(record: Mapping[str, Any]) -> Period | None:
    return next((Period(record[unit], unit) for unit in UNITS if unit in record), None)


def _needed_period(record: Mapping[str, Any]) -> Period:
    period = _period(record)
    if period is None:
        raise KeyError(f"an extension needs a length: {dict(record)}")
    return period
