"""Replies in my space, and looking again: what it is, what it leads to, nothing opened."""

import re
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from amparo.claims import store
from amparo.vault import sessions
from tests.web.space_person import NOW, PAGES, Person, asks_a_recruiter, quick, sofia

pytestmark = pytest.mark.django_db
__all__ = ["quick", "sofia"]


def keyring_of(person: Person):
    return sessions.keyring(person.browser.cookies["space"].value)


def id_of(case: str) -> str:
    return case.rstrip("/").rpartition("/")[2]


# Replies


def test_the_reply_page_asks_for_a_text_or_a_file(sofia):
    case = sofia.asked()
    page = sofia.post(f"{case}reply", request="r1", go="paste")
    assert page.status == 200
    assert "Nothing was pasted" not in page.text
    page = sofia.post(f"{case}reply", request="r1", go="read")
    assert page.status == 422
    assert "Paste the answer's text." in page.text


def test_a_pasted_answer_is_suggested_and_she_decides(sofia):
    case = sofia.asked()
    text = "Dear Madam, we need a copy of your identity card before we can proceed."
    page = sofia.post(f"{case}reply", request="r1", go="read", text=text)
    assert re.search(r'value="identity_asked" checked', page.html)
    assert "We guessed from this sentence." in page.text


NEXT = {
    "acknowledged": ("They confirmed it arrived", "Pornhub must answer by Wednesday 25 November 2026."),
    "done": ("They say it is done", "Pornhub says it is done. Look again."),
    "partly_done": ("They say a part is done", "Pornhub says a part is done. Look again."),
    "refused": ("Refused", "Pornhub refused. Choose what comes next."),
    "extended": ("They took more time", "Pornhub must answer by"),
    "identity_asked": ("They ask who you are", "Pornhub asks who you are."),
    "clarification_asked": ("They ask what you mean", "Pornhub asks what you mean."),
    "fee_asked": ("They ask for money", "Pornhub asks for money. You may refuse."),
    "bounced": ("Did not reach them", "Your request did not reach Pornhub. Try another door."),
    "other": ("They confirmed it arrived", "Pornhub must answer by Wednesday 25 November 2026."),
}


@pytest.mark.parametrize("kind", NEXT)
def test_each_kind_of_answer_leads_to_the_act_that_fits(sofia, kind):
    case = sofia.asked()
    assert sofia.answered(case, kind).where == case
    text = sofia.get(case).text
    assert all(said in text for said in NEXT[kind]), text


@pytest.mark.parametrize("kind", ["identity_asked", "refused", "acknowledged"])
def test_each_way_on_opens_a_letter(sofia, kind):
    case = sofia.asked(asks_a_recruiter())
    sofia.answered(case, kind)
    ways = sofia.get(f"{case}r/r1").values("which")
    assert ways
    for which in ways:
        page = sofia.post(f"{case}l", which=which)
        assert page.status == 200
        assert page.heading.startswith("Letter to ")


def test_a_refusal_leads_to_a_complaint_to_the_authority(sofia):
    case = sofia.asked(asks_a_recruiter())
    sofia.answered(case, "refused", text="We will not give you this.")
    text = sofia.get(f"{case}r/r1").text
    assert "Complain to Data Protection Commission" in text


def test_an_unsaid_kind_and_a_future_day_keep_all_that_was_typed(sofia):
    case = sofia.asked()
    for fields in ({"kind": "nonsense"}, {"kind": "refused", "on": "2026-12-01"}):
        page = sofia.answered(case, **({"kind": "x"} | fields), sender="a@b.example", reference="T-77")
        assert page.status == 422
        assert page.typed("text") == "…"
        assert page.typed("reference") == "T-77"
        assert page.values("sender") == ["a@b.example"]


def test_another_language_keeps_a_pasted_answer(sofia):
    case = sofia.asked()
    path = f"/fr/s/c/{id_of(case)}/reply"
    assert sofia.post(path, request="r1", again="1", text="half pasted").typed("text") == "half pasted"
    page = sofia.post(path, request="r1", again="1", text="all", kind="refused", reference="T-1", kept=["ab"])
    assert (page.typed("text"), page.typed("reference"), page.values("kept")) == ("all", "T-1", ["ab"])
    assert re.search(r'value="refused" checked', page.html)


def hostile_mail() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Support <support@pornhub.com>", "Your request T-9"
    mail["Message-ID"] = "<m1@pornhub.com>"
    mail.set_content("We have removed the content you reported.")
    mail.add_alternative('<img src="https://track.example/p.gif"><script>alert(1)</script>', subtype="html")
    mail.add_attachment(
        b"MZ\x90\x00", maintype="application", subtype="x-msdownload", filename="../../run.exe"
    )
    mail.add_attachment(b"<svg onload=alert(1)>", maintype="image", subtype="svg+xml", filename="a\x00.svg")
    return mail.as_bytes()


def test_a_mail_file_with_hostile_attachments_is_read_as_text_and_its_files_are_sealed(sofia, tmp_path):
    case = sofia.asked()
    page = sofia.post(
        f"{case}reply", request="r1", go="read", mail=SimpleUploadedFile("answer.eml", hostile_mail())
    )
    assert page.status == 200
    assert "We have removed the content" in page.typed("text")
    assert not any(bad in page.html for bad in ("track.example", "alert(1)", "run.exe"))
    kept = page.values("kept")
    assert len(kept) == 2
    sofia.answered(case, "done", kept=kept, sender=page.values("sender")[0])
    held = store.case(keyring_of(sofia), id_of(case)).case.requests["r1"].replies[0]
    assert held.attachments == tuple(kept)
    assert b"".join(store.file(keyring_of(sofia), id_of(case), kept[0])).startswith(b"MZ")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(b"MZ\x90\x00" in path.read_bytes() for path in files)
    assert "2 sealed files" in sofia.get(f"{case}r/r1").text


@pytest.mark.parametrize("content", [b"", b"not a mail", b"\x00" * 5_000, b"boundary=" * 100])
def test_a_file_that_is_no_mail_says_what_to_do(sofia, content):
    case = sofia.asked()
    file = SimpleUploadedFile("answer.eml", content)
    page = sofia.post(f"{case}reply", request="r1", go="read", mail=file)
    assert page.status == 422
    assert "paste" in page.text.lower()


def test_made_up_file_ids_in_a_reply_name_no_file(sofia):
    case = sofia.asked()
    page = sofia.answered(case, "done", kept=["0" * 32])
    assert page.status in (303, 422)
    assert sofia.get(case).status == 200


# Looking again


def test_what_she_sees_by_hand_is_kept_with_its_state(sofia):
    case = sofia.keep()
    sofia.post(f"{case}again", s__0="removed", s__1="there")
    text = sofia.get(case).text
    assert f"{PAGES[0]} Gone" in text
    assert f"{PAGES[1]} Still there" in text
    assert "Look once more at 1 page. Monday 30 November 2026, in 7 days" in text


def test_pasted_search_results_say_what_is_still_found(sofia):
    case = sofia.keep()
    sofia.post(f"{case}again", text=f"Result one {PAGES[1]} some words")
    text = sofia.get(case).text
    assert f"{PAGES[0]} Gone from search only" in text
    assert f"{PAGES[1]} Still there" in text


def test_what_was_gone_and_is_there_again_came_back_and_can_be_asked_anew(sofia, settings):
    case = sofia.asked()
    sofia.post(f"{case}again", s__0="removed")
    settings.NOW = NOW + timedelta(days=7)
    sofia.post(f"{case}again", s__0="there")
    assert "It came back. The request can be sent anew." in sofia.get(case).text
    page = sofia.get(f"{case}r/r1")
    assert "Ask Pornhub anew for 1 address." in page.text
    letter = sofia.post(f"{case}l", which=page.values("which")[0])
    assert PAGES[0] in letter.text
    assert sofia.post(f"{case}l", which=page.values("which")[0], go="mark", on="2026-11-30").status == 303
    assert len(store.case(keyring_of(sofia), id_of(case)).case.requests) == 2


def test_another_language_keeps_what_she_has_chosen_when_looking(sofia):
    case = sofia.keep()
    page = sofia.post(f"/fr/s/c/{id_of(case)}/again", again="1", s__1="login_wall", text="half")
    assert re.search(r'value="login_wall" selected', page.html)
    assert page.typed("text") == "half"
