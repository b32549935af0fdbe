"""Making a space, its recovery key, opening, locking, and what was typed meanwhile."""

import pytest

from amparo.vault import backoff, sessions
from amparo.web.space import opening
from tests.web.space_person import Person, brought, quick

pytestmark = pytest.mark.django_db
__all__ = ["quick"]


@pytest.fixture
def sofia() -> Person:
    return Person()


class Clock:
    """A clock to turn."""

    def __init__(self) -> None:
        self.at = 1_000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock(monkeypatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(sessions, "_clocks", sessions.Clocks(made, made))
    return made


# Making


def test_six_words_are_offered_and_open_the_space(sofia):
    page = sofia.begin()
    assert len(sofia.words.split()) == 6
    assert page.heading == "Your recovery key"
    assert len(sofia.key.split("-")) == 8


def test_mistyped_words_make_no_space_and_offer_the_same_again(sofia):
    offered = sofia.get("new").values("offered")[0]
    page = sofia.post("new", name="sofia", passphrase="something else here", offered=offered, go="make")
    assert page.status == 422
    assert "Type the six words in their order" in page.text
    assert page.values("offered") == [offered]
    assert page.typed("name") == "sofia"


def test_words_of_her_own_count_when_typed_twice(sofia):
    own = "a heron over the cold canal"
    page = sofia.post("new", name="sofia", passphrase=own, twice=own, offered="x", go="make")
    assert page.heading == "Your recovery key"


def test_a_taken_name_is_told_with_a_way_on(sofia):
    sofia.make()
    page = Person().begin()
    assert page.status == 422
    assert "There is already a space with this name here." in page.text


def test_somebody_without_a_space_is_led_to_making_one(sofia):
    assert sofia.get("").where == "/en/s/new"


# The recovery key


def test_a_space_whose_key_was_not_read_back_is_not_usable(sofia):
    sofia.begin()
    for path in ("", "set", "c/" + "0" * 32 + "/"):
        assert sofia.get(path).where == "/en/s/key"
    assert sofia.post("keep", state=brought(), called="x").where == "/en/s/key"


def test_wrong_groups_show_the_same_key_again(sofia):
    sofia.begin()
    page = sofia.post("key", first=sofia.key.split("-")[0], last="WRONG23")
    assert page.status == 422
    assert all(group in page.html for group in sofia.key.split("-"))
    assert sofia.confirm().status == 303


def test_a_reload_shows_the_same_key_until_it_was_read_back(sofia):
    sofia.begin()
    assert all(group in sofia.get("key").html for group in sofia.key.split("-"))


def test_after_a_restart_an_unread_key_is_replaced_by_a_new_one(sofia):
    sofia.begin()
    before = sofia.key
    opening._shown.clear()
    sofia._reads_key(sofia.get("key"))
    assert sofia.key != before
    assert sofia.confirm().status == 303


def test_a_key_that_was_read_back_is_never_changed_by_opening_a_page(sofia):
    sofia.make()
    assert sofia.get("key").where == "/en/s/set"
    sofia.post("key", first="x", last="y")
    words = " ".join(["river", "lamp", "seven", "orange", "quiet", "table"])
    page = sofia.post("recover", name="sofia", key=sofia.key, passphrase=words, offered=words, go="make")
    assert page.heading == "Your recovery key"


def test_a_new_key_has_to_be_read_back_too(sofia):
    sofia.make()
    before = sofia.key
    sofia._reads_key(sofia.post("key", go="new"))
    assert sofia.key != before
    assert sofia.get("").where == "/en/s/key"
    sofia.confirm()
    assert sofia.get("").status == 200


def test_the_recovery_key_opens_with_new_words_and_the_old_ones_stop(sofia):
    sofia.make()
    old = sofia.words
    sofia.words = sofia.get("recover").values("offered")[0]
    page = sofia.post(
        "recover", name="sofia", key=sofia.key.lower(), passphrase=sofia.words, offered=sofia.words, go="make"
    )
    sofia._reads_key(page)
    sofia.confirm()
    sofia.get("lock")
    assert sofia.unlock(old).status == 422
    assert sofia.unlock().status == 303


def test_a_wrong_recovery_key_keeps_what_was_typed(sofia):
    sofia.make()
    words = sofia.get("recover").values("offered")[0]
    key = "-".join(["AAAAAAA"] * 8)
    page = sofia.post("recover", name="sofia", key=key, passphrase=words, offered=words, go="make")
    assert page.status == 422
    assert page.typed("key") == key


# Opening and locking


def test_wrong_words_say_what_to_do(sofia):
    sofia.make()
    sofia.get("lock")
    page = sofia.unlock("not the right words at all")
    assert page.status == 422
    assert "use your recovery key" in page.text
    assert page.typed("name") == "sofia"
    assert "not the right words" not in page.html


def test_fifty_wrong_tries_bring_a_short_wait_and_never_a_lock_out(sofia, monkeypatch):
    sofia.make()
    sofia.get("lock")
    clock = Clock()
    monkeypatch.setattr(backoff._per_name, "clock", clock)
    answers = [sofia.unlock(f"wrong words number {n}") for n in range(50)]
    assert {one.status for one in answers} == {422}
    assert "Your space is not closed, and nothing is lost." in answers[-1].text
    clock.at += 61
    assert sofia.unlock().status == 303


def test_an_unknown_name_and_wrong_words_are_answered_alike(sofia):
    sofia.make()
    sofia.get("lock")
    wrong = sofia.unlock("some other words")
    unknown = sofia.post("unlock", name="nobody", passphrase="some other words")
    assert wrong.text == unknown.text


def test_lock_now_locks(sofia):
    sofia.make()
    assert sofia.get("lock").heading == "Open my space"
    assert "Your space is locked." in sofia.get("").text


def test_leaving_locks_and_makes_the_browser_forget(sofia):
    sofia.make()
    page = sofia.get("/exit")
    assert page.where == "/blank"
    assert page.headers["Clear-Site-Data"] == '"cookies", "storage"'
    assert sessions.open_count() == 0


def test_leaving_leads_where_she_set_it(sofia):
    sofia.make()
    sofia.post("set", part="behaviour", lock_minutes="5", exit_to="https://weather.example/")
    assert sofia.get("/exit").where == "https://weather.example/"


def test_it_locks_itself_after_the_minutes_she_chose(sofia, clock):
    sofia.make()
    sofia.post("set", part="behaviour", lock_minutes="5", exit_to="")
    sofia.get("lock")
    sofia.unlock()
    clock.at += 5 * 60 - 1
    assert sofia.get("").status == 200
    clock.at += 5 * 60 + 1
    assert sofia.get("").heading == "Open my space"


# What was typed when it locked


def test_a_note_typed_while_it_locked_is_given_back_and_can_be_kept(sofia, clock):
    sofia.make()
    case = sofia.keep()
    clock.at += 11 * 60
    page = sofia.post(f"{case}do", go="note", text="They called me on Monday.")
    assert page.status == 401
    assert "What you typed is kept, sealed" in page.text
    assert "They called me" not in page.html
    back = sofia.unlock()
    assert back.heading == "Welcome back"
    assert "They called me on Monday." in back.html
    sofia.post(f"{case}do", go="note", text=back.typed("text"))
    assert "Note: They called me on Monday." in sofia.get(case).text


def test_every_field_of_a_letter_comes_back_not_only_the_last(sofia, clock):
    sofia.make()
    case = sofia.keep()
    which = sofia.letters(case)[0]
    clock.at += 11 * 60
    sofia.fill(case, which)
    back = sofia.unlock()
    assert set(back.values("blank")) == {"name", "email", "describe", "signature", "good_faith"}
    assert "second picture, blue jacket" in back.html


@pytest.mark.parametrize("path", ["set", "copy", "key"])
def test_passphrases_passwords_and_keys_are_never_kept_as_drafts(sofia, clock, path):
    sofia.make()
    clock.at += 11 * 60
    secret = "SECRET-WORDS-9"
    names = ("passphrase", "twice", "old", "new", "key", "password", "first", "last")
    sofia.post(path, part="mail", host="smtp.example.org", **dict.fromkeys(names, secret))
    assert secret not in sofia.unlock().html


def test_a_browser_the_program_does_not_know_gets_its_text_back_to_copy(sofia):
    sofia.make()
    case = sofia.keep()
    sessions._sessions.clear()  # a restart
    page = sofia.post(f"{case}do", go="note", text="typed before the restart")
    assert "typed before the restart" in page.html
    assert "Copy what you need before you go on." in page.text


def test_a_locked_page_switched_to_another_language_leaves_no_draft(sofia, clock):
    sofia.make()
    clock.at += 11 * 60
    sofia.post("/fr/s/", name="sofia", locked="1", again="1")
    assert sofia.unlock().status == 303


def test_the_page_of_what_was_typed_survives_another_language(sofia, clock):
    sofia.make()
    case = sofia.keep()
    clock.at += 11 * 60
    sofia.post(f"{case}do", go="note", text="dictated at night")
    back = sofia.unlock()
    again = sofia.post("/fr/s/unlock", again="1", draft=back.values("draft"))
    assert "dictated at night" in again.html


# Coming from the way that keeps nothing


def test_what_was_prepared_travels_through_making_a_space(sofia):
    state = brought()
    page = sofia.post("keep", state=state)
    assert page.heading == "Make my space"
    assert set(page.values("state")) == {state}
    assert sofia.begin(state).values("state") == [state]
    page = sofia.confirm(state)
    assert page.heading == "Your space is open"
    assert page.values("state") == [state]


def test_what_was_prepared_travels_through_opening_a_space(sofia):
    sofia.make()
    sofia.get("lock")
    page = sofia.post("keep", state=brought())
    assert page.heading == "Open my space"
    page = sofia.unlock(state=page.values("state")[0])
    assert page.heading == "Your space is open"
    assert page.values("state") == [brought()]


def test_a_wrong_try_does_not_lose_what_was_prepared(sofia):
    sofia.make()
    sofia.get("lock")
    assert sofia.unlock("wrong words", state=brought()).values("state") == [brought()]
    assert sofia.post("/fr/s/unlock", name="sofia", state=brought(), again="1").values("state") == [brought()]


def test_asking_for_the_name_in_another_language_keeps_nothing_twice(sofia):
    sofia.make()
    for path in ("/fr/s/key", "/fr/s/unlock", "/fr/s/keep"):
        page = sofia.post(path, state=brought(), called="Mes pages", again="1")
        assert page.typed("called") == "Mes pages"
    assert "Your space is ready and empty." in sofia.get("").text
    sofia.get("lock")
    assert sofia.unlock().status == 303
