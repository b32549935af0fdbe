"""How periods run: hours, least working days, firmness, zones, errors, and what always holds."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.errors import Refused, WrongUse
from amparo.law.calendars import calendar
from amparo.law.counting import Period, add_months, counting
from amparo.law.periods import due
from amparo.law.places import place
from amparo.law.rules import rules

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
EU = counting("eu-1182-71")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_the_hour_of_the_event_is_not_counted_in_the_eu() -> None:
    end = EU.last_moment(at("2026-05-04T10:20+02:00"), 24, whole_hours=True)
    assert end == at("2026-05-05T11:00+02:00")


def test_an_event_on_the_full_hour_still_leaves_that_hour_out() -> None:
    end = EU.last_moment(at("2026-05-04T10:00+02:00"), 2, whole_hours=True)
    assert end == at("2026-05-04T13:00+02:00")


def test_the_earlier_reading_of_hours_is_elapsed_time() -> None:
    end = EU.last_moment(at("2026-05-04T10:20+02:00"), 24, whole_hours=False)
    assert end == at("2026-05-05T10:20+02:00")


def test_two_days_over_easter_hold_two_working_days() -> None:
    """Thursday 2 April 2026 and two days: Saturday moves to Tuesday, which is only the first working day."""
    germany = calendar(place("DE-HE"), wide=True)
    two_days, thursday = Period(2, "days"), date(2026, 4, 2)
    end = EU.roll(EU.last_day(thursday, two_days, germany), germany)
    assert end == date(2026, 4, 7)
    assert EU.with_least_working_days(thursday, end, two_days, germany) == date(2026, 4, 8)


def test_thirty_days_never_need_the_two_working_days_rule() -> None:
    germany = calendar(place("DE-HE"), wide=True)
    end = date(2026, 5, 4)
    assert EU.with_least_working_days(date(2026, 4, 2), end, Period(30, "days"), germany) == end


def test_three_weeks_end_on_the_same_weekday() -> None:
    thursday = date(1998, 3, 12)
    assert EU.last_day(thursday, Period(3, "weeks"), calendar(None, wide=True)) == date(1998, 4, 2)


def test_brazil_takes_the_next_day_when_the_month_has_no_such_date() -> None:
    convention = counting("br-civil-code")
    assert convention.last_day(date(2026, 1, 31), Period(1, "months"), calendar(None, wide=True)) == date(
        2026, 3, 1
    )


def test_a_month_over_the_turn_of_the_year() -> None:
    assert add_months(date(2025, 11, 30), 3) == date(2026, 2, 28)


def test_a_primary_fact_is_firm_for_four_hundred_days() -> None:
    fresh = datetime(2027, 12, 28, tzinfo=UTC)
    old = datetime(2027, 12, 29, tzinfo=UTC)
    received = at("2026-05-19T10:00Z")
    assert due("us/take-it-down/removal", received, now=fresh).firm
    assert not due("us/take-it-down/removal", received, now=old).firm


def test_two_secondary_notes_are_firm_for_two_hundred_days() -> None:
    received = at("2026-07-01T10:00+05:30")
    assert due("in/it-rules/intimate-image", received, now=datetime(2027, 6, 11, tzinfo=UTC)).firm
    assert not due("in/it-rules/intimate-image", received, now=datetime(2027, 6, 12, tzinfo=UTC)).firm


def test_an_unchecked_number_is_never_firm() -> None:
    refused = at("2026-07-01T10:00-04:00")
    found = due("ca-qc/private-sector/access#complain", refused, "CA-QC", now=NOW)
    assert found.act_by is not None
    assert not found.firm


def test_one_secondary_note_alone_is_not_firm() -> None:
    assert not due("br/lgpd/access", at("2026-07-01T10:00-03:00"), "BR-SP", now=NOW).firm


def test_a_place_that_is_only_assumed_is_not_firm_for_days_and_is_for_hours() -> None:
    assert not due("uk/gdpr/erasure", at("2026-07-01T10:00+01:00"), now=NOW).firm
    assert due("us/take-it-down/removal", at("2026-07-01T10:00Z"), now=NOW).firm


def test_a_date_after_the_known_holidays_is_not_firm() -> None:
    found = due("eu/gdpr/access", at("2027-12-15T10:00+01:00"), "FR", now=NOW)
    assert found.answer_due is not None
    assert not found.firm


def test_the_reasons_say_why_a_date_moved() -> None:
    found = due("eu/gdpr/erasure", at("2026-03-06T10:00+01:00"), "FR", now=NOW)
    said = " ".join(map(str, found.reasons))
    assert "2026-04-06, is a weekend or holiday there, so it ends on 2026-04-07" in said


def test_no_number_is_said_and_the_suggestion_is_no_legal_date() -> None:
    found = due("eu/dsa/notice", at("2026-05-15T10:00+01:00"), "IE", now=NOW)
    said = " ".join(map(str, found.reasons))
    assert "no number of days" in said
    assert "This is not a legal date." in said


def test_before_its_time_a_rule_says_from_when_it_applies() -> None:
    found = due("uk/osa/intimate-image", at("2026-06-01T10:00+01:00"), now=NOW)
    assert [str(reason) for reason in found.reasons] == [
        "This rule applies from 2026-06-29; the request came on 2026-06-01."
    ]


def test_the_day_of_receipt_is_the_one_at_the_recipients_place() -> None:
    """Still 28 June in New York is already 29 June in London."""
    assert due("uk/osa/intimate-image", at("2026-06-28T20:00-04:00"), "GB", now=NOW).answer_due is not None


def test_uk_reads_as_gb() -> None:
    assert due("uk/gdpr/erasure", at("2026-07-01T10:00+01:00"), "uk-sct", now=NOW).place == "GB-SCT"


@pytest.mark.parametrize("wrong", ["2026-07-01T10:00", "2026-07-01"])
def test_a_time_without_a_zone_is_wrong_use(wrong: str) -> None:
    with pytest.raises(WrongUse) as raised:
        due("eu/gdpr/access", datetime.fromisoformat(wrong), "FR", now=NOW)
    assert "no time zone" in str(raised.value.what)


def test_an_unknown_event_is_wrong_use_with_near_names() -> None:
    received = at("2026-07-01T10:00Z")
    with pytest.raises(WrongUse) as raised:
        due("eu/gdpr/access", received, "FR", {"extension_tolled": received}, now=NOW)
    assert "extension_told" in str(raised.value.next)


def test_an_event_before_the_request_is_wrong_use() -> None:
    received = at("2026-07-01T10:00Z")
    with pytest.raises(WrongUse) as raised:
        due("eu/gdpr/access", received, "FR", {"identity_asked": received - timedelta(days=1)}, now=NOW)
    assert "earlier than the request" in str(raised.value.what)


def test_an_answer_before_its_question_is_wrong_use() -> None:
    events = {"identity_asked": at("2026-07-05T10:00Z"), "identity_given": at("2026-07-04T10:00Z")}
    with pytest.raises(WrongUse) as raised:
        due("eu/gdpr/access", at("2026-07-01T10:00Z"), "FR", events, now=NOW)
    assert "identity_given is earlier than identity_asked" in str(raised.value.what)


@pytest.mark.parametrize(("code", "near"), [("DE-BX", "DE-BY"), ("USA", "US"), ("GB-EN", "GB-ENG")])
def test_an_unknown_place_is_refused_with_near_ones(code: str, near: str) -> None:
    with pytest.raises(Refused) as raised:
        due("eu/gdpr/access", at("2026-07-01T10:00Z"), code, now=NOW)
    assert near in str(raised.value.next)


moments = st.datetimes(datetime(2018, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
duties = st.sampled_from(sorted(rules()))
somewhere = st.sampled_from(
    [None, "FR", "DE", "DE-BY", "ES-CT", "GB", "GB-SCT", "US", "US-CA", "BR", "CA-QC", "RO"]
)


@settings(max_examples=400, deadline=None)
@given(name=duties, received=moments, code=somewhere)
def test_the_later_reading_never_ends_before_the_earlier_one(
    name: str, received: datetime, code: str | None
) -> None:
    found = due(name, received, code, now=NOW)
    if found.answer_due is None:
        assert not found.firm or found.act_by is not None
    else:
        assert found.answer_due_earliest is not None
        assert received <= found.answer_due_earliest <= found.answer_due
        assert found.answer_due.tzinfo is not None


@settings(max_examples=200, deadline=None)
@given(name=duties, received=moments, code=somewhere, later=st.integers(1, 40 * 24))
def test_who_receives_later_may_answer_later(
    name: str, received: datetime, code: str | None, later: int
) -> None:
    """Within one value of a rule; India's change from a day to two hours is the exception that proves it."""
    first = due(name, received, code, now=NOW).answer_due
    second = due(name, received + timedelta(hours=later), code, now=NOW).answer_due
    if first is not None and second is not None and name != "in/it-rules/intimate-image":
        assert first <= second


@settings(max_examples=200, deadline=None)
@given(received=moments, wait=st.integers(0, 60), code=somewhere)
def test_waiting_never_makes_a_date_earlier(received: datetime, wait: int, code: str | None) -> None:
    asked = received + timedelta(days=2)
    events = {"clarification_asked": asked, "clarification_given": asked + timedelta(days=wait)}
    for name in ("eu/gdpr/access", "uk/gdpr/access"):
        plain = due(name, received, code, now=NOW).answer_due
        paused = due(name, received, code, events, now=NOW).answer_due
        assert plain is None or (paused is not None and paused >= plain)
