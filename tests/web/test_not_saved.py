"""What she typed is handed back when the machine cannot save it: the disk is full, the file damaged."""

import pytest

from amparo.claims import store
from amparo.errors import CouldNot
from amparo.words import words
from tests.web.space_person import quick, sofia

pytestmark = pytest.mark.django_db
__all__ = ["quick", "sofia"]


def _refuse(*_: object, **__: object) -> int:
    raise CouldNot(words("The disk is full, so this was not saved."), words("Make room."))


def test_a_long_note_is_handed_back_when_the_disk_is_full(sofia, monkeypatch):
    case = sofia.keep()
    monkeypatch.setattr(store, "append", _refuse)
    answer = sofia.browser.post(f"{case}do", {"go": "note", "text": "She wrote <b>all of this</b> down."})
    assert answer.status_code == 503
    assert "She wrote &lt;b&gt;all of this&lt;/b&gt; down." in answer.content.decode()
    assert "Copy what you need" in answer.content.decode()


def test_no_secret_is_handed_back(sofia, monkeypatch):
    monkeypatch.setattr("amparo.web.space.her_settings.save", _refuse)
    given = {"part": "mail", "host": "mail.example.org", "port": "465", "address": "a@example.org"}
    answer = sofia.browser.post("/en/s/set", {**given, "password": "very secret words"})
    assert "very secret words" not in answer.content.decode()
