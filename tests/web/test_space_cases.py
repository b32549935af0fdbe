"""A case: kept, added to, its letters noted as sent, its replies, looks, dossier and end."""

import io
import re
import subprocess
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from amparo.claims import store
from amparo.claims.models import SHELF
from amparo.vault import sessions
from amparo.web.notes.carried import from_json, to_json
from tests.web.flow import Walk
from tests.web.space_person import NOW, PAGES, Person, asks_a_recruiter, brought, quick, sofia

pytestmark = pytest.mark.django_db
__all__ = ["quick", "sofia"]


def keyring_of(person: Person):
    return sessions.keyring(person.browser.cookies["space"].value)


def id_of(case: str) -> str:
    return case.rstrip("/").rpartition("/")[2]


# Kept, and added to


def test_what_was_prepared_becomes_a_case_with_its_name_and_places(sofia):
    page = sofia.get(sofia.keep(called="Two pages"))
    assert page.heading == "Two pages"
    assert all(place in page.text for place in PAGES)
    assert "Look at the plan." in page.text


def test_the_way_that_keeps_nothing_offers_a_space_and_leads_there(browser):
    walk = Walk(browser)
    walk.to_letter(PAGES[0])
    assert 'action="/en/s/keep"' in walk.now.text
    assert "Make my space" in walk.send("s/keep", state=walk.now.state).text


def test_how_do_you_want_to_do_this_leads_to_an_open_page(browser):
    walk = Walk(browser)
    link = re.search(r'href="([^"]*/s/[^"]*)"', walk.door("online").text)[1]
    assert browser.get(link).status_code in (200, 302)


def test_places_added_later_go_into_the_same_case(sofia):
    case = sofia.keep()
    carried = from_json(sofia.get(case).values("state")[0])
    assert carried.case == id_of(case)
    more = (*PAGES, "https://x.com/a/status/1")
    state = to_json(
        type(carried)(
            **{
                **vars(carried),
                "situation": carried.situation.__class__(**{**vars(carried.situation), "places": more}),
            }
        )
    )
    assert sofia.post("keep", state=state).where == case
    assert "https://x.com/a/status/1" in sofia.get(case).text
    assert len(store.list_cases(keyring_of(sofia), now=NOW)) == 1


def test_keeping_the_same_again_writes_nothing(sofia):
    case = sofia.keep()
    state = sofia.get(case).values("state")[0]
    before = store.case(keyring_of(sofia), id_of(case)).count
    sofia.post("keep", state=state)
    assert store.case(keyring_of(sofia), id_of(case)).count == before


# Letters


def test_what_she_fills_in_is_in_the_next_letter_too(sofia):
    case = sofia.keep()
    first, second = sofia.letters(case)[:2]
    sofia.fill(case, first)
    assert sofia.post(f"{case}l", which=second).typed("x-name") == "Ana Belém"


def test_an_unready_letter_cannot_be_noted_as_sent(sofia):
    case = sofia.keep()
    page = sofia.post(f"{case}l", which=sofia.letters(case)[0], go="mark", on="2026-11-23")
    assert page.status == 422
    assert "This letter cannot go out yet" in page.text
    assert not store.case(keyring_of(sofia), id_of(case)).case.requests


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2026-11-24", "This day has not come yet"),
        ("yesterday", "This is not a day"),
        ("2026-02-30", "not a day"),
    ],
)
def test_a_letter_is_not_noted_on_an_impossible_day(sofia, day, says):
    case = sofia.keep()
    which = sofia.letters(case)[0]
    page = sofia.note_sent(case, which, on=day)
    assert page.status == 422
    assert says in page.text
    assert page.typed("on") == day
    assert not store.case(keyring_of(sofia), id_of(case)).case.requests


def test_a_letter_sent_on_20_november_runs_from_that_day(sofia):
    case = sofia.keep()
    sofia.note_sent(case, sofia.letters(case)[0], on="2026-11-20")
    # TAKE IT DOWN: 48 hours, counted from noon UTC of Friday 20 November where only the day is known.
    assert "Sunday 22 November 2026" in sofia.get(f"{case}r/r1").text
    assert "Sent on Friday 20 November 2026." in sofia.get(case).text


def test_a_letter_noted_as_sent_leaves_the_list_of_letters_to_send(sofia):
    case = sofia.keep()
    which = sofia.letters(case)[0]
    sofia.note_sent(case, which)
    assert which not in sofia.letters(case)


def test_a_button_pressed_twice_notes_one_letter(sofia):
    case = sofia.keep()
    which = sofia.letters(case)[0]
    count = sofia.fill(case, which).values("count")[0]
    for _ in range(2):
        page = sofia.post(f"{case}l", which=which, go="mark", on="2026-11-23", count=count)
    assert page.status == 422
    assert list(store.case(keyring_of(sofia), id_of(case)).case.requests) == ["r1"]


def test_a_change_of_language_keeps_what_stands_in_a_letters_fields(sofia):
    case = sofia.keep()
    which = sofia.letters(case)[0]
    page = sofia.post(
        f"/fr/s/c/{id_of(case)}/l",
        which=which,
        again="1",
        blank=["name"],
        x__name="half a na",
        on="2026-11-20",
    )
    assert page.typed("x-name") == "half a na"


def test_the_enter_key_fills_the_letter_in_and_neither_sends_nor_changes_the_language(sofia):
    case = sofia.keep()
    page = sofia.fill(case, sofia.letters(case)[0])
    first = re.search(r"<button[^>]*>", page.html)[0]
    assert first == '<button form="step" hidden name="go" value="fill">'


def test_a_letter_comes_as_file_with_a_neutral_name(sofia):
    case = sofia.keep()
    which = sofia.letters(case)[0]
    sofia.fill(case, which)
    for go, name in (("pdf", "letter.pdf"), ("eml", "draft.eml"), ("txt", "letter.txt")):
        page = sofia.post(f"{case}l", which=which, go=go)
        assert page.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_a_letter_that_is_no_longer_part_of_the_plan_says_so(sofia):
    page = sofia.post(f"{sofia.keep()}l", which="p:nobody/removal")
    assert page.status == 422
    assert "no longer part of the plan" in page.text


# Acting for somebody


def for_another() -> str:
    from amparo.law.situation import Sender

    sender = Sender(name="Inés Robledo", email="casos@example.org", represents="Lucía Ferrer")
    return brought(
        "https://www.dailymotion.com/video/x8abc12", role="representative", lives_in="ES", sender=sender
    )


def signed_page(name: str = "scan.pdf", content: bytes = b"%PDF-1.7 signed") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_the_mandate_is_read_and_its_signed_page_is_kept_sealed(sofia):
    case = sofia.keep(for_another())
    page = sofia.post(f"{case}l", which=sofia.letters(case)[0])
    assert "Let the person you act for sign a mandate." in page.text or "Lucía Ferrer" in page.text
    assert "Note that it went out" not in page.text
    answer = sofia.post(f"{case}mandate", go="keep", signed=signed_page(), until="2027-11-23")
    assert answer.where == case
    assert "It stands until Tuesday 23 November 2027." in sofia.get(case).text
    kept = store.case(keyring_of(sofia), id_of(case)).case
    assert b"".join(store.file(keyring_of(sofia), id_of(case), kept.mandate.blob)) == b"%PDF-1.7 signed"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"until": "2027-11-23"}, "No file was chosen."),
        ({"until": "", "signed": signed_page()}, "The mandate needs a last day"),
        ({"until": "2026-11-22", "signed": signed_page()}, "This mandate has ended already"),
        ({"until": "2027-01-01", "signed": signed_page("a.pdf", b"MZ\x90")}, "not a PDF, JPEG or PNG"),
    ],
)
def test_a_mandate_that_cannot_be_kept_says_why(sofia, fields, says):
    case = sofia.keep(for_another())
    page = sofia.post(f"{case}mandate", go="keep", **fields)
    assert page.status == 422
    assert says in page.text
    assert store.case(keyring_of(sofia), id_of(case)).case.mandate is None


def test_after_she_takes_the_mandate_back_nothing_that_needs_it_is_ready(sofia):
    case = sofia.keep(for_another())
    sofia.post(f"{case}mandate", go="keep", signed=signed_page(), until="2027-11-23")
    which = next(
        one for one in sofia.letters(case) if one.endswith(("/notice", "/erasure", "/recipient_policy"))
    )
    sofia.post(f"{case}mandate", go="withdraw")
    page = sofia.fill(case, which, signature="", mandate_until="")
    needing = [one for one in sofia.letters(case) if "mandate" in one]
    assert needing, page.text
    assert "Keep the signed mandate" in sofia.get(case).text


# What now, finding, calendar


def test_what_now_shows_the_next_acts_of_all_cases_in_order_of_time(sofia):
    later = sofia.keep(asks_a_recruiter(), called="Later")
    sofia.note_sent(later, sofia.letters(later)[0])  # a month: 23 December
    sooner = sofia.keep(called="Sooner")
    sofia.note_sent(sooner, sofia.letters(sooner)[0])  # 48 hours: 25 November
    text = sofia.get("").text
    assert text.index("Sooner ·") < text.index("Later ·")


@pytest.mark.parametrize(("find", "found"), [("viewkey=ph5f", True), ("two PAGES", True), ("T-404", False)])
def test_a_case_is_found_by_link_or_name_within_her_own_cases(sofia, find, found):
    sofia.keep(called="Two pages")
    text = sofia.post("", find=find).text
    assert ("2 addresses" in text) is found
    assert ("No case holds this." in text) is not found


def test_a_case_is_found_by_their_reference(sofia):
    case = sofia.asked()
    sofia.answered(case, "acknowledged", reference="T-9931")
    assert (
        "1 address" in sofia.post("", find="T-9931").text
        or "2 addresses" in sofia.post("", find="T-9931").text
    )


def test_the_calendar_says_neither_who_nor_why(sofia):
    case = sofia.asked()
    sofia.answered(case, "acknowledged", reference="T-9931")
    page = sofia.post("dates")
    assert page.headers["Content-Type"].startswith("text/calendar")
    assert "SUMMARY:Look at the post" in page.html
    assert "DTSTART;VALUE=DATE:20261125" in page.html
    assert not any(
        word in page.html.lower() for word in ("pornhub", "two pages", "amparo", "t-9931", id_of(case))
    )


# Dossier


def unpacked(content: bytes, folder) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)


def test_a_stranger_checks_the_dossier_with_sha256sum_alone(sofia, tmp_path):
    case = sofia.asked()
    sofia.answered(case, "refused", text="No. Ask Bob Stone, bob.stone@elsewhere.example.")
    page = sofia.post(f"{case}file", part=["letters", "replies"])
    assert page.headers["Content-Disposition"] == 'attachment; filename="file.zip"'
    folder = tmp_path / "stranger"
    unpacked(page.content, folder)
    check = ["sha256sum", "-c", "--strict", "SHA256SUMS"]
    assert subprocess.run(check, cwd=folder, capture_output=True).returncode == 0
    assert "bob.stone@elsewhere.example" not in "".join(
        one.read_text(errors="replace") for one in folder.rglob("*.txt")
    )
    letter = next((folder / "letters").iterdir())
    letter.write_text(letter.read_text().replace("48 hours", "4 hours"))
    assert subprocess.run(check, cwd=folder, capture_output=True).returncode == 1


def test_only_what_she_ticks_goes_into_the_dossier(sofia, tmp_path):
    case = sofia.asked()
    sofia.post(f"{case}do", go="note", text="my own private note")
    unpacked(sofia.post(f"{case}file").content, tmp_path / "a")
    assert not (tmp_path / "a" / "letters").exists()
    assert "my own private note" not in (tmp_path / "a" / "dossier.json").read_text()
    unpacked(sofia.post(f"{case}file", part=["notes"]).content, tmp_path / "b")
    assert "my own private note" in (tmp_path / "b" / "dossier.json").read_text()


def test_another_language_keeps_what_is_ticked_for_the_dossier(sofia):
    case = sofia.keep()
    page = sofia.post(f"/es/s/c/{id_of(case)}/file", again="1", part=["notes"], unmask="yes")
    ticked = re.findall(r'value="(\w+)" checked', page.html)
    assert ticked == ["notes", "yes"]


# Name, notes, rest, end


def test_a_note_and_a_name_are_kept_and_a_change_of_language_loses_neither(sofia):
    case = sofia.keep()
    sofia.post(f"{case}do", go="name", text="The autumn pages")
    sofia.post(f"{case}do", go="note", text="Called the hotline.")
    page = sofia.get(case)
    assert page.heading == "The autumn pages"
    assert "Note: Called the hotline." in page.text
    assert sofia.post(f"/fr/s/c/{id_of(case)}/do", again="1", text="half a no").typed("text") == "half a no"


def test_a_case_at_rest_asks_for_nothing_until_it_goes_on(sofia):
    case = sofia.keep()
    sofia.post(f"{case}do", go="close")
    assert "Nothing to do now." in sofia.get("").text
    assert "at rest" in sofia.get("").text
    sofia.post(f"{case}do", go="reopen")
    assert "Look at the plan." in sofia.get("").text


def test_a_case_is_erased_only_when_she_says_so_twice(sofia):
    case = sofia.keep()
    page = sofia.post(f"{case}do", go="erase")
    assert page.status == 422
    assert "Nothing was erased." in page.text
    assert sofia.post(f"{case}do", go="erase", sure="yes").where == "/en/s/"
    assert sofia.get(case).status == 422
    assert "ready and empty" in sofia.get("").text
    assert not SHELF.entry.objects.exists()


def test_things_that_happened_are_noted_with_their_day(sofia):
    case = sofia.asked()
    sofia.answered(case, "identity_asked")
    sofia.post(f"{case}gave", request="r1", go="identity")
    assert "What Pornhub had asked for was given." in sofia.get(case).text
    sofia.post(f"{case}gave", request="r1", go="delivered")
    assert "The request reached Pornhub." in sofia.get(case).text


# A name must not keep anybody from two cases read at once


def test_a_request_that_does_not_exist_says_so(sofia):
    case = sofia.keep()
    for page in (sofia.get(f"{case}r/r9"), sofia.post(f"{case}reply", request="r9", go="paste")):
        assert page.status == 422
        assert "There is no such request in this case." in page.text


def test_the_clock_of_the_tests_is_a_monday():
    assert datetime(2026, 11, 23, tzinfo=UTC).strftime("%A") == "Monday"
