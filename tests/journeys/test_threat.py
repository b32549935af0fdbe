"""A threat, no link, one photo, an adult: what helps before anything is online."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fingerprints.pictures import saved, scene
from tests.journeys.steps import Visit, same_as_expected

pytestmark = pytest.mark.browser

REPORT = "Report the account in the app or site where the threat came."


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "x.png"
    file.write_bytes(saved(scene(11), "PNG"))
    return file


def to_the_plan(amina: Visit, app, photo: Path, *, account: str = "") -> None:
    amina.begin(app, "threat", age="no")
    amina.page.get_by_role("textbox").fill(account)
    amina.press("Go on")
    amina.choose_pictures(photo)
    amina.answer("intimate", "shown", lives_in="FR")


def test_first_it_says_do_not_pay_and_keep_the_messages(visit: Callable[..., Visit], dated, photo):
    amina = visit()
    to_the_plan(amina, dated, photo)
    said = [step.does for step in amina.plan()]
    assert said[0] == "Do not pay, and do not send more."
    assert said[1] == "Keep the messages, then stop answering."


def test_programmes_block_the_picture_before_it_is_posted(visit: Callable[..., Visit], dated, photo):
    amina = visit()
    to_the_plan(amina, dated, photo)
    step = amina.step("Let StopNCII.org block the picture on the sites that take part.")
    assert step.ticked
    assert "The picture stays with you." in step.text


def test_the_police_are_a_choice_and_never_ticked(visit: Callable[..., Visit], dated, photo):
    amina = visit()
    to_the_plan(amina, dated, photo)
    police = amina.step("You can go to the police. Nobody does it for you.")
    assert not police.ticked
    assert "may go on even if you later want to stop" in police.text


def test_a_threat_has_no_date_that_no_law_gives(visit: Callable[..., Visit], dated, photo):
    amina = visit()
    to_the_plan(amina, dated, photo)
    assert not any("must answer by" in step.text for step in amina.plan())


def test_the_last_step_is_somebody_to_talk_to(visit: Callable[..., Visit], dated, photo):
    amina = visit()
    to_the_plan(amina, dated, photo)
    assert amina.plan()[-1].does.startswith("Talk to ")


def test_the_report_of_the_account_is_ready_without_a_story(visit: Callable[..., Visit], dated, photo):
    amina = visit()
    to_the_plan(amina, dated, photo, account="https://www.instagram.com/fast.money.2231/")
    (report,) = [step for step in amina.plan() if "Instagram" in step.does]
    amina.read_letter(report.does)
    amina.fill(style="stage", name="A.", email="answers.4712@example.org")
    assert amina.still_open == []
    same_as_expected("threat/report-the-account", amina.letter)


def test_without_an_account_the_report_names_no_place(visit: Callable[..., Visit], dated, photo):
    amina = visit()
    to_the_plan(amina, dated, photo)
    amina.read_letter(REPORT)
    assert "https://" not in amina.page.locator(".paper").first.inner_text()
    assert len(amina.screens) < 10
