"""Somebody shown was under 18, or she is not sure: only the ways made for it, and no byte of a picture."""

import os
import pty
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fingerprints.pictures import PLACE_MARK, saved, scene, with_planted_place
from tests.journeys.running import running
from tests.journeys.steps import NOW, Visit
from tests.journeys.watching import watched

pytestmark = pytest.mark.browser

LINKS = "https://www.pornhub.com/view_video.php?viewkey=ph63a1b2c3d4e5f\nhttps://www.instagram.com/p/Cabc123/"
NOT_ADULT = ("not_sure", "yes")


def to_the_plan(person: Visit, app, age: str) -> None:
    person.begin(app, "online", age=age)
    no_file_field(person)
    person.paste(LINKS)
    no_file_field(person)
    person.press("Go on")
    no_file_field(person)
    person.answer(lives_in="IE")


def no_file_field(person: Visit) -> None:
    assert person.page.locator("input[type=file]").count() == 0, person.heading


@pytest.mark.parametrize("age", NOT_ADULT)
def test_the_plan_holds_only_the_ways_made_for_it(visit: Callable[..., Visit], dated, age):
    person = visit()
    to_the_plan(person, dated, age)
    steps = person.plan()
    said = [step.does for step in steps]
    assert said[0] == "Keep only the address. Make no copy and no screenshot."
    assert "Let Take It Down (NCMEC) block the picture on the sites that take part." in said
    assert "Give Pornhub the address, and say a person under 18 is shown." in said
    assert not any(word in " ".join(said) for word in ("StopNCII", "erase", "notice", "take it down"))
    assert "https://www.pornhub.com/anonymous-content-removal" in person.text
    assert person.page.get_by_role("button", name="Read this letter").count() == 0
    assert not any("must answer by" in step.text for step in steps)
    assert person.plan()[-1].does.startswith("Talk to ")


@pytest.mark.parametrize("age", NOT_ADULT)
def test_no_screen_of_it_takes_a_picture_or_offers_a_number(visit: Callable[..., Visit], dated, age):
    person = visit()
    to_the_plan(person, dated, age)
    no_file_field(person)
    assert "My pictures" not in person.screens
    assert len(person.screens) < 10


@pytest.mark.parametrize("age", NOT_ADULT)
def test_a_threat_gets_the_ways_made_for_it_too(visit: Callable[..., Visit], dated, age):
    person = visit()
    person.begin(dated, "threat", age=age)
    no_file_field(person)
    assert "Do not send or upload the picture anywhere" in person.text
    person.press("Go on")
    no_file_field(person)
    person.answer(lives_in="GB")
    said = [step.does for step in person.plan()]
    assert any("Report Remove" in one for one in said)
    assert not any("StopNCII" in one for one in said)


def test_saying_no_and_then_not_sure_forgets_the_numbers_made(
    visit: Callable[..., Visit], dated, tmp_path: Path
):
    photo = tmp_path / "a.jpg"
    photo.write_bytes(saved(scene(3)))
    person = visit()
    person.begin(dated, "online", age="no")
    person.paste(LINKS)
    person.press("Go on to my pictures")
    person.choose_pictures(photo, show=True)
    number = person.page.get_by_label("The numbers, one per line").input_value().strip()
    for _ in range(3):
        person.press("Back")
    person.page.get_by_label("I am not sure", exact=True).check()
    person.press("Go on")
    assert number not in person.page.content()


# Proof by watching the program


def forged_post(person: Visit, app, age: str, picture: bytes):
    """Sends a picture to the pictures address with this answer on age, as no page of ours would."""
    state = f'{{"door":"online","situation":{{"places":["https://example.org/x"],"shown_under_18":"{age}"}}}}'
    return person.page.context.request.post(
        f"{app.origin}/en/n/p/",
        multipart={
            "state": state,
            "at": "pictures",
            "go": "make",
            "pictures": {"name": "child.jpg", "mimeType": "image/jpeg", "buffer": picture},
        },
        headers={"Origin": app.origin, "Sec-Fetch-Site": "same-origin"},
    )


@pytest.mark.parametrize("age", [*NOT_ADULT, "skip"])
def test_a_picture_sent_all_the_same_starts_no_decoder_and_goes_no_further(
    visit: Callable[..., Visit], tmp_path: Path, age
):
    under, trace = watched(tmp_path / "trace")
    with running(tmp_path / "app", "--now", NOW, under=under) as app:
        person = visit(app)
        answer = forged_post(person, app, age, with_planted_place(scene(4)))
        assert "We ask this before anything is read." in answer.text()
    assert trace.programs == 1  # the app itself: no decoder was started
    assert trace.carrying(PLACE_MARK) <= {"recvfrom"}  # it reached the socket and nothing after it


def test_the_watcher_would_have_seen_a_decoder(visit: Callable[..., Visit], tmp_path: Path):
    under, trace = watched(tmp_path / "trace")
    with running(tmp_path / "app", "--now", NOW, under=under) as app:
        answer = forged_post(visit(app), app, "no", with_planted_place(scene(4)))
        assert "1 picture has its number" in answer.text()
    assert trace.programs > 1
    assert trace.carrying(PLACE_MARK) >= {"recvfrom", "write"}


def command(folder: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "amparo", *words[:1], "--data", str(folder / "data"), *words[1:]]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "picture-of-somebody.jpg"
    file.write_bytes(with_planted_place(scene(5)))
    return file


@pytest.mark.parametrize("verb", ["fingerprint", "match"])
def test_the_command_line_opens_no_picture_unless_everybody_was_adult(verb, picture: Path, tmp_path: Path):
    under, trace = watched(tmp_path / "trace")
    words = {"fingerprint": [str(picture)], "match": ["--mine", str(picture), "--", str(picture)]}[verb]
    done = subprocess.run(
        [*under, *command(tmp_path, verb, *words)], stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    assert done.returncode == 2, done.stderr
    assert "Nothing was read" in done.stderr
    assert trace.lines
    assert trace.touching(picture) == []
    assert trace.programs == 1


def test_with_adult_the_watcher_sees_the_picture_opened(picture: Path, tmp_path: Path):
    under, trace = watched(tmp_path / "trace")
    done = subprocess.run(
        [*under, *command(tmp_path, "fingerprint", "--adult", str(picture))], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert trace.touching(picture)


@pytest.mark.parametrize("said", ["not sure", "no", ""])
def test_on_a_terminal_any_answer_but_yes_opens_nothing(said, picture: Path, tmp_path: Path):
    under, trace = watched(tmp_path / "trace")
    ours, theirs = pty.openpty()
    program = subprocess.Popen(
        [*under, *command(tmp_path, "fingerprint", str(picture))],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    os.write(ours, f"{said}\n".encode())
    _, complaint = program.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    time.sleep(0.1)  # the watcher writes its last line after the program has gone
    assert program.returncode == 1
    assert b"Take It Down" in complaint
    assert trace.touching(picture) == []


@pytest.mark.parametrize("age", NOT_ADULT)
def test_a_plan_on_the_command_line_is_the_protected_one(age, tmp_path: Path):
    situation = tmp_path / "situation.json"
    situation.write_text(f'{{"places": ["https://www.pornhub.com/x"], "shown_under_18": "{age}"}}')
    done = subprocess.run(
        command(tmp_path, "plan", "--json", "--now", NOW, str(situation)), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "under_18_route" in done.stdout
    assert "take_it_down" not in done.stdout
    assert '"erasure"' not in done.stdout.split('"not"')[0]
