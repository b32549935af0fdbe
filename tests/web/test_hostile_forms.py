"""Forms nobody made with our pages: each is answered in words, and none reads what it must not."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from amparo.claims import store
from amparo.vault import sessions
from amparo.web.notes.carried import from_json
from tests.web.flow import PORNHUB
from tests.web.space_person import brought, quick, sofia

__all__ = ["quick", "sofia"]

ADULTS = {"places": [PORNHUB], "shown_under_18": "no"}
NUMBER = ["a" * 64, "b" * 64, 90]


def send(browser, held: object, **fields):
    return browser.post("/en/n/", {"state": json.dumps(held), "at": "plan", **fields})


@pytest.mark.parametrize("name", ["step", "text", "names", "chosen", "describe"])
def test_half_a_sign_in_what_travels_is_refused_in_words(browser, name):
    half = {"chosen": ["\ud800"]}.get(name, "\ud800")
    inside = (
        {"situation": {**ADULTS, name: half}} if name == "describe" else {"situation": ADULTS, name: half}
    )
    response = send(browser, inside)
    assert response.status_code == 400
    assert b"cannot be read" in response.content


def test_questions_that_do_not_exist_are_not_put_again(browser):
    asked = ["__class__", "sender", "blanks", "decision.x", "shown_under_18"]
    assert send(browser, {"situation": ADULTS, "asked": asked}, at="questions", again="1").status_code == 200


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "9999-12-01"])
def test_a_day_that_no_period_can_be_reckoned_from_is_told(browser, day):
    account = {**ADULTS, "material": "account", "role": "account_holder"}
    held = {"door": "account", "situation": account}
    response = send(browser, held, at="questions", decision_on=day)
    assert response.status_code == 422
    assert b"Write the day like" in response.content
    assert send(browser, {**held, "situation": {**account, "decision": {"on": day}}}).status_code == 400


@pytest.mark.parametrize("answer", ["yes", "not_sure"])
def test_no_number_of_a_picture_travels_where_somebody_was_under_18(answer):
    held = {"situation": {**ADULTS, "shown_under_18": answer}, "pictures": [NUMBER]}
    assert from_json(json.dumps(held)).pictures == ()


@pytest.mark.parametrize("answer", ["skip", "not_sure", "yes"])
@pytest.mark.parametrize("at", ["pictures", "plan", ""])
@pytest.mark.parametrize("path", ["/en/n/", "/en/n/p/"])
def test_no_file_is_read_without_a_clear_no_whatever_the_form_says(browser, monkeypatch, answer, at, path):
    read: list[bytes] = []
    monkeypatch.setattr(
        "amparo.web.uploads.MemoryOnly.receive_data_chunk", lambda self, data, start: read.append(data)
    )
    held = {"situation": {**ADULTS, "shown_under_18": answer}}
    photo = SimpleUploadedFile("a.jpg", b"\xff\xd8\xff" * 100)
    browser.post(path, {"state": json.dumps(held), "at": at, "go": "make", "pictures": photo})
    assert read == []


def test_too_many_files_show_the_same_screen_with_what_she_gave(browser):
    files = [SimpleUploadedFile(f"{n}.jpg", b"\xff\xd8\xff") for n in range(101)]
    held = {"state": json.dumps({"situation": ADULTS}), "at": "pictures", "go": "make", "pictures": files}
    response = browser.post("/en/n/p/", held)
    assert response.status_code == 413
    assert b"This is too large for one go." in response.content
    assert PORNHUB.encode() in response.content


@pytest.mark.django_db
def test_the_numbers_of_pictures_leave_a_case_once_somebody_was_under_18(sofia):
    adults = json.loads(brought())
    case = sofia.keep(json.dumps({**adults, "pictures": [NUMBER]}))
    keyring = sessions.keyring(sofia.browser.cookies["space"].value)
    case_id = case.rstrip("/").rpartition("/")[2]
    assert store.case(keyring, case_id).case.fingerprints
    now_unsure = {**adults["situation"], "shown_under_18": "not_sure"}
    sofia.browser.post("/en/s/keep", {"state": json.dumps({"situation": now_unsure, "case": case_id})})
    assert not store.case(keyring, case_id).case.fingerprints
    bodies = [entry.body or b"" for entry in store.entries(keyring, case_id)]
    assert not any(NUMBER[0].encode() in body for body in bodies)
