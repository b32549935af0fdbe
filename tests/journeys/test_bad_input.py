"""What goes wrong in the browser: each gives a clear page with the next step, and nothing typed is lost."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fingerprints.pictures import plain, png_saying, saved, scene
from tests.journeys.planted import found
from tests.journeys.running import App, running
from tests.journeys.steps import NOW, Visit

pytestmark = pytest.mark.browser


def at_pictures(person: Visit, app: App) -> None:
    person.begin(app, "online", age="no")
    person.paste("https://www.erome.com/a/Qw3rTy0u")
    person.press("Go on to my pictures")


def test_what_is_no_address_is_told_and_kept(visit: Callable[..., Visit], dated: App):
    person = visit()
    person.begin(dated, "online", age="no")
    person.paste("it is on that blue site, you know")
    assert "No address was found in this text." in person.text
    assert "Copy the address from your browser's address bar" in person.text
    assert (
        person.page.get_by_role("textbox").first.input_value().strip() == "it is on that blue site, you know"
    )


def test_what_opens_no_web_page_is_told_and_the_others_are_kept(visit: Callable[..., Visit], dated: App):
    person = visit()
    person.begin(dated, "online", age="no")
    person.paste("ftp://files.example.org/x, file:///C:/page.html and https://www.erome.com/a/Qw3rTy0u")
    assert person.heading == "1 place, and who can act there"
    assert "Some of it was no address:" in person.text
    assert "Give the address that starts with https://." in person.text


def test_ten_thousand_links_get_a_clear_page_in_time_and_are_not_lost(
    visit: Callable[..., Visit], dated: App
):
    typed = "\n".join(f"https://www.pornhub.com/view_video.php?viewkey=ph{n:09d}" for n in range(10_000))
    person = visit()
    person.begin(dated, "online", age="no")
    before = time.monotonic()
    answer = person.paste(typed)
    assert time.monotonic() - before < 10
    assert answer is not None
    assert answer.status == 422
    assert person.page.get_by_role("alert").inner_text().strip()
    kept = person.page.get_by_role("textbox").first.input_value()
    assert kept.count("viewkey=") == 10_000


def test_a_200_megabyte_photo_gets_the_page_that_says_so(visit: Callable[..., Visit], tmp_path: Path):
    huge = tmp_path / "huge.jpg"
    with huge.open("wb") as file:
        file.write(b"\xff\xd8\xff\xe0PLANTED-START-OF-HUGE")
        file.truncate(200_000_000)
    with running(tmp_path / "app", "--now", NOW) as app:
        person = visit(app)
        at_pictures(person, app)
        answer = person.choose_pictures(huge)
        assert answer is not None
        assert answer.status == 413
        assert "too large" in person.page.locator("body").inner_text()
        assert "at most 50 MB each" in person.page.locator("body").inner_text()
        assert found(["PLANTED-START-OF-HUGE"], app.folder) == []
        assert app.process.poll() is None


def test_a_60_megabyte_file_beside_a_good_one_costs_only_itself(
    visit: Callable[..., Visit], dated: App, tmp_path: Path
):
    large, good = tmp_path / "large.jpg", tmp_path / "good.jpg"
    with large.open("wb") as file:
        file.truncate(60_000_000)
    good.write_bytes(saved(scene(41)))
    person = visit()
    at_pictures(person, dated)
    person.choose_pictures(large, good)
    assert "One file is larger than 50 MB." in person.text
    assert "1 picture has its number" in person.text


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (saved(scene(42))[:4000], "This picture is damaged or cut off."),
        (png_saying(12_000, 12_000), "This picture has more than 50 million pixels."),
        (png_saying(2_000_000, 1), "This picture"),
        (saved(plain()), "This picture"),
        (b"Dear sir or madam", "This is a text, not a photo."),
        (b"", "This file is empty."),
    ],
    ids=["truncated", "bomb", "two million by one", "one flat colour", "text", "empty"],
)
def test_a_bad_picture_is_named_with_what_to_do_and_the_good_one_counts(
    visit: Callable[..., Visit], dated: App, tmp_path: Path, content: bytes, says: str
):
    bad, good = tmp_path / "bad.png", tmp_path / "good.jpg"
    bad.write_bytes(content)
    good.write_bytes(saved(scene(43)))
    person = visit()
    at_pictures(person, dated)
    person.choose_pictures(bad, good)
    alert = person.page.get_by_role("alert").inner_text()
    assert says in alert
    assert len(alert.strip().splitlines()) >= 2  # what happened, and what now
    assert "1 picture has its number" in person.text


def test_no_picture_chosen_is_told(visit: Callable[..., Visit], dated: App):
    person = visit()
    at_pictures(person, dated)
    person.press("Make the numbers and show them")
    assert "No file was chosen." in person.text


def test_a_hidden_field_changed_by_hand_gives_a_clear_page(visit: Callable[..., Visit], dated: App):
    person = visit()
    person.begin(dated, "online", age="no")
    person.page.evaluate("document.querySelector('[name=state]').value = '{\"situation\":{\"colour\":1}}'")
    person.paste("https://www.erome.com/a/Qw3rTy0u")
    assert "Traceback" not in person.page.content()
    assert person.page.get_by_role("link", name="Go to the first page").count() == 1


def test_a_second_amparo_says_where_the_first_one_is_and_leaves_it_running(dated: App, tmp_path: Path):
    second = subprocess.run(
        [sys.executable, "-m", "amparo", "--data", str(dated.folder / "data"), "--no-browser"],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=tmp_path,
    )
    assert second.returncode == 3
    assert f"Amparo is already running, at {dated.origin}" in second.stderr
    assert "Traceback" not in second.stderr
    assert dated.process.poll() is None


def test_the_launch_address_works_once(visit: Callable[..., Visit], dated: App, chromium):
    visit()  # has used it
    context = chromium.new_context()
    page = context.new_page()
    answer = page.goto(dated.address)
    assert answer is not None
    assert answer.status == 403
    assert "already used" in page.locator("body").inner_text()
    context.close()
