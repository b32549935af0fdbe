"""What holds for every clock, whatever happens on the way: questions, answers, fees, longer time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from amparo.law import counting
from amparo.law.clocks import Clock
from amparo.law.periods import Due, due
from amparo.law.rules import rules

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
CLOCKS = {
    f"{one.id}#{name}": clock
    for one in rules().values()
    for name, clock in one.clocks.items()
    if clock.side == "recipient"
}


def named(fits: Callable[[Clock], bool]) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(name for name, clock in CLOCKS.items() if fits(clock)))


paused = named(lambda clock: bool(clock.pauses))
restarted = named(lambda clock: bool(clock.restarts))
extended = named(lambda clock: any(value.extension for value in clock.values))
numbered = named(lambda clock: clock.period is not None)
moments = st.datetimes(datetime(2022, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))
somewhere = st.sampled_from([None, "FR", "DE-BY", "ES", "IT", "GB", "US-CA", "CA-QC", "BR", "KR", "ZA", "CH"])
waits, gaps = st.integers(0, 60), st.integers(1, 20)
many = settings(max_examples=300, deadline=None)


def dates(name: str, received: datetime, code: str | None, **events: datetime) -> Due:
    starts = CLOCKS[name].starts
    begun = {} if starts == "received" else {starts: received}
    return due(name, received, code, {**begun, **events}, now=NOW)


def not_later(first: datetime | None, second: datetime | None) -> bool:
    """Says whether the first is no later than the second, where both are dates."""
    return first is None or second is None or first <= second


def in_one_value(name: str, *days: datetime) -> bool:
    """Says whether the law said the same on all these days, a day apart for the zones."""
    clock = CLOCKS[name]
    around = [day + timedelta(days=n) for day in days for n in (-1, 0, 1)]
    return len({clock.value_on(day.date()) for day in around}) == 1


@many
@given(name=paused, received=moments, code=somewhere, asked=gaps, wait=waits, more=gaps)
def test_who_is_made_to_wait_longer_for_an_answer_may_answer_no_earlier(
    name: str, received: datetime, code: str | None, asked: int, wait: int, more: int
) -> None:
    pause, at = CLOCKS[name].pauses[0], received + timedelta(days=asked)
    short = {pause.asked: at, pause.given: at + timedelta(days=wait)}
    long = {pause.asked: at, pause.given: at + timedelta(days=wait + more)}
    plain, first, second = (dates(name, received, code, **events) for events in ({}, short, long))
    assert not_later(plain.answer_due, first.answer_due)
    assert not_later(first.answer_due, second.answer_due)
    assert not_later(second.answer_due_earliest, second.answer_due)


@many
@given(name=restarted, received=moments, code=somewhere, wait=waits, more=gaps)
def test_a_clock_that_starts_anew_later_ends_no_earlier(
    name: str, received: datetime, code: str | None, wait: int, more: int
) -> None:
    given_at, asked = CLOCKS[name].restarts[0]
    before = {asked: received} if asked else {}
    first, second = (
        dates(name, received, code, **before, **{given_at: received + timedelta(days=days)})
        for days in (wait, wait + more)
    )
    assert not_later(dates(name, received, code).answer_due, first.answer_due)
    assert not_later(first.answer_due, second.answer_due)
    assert not_later(first.answer_due_earliest, first.answer_due)


@many
@given(name=extended, received=moments, code=somewhere, late=st.integers(3, 40))
def test_longer_time_told_too_late_changes_nothing(
    name: str, received: datetime, code: str | None, late: int
) -> None:
    plain = dates(name, received, code)
    assume(plain.answer_due is not None)
    assert plain.answer_due is not None
    told = dates(name, received, code, extension_told=plain.answer_due + timedelta(days=late))
    assert told.answer_due == plain.answer_due


@many
@given(name=extended, received=moments, code=somewhere, part=st.floats(0, 0.9))
def test_longer_time_told_in_time_is_longer_and_no_shorter_the_earlier_it_is_told(
    name: str, received: datetime, code: str | None, part: float
) -> None:
    plain = dates(name, received, code)
    assume(plain.answer_due is not None and plain.answer_due_earliest is not None)
    assert plain.answer_due_earliest is not None
    told = received + (plain.answer_due_earliest - received) * part
    found = dates(name, received, code, extension_told=told)
    at_once = dates(name, received, code, extension_told=received)
    assert not_later(plain.answer_due, found.answer_due)
    assert not_later(found.answer_due, at_once.answer_due)
    assert not_later(found.answer_due_earliest, found.answer_due)


@many
@given(name=numbered, received=moments, code=somewhere, later=st.integers(1, 400))
def test_who_receives_later_may_answer_later_while_the_law_says_the_same(
    name: str, received: datetime, code: str | None, later: int
) -> None:
    after = received + timedelta(hours=later)
    assume(in_one_value(name, received, after))
    first, second = dates(name, received, code), dates(name, after, code)
    assert not_later(first.answer_due, second.answer_due)
    assert not_later(first.answer_due_earliest, second.answer_due_earliest)


@many
@given(name=paused, received=moments, code=somewhere, later=st.integers(1, 40), wait=waits)
def test_the_same_wait_for_a_later_request_ends_no_earlier(
    name: str, received: datetime, code: str | None, later: int, wait: int
) -> None:
    pause, after = CLOCKS[name].pauses[0], received + timedelta(days=later)
    assume(in_one_value(name, received, after))
    first, second = (
        dates(
            name,
            start,
            code,
            **{pause.asked: start + timedelta(days=2), pause.given: start + timedelta(days=2 + wait)},
        )
        for start in (received, after)
    )
    assert not_later(first.answer_due, second.answer_due)


def test_every_way_of_counting_is_used_by_some_rule() -> None:
    used = {clock.counting.id for one in rules().values() for clock in one.clocks.values()}
    assert set(counting.countings()) == used
