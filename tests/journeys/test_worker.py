"""A worker asks a recruiter and a hotline vendor what they hold, and gets her passport scan erased."""

from collections.abc import Callable

import pytest

from tests.journeys.steps import Visit, same_as_expected

pytestmark = pytest.mark.browser

SITE = "https://jobs.brightcrew-placement.com/apply?id=20931"
MAIL = "privacy@northline-recruiting.ie"
VENDOR = "dpo@speakline-hotline.com"
WHO = {"name": "Rosa Lim", "email": "rosa.4713@example.org"}
SCAN = "The scan of my passport that I sent on 3 August 2026, and every copy of it."


def to_the_plan(rosa: Visit, app, places: str, holder: str) -> None:
    rosa.begin(app, "data")
    rosa.paste(places)
    rosa.press("Go on")
    rosa.answer("worker", lives_in="IE")
    if holder:
        rosa.press("Back")
        rosa.answer(holder)


def test_no_picture_and_no_age_is_asked_of_her(visit: Callable[..., Visit], dated):
    rosa = visit()
    to_the_plan(rosa, dated, SITE, "recruiter")
    assert "My pictures" not in rosa.screens
    assert not any("under 18" in screen for screen in rosa.screens)
    assert len(rosa.screens) < 10


def test_an_unknown_domain_and_a_privacy_mail_address_are_each_asked_once(visit: Callable[..., Visit], dated):
    rosa = visit()
    to_the_plan(rosa, dated, f"{SITE}\n{MAIL}", "recruiter")
    asked = [step.does for step in rosa.plan() if step.does.startswith("Ask ") and "holds" in step.does]
    assert asked == [
        "Ask brightcrew-placement.com what it holds about you.",
        "Ask northline-recruiting.ie what it holds about you.",
    ]


def test_access_comes_first_and_erasure_waits_for_the_answer(visit: Callable[..., Visit], dated):
    rosa = visit()
    to_the_plan(rosa, dated, MAIL, "recruiter")
    access = rosa.step("Ask northline-recruiting.ie what it holds about you.")
    erasure = rosa.step("Ask northline-recruiting.ie to erase your data.")
    assert access.ticked
    assert not erasure.ticked
    assert "After their answer: you then know what to name." in erasure.text


def test_one_month_from_23_november_is_23_december(visit: Callable[..., Visit], dated):
    rosa = visit()
    to_the_plan(rosa, dated, MAIL, "recruiter")
    # Received Monday 23 November 2026: one month ends with Wednesday 23 December 2026, a working day in
    # Ireland (GDPR 12(3), Reg. 1182/71 3(2)(c)). Where the recipient is, is not known: the date is not firm.
    assert (
        "Wednesday 23 December 2026" in rosa.step("Ask northline-recruiting.ie what it holds about you.").date
    )


def test_the_letter_to_a_mail_address_is_a_mail_to_it(visit: Callable[..., Visit], dated):
    rosa = visit()
    to_the_plan(rosa, dated, MAIL, "recruiter")
    rosa.read_letter("Ask northline-recruiting.ie what it holds about you.")
    rosa.fill(style="legal", **WHO)
    link = rosa.page.get_by_role("link", name="Write it in my mail program").get_attribute("href")
    assert link.startswith(f"mailto:{MAIL}?subject=")


@pytest.mark.parametrize(
    ("place", "holder", "does", "name"),
    [
        (MAIL, "recruiter", "Ask northline-recruiting.ie what it holds about you.", "recruiter-access"),
        (MAIL, "recruiter", "Ask northline-recruiting.ie to erase your data.", "recruiter-erase-scan"),
        (SITE, "recruiter", "Ask brightcrew-placement.com what it holds about you.", "site-access"),
        (VENDOR, "controller", "Ask speakline-hotline.com what it holds about you.", "vendor-access"),
        (VENDOR, "controller", "Ask speakline-hotline.com to erase your data.", "vendor-erase-scan"),
    ],
)
def test_each_letter_is_ready_and_says_what_was_expected(
    visit: Callable[..., Visit], dated, place, holder, does, name
):
    rosa = visit()
    to_the_plan(rosa, dated, place, holder)
    rosa.read_letter(does)
    extra = {"describe": SCAN} if name.endswith("scan") else {}
    rosa.fill(style="legal", **WHO, **extra)
    assert rosa.still_open == []
    same_as_expected(f"worker/{name}", rosa.letter)


def test_no_letter_of_hers_speaks_of_pictures_or_platforms(visit: Callable[..., Visit], dated):
    rosa = visit()
    to_the_plan(rosa, dated, VENDOR, "controller")
    rosa.read_letter("Ask speakline-hotline.com to erase your data.")
    rosa.fill(style="legal", **WHO, describe=SCAN)
    assert not any(word in rosa.letter.lower() for word in ("intimate", "picture", "video", "platform"))
