"""What Witness may count: only with her yes, only bare facts."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from amparo.claims import events
from amparo.claims.case import Case, fold
from amparo.claims.outcomes import outcomes

PAGE = "https://x.com/a/status/1"


def day(number: int) -> datetime:
    return datetime(2026, 3, number, 12, tzinfo=UTC)


def refused_case(*more: events.Event, **given: Any) -> Case:
    held = {"slug": "x", "right": "erasure", "rule": "eu/gdpr/erasure", "channel": "mail", "places": (PAGE,)}
    sent = events.Sent(
        at=day(2), request="r1", recipient="X", text="my story", sent=day(2), **{**held, **given}
    )
    reply = events.Replied(at=day(9), request="r1", reply="refused", received=day(9), text="no")
    return fold([events.Opened(at=day(1)), events.NameGiven(at=day(1), name="Mariam"), sent, reply, *more])


AGREED = events.OutcomesAgreed(at=day(10), yes=True)


def test_nothing_is_counted_without_her_yes():
    assert outcomes(refused_case(), day(20)) == ()
    taken_back = events.OutcomesAgreed(at=day(11), yes=False)
    assert outcomes(refused_case(AGREED, taken_back), day(20)) == ()


def test_recipient_right_days_and_result_are_counted_and_nothing_else():
    (one,) = outcomes(refused_case(AGREED), day(20))
    assert asdict(one) == {
        "recipient": "x", "right": "erasure", "rule": "eu/gdpr/erasure", "days": 7, "result": "refused",
    }  # fmt: skip


def test_somebody_without_a_public_record_is_not_counted():
    assert outcomes(refused_case(AGREED, slug=None), day(20)) == ()


def test_what_nobody_looked_at_is_not_counted_as_removed():
    done = events.Replied(at=day(12), request="r1", reply="done", received=day(12))
    assert outcomes(refused_case(done, AGREED), day(20)) == ()
    looked = events.Checked(at=day(13), url=PAGE, state="removed")
    seen = events.SightingAdded(at=day(1), url=PAGE)
    (one,) = outcomes(refused_case(done, seen, looked, AGREED), day(20))
    assert (one.result, one.days) == ("removed", 7)
