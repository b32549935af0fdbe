"""Why a date is what it is, in plain words."""

from datetime import date, datetime
from functools import cache

from amparo.law.clocks import Clock, Value
from amparo.law.counting import Period
from amparo.law.reckoning import Ending
from amparo.law.rules import Rule
from amparo.words import Words, many, words


def length(period: Period) -> Words:
    """Gives a period as it is said."""
    n = period.n
    if period.unit == "hours":
        return many("{n} hour", "{n} hours", n)
    if period.unit == "working_days":
        return many("{n} working day", "{n} working days", n)
    if period.unit == "weeks":
        return many("{n} week", "{n} weeks", n)
    if period.unit == "months":
        return many("{n} month", "{n} months", n)
    if period.unit == "years":
        return many("{n} year", "{n} years", n)
    return many("{n} day", "{n} days", n)


def explain(clock: Clock, value: Value, later: Ending, earlier: Ending) -> tuple[Words, ...]:
    """Gives the reasons behind a reckoned date."""
    said = [words("The time runs from {moment}.", moment=later.start), *_counted(clock, value)]
    if later.waits_for or later.waiting_days or later.extension or later.restarted_by:
        said += _happened(value, later)
    if later.rolled or later.lengthened:
        said += _moved(later)
    if earlier.moment is not None and later.moment is not None and earlier.moment != later.moment:
        said.append(
            words("A stricter reading ends on {day}; write after the later date.", day=earlier.moment.date())
        )
    return (*said, clock.note) if clock.note is not None else tuple(said)


def no_number(clock: Clock, day: date, follow_up: date) -> tuple[Words, ...]:
    """Gives what is said where the law sets no number."""
    said = [
        words("The law gives no number of days here; they must act without undue delay."),
        words("We suggest that you write again on {day}. This is not a legal date.", day=follow_up),
    ]
    return (*said, clock.note) if clock.note is not None else tuple(said)


def not_in_force(rule: Rule, clock: Clock, day: date) -> tuple[Words, ...]:
    """Gives what is said of a request that came outside the time a rule applied."""
    ended = rule.to is not None and day > rule.to
    if ended:
        return (words("This rule ended on {end}; the request came on {day}.", end=rule.to, day=day),)
    start = max(rule.from_, clock.values[0].from_)
    return (words("This rule applies from {start}; the request came on {day}.", start=start, day=day),)


def not_started(clock: Clock) -> tuple[Words, ...]:
    """Gives what is said of a person's time that begins with an event not told, and never without it."""
    said = [words("Your time starts when you are told their answer. No such day is given yet.")]
    return (*said, clock.note) if clock.note is not None else tuple(said)


def own_time(
    clock: Clock, value: Value, start: datetime, act_by: datetime, *, told: bool
) -> tuple[Words, ...]:
    """Gives what is said of the time a person has to act."""
    if value.period is None:
        said = [words("The law sets no last day here that we know of. Do not wait longer than you need.")]
        return (*said, clock.note) if clock.note is not None else tuple(said)
    said = [
        words(
            "You have {length} to act, from {start}: until {end}.",
            length=length(value.period),
            start=start.date(),
            end=act_by.date(),
        ),
        words("Your own time is taken in its shorter reading: it does not move for weekends or holidays."),
    ]
    if not told:
        said.append(_ASSUMED.get(clock.otherwise_starts or "received", _ASSUMED["received"]))
    return (*said, clock.note) if clock.note is not None else tuple(said)


_ASSUMED = {
    "received": words("It is assumed that you were told of the decision on that day."),
    "expiry": words("It is assumed that they stay silent until their time ends."),
}
_AWAITED = {
    "identity_given": words("They asked who you are. The time can wait until you answer."),
    "clarification_given": words("They asked what you mean. The time can wait until you answer."),
    "fee_paid": words("They asked for a fee. The time can wait until it is paid."),
}
_RESTARTED = {
    "identity_given": words("The time starts when they received what shows who you are."),
    "fee_paid": words("The time starts when the fee was paid."),
    "completed": words("The time starts when the request was complete."),
}


@cache
def _counted(clock: Clock, value: Value) -> tuple[Words, ...]:
    period, title = value.period, clock.counting.title
    if period is None:
        return ()
    gives = words("The law gives {length}.", length=length(period))
    if period.unit == "hours" and clock.counting.skips_first_hour:
        return (gives, words("Counted by {rule}: the hour of receipt is not counted.", rule=title))
    if period.unit == "hours":
        return (gives, words("Hours run without a stop: nights, weekends and holidays count."))
    if period.unit == "working_days":
        return (gives, words("Only working days count, by {rule}; the day of receipt does not.", rule=title))
    if period.unit in ("months", "years"):
        return (
            gives,
            words("Counted by {rule}: to the same date, or the last day of the month.", rule=title),
        )
    return (gives, words("Counted by {rule}: the day of receipt is not counted.", rule=title))


def _happened(value: Value, later: Ending) -> list[Words]:
    said = []
    if later.restarted_by is not None and later.restarted_by in _RESTARTED:
        said.append(_RESTARTED[later.restarted_by])
    if later.waits_for is not None and later.waits_for in _AWAITED:
        said.append(_AWAITED[later.waits_for])
    elif later.waiting_days:
        said.append(
            many(
                "{n} day of waiting does not count.", "{n} days of waiting do not count.", later.waiting_days
            )
        )
    if later.extension == "told" and value.extension is not None:
        more = length(value.extension.period)
        said.append(
            words("They told you in time that they need longer: {length} from the start.", length=more)
        )
    if later.extension == "late":
        said.append(words("They told you too late that they need longer, so it does not count."))
    return said


def _moved(later: Ending) -> list[Words]:
    said = []
    if later.rolled and later.unrolled is not None:
        said.append(
            words(
                "The last day, {day}, is a weekend or holiday there, so it ends on {end}.",
                day=later.unrolled,
                end=later.end,
            )
        )
    if later.lengthened:
        said.append(words("The time must hold two working days, so it ends later."))
    return said
