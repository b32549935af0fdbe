"""From events and today's date to where a case stands and what comes next. Dates were worked out by hand."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from amparo.claims import events
from amparo.claims.acts import next_acts
from amparo.claims.case import Case, fold
from amparo.claims.status import status

PARIS = ZoneInfo("Europe/Paris")
PAGE, OTHER = "https://x.com/a/status/1", "https://x.com/a/status/2"
OPENED = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
SENT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def day(month: int, number: int, hour: int = 12) -> datetime:
    return datetime(2026, month, number, hour, tzinfo=UTC)


def sent(request: str = "r1", **given: Any) -> events.Sent:
    held: dict[str, Any] = {
        "recipient": "X", "slug": "x", "right": "erasure", "rule": "eu/gdpr/erasure", "place": "FR",
        "letter": "erasure", "channel": "mail", "places": (PAGE,), "sent": SENT,
    }  # fmt: skip
    return events.Sent(request=request, **{"at": SENT, **held, **given})


def replied(reply: str, received: datetime, request: str | None = "r1", **given: Any) -> events.Replied:
    return events.Replied(at=received, request=request, reply=reply, received=received, **given)


def looked(state: str, at: datetime, url: str = PAGE) -> events.Checked:
    return events.Checked(at=at, url=url, state=state)


def case_of(*happened: events.Event) -> Case:
    seen = events.SightingAdded(at=OPENED, url=PAGE)
    return fold([events.Opened(at=OPENED), seen, *happened])


def state(case: Case, now: datetime) -> str:
    return status(case, now).recipients[0].state


def kinds(case: Case, now: datetime) -> list[str]:
    return [act.kind for act in next_acts(case, now)]


def test_a_request_of_2_march_is_due_on_2_april_and_overdue_the_day_after():
    case = case_of(sent())
    (recipient,) = status(case, day(3, 10)).recipients
    due = recipient.requests[0].due
    assert due is not None
    assert due.answer_due is not None
    assert due.answer_due.astimezone(PARIS).date() == date(2026, 4, 2)
    assert state(case, day(4, 2)) == "asked"
    assert state(case, day(4, 3)) == "overdue"


def test_waiting_turns_into_reminding_when_the_time_is_over():
    case = case_of(sent())
    assert kinds(case, day(4, 1)) == ["wait"]
    assert kinds(case, day(4, 3)) == ["remind"]


def test_three_months_in_all_when_they_take_longer_in_time():
    case = case_of(sent(), replied("extended", day(3, 20)))
    assert state(case, day(5, 1)) == "extended"
    due = status(case, day(5, 1)).recipients[0].requests[0].due
    assert due is not None
    assert due.answer_due is not None
    assert due.answer_due.astimezone(PARIS).date() == date(2026, 6, 2)


def test_a_receipt_moves_the_start_to_the_day_it_arrived():
    case = case_of(sent(), events.Delivered(at=day(3, 6), request="r1", on=day(3, 6)))
    due = status(case, day(3, 10)).recipients[0].requests[0].due
    assert due is not None
    assert due.answer_due is not None
    # 6 April 2026 is Easter Monday in France: the last day moves to Tuesday.
    assert due.answer_due.astimezone(PARIS).date() == date(2026, 4, 7)


def test_a_question_who_she_is_comes_first_until_it_is_answered():
    asked = (sent(), replied("identity_asked", day(3, 5)))
    case = case_of(*asked)
    assert state(case, day(3, 6)) == "identity_asked"
    act = next_acts(case, day(3, 6))[0]
    assert (act.kind, act.letter, act.request) == ("answer", "id_answer", "r1")
    given = events.Supplied(at=day(3, 7), request="r1", what="identity", on=day(3, 7))
    assert state(case_of(*asked, given), day(3, 8)) == "asked"


def test_a_bounced_request_is_sent_through_another_door():
    case = case_of(sent(), events.Bounced(at=day(3, 2), request="r1", on=day(3, 2)))
    assert state(case, day(3, 3)) == "bounced"
    assert kinds(case, day(3, 3)) == ["send_again"]


def test_a_reply_shows_that_it_did_arrive_after_all():
    case = case_of(
        sent(), events.Bounced(at=day(3, 2), request="r1", on=day(3, 2)), replied("acknowledged", day(3, 3))
    )
    assert state(case, day(3, 4)) == "acknowledged"


def test_a_refused_notice_can_be_contested_for_six_months_from_the_day_she_was_told():
    notice = sent(right="notice", rule="eu/dsa/notice", letter="dsa_notice", place="IE")
    case = case_of(notice, replied("refused", day(3, 10)))
    acts = next_acts(case, day(3, 11))
    assert state(case, day(3, 11)) == "refused"
    assert (acts[0].kind, acts[0].letter, acts[0].rule) == (
        "complain", "internal_complaint", "eu/dsa/internal-complaint",
    )  # fmt: skip
    last = next(act for act in acts if act.kind == "act_by")
    assert last.when.date() == date(2026, 9, 10)
    assert "act_by" not in kinds(case, day(9, 12))


def test_what_was_taken_further_waits_for_the_other():
    refused = (sent(), replied("refused", day(3, 10)))
    up = events.Escalated(at=day(3, 12), request="r1", to="fr-cnil", right="complaint")
    case = case_of(*refused, up)
    assert state(case, day(3, 13)) == "taken_further"
    assert kinds(case, day(3, 13)) == []


def test_no_number_in_the_law_gives_a_suggestion_and_no_overdue():
    case = case_of(sent(right="notice", rule="eu/dsa/notice", letter="dsa_notice", place="IE"))
    (act,) = next_acts(case, day(3, 3))
    assert (act.kind, act.firm) == ("wait", False)
    assert "No law sets a day" in str(act.what)
    assert state(case, day(3, 20)) == "silent"
    assert kinds(case, day(3, 20)) == ["remind"]


def test_own_rules_have_no_clock_and_a_suggestion():
    case = case_of(sent(right="recipient_policy", rule=None, letter="own_rules"))
    assert status(case, day(3, 3)).recipients[0].requests[0].due is None
    assert next_acts(case, day(3, 3))[0].when == SENT + timedelta(days=14)


def test_done_means_look_again_and_gone_means_look_once_more():
    done = (sent(), replied("done", day(3, 9)))
    case = case_of(*done)
    assert (state(case, day(3, 10)), kinds(case, day(3, 10))) == ("says_done", ["look"])
    gone = case_of(*done, looked("removed", day(3, 10)))
    assert state(gone, day(3, 11)) == "gone"
    (again,) = next_acts(gone, day(3, 11))
    assert (again.kind, again.when.date()) == ("look", date(2026, 3, 17))
    twice = case_of(*done, looked("removed", day(3, 10)), looked("removed", day(3, 17)))
    assert kinds(twice, day(3, 18)) == []


def test_what_was_gone_and_is_there_again_came_back():
    case = case_of(
        sent(), replied("done", day(3, 9)), looked("removed", day(3, 10)), looked("there", day(4, 1))
    )
    assert state(case, day(4, 2)) == "came_back"
    assert status(case, day(4, 2)).places[0].state == "came_back"
    assert "ask_anew" in kinds(case, day(4, 2))


def test_hidden_in_one_country_is_not_gone():
    case = case_of(sent(), replied("done", day(3, 9)), looked("geo_blocked", day(3, 10)))
    assert state(case, day(3, 11)) == "not_all_gone"
    assert "ask_anew" in kinds(case, day(3, 11))


def test_gone_from_search_only_is_said_so():
    delisting = sent(right="delisting", rule="eu/gdpr/delisting", recipient="Google", slug="google-search")
    case = case_of(delisting, replied("done", day(3, 9)), looked("delisted", day(3, 10)))
    found = status(case, day(3, 11))
    assert found.recipients[0].state == "gone_from_search"
    assert str(found.places[0].says) == "Gone from search only"


def test_a_part_of_the_pages_gone_is_not_gone():
    case = case_of(
        events.SightingAdded(at=OPENED, url=OTHER), sent(places=(PAGE, OTHER)), replied("done", day(3, 9)),
        looked("removed", day(3, 10)), looked("there", day(3, 10), OTHER),
    )  # fmt: skip
    assert state(case, day(3, 11)) == "not_all_gone"
    assert [place.state for place in status(case, day(3, 11)).places] == ["gone", "there"]


def test_a_reminder_starts_no_new_time_in_law():
    case = case_of(sent(), sent("r2", letter="reminder", answers="r1", sent=day(4, 3)))
    requests = status(case, day(4, 4)).recipients[0].requests
    assert requests[1].due is None
    assert kinds(case, day(4, 4)) == ["wait"]


def test_planned_steps_are_to_send_until_they_went_out():
    planned = events.Planned(
        at=OPENED,
        steps=(
            {"recipient": "X", "slug": "x", "right": "erasure", "letter": "erasure", "places": [PAGE]},
            {"recipient": "Somebody", "slug": None, "right": "talk", "letter": None},
        ),
    )
    before, after = case_of(planned), case_of(planned, sent())
    assert (state(before, day(3, 2)), kinds(before, day(3, 2))) == ("to_send", ["send"])
    assert kinds(after, day(3, 3)) == ["wait"]


def test_a_reply_to_no_known_request_is_to_be_read():
    case = case_of(sent(), replied("other", day(3, 4), request=None))
    assert kinds(case, day(3, 5)) == ["read", "wait"]


def test_a_mandate_that_ends_soon_is_told_two_weeks_before():
    mandate = events.MandateGiven(at=OPENED, by="M.", to="A", scope="all", until=date(2026, 6, 30))
    case = case_of(mandate)
    assert "mandate" not in kinds(case, day(6, 10))
    assert "mandate" in kinds(case, day(6, 17))
    assert case.mandate_stands(date(2026, 6, 30))
    assert not case.mandate_stands(date(2026, 7, 1))
    gone = case_of(mandate, events.MandateWithdrawn(at=day(5, 1), on=date(2026, 5, 1)))
    assert not gone.mandate_stands(date(2026, 5, 2))


def test_a_closed_case_asks_for_nothing_and_a_reopened_one_does():
    closed = (sent(), events.Closed(at=day(3, 5)))
    assert kinds(case_of(*closed), day(4, 10)) == []
    assert kinds(case_of(*closed, events.Reopened(at=day(3, 6))), day(4, 10)) == ["remind"]


def test_what_comes_next_is_in_order_of_time_over_all_recipients():
    june = day(6, 2)
    removal = {
        "right": "removal",
        "rule": "us/take-it-down/removal",
        "letter": "take_it_down",
        "place": "US-CA",
    }
    first, second = sent(**removal, sent=june), sent("r2", recipient="Y", slug=None, sent=june)
    acts = next_acts(case_of(second, first), day(6, 3))
    assert [act.request for act in acts] == ["r1", "r2"]
    assert acts[0].when == june + timedelta(hours=48)


def test_a_request_before_the_law_was_in_force_has_no_date_in_law():
    removal = {
        "right": "removal",
        "rule": "us/take-it-down/removal",
        "letter": "take_it_down",
        "place": "US-CA",
    }
    (act,) = next_acts(case_of(sent(**removal)), day(3, 3))
    assert act.firm is False
    assert act.when == SENT + timedelta(days=14)


def test_a_correction_stands_beside_the_entry_and_never_in_its_place():
    wrong = events.Corrected(
        at=day(3, 4), entry=3, field="sent", value="2026-03-01", why="posted a day earlier"
    )
    entry = case_of(sent(), wrong).log[2]
    assert (entry.number, entry.corrections[0].value) == (3, "2026-03-01")
    assert entry.event.sent == SENT  # type: ignore[attr-defined]


def test_an_erased_entry_keeps_its_number_and_a_newer_kind_is_shown_as_such():
    unknown = events.from_bytes(
        b'{"kind":"captured","version":1,"at":"2026-03-02T10:00:00+00:00","package":"b"}'
    )
    gone = events.Gone(at=OPENED)
    case = fold([events.Opened(at=OPENED), gone, unknown, events.Erased(at=OPENED, entry=2)])
    assert [entry.number for entry in case.log] == [1, 2, 3, 4]
    assert case.log[1].erased
    assert isinstance(case.log[2].event, events.Unknown)


def test_two_requests_written_at_once_under_one_name_are_told_apart():
    case = case_of(sent(), sent(recipient="Y", slug=None))
    assert list(case.requests) == ["r1", "r1-4"]


def test_an_answer_dated_before_its_question_does_not_take_the_date_away():
    odd = events.Supplied(at=day(3, 5), request="r1", what="identity", on=day(3, 1))
    case = case_of(sent(), replied("identity_asked", day(3, 4)), odd)
    due = status(case, day(3, 6)).recipients[0].requests[0].due
    assert due is not None
    assert due.answer_due is not None
