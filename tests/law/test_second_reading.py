"""Both readings of the law, written apart, agree on thousands of dates, and dates keep what they promise."""

import random
from datetime import UTC, date, datetime, timedelta

from amparo.law.calendars import calendar
from amparo.law.periods import due
from amparo.law.places import Place, place
from amparo.law.reckoning import holidays_at
from amparo.law.rules import Rule, rules
from tests.bundled import for_each
from tests.law.second_reading import answers

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PLACES = tuple(
    map(place, ("FR", "DE-BY", "ES-CT", "RO", "GB-SCT", "US-CA", "BR-SP", "CA-QC", "IT", "NL", "JP"))
)
DUTIES = [(one, name) for one in rules().values() for name, c in one.clocks.items() if c.side == "recipient"]


def moments(count: int, seed: str) -> list[tuple[datetime, Place, datetime | None]]:
    """Gives moments of receipt, of which many lie on the days that go wrong: month ends and clock changes."""
    chance = random.Random(seed)
    hard = [
        date(2026, 1, 31),
        date(2028, 1, 30),
        date(2028, 2, 29),
        date(2026, 3, 28),
        date(2026, 10, 24),
        date(2026, 12, 24),
        date(2026, 3, 31),
        date(2027, 1, 29),
    ]
    found = []
    for number in range(count):
        any_day = date(2023, 1, 1) + timedelta(days=chance.randrange(1900))
        day = chance.choice(hard) if number % 3 == 0 else any_day
        received = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(
            minutes=chance.randrange(1440)
        )
        told = received + timedelta(days=chance.randrange(1, 60)) if number % 2 else None
        found.append((received, chance.choice(PLACES), told))
    return found


def instant(moment: datetime | None) -> datetime | None:
    """Gives a moment in UTC: two zones never compare equal in the hour that comes twice."""
    return moment and moment.astimezone(UTC)


@for_each(DUTIES, by=lambda duty: duty[0].place)
def test_the_second_reading_gives_the_same_dates(rule: Rule, clock: str) -> None:
    for received, where, told in moments(40, rule.id):
        if rule.clocks[clock].starts != "received":
            continue
        events = {"extension_told": told} if told else {}
        found = due(f"{rule.id}#{clock}", received, where.code, events, now=NOW)
        wanted = answers(rule.id, clock, received, where, told)
        both = (found.answer_due, found.answer_due_earliest)
        assert list(map(instant, both)) == list(map(instant, wanted)), (received, where.code, told)


@for_each(rules().values(), by=lambda one: one.place)
def test_a_rule_holds_on_its_first_and_last_day_and_not_beside_them(rule: Rule) -> None:
    one_day = timedelta(days=1)
    assert rule.in_force(rule.from_)
    assert not rule.in_force(rule.from_ - one_day)
    if rule.to is not None:
        assert rule.in_force(rule.to)
        assert not rule.in_force(rule.to + one_day)


@for_each(rules().values(), by=lambda one: one.place)
def test_each_number_begins_on_its_day_and_no_date_is_given_before(rule: Rule) -> None:
    where = place(rule.seat or "FR")
    for name, clock in rule.clocks.items():
        for value in clock.values:
            noon = datetime(value.from_.year, value.from_.month, value.from_.day, 12, tzinfo=where.zones[0])
            assert clock.value_on(value.from_) is value
            before = due(f"{rule.id}#{name}", noon - timedelta(days=1), where.code, now=NOW)
            if value is clock.values[0]:
                assert (before.answer_due, before.act_by, before.firm) == (None, None, False)
                assert "applies from" in str(before.reasons[0])
            if value.to is not None:
                assert clock.value_on(value.to) is value
                assert clock.value_on(value.to + timedelta(days=1)) is not value


@for_each(DUTIES, by=lambda duty: duty[0].place)
def test_a_date_never_ends_on_a_day_off_nor_before_its_stricter_reading(rule: Rule, clock: str) -> None:
    for received, where, told in moments(25, f"open {rule.id}"):
        events = {"extension_told": told} if told else {}
        found = due(f"{rule.id}#{clock}", received, where.code, events, now=NOW)
        if found.answer_due is None or found.answer_due_earliest is None:
            continue
        assert received <= found.answer_due_earliest <= found.answer_due
        counting = rule.clocks[clock].counting
        if found.answer_due.time().isoformat() == "23:59:59":
            known = calendar(holidays_at(where, counting), wide=True)
            end = found.answer_due.date()
            assert known.next_open(end, counting.off_end) == end
