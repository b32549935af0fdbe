"""A performer withdraws her consent, under her stage name."""

from collections.abc import Callable

import pytest

from tests.journeys.steps import Visit, same_as_expected

pytestmark = pytest.mark.browser

LINKS = """https://www.pornhub.com/view_video.php?viewkey=ph63a1b2c3d4e5f
https://www.xvideos.com/video.abc123/some_title
https://onlyfans.com/vera-lys"""
CIVIL, STAGE = "Agnieszka Nowicka", "Vera Lys"
MAIL = "vera.4714@example.org"


def to_the_plan(vera: Visit, app) -> None:
    vera.begin(app, "online", age="no")
    vera.paste(LINKS)
    vera.press("Go on to my pictures")
    vera.press("Go on without")
    vera.answer("sexual_work", "shown", "withdrawn", "parts", lives_in="PL")


def test_the_us_statute_for_unagreed_pictures_is_not_offered(visit: Callable[..., Visit], dated):
    """She did agree once: the letter may not say that she never did."""
    vera = visit()
    to_the_plan(vera, dated)
    assert not any("take it down" in step.does.lower() for step in vera.plan())


def test_each_recipient_and_right_stands_once(visit: Callable[..., Visit], dated):
    vera = visit()
    to_the_plan(vera, dated)
    said = [step.does for step in vera.plan()]
    assert len(said) == len(set(said))


def test_the_notice_has_no_date_and_the_erasure_has_one(visit: Callable[..., Visit], dated):
    vera = visit()
    to_the_plan(vera, dated)
    assert "The law gives no date here." in vera.step("Give Pornhub notice that it is illegal.").text
    # One month from Monday 23 November 2026: Wednesday 23 December 2026, no holiday in Cyprus.
    erasure = vera.step("Ask Aylo Freesites Ltd to erase your data.")
    assert "Wednesday 23 December 2026" in erasure.date


@pytest.mark.parametrize(
    ("does", "name"),
    [
        ("Give Pornhub notice that it is illegal.", "pornhub-notice"),
        ("Give XVideos notice that it is illegal.", "xvideos-notice"),
        ("Ask Aylo Freesites Ltd to erase your data.", "aylo-erasure"),
        ("Ask WebGroup Czech Republic, a.s. to erase your data.", "webgroup-erasure"),
    ],
)
def test_each_letter_uses_the_stage_name_only(visit: Callable[..., Visit], dated, does, name):
    vera = visit()
    to_the_plan(vera, dated)
    vera.read_letter(does)
    vera.fill(style="stage", name=STAGE, email=MAIL)
    if "notice" in name:  # DSA 16(2)(d): a notice says that it is made in good faith
        vera.fill(good_faith=True)
    assert vera.still_open == []
    assert STAGE in vera.letter
    assert CIVIL not in vera.letter
    same_as_expected(f"performer/{name}", vera.letter)


def test_the_letter_asks_for_the_parts_that_show_her(visit: Callable[..., Visit], dated):
    vera = visit()
    to_the_plan(vera, dated)
    vera.read_letter("Ask Aylo Freesites Ltd to erase your data.")
    vera.fill(style="stage", name=STAGE, email=MAIL)
    assert "the parts that show me" in vera.letter
    assert "withdrawn" in vera.letter


def test_the_price_says_who_sees_the_stage_name(visit: Callable[..., Visit], dated):
    vera = visit()
    to_the_plan(vera, dated)
    vera.press("Read the first letter")
    vera.fill(style="stage", name=STAGE, email=MAIL)
    vera.press("Back to the plan")
    assert "sees your stage name and the mail address you write from." in vera.text
