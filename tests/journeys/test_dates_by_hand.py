"""The journeys' dates once more, to the second, by the command line, against dates worked out by hand."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from tests.journeys.steps import NOW

BY_HAND = [
    # Elapsed hours: Monday 10:00 + 48 h. Thanksgiving, 26 November, comes after it.
    ("us/take-it-down/removal", "US", {}, "2026-11-25T10:00:00+01:00"),
    # One month from Monday 23 November; the day of receipt is not counted; to the end of Wednesday
    # 23 December, in the recipient's own time zone.
    ("eu/gdpr/access", "IE", {}, "2026-12-23T23:59:59+00:00"),
    ("eu/gdpr/erasure", "CZ", {}, "2026-12-23T23:59:59+01:00"),
    ("eu/gdpr/erasure", "CY", {}, "2026-12-23T23:59:59+02:00"),
    ("eu/gdpr/delisting", "IE", {}, "2026-12-23T23:59:59+00:00"),
    # Told of two further months: three months in all, to Tuesday 23 February 2027.
    (
        "eu/gdpr/access",
        "IE",
        {"extension_told": "2026-12-10T09:00:00+00:00"},
        "2027-02-23T23:59:59+00:00",
    ),
    # 90 days: 7 left in November, 31, 31, and 21 in February = Sunday 21 February 2027; so Monday 22.
    ("eu/dsa/out-of-court", "IE", {}, "2027-02-22T23:59:59+00:00"),
    # No number in the law: no date is made up.
    ("eu/dsa/notice", "IE", {}, None),
    ("eu/dsa/statement-of-reasons", "IE", {}, None),
]


@pytest.mark.parametrize(("rule", "place", "events", "answer"), BY_HAND)
def test_a_request_received_on_monday_23_november_is_due_as_worked_out_by_hand(
    rule, place, events, answer, tmp_path: Path
):
    told = [word for name, moment in events.items() for word in ("--event", f"{name}={moment}")]
    words = ["due", rule, "--received", NOW, "--place", place, "--now", NOW, *told, "--json"]
    done = subprocess.run(
        [sys.executable, "-m", "amparo", *words], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    (due,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert moment(due["answer_due"]) == moment(answer)
    assert due["act_by"] is None  # these times bind the recipient, not her


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
