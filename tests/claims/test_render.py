"""Text, mail draft, mail link, PDF and form card of a letter."""

import email
import io
import unicodedata
from dataclasses import replace
from email.policy import default
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, unquote, urlsplit

import pypdf
import pytest

from amparo.claims import render
from amparo.claims.letters import Letter, letter
from amparo.claims.render import typeset as typesetting
from amparo.claims.render.typeset import typeset
from amparo.directory.record import Field
from amparo.errors import CouldNot, Refused
from tests.claims.letter_facts import FULL, NOW, PLACES, Step, mail_to, step_of


def _letter(language: str = "en", **changes: object) -> Letter:
    step = step_of("eu/gdpr/erasure", channel=mail_to("dpo@tube.example.com"))
    return letter(replace(FULL, **changes), step, language=language, now=NOW)  # type: ignore[arg-type]


def _words(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def _sentence(text: str) -> bytes:
    return typeset(title="t", language="en", blocks=[{"kind": "lines", "lines": [text]}])


def test_text_holds_subject_and_body() -> None:
    made = _letter()
    assert render.text(made) == f"{made.subject}\n\n{made.body}\n"


def test_a_draft_opens_for_sending_and_names_no_device() -> None:
    mail = email.message_from_bytes(
        render.eml(_letter(), from_address="ana@example.org", now=NOW), policy=default
    )
    assert mail["X-Unsent"] == "1"
    assert mail["To"] == "dpo@tube.example.com"
    assert mail["From"] == "Ana Pérez <ana@example.org>"
    assert mail["Date"] == "Mon, 23 Nov 2026 10:00:00 +0000"
    assert mail["Message-ID"].endswith("@example.org>")
    allowed = {"from", "to", "subject", "date", "message-id", "x-unsent", "mime-version"}
    assert {name.lower() for name in mail} <= allowed | {"content-type", "content-transfer-encoding"}


def test_a_draft_holds_the_letter_word_for_word() -> None:
    mail = email.message_from_bytes(render.eml(_letter("fr"), from_address=None, now=NOW), policy=default)
    assert mail.get_content().replace("\r\n", "\n") == _letter("fr").body + "\n"
    assert mail["From"] is None


def test_two_drafts_of_one_letter_are_the_same_bytes_also_with_an_attachment() -> None:
    mandate = render.Attachment("mandat é.pdf", "application/pdf", b"%PDF-1.7")
    made = [
        render.eml(_letter(), from_address="a@example.org", now=NOW, attachments=[mandate]) for _ in range(2)
    ]
    assert made[0] == made[1]
    mail = email.message_from_bytes(made[0], policy=default)
    assert [part.get_filename() for part in mail.iter_attachments()] == ["mandat é.pdf"]


def test_a_subject_from_outside_cannot_add_a_header() -> None:
    named = {**FULL.blanks, "first_recipient": "Tube\r\nBcc: x@example.com"}
    made = letter(replace(FULL, blanks=named), step_of("eu/gdpr/complaint"), language="en", now=NOW)
    mail = email.message_from_bytes(render.eml(made, from_address=None, now=NOW), policy=default)
    assert mail["Bcc"] is None


@pytest.mark.parametrize("address", ["a@b\r\nBcc: c@d", "two@a.com,b@c.com", "no address", "<a@b.com>"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        render.eml(_letter(), from_address=address, now=NOW)


HIDDEN_LINE = "=?utf-8?q?=0D=0ABcc:_spy@example.net?="


def test_no_encoded_word_in_a_name_or_a_subject_becomes_a_header() -> None:
    made = _letter(sender=replace(FULL.sender, name=f"Ana {HIDDEN_LINE}"))
    made = replace(made, subject=f"Decision {HIDDEN_LINE}")
    head = render.eml(made, from_address="ana@example.org", now=NOW).partition(b"\r\n\r\n")[0]
    assert not [line for line in head.split(b"\r\n") if line.lower().startswith(b"bcc")]
    mail = email.message_from_bytes(head, policy=default)
    assert mail["From"].addresses[0].addr_spec == "ana@example.org"
    assert "Bcc" not in mail


def test_an_address_with_an_encoded_word_is_none() -> None:
    with pytest.raises(Refused, match="not an e-mail address"):
        render.eml(_letter(), from_address="=?utf-8?q?=0D=0ABcc?=@example.org", now=NOW)


def test_what_unicode_never_uses_is_left_out_of_a_letter() -> None:
    made = _letter(describe="blue\ufffe\uffff\U0010ffff\x00 jacket")
    assert "blue jacket" in made.body
    assert render.pdf(made, now=NOW).startswith(b"%PDF")


def test_a_short_letter_fits_a_mail_link_and_comes_back_whole() -> None:
    short = replace(_letter(), body="Hello & good day\n\nfrom me, 100 %")
    link = render.mailto(short)
    parts = urlsplit(link.href)
    assert link.reason is None
    assert unquote(parts.path) == "dpo@tube.example.com"
    assert parse_qs(parts.query)["body"] == ["Hello & good day\r\n\r\nfrom me, 100 %"]


def test_a_long_letter_leaves_its_body_out_of_the_link_and_says_why() -> None:
    link = render.mailto(_letter())
    assert link.reason is not None
    assert len(link.href) < 600
    assert "body=Please%20see" in link.href


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_a_pdf_holds_the_letter_is_tagged_and_names_its_language(language: str) -> None:
    made = _letter(language)
    pdf = render.pdf(made, now=NOW)
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    assert root["/Lang"].startswith(language)
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == made.subject
    assert b"pdfuaid" in pdf
    assert made.subject in _words(pdf)
    assert "Ana Pérez" in _words(pdf)


def test_a_pdf_is_the_same_bytes_twice_and_says_nothing_of_the_clock() -> None:
    assert render.pdf(_letter(), now=NOW) == render.pdf(_letter(), now=NOW)
    assert b"CreationDate" not in render.pdf(_letter(), now=NOW)


def test_every_address_is_in_the_pdf_even_when_it_needs_several_lines() -> None:
    long = "https://tube.example.com/" + "a1/" * 100
    step = step_of("eu/gdpr/erasure", places=(*PLACES, long))
    pdf = render.pdf(letter(FULL, step, language="en", now=NOW), now=NOW)
    assert long in _words(pdf).replace(" ", "")


@pytest.mark.parametrize(
    "text",
    ["Rosario García, Đặng Thị Hồng", "Олена Коваль", "سارة حداد", "प्रिया शर्मा"],
    ids=["latin", "cyrillic", "arabic", "devanagari"],
)
def test_names_in_these_scripts_are_shown_with_our_own_fonts(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetting, "_with_system_fonts", _no_system_fonts)
    shown = unicodedata.normalize("NFKC", _words(_sentence(text)))
    assert set(text.replace(" ", "")) <= set(shown)


def _no_system_fonts(given: object) -> bytes:
    raise AssertionError("our own fonts must be enough")


def test_chinese_is_shown_with_the_fonts_of_this_machine() -> None:
    if not list(Path("/usr/share/fonts").rglob("NotoSansCJK*")):
        pytest.skip("fonts-noto-cjk is not installed")
    assert "王小明的信" in _words(_sentence("王小明的信"))


def test_without_such_fonts_the_next_step_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    own_only = typesetting._compile
    monkeypatch.setattr(typesetting, "_compile", lambda given, **_: own_only(given, own_fonts_only=True))
    with pytest.raises(CouldNot) as error:
        _sentence("王小明的信")
    assert "fonts-noto-cjk" in str(error.value.next)


def test_an_arabic_document_runs_from_right_to_left() -> None:
    blocks = [{"kind": "lines", "lines": ["هذه رسالة"]}]
    assert typeset(title="رسالة", language="ar", blocks=blocks) != typeset(
        title="رسالة", language="en", blocks=blocks
    )


def test_a_sign_without_any_font_is_an_error_and_never_an_empty_box() -> None:
    with pytest.raises(CouldNot) as error:
        _sentence("\U000f0000")
    assert "plain text" in str(error.value.next)


@pytest.mark.parametrize(
    "text", ['#read("/etc/passwd")', "$ x $ \\ #panic()", "= no heading", "*not bold*", '"]']
)
def test_text_is_never_read_as_a_program(text: str) -> None:
    assert text in _words(_sentence(text))


def test_the_mandate_fits_on_one_page() -> None:
    from tests.claims.letter_facts import BY_ORGANISATION

    made = letter(BY_ORGANISATION, Step(letter="mandate"), language="en", now=NOW)
    reader = pypdf.PdfReader(io.BytesIO(render.pdf(made, now=NOW)))
    assert len(reader.pages) == 1


FIELDS = (
    Field(label="URL", fill="location", required=True),
    Field(label="Your name", fill="who_i_am", required=True),
    Field(label="Reason", fill="Non-consensual sexual acts", required=True),
    Field(label="Message", fill="erasure_ground"),
    Field(label="Phone", leave_empty=True),
    Field(label="Where did you hear of us"),
)


def test_a_form_card_gives_each_field_its_value_and_says_what_to_leave_empty() -> None:
    channel = SimpleNamespace(address="https://tube.example.com/form", fields=FIELDS)
    card = render.card(_letter(), channel)
    url, name, reason, message, phone, heard, whole = card.entries
    assert card.known
    assert url.value == "\n".join(PLACES)
    assert name.value == "Ana Pérez"
    assert (reason.value, reason.choose) == ("Non-consensual sexual acts", True)
    assert message.value is not None
    assert "consent given earlier is withdrawn" in message.value
    assert (phone.value, phone.leave_empty) == (None, True)
    assert heard.value is None
    assert whole.value == _letter().body


def test_a_form_without_room_for_all_that_the_law_wants_says_so() -> None:
    made = _letter()
    some = render.card(made, SimpleNamespace(address="https://tube.example.com/form", fields=FIELDS))
    assert "or their time may not run" in str(some.note)
    every = tuple(Field(label=one.id, fill=one.id) for one in made.elements)
    full = render.card(made, SimpleNamespace(address="https://tube.example.com/form", fields=every))
    assert "their time" not in str(full.note)
    assert len(full.entries) == len(every)


def test_a_card_says_what_to_attach_and_how_to_keep_proof() -> None:
    plain = render.card(_letter())
    assert "No document of identity" in str(plain.attach[0])
    assert len(plain.proof) == 2
    channel = SimpleNamespace(
        address="https://tube.example.com/form", fields=FIELDS, fields_grade="primary",
        attach=("A picture of the page.",), proof=("It shows a number.",),
    )  # fmt: skip
    told = render.card(_letter(), channel)
    assert (told.attach, told.proof[1], told.grade) == (channel.attach, "It shows a number.", "primary")


def test_a_form_whose_fields_nobody_published_is_unchecked_and_asks_for_the_links_first() -> None:
    card = render.card(_letter())
    assert (card.known, card.grade) == (False, "unchecked")
    assert str(card.entries[0].label) == "Where it is"


def test_an_unknown_form_gets_a_card_by_elements_and_the_whole_text() -> None:
    made = _letter()
    card = render.card(made)
    assert not card.known
    assert len(card.entries) == len(made.elements) + 1
    assert card.entries[-1].value == made.body
