"""Letters that leave from her own mail server, and what happens when they cannot."""

import re
import socket

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from amparo.claims import store
from amparo.errors import CouldNot
from amparo.words import words
from tests.journeys.running import MailServer, free_port, mail_server
from tests.web.space_person import RECRUITER, Person, asks_a_recruiter, quick, sofia
from tests.web.test_space_cases import for_another, id_of, keyring_of

pytestmark = [pytest.mark.django_db, pytest.mark.mail]
__all__ = ["quick", "sofia"]


@pytest.fixture
def smtp():
    with mail_server() as server:
        yield server


def set_mail(person: Person, port: int | str, **other: str):
    given = {
        "host": "127.0.0.1",
        "port": str(port),
        "security": "plain",
        "user": "sofia",
        "password": "wire-basket-lemon",
        "address": "rosa.4713@example.org",
    }
    return person.post("set", part="mail", go="save", **(given | other))


def ready(person: Person, state: str = "") -> tuple[str, str]:
    """Gives a case with its first letter complete, and the letter's name."""
    case = person.keep(state or asks_a_recruiter())
    which = person.letters(case)[0]
    person.fill(case, which, name="Rosa Lim")
    return case, which


def requests_of(person: Person, case: str):
    return store.case(keyring_of(person), id_of(case)).case.requests


def test_a_letter_leaves_through_her_server_and_is_noted(sofia, smtp: MailServer):
    set_mail(sofia, smtp.port)
    case, which = ready(sofia)
    page = sofia.post(f"{case}l", which=which)
    assert "rosa.4713@example.org" in page.text  # who will see it is said before
    assert sofia.post(f"{case}l", which=which, go="send").where == case
    (mail,) = smtp.letters
    assert mail["To"] == RECRUITER
    assert mail["From"] == "Rosa Lim <rosa.4713@example.org>"
    sent = requests_of(sofia, case)["r1"].sent
    assert sent.message_id == mail["Message-ID"]
    assert mail.get_content().split() == sent.text.removeprefix(mail["Subject"]).split()


def test_one_press_too_many_sends_one_mail(sofia, smtp: MailServer):
    set_mail(sofia, smtp.port)
    case, which = ready(sofia)
    count = sofia.post(f"{case}l", which=which).values("count")[0]
    answers = [sofia.post(f"{case}l", which=which, go="send", count=count) for _ in range(2)]
    assert [one.status for one in answers] == [303, 422]
    assert "Nothing was sent now." in answers[1].text
    assert len(smtp.letters) == 1


def test_without_a_mail_server_the_page_says_where_to_add_one(sofia):
    case, which = ready(sofia)
    page = sofia.post(f"{case}l", which=which, go="send")
    assert page.status == 422
    assert "Add yours under Settings, or copy the text." in page.text
    assert not requests_of(sofia, case)


def silent_port() -> int:
    return free_port()


@pytest.mark.parametrize(
    ("trouble", "what", "next_step"),
    [
        (
            "recipient",
            "The mail server refused the recipient's address. Nothing was sent.",
            "Check the address",
        ),
        (
            "password",
            "Your mail server did not accept the name and password. Nothing was sent.",
            "app password",
        ),
        ("nobody", "Your mail server does not answer. Nothing was sent.", "Check its name, its port"),
        (
            "tls",
            "The connection to your mail server is not safe. Nothing was sent.",
            "Check the server's name",
        ),
        ("far", "Without encryption anybody on the way could read your letter", "Choose STARTTLS"),
    ],
)
def test_a_letter_that_cannot_leave_is_not_noted_and_the_page_says_what_to_do(
    sofia, smtp: MailServer, trouble, what, next_step
):
    if trouble == "recipient":
        smtp.refused.add(RECRUITER)
    changes = {
        "password": {"password": "wrong"},
        "tls": {"security": "tls"},
        "far": {"host": "mail.example.org"},
    }
    port = silent_port() if trouble == "nobody" else smtp.port
    set_mail(sofia, port, **changes.get(trouble, {}))
    case, which = ready(sofia)
    page = sofia.post(f"{case}l", which=which, go="send")
    assert page.status == 422
    assert what in page.text
    assert next_step in page.text
    assert "wire-basket-lemon" not in page.html
    assert not smtp.letters
    assert not requests_of(sofia, case)
    assert "Send it now" in page.text  # the button is still there


def test_a_connection_that_breaks_while_sending_says_to_look_before_sending_again(sofia):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        import threading

        def breaks_off() -> None:
            one, _ = listener.accept()
            file = one.makefile("rwb")
            file.write(b"220 here\r\n")
            file.flush()
            for line in file:
                if line.upper().startswith(b"MAIL"):
                    break
                file.write(b"250 OK\r\n" if not line.upper().startswith(b"AUTH") else b"235 in\r\n")
                file.flush()
            one.shutdown(socket.SHUT_RDWR)
            one.close()

        threading.Thread(target=breaks_off, daemon=True).start()
        set_mail(sofia, listener.getsockname()[1], user="")
        case, which = ready(sofia)
        page = sofia.post(f"{case}l", which=which, go="send")
    assert page.status == 422
    assert not requests_of(sofia, case)
    assert "may or may not have gone out" in page.text or "Nothing was sent" in page.text


def test_a_letter_that_went_out_and_could_not_be_noted_says_both(sofia, smtp: MailServer, monkeypatch):
    set_mail(sofia, smtp.port)
    case, which = ready(sofia)

    def full(*_: object, **__: object) -> int:
        raise CouldNot(words("The disk is full."), words("Make room."))

    monkeypatch.setattr(store, "append", full)
    page = sofia.post(f"{case}l", which=which, go="send")
    assert page.status == 422
    assert len(smtp.letters) == 1
    assert "The letter went out, but it could not be noted here." in page.text


def test_a_letter_that_needs_the_mandate_takes_the_signed_page_along(sofia, smtp: MailServer):
    set_mail(sofia, smtp.port)
    case = sofia.keep(for_another())
    signed = SimpleUploadedFile("IMG_2231.pdf", b"%PDF-1.7 signed by Lucia")
    sofia.post(f"{case}mandate", go="keep", signed=signed, until="2027-11-23")
    letters = []
    for which in sofia.letters(case):
        page = sofia.fill(case, which, signature="Lucía Ferrer")
        if "Send it now" in page.text:
            letters.append(sofia.post(f"{case}l", which=which, go="send"))
            break
    assert letters, "no letter of this case goes by mail"
    assert letters[0].status == 303, letters[0].text
    (mail,) = smtp.letters
    assert [part.get_filename() for part in mail.iter_attachments()] == ["mandate.pdf"]
    assert next(mail.iter_attachments()).get_content() == b"%PDF-1.7 signed by Lucia"


def test_the_password_of_the_mail_server_is_never_shown_back(sofia, smtp: MailServer):
    for page in (set_mail(sofia, smtp.port), sofia.get("set"), set_mail(sofia, "x")):
        assert "wire-basket-lemon" not in page.html
        assert "127.0.0.1" in page.typed("host")


def test_saving_with_an_empty_password_keeps_the_one_before(sofia, smtp: MailServer):
    set_mail(sofia, smtp.port)
    set_mail(sofia, smtp.port, password="", address="new@example.org")
    case, which = ready(sofia)
    assert sofia.post(f"{case}l", which=which, go="send").status == 303
    assert smtp.letters[0]["From"] == "Rosa Lim <new@example.org>"


def test_a_forgotten_server_is_gone(sofia, smtp: MailServer):
    set_mail(sofia, smtp.port)
    page = sofia.post("set", part="mail", go="forget")
    assert page.typed("host") == ""
    assert not re.search("Forget this server", page.text)
