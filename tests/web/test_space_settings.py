"""Settings of a space: new words, a sealed copy, erasing everything."""

import os
import subprocess
import sys

import pytest

from amparo.claims.models import SHELF
from amparo.vault import accounts
from tests.web.conftest import Browser
from tests.web.space_person import Person, brought, quick, sofia

pytestmark = pytest.mark.django_db
__all__ = ["quick", "sofia"]

COPY_WORDS = "copper heron winter ladder ribbon salt"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"lock_minutes": "1", "exit_to": ""}, "This lock time is not possible."),
        ({"lock_minutes": "5", "exit_to": "javascript:alert(1)"}, "This is not the address of a page"),
        ({"lock_minutes": "x", "exit_to": ""}, "This lock time is not possible."),
    ],
)
def test_settings_that_cannot_be_are_refused_and_what_was_typed_stays(sofia, fields, says):
    page = sofia.post("set", part="behaviour", **fields)
    assert page.status == 422
    assert says in page.text
    assert page.typed("exit_to") == fields["exit_to"]


def test_another_language_keeps_a_half_typed_setting(sofia):
    page = sofia.post("/fr/s/set", part="behaviour", lock_minutes="7", exit_to="https://met", again="1")
    assert page.typed("exit_to") == "https://met"
    assert 'value="7" selected' in page.html


def new_words(person: Person, **changed: str):
    offered = person.get("set").values("offered")[0]
    given = {"old": person.words, "passphrase": offered, "offered": offered, "go": "change"} | changed
    return person.post("set", part="words", **given), offered


def test_new_words_lock_every_open_window_and_the_old_ones_stop(sofia):
    other = Person(words=sofia.words)
    other.unlock()
    page, offered = new_words(sofia)
    assert "Your words are changed." in page.text
    assert sofia.get("").heading == other.get("").heading == "Open my space"
    assert sofia.unlock().status == 422
    assert sofia.unlock(offered).status == 303


def test_wrong_old_words_change_nothing(sofia):
    page, _ = new_words(sofia, old="wrong words here now")
    assert page.status == 422
    assert "nothing was changed" in page.text
    assert sofia.get("").status == 200


def test_other_words_are_offered_without_changing_anything(sofia):
    before = sofia.get("set").values("offered")[0]
    page = sofia.post("set", part="words", go="other", offered=before)
    assert page.status == 200
    assert page.values("offered")[0] != before


@pytest.mark.django_db(transaction=True)
def test_a_sealed_copy_opens_in_an_empty_folder(tmp_path, settings):
    del settings.AMPARO_ARGON2  # a real program opens nothing that was stretched too cheaply
    sofia = Person().make()
    sofia.keep(brought(), called="Two pages")
    page = sofia.post("copy", passphrase=COPY_WORDS)
    assert page.headers["Content-Disposition"] == 'attachment; filename="copy.bin"'
    assert b"Two pages" not in page.content
    assert not list(tmp_path.glob(".copy-*"))
    (tmp_path / "copy.bin").write_bytes(page.content)
    (tmp_path / "words").write_text(COPY_WORDS + "\n")
    done = restore(tmp_path)
    assert "Put back 1 spaces" in done.stdout, done.stderr
    again = open_there(tmp_path, sofia)
    assert "Two pages" in again.stdout, again.stderr


def restore(folder):
    command = (
        f"{sys.executable} -m amparo restore {folder / 'copy.bin'} --data {folder / 'new'} "
        f"--passphrase-fd 3 3<{folder / 'words'}"
    )
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    return subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=environment)


OPEN_THERE = """
import os, sys
import django; django.setup()
from datetime import UTC, datetime
from amparo.vault import accounts
from amparo.claims import store
now = datetime.now(UTC)
keyring = accounts.unlock(name="sofia", passphrase=sys.stdin.read(), now=now)
print([one.short.name for one in store.list_cases(keyring, now=now)])
"""


def open_there(folder, person: Person):
    environment = {
        "PATH": os.environ["PATH"],
        "AMPARO_DATA": str(folder / "new"),
        "DJANGO_SETTINGS_MODULE": "amparo.settings",
    }
    return subprocess.run(
        [sys.executable, "-c", OPEN_THERE],
        input=person.words,
        capture_output=True,
        text=True,
        env=environment,
    )


@pytest.mark.django_db(transaction=True)
def test_a_copy_with_easy_words_is_not_made(sofia):
    page = sofia.post("copy", passphrase="1234")
    assert page.status == 422
    assert page.headers["Content-Type"].startswith("text/html")


def test_everything_is_erased_only_when_she_says_so_twice(sofia):
    case = sofia.keep()
    page = sofia.post("set", part="erase")
    assert page.status == 422
    assert "Nothing was erased." in page.text
    assert sofia.post("set", part="erase", sure="yes").where == "/en/"
    assert not accounts.exists_any()
    assert not SHELF.case.objects.exists()
    assert not SHELF.entry.objects.exists()
    assert sofia.get(case).where == "/en/s/new"
    assert sofia.unlock().status == 422


def test_erasing_one_space_leaves_the_others(sofia):
    vera = Person(browser=Browser(), name="vera").make()
    case = vera.keep(called="Hers")
    sofia.post("set", part="erase", sure="yes")
    assert vera.get(case).heading == "Hers"
