"""Files stay in memory, are limited, and are not read at all where somebody shown may be under 18."""

import builtins
import os
import tempfile
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from amparo.web import uploads
from amparo.web.notes import pictures
from tests.web.flow import PORNHUB, Walk


def picture(name: str = "IMG_2041.png", seed: int = 1) -> SimpleUploadedFile:
    """A picture with enough detail for a number."""
    side = 256
    pixels = bytes(
        (x * y * seed + x * 7 + (y * y) // (seed + 3)) % 256 for y in range(side) for x in range(side)
    )
    out = BytesIO()
    Image.frombytes("L", (side, side), pixels).convert("RGB").resize((300, 300)).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def at_pictures(browser, under_18="no") -> Walk:
    walk = Walk(browser)
    walk.to_places(under_18=under_18)
    walk.go(text=PORNHUB)
    walk.go()
    return walk


@pytest.fixture
def no_new_files(monkeypatch):
    """Fails a test in whose process any file is opened for writing, temporary ones too."""

    def refuse(*_, **__):
        raise AssertionError("a file was made")

    real = builtins.open

    def only_reading(file, mode="r", *args, **values):
        assert set(mode) <= set("rbtU"), (file, mode)
        return real(file, mode, *args, **values)

    monkeypatch.setattr(builtins, "open", only_reading)
    for name in ("NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "mkstemp", "mkdtemp"):
        monkeypatch.setattr(tempfile, name, refuse)


def test_a_picture_becomes_a_number_and_no_file_is_made(browser, no_new_files):
    walk = at_pictures(browser)
    screen = walk.go("make", path="n/p/", pictures=picture())
    ((pdq, sha256, quality),) = screen.carried["pictures"]
    assert (len(pdq), len(sha256)) == (64, 64)
    assert quality >= 50
    assert pdq in screen.text
    assert "IMG_2041" not in screen.text


def test_one_broken_picture_is_told_and_the_others_have_their_numbers(browser):
    broken = SimpleUploadedFile("b.jpg", b"\xff\xd8\xff\xe0 cut", "image/jpeg")
    screen = at_pictures(browser).go("make", path="n/p/", pictures=[picture(), broken, picture(seed=5)])
    assert len(screen.carried["pictures"]) == 2
    assert "Picture 2:" in screen.text


def test_when_every_picture_was_read_the_questions_come_at_once(browser):
    screen = at_pictures(browser).go("make_on", path="n/p/", pictures=[picture(), picture(seed=5)])
    assert screen.at == "questions"
    assert "2 pictures have their numbers" in screen.text


def test_a_picture_that_was_not_read_is_told_before_going_on(browser):
    broken = SimpleUploadedFile("b.jpg", b"\xff\xd8\xff\xe0 cut", "image/jpeg")
    screen = at_pictures(browser).go("make_on", path="n/p/", pictures=[picture(), broken])
    assert screen.at == "pictures"
    assert "Picture 2:" in screen.text


def test_the_same_picture_twice_is_one_number(browser):
    screen = at_pictures(browser).go("make", path="n/p/", pictures=[picture(), picture()])
    assert len(screen.carried["pictures"]) == 1


def test_choosing_nothing_is_told(browser):
    screen = at_pictures(browser).go("make", path="n/p/")
    assert screen.status == 422
    assert "No file was chosen" in screen.text


@pytest.mark.parametrize("answer", ["yes", "not_sure"])
def test_under_18_or_not_sure_never_reaches_the_pictures(browser, answer):
    walk = Walk(browser)
    screen = walk.to_places(under_18=answer)
    assert 'type="file"' not in screen.text
    walk.go(text=PORNHUB)
    assert walk.go().at == "questions"
    assert walk.go().at == "plan"


@pytest.mark.parametrize("answer", ["yes", "not_sure", "skip"])
def test_a_picture_sent_all_the_same_is_not_read(browser, monkeypatch, answer):
    walk = Walk(browser)
    walk.to_places(under_18=answer)

    def fail(*_):
        raise AssertionError("a byte of the file was read")

    monkeypatch.setattr(uploads.MemoryOnly, "receive_data_chunk", fail)
    monkeypatch.setattr(pictures, "fingerprint", fail)
    screen = walk.send("n/p/", state=walk.now.state, at="pictures", go="make", pictures=picture())
    assert screen.at == "age"
    assert "pictures" not in screen.carried


def test_a_file_before_the_answer_is_not_read_either(browser, monkeypatch):
    """A form made by hand may put its file first: without an answer there is no permission."""
    monkeypatch.setattr(uploads.MemoryOnly, "receive_data_chunk", lambda *_: pytest.fail("read"))
    walk = Walk(browser)
    walk.to_places()
    screen = walk.send("n/p/", pictures=picture(), state=walk.now.state, at="pictures", go="make")
    assert screen.status == 200
    assert "pictures" not in Walk(browser).door("online").carried


def test_a_file_above_the_limit_is_left_out_and_named_plainly(browser, monkeypatch):
    monkeypatch.setattr(uploads, "FILE_BYTES", 20_000)
    large = SimpleUploadedFile("large.png", os.urandom(60_000), "image/png")
    screen = at_pictures(browser).go("make", path="n/p/", pictures=[large])
    assert "larger than 50 MB" in screen.text
    assert "Save a smaller copy" in screen.text


@pytest.mark.parametrize(("path", "length"), [("/en/n/", 8_000_001), ("/en/n/p/", 120_000_001)])
def test_a_form_that_is_too_large_gets_a_page_before_any_of_it_is_read(browser, path, length):
    body = b"state="
    response = browser.generic(
        "POST",
        path,
        body,
        content_type="application/x-www-form-urlencoded",
        CONTENT_LENGTH=str(length),
        HTTP_ORIGIN="http://testserver",
    )
    assert response.status_code == 413
    assert "nothing else is lost" in response.content.decode()


def test_a_file_too_large_for_the_form_leaves_what_was_typed(browser):
    walk = Walk(browser)
    walk.to_places()
    screen = walk.go(text=PORNHUB, saved=SimpleUploadedFile("big.html", bytes(8_100_000), "text/html"))
    assert screen.status == 413
    assert screen.at == "places"
    assert PORNHUB in screen.text.split("<textarea")[1]


def test_the_only_upload_handler_keeps_files_in_memory(settings):
    assert settings.FILE_UPLOAD_HANDLERS == ["amparo.web.uploads.MemoryOnly"]


def test_a_saved_page_gives_its_addresses(browser):
    walk = Walk(browser)
    walk.to_places()
    page = SimpleUploadedFile("saved.html", f'<html><a href="{PORNHUB}">x</a></html>'.encode(), "text/html")
    screen = walk.go(text="", saved=page)
    assert screen.carried["situation"]["places"] == [PORNHUB]


def test_nothing_is_left_in_the_temporary_folder(browser, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    at_pictures(browser).go("make", path="n/p/", pictures=[picture(), picture(seed=9)])
    assert list(tmp_path.iterdir()) == []
