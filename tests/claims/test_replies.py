"""Replies: read from .eml whatever it holds, recognised by word lists, never trusted."""

from datetime import UTC, datetime
from email.message import EmailMessage
from time import perf_counter

import pytest

from amparo.claims.replies import KINDS, Reply, classify, read_eml, read_pasted, request_of
from amparo.claims.reply_kinds import AS_EVENT
from amparo.claims.reply_text import html_to_text, plain, reply_words, without_quotes
from amparo.errors import Refused

SAID = [
    ("acknowledged", "We have received your request. Your case number is 123."),
    ("acknowledged", "Nous avons bien reçu votre demande et reviendrons vers vous."),
    ("acknowledged", "Hemos recibido su solicitud. Nos pondremos en contacto con usted."),
    ("acknowledged", "Wir bestätigen den Eingang Ihrer Anfrage."),
    ("id_demand", "Please send a copy of your passport or driving licence."),
    ("id_demand", "We need to verify your identity before we go on."),
    ("id_demand", "Merci de nous adresser une copie de votre carte d’identité."),
    ("id_demand", "Debe adjuntar copia de su DNI para acreditar su identidad."),
    ("id_demand", "Bitte senden Sie uns eine Kopie Ihres Ausweises oder Personalausweis."),
    ("fee", "We may charge a reasonable fee of 50 euros for this request."),
    ("fee", "Le traitement est soumis au paiement de frais administratifs."),
    ("fee", "Deberá abonar 20 euros."),
    ("extension", "Due to its complexity we extend the response period by two further months."),
    ("extension", "Nous sommes contraints de prolonger le délai de deux mois."),
    ("extension", "Le informamos de la prórroga del plazo por dos meses más."),
    ("extension", "Wir müssen die Frist verlängern, um weitere zwei Monate."),
    ("redirect", "We do not accept e-mails. Please use our form at https://tube.example.com/form."),
    ("redirect", "Veuillez utiliser le formulaire en ligne."),
    ("redirect", "Por favor, utilice el formulario disponible en nuestra web."),
    ("redirect", "Bitte nutzen Sie unser Formular."),
    ("refusal", "After review we found that this content does not violate our rules."),
    ("refusal", "We are unable to remove the content you reported."),
    ("refusal", "Nous ne pouvons pas donner suite à votre demande."),
    ("refusal", "No podemos atender su solicitud."),
    ("refusal", "Wir können Ihrem Antrag nicht entsprechen."),
    ("done", "The content has been removed from our platform."),
    ("done", "We have deleted your data."),
    ("done", "Vos données ont été effacées. Nous avons procédé à la suppression."),
    ("done", "Hemos eliminado el contenido."),
    ("done", "Der Inhalt wurde gelöscht."),
    ("question", "Could you provide the exact URLs?"),
    ("question", "Pourriez-vous nous indiquer les adresses exactes ?"),
    ("question", "¿Podría indicarnos las direcciones exactas?"),
    ("question", "Bitte teilen Sie uns die genauen Adressen mit."),
    ("bounce", "Delivery has failed to these recipients or groups."),
    ("other", "Good morning and all the best."),
]


@pytest.mark.parametrize(("kind", "text"), SAID)
def test_a_reply_is_recognised_with_the_sentence_that_says_so(kind: str, text: str) -> None:
    found = classify(text, {})
    assert found.kind == kind
    assert kind == "other" or (found.because is not None and found.because in text)


@pytest.mark.parametrize(
    "text",
    [
        "The content has not been removed.",
        "Once the content has been removed we will write again.",
        "Le contenu n'a pas été supprimé.",
        "El contenido no ha sido eliminado.",
    ],
)
def test_a_denial_is_not_taken_for_done(text: str) -> None:
    assert classify(text, {}).kind != "done"


def test_what_needs_an_answer_comes_before_thanks() -> None:
    text = (
        "Thank you for your request. We have received it. Please send a copy of your passport. Kind regards"
    )
    assert classify(text, {}).kind == "id_demand"


def test_an_automatic_mail_without_words_is_an_acknowledgement() -> None:
    assert classify("~", {"Auto-Submitted": "auto-replied"}).kind == "acknowledged"


def test_every_kind_has_a_place_in_the_case() -> None:
    assert set(reply_words()["order"]) | {"other"} == set(KINDS)
    assert set(AS_EVENT) == set(KINDS) - {"bounce", "redirect", "other"}
    assert classify("x", {}).event == "other"


def _mail(text: str = "We have removed it.", **headers: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = headers.pop("sender", "Privacy Team <dpo@tube.example.com>")
    mail["Subject"] = headers.pop("subject", "Re: Request")
    mail["Date"] = "Tue, 24 Nov 2026 09:00:00 +0100"
    mail["In-Reply-To"] = "<abc@example.org>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def test_a_plain_mail_is_read() -> None:
    reply = read_eml(_mail("Wir haben es gelöscht.\n").as_bytes())
    assert reply.sender == "Privacy Team <dpo@tube.example.com>"
    assert reply.subject == "Re: Request"
    assert reply.date == datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    assert reply.text == "Wir haben es gelöscht."
    assert reply.answers == ("<abc@example.org>",)
    assert reply.kind().kind == "done"


def test_attachments_come_as_bytes_with_bare_names() -> None:
    mail = _mail()
    for name in ("../../etc/passwd", "C:\\Users\\x\\evil.exe", "..", "nice é.pdf", "a\x00b.txt"):
        mail.add_attachment(b"\x00held", maintype="application", subtype="octet-stream", filename=name)
    reply = read_eml(mail.as_bytes())
    names = [one.name for one in reply.attachments]
    assert names == ["passwd", "evil.exe", "attachment-3", "nice é.pdf", "b.txt"]
    assert {one.content for one in reply.attachments} == {b"\x00held"}
    assert "held" not in repr(reply.attachments)


def test_of_two_hundred_attachments_fifty_are_kept_and_the_rest_is_counted() -> None:
    mail = _mail()
    for number in range(200):
        mail.add_attachment(b"x", maintype="text", subtype="csv", filename=f"{number}.csv")
    reply = read_eml(mail.as_bytes())
    assert (len(reply.attachments), reply.left_out) == (50, 150)
    assert reply.text == "We have removed it."


def test_html_becomes_text_and_nothing_is_loaded() -> None:
    mail = EmailMessage()
    mail["From"] = "a@b.example"
    mail.set_content(
        "<style>p{}</style><p>Please use <a href='https://tube.example.com/f?a=1&amp;b=2'>the form</a>.</p>"
        "<img src='https://spy.example.com/x.png'><script>alert(1)</script><p>Bye &eacute;</p>",
        subtype="html",
    )
    reply = read_eml(mail.as_bytes())
    assert reply.text == "Please use the form <https://tube.example.com/f?a=1&b=2>.\n\nBye é"
    assert "spy" not in reply.text


@pytest.mark.parametrize(
    "quoted",
    [
        "On Mon, 23 Nov 2026 at 10:00, Ana <ana@example.org> wrote:\n> Please erase",
        "Le lun. 23 nov. 2026 à 10:00, Ana <ana@example.org> a écrit :\n> Please erase",
        "El lun, 23 nov 2026 a las 10:00, Ana (<ana@example.org>) escribió:\n> Please erase",
        "Am Mo., 23. Nov. 2026 um 10:00 Uhr schrieb Ana <ana@example.org>:\n> Please erase",
        "-----Original Message-----\nFrom: Ana\nPlease erase",
        "________________________________\nFrom: Ana\nPlease erase",
        "De : Ana <ana@example.org>\nEnvoyé : lundi\nÀ : dpo\nPlease erase",
        "Von: Ana\nGesendet: Montag\nAn: dpo\nPlease erase",
    ],
)
def test_her_own_letter_is_cut_from_the_reply(quoted: str) -> None:
    assert without_quotes(f"We have removed it.\n\n{quoted}") == "We have removed it."


def test_an_answer_written_below_the_quote_is_kept() -> None:
    text = "On Mon, 23 Nov 2026 at 10:00, Ana wrote:\n> Please erase\n\nDone."
    assert without_quotes(text) == "Done."


def test_a_reply_of_quotes_only_is_kept_whole() -> None:
    assert without_quotes("> all of it") == "> all of it"


def test_pasted_text_is_a_reply_too() -> None:
    reply = read_pasted("We are unable to remove it.\r\n> old")
    assert reply.text == "We are unable to remove it."
    assert reply.kind().kind == "refusal"


DSN = b"""From: Mail Delivery System <MAILER-DAEMON@mx.example.net>
To: ana@example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

I'm sorry to have to inform you.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; dpo@tube.example.com
Action: failed
Status: 5.1.1

--B
Content-Type: message/rfc822

From: ana@example.org
Message-ID: <0123abc@example.org>
Subject: Request

Please erase
--B--
"""


def test_a_bounce_names_the_address_and_the_letter_it_was() -> None:
    reply = read_eml(DSN)
    assert reply.kind().kind == "bounce"
    assert reply.bounce is not None
    assert reply.bounce.recipient == "dpo@tube.example.com"
    assert reply.bounce.message_id == "<0123abc@example.org>"
    assert reply.bounce.status == "5.1.1"


def test_replies_and_bounces_find_the_request_they_answer() -> None:
    sent = {"<ABC@example.org>": "r1", "<0123abc@example.org>": "r2"}
    assert request_of(read_eml(_mail().as_bytes()), sent) == "r1"
    assert request_of(read_eml(DSN), sent) == "r2"
    assert request_of(read_pasted("done"), sent) is None


def test_a_report_that_it_was_delivered_is_no_bounce() -> None:
    assert read_eml(DSN.replace(b"Action: failed", b"Action: delivered")).bounce is None


def test_an_unknown_or_dangerous_charset_still_gives_text() -> None:
    for name in ("x-nonsense", "idna", "zip", "rot13", "punycode", "undefined", "unicode_escape"):
        raw = f'From: a@b.example\nContent-Type: text/plain; charset="{name}"\n\nBonjour \\u0041 é'.encode()
        assert read_eml(raw).text == "Bonjour \\u0041 é"


def test_windows_letters_are_read() -> None:
    raw = b'From: a@b.example\nContent-Type: text/plain; charset="windows-1252"\n\n' + "«é»".encode("cp1252")
    assert read_eml(raw).text == "«é»"


def test_encoded_headers_are_read_and_broken_ones_do_not_stop_the_mail() -> None:
    raw = b"From: =?utf-8?b?w6k=?= <a@b.example>\nSubject: =?utf-8?b?%%%%?= =?x?q?a?=\nDate: never\n\nhello"
    reply = read_eml(raw)
    assert reply.sender.startswith("é")
    assert (reply.date, reply.text) == (None, "hello")


def test_what_is_no_mail_is_refused_in_words() -> None:
    for raw in (b"", b"\xff\xd8\xff\xe0" * 100, b"PK\x03\x04", b"hello"):
        with pytest.raises(Refused) as refused:
            read_eml(raw)
        assert "paste" in str(refused.value.next)


def _nested(depth: int) -> bytes:
    out = b"From: a@b.example\n"
    for number in range(depth):
        out += b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (number, number)
    return out + b"\nhello"


HOSTILE = {
    "deeply nested": _nested(2000),
    "one endless header": b"From: a@b.example\nX: " + b"a" * 20_000_000 + b"\n\nhello",
    "folded without end": b"From: a@b.example\nContent-Type: x/y" + b';\n a="b' * 200_000 + b"\n\nhello",
    "a million headers": b"From: a@b.example\n" + b"X: y\n" * 1_000_000 + b"\nhello",
    "many parts": b'From: a@b.example\nContent-Type: multipart/mixed; boundary="b"\n\n'
    + b'--b\nContent-Type: text/plain; a="' + b';"' * 1000 + b"\n\nx\n" * 20_000,
    "only lines": b"From: a@b.example\n\n" + b"\n" * 10_000_000,
    "encoded words": b"From: a@b.example\nSubject: " + b"=?utf-8?q?a?= " * 100_000 + b"\n\nhello",
    "open comments": b"From: a@b.example\nContent-Type: text/html\n\n" + b"<!--" * 500_000,
    "open tags": b"From: a@b.example\nContent-Type: text/html\n\n" + b"<a href=x " * 200_000,
    "deep quotes": b"From: a@b.example\nContent-Type: text/html\n\n" + b"<blockquote>" * 200_000,
    "zeros": b"From: a@b.example\n\n" + b"\x00" * 5_000_000,
    "quoted names": b'From: "' + b"\\\"(" * 3000 + b"\nDate: " + b"(" * 3000 + b"\n\nhello",
}  # fmt: skip


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_mail_is_read_or_refused_in_good_time(raw: bytes) -> None:
    start = perf_counter()
    outcome = _read_or_refused(raw)
    if isinstance(outcome, Reply):
        assert outcome.kind().kind in KINDS
        assert len(outcome.text) <= 200_000
    else:
        assert str(outcome.next)
    assert perf_counter() - start < 15


def _read_or_refused(raw: bytes) -> Reply | Refused:
    try:
        return read_eml(raw)
    except Refused as refused:
        return refused


def test_a_mail_that_is_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(Refused):
        read_eml(b"From: a@b.example\n\n" + b"a" * 31_000_000)


@pytest.mark.parametrize(
    "text", ["<" * 300_000, "<!--" * 100_000, "</" * 150_000, "&" * 300_000, "<td>" * 200_000]
)
def test_html_takes_no_longer_than_its_length(text: str) -> None:
    start = perf_counter()
    html_to_text(text)
    assert perf_counter() - start < 10


def test_comparing_forgets_accents_and_typography() -> None:
    assert plain("N’a PAS  été\u00a0effacé") == "n'a pas ete efface"
