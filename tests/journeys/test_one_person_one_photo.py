"""One person, one photo, script off: from the front door to a ready letter, keeping nothing."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes
from email.policy import default as modern
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.fingerprints.pictures import saved, scene
from tests.journeys.steps import Visit, same_as_expected

pytestmark = pytest.mark.browser

LINK = "https://www.pornhub.com/view_video.php?viewkey=ph63a1b2c3d4e5f"
TAKE_DOWN = "Tell Pornhub to take it down."


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "IMG_2041.jpg"
    file.write_bytes(saved(scene(7)))
    return file


def moment_in(text: str) -> datetime:
    """Gives the moment of "Wednesday 25 November 2026, 11:00 (UTC+2)"."""
    day, clock, hours = re.search(r"\w+day (\d+ \w+ \d{4}), (\d\d:\d\d) \(UTC([+-]\d+)?\)", text).groups()
    there = datetime.strptime(f"{day} {clock}", "%d %B %Y %H:%M")
    return there.replace(tzinfo=timezone(timedelta(hours=int(hours or 0))))


def to_the_plan(sofia: Visit, app, photo: Path) -> None:
    sofia.begin(app, "online", age="no")
    sofia.paste(f"he put it here {LINK} please help")
    sofia.press("Go on to my pictures")
    sofia.choose_pictures(photo)
    sofia.answer("intimate", "shown", "never", "whole", lives_in="ES")


def to_the_letter(sofia: Visit, app, photo: Path) -> None:
    to_the_plan(sofia, app, photo)
    sofia.press("Read the first letter")
    sofia.fill(
        style="legal",
        name="Sofía Luján",
        email="answers.4711@example.org",
        signature="Sofía Luján",
        good_faith=True,
    )


def test_the_first_step_has_the_right_recipient_right_and_clock(visit: Callable[..., Visit], dated, photo):
    sofia = visit()
    to_the_plan(sofia, dated, photo)
    first = sofia.plan()[0]
    assert first.does == TAKE_DOWN
    assert first.ticked
    # 48 hours after Monday 23 November 2026, 10:00+01:00 is Wednesday 25 November, 10:00+01:00: elapsed
    # hours, so neither Thanksgiving (26 November) nor a weekend changes anything.
    assert "They must answer by Wednesday 25 November 2026" in first.text
    assert moment_in(first.text) == datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
    assert "47 USC 223a" in first.text
    assert "https://www.pornhub.com/content-removal" in first.text


def test_the_photo_becomes_a_number_and_is_let_go(visit: Callable[..., Visit], dated, photo):
    sofia = visit()
    sofia.begin(dated, "online", age="no")
    sofia.paste(LINK)
    sofia.press("Go on to my pictures")
    sofia.choose_pictures(photo, show=True)
    assert "1 picture has its number" in sofia.text
    (number,) = sofia.page.get_by_label("The numbers, one per line").input_value().split()
    assert len(number) == 64
    assert set(number) <= set("0123456789abcdef")
    assert photo.name not in sofia.page.content()


def test_the_letter_is_ready_and_says_what_was_expected(visit: Callable[..., Visit], dated, photo):
    sofia = visit()
    to_the_letter(sofia, dated, photo)
    assert sofia.still_open == []
    same_as_expected("one-person/pornhub-take-it-down", sofia.letter)


def test_a_first_letter_takes_fewer_than_ten_screens_and_no_script(visit: Callable[..., Visit], dated, photo):
    sofia = visit()
    to_the_letter(sofia, dated, photo)
    assert len(sofia.screens) < 10, sofia.screens
    assert not sofia.page.get_by_role(
        "button", name="Copy the text"
    ).is_visible()  # a promise only scripts keep


def test_the_mail_draft_holds_the_letter_and_no_trace_of_the_device(
    visit: Callable[..., Visit], dated, photo, tmp_path: Path
):
    sofia = visit()
    to_the_letter(sofia, dated, photo)
    mail = message_from_bytes(sofia.save("Mail draft (.eml)", tmp_path).read_bytes(), policy=modern)
    subject, _, body = sofia.letter.partition("\n\n")
    assert mail["Subject"].strip() == subject
    assert mail.get_content().replace("\r\n", "\n").strip() == body.strip()
    assert mail["X-Unsent"] == "1"
    assert mail["From"].addresses[0].addr_spec == "answers.4711@example.org"
    assert set(mail.keys()) <= {
        "From", "To", "Subject", "Date", "Message-ID", "X-Unsent", "MIME-Version", "Content-Type",
        "Content-Transfer-Encoding",
    }  # fmt: skip


def test_the_pdf_holds_the_same_words(visit: Callable[..., Visit], dated, photo, tmp_path: Path):
    sofia = visit()
    to_the_letter(sofia, dated, photo)
    pdf = PdfReader(sofia.save("PDF", tmp_path))
    printed = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert "Request to remove an intimate visual depiction published without consent" in printed
    assert "/s/ Sofía Luján" in printed
    assert LINK in printed.replace(" ", "") or LINK in printed


def test_the_form_card_fills_their_form_field_by_field(visit: Callable[..., Visit], dated, photo):
    sofia = visit()
    to_the_letter(sofia, dated, photo)
    card = sofia.card()
    links = next(value for label, value in card.items() if label.startswith("Links to the content"))
    assert LINK in links
    assert any(label.startswith("You are shown") for label in card)


def test_a_letter_without_its_signature_cannot_leave(visit: Callable[..., Visit], dated, photo):
    sofia = visit()
    to_the_plan(sofia, dated, photo)
    sofia.press("Read the first letter")
    sofia.fill(style="legal", name="Sofía Luján", email="answers.4711@example.org", good_faith=True)
    assert sofia.still_open == ["Your signature (not there yet)"]
    assert sofia.page.get_by_role("button", name="PDF").count() == 0
    assert "Type your name as your signature." in sofia.text
