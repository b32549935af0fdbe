"""A wrongly removed account: the reasons, the complaint to the platform, the body outside it."""

from collections.abc import Callable

import pytest

from tests.journeys.steps import Visit, same_as_expected

pytestmark = pytest.mark.browser

ACCOUNT = "https://www.instagram.com/marisol.dances/"
REASONS = "Ask Instagram for its reasons."
COMPLAINT = "Complain to Instagram about its decision."
OUTSIDE = "Take the decision to Appeals Centre Europe, an independent body."
WHO = {"name": "Marisol Vega", "email": "marisol.4711@example.org"}


def to_the_plan(marisol: Visit, app, on: str | None = "2026-11-10") -> None:
    marisol.begin(app, "account")
    marisol.paste(ACCOUNT)
    marisol.press("Go on")
    marisol.answer(lives_in="ES", on=on)


def test_reasons_then_complaint_then_a_body_outside_stand_in_this_order(visit: Callable[..., Visit], dated):
    marisol = visit()
    to_the_plan(marisol, dated)
    said = [step.does for step in marisol.plan()]
    assert said.index(REASONS) < said.index(COMPLAINT) < said.index(OUTSIDE)
    assert said[-1].startswith("Talk to ")
    assert marisol.step(REASONS).ticked
    assert marisol.step(COMPLAINT).ticked
    assert not marisol.step(OUTSIDE).ticked


def test_the_last_day_to_complain_is_six_months_after_she_was_told(visit: Callable[..., Visit], dated):
    marisol = visit()
    to_the_plan(marisol, dated)
    # Told on Tuesday 10 November 2026: six months end with Monday 10 May 2027
    # (DSA 20(1), Reg. 1182/71 3(2)(c)).
    assert "10 May 2027" in marisol.step(COMPLAINT).text


def test_reasons_and_complaint_have_no_invented_date(visit: Callable[..., Visit], dated):
    """DSA 17 and 20(4) say "at the latest when it starts" and "in a timely manner": no number of days."""
    marisol = visit()
    to_the_plan(marisol, dated)
    assert "The law gives no date here." in marisol.step(REASONS).text
    assert "They must answer by" not in marisol.step(COMPLAINT).text


def test_the_body_outside_has_ninety_days(visit: Callable[..., Visit], dated):
    marisol = visit()
    to_the_plan(marisol, dated)
    # 90 calendar days after Monday 23 November 2026 is Sunday 21 February 2027 (7 + 31 + 31 + 21); a period
    # that ends on a Sunday ends with the next working day (Reg. 1182/71 3(4)): Monday 22 February 2027.
    assert "Monday 22 February 2027" in marisol.step(OUTSIDE).date


def test_too_late_to_complain_is_said_and_the_outside_body_stays(visit: Callable[..., Visit], dated):
    marisol = visit()
    to_the_plan(marisol, dated, on="2026-05-04")
    complaint = marisol.step(COMPLAINT)
    assert not complaint.ticked
    assert "The six months were over" in complaint.text


@pytest.mark.parametrize(
    ("does", "name"), [(REASONS, "reasons"), (COMPLAINT, "complaint"), (OUTSIDE, "outside")]
)
def test_each_letter_is_ready_and_says_what_was_expected(visit: Callable[..., Visit], dated, does, name):
    marisol = visit()
    to_the_plan(marisol, dated)
    marisol.read_letter(does)
    ground = {} if name == "reasons" else {"decision_ground": "sexual solicitation"}
    if name == "outside":
        ground["first_recipient"] = "Instagram"
    marisol.fill(style="legal", **WHO, decision_reference="DEC-2026-88431", **ground)
    assert marisol.still_open == []
    same_as_expected(f"removed-account/{name}", marisol.letter)


def test_the_complaint_goes_through_the_platforms_own_door_for_it(visit: Callable[..., Visit], dated):
    marisol = visit()
    marisol.begin(dated, "account")
    marisol.paste("https://x.com/marisol_dances")
    marisol.press("Go on")
    marisol.answer(lives_in="ES", on="2026-11-10")
    step = marisol.step("Complain to X about its decision.")
    assert "https://help.x.com/en/forms/account-access/appeals.html" in step.text
