"""Sending by SMTP: a real server on loopback takes the letter; every failure says what to do next."""

import email
import logging
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from email.policy import default
from typing import Any

import pytest

from amparo.claims.letters import Letter, letter
from amparo.claims.render import Attachment
from amparo.claims.sending import MailAccount, SentMail, send, who_sees_it
from amparo.errors import CouldNot, Refused, WrongUse
from amparo.net import mail as outgoing
from tests.claims.letter_facts import BY_ORGANISATION, FULL, NOW, mail_to, step_of

controller = pytest.importorskip("aiosmtpd.controller")
smtp = pytest.importorskip("aiosmtpd.smtp")
pytestmark = pytest.mark.mail

SECRET = "correct-horse-battery"


class Inbox:
    """A mail server's memory; it can be told to refuse."""

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.greetings: list[str] = []
        self.refuse: dict[str, str] = {}

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, name: str, said: list[str]
    ) -> list[str]:
        self.greetings.append(name)
        session.host_name = name
        return said

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if "rcpt" in self.refuse:
            return self.refuse["rcpt"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if "data" in self.refuse:
            return self.refuse["data"]
        self.mails.append(envelope)
        return "250 taken"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _server(memory: Inbox, **options: Any) -> tuple[Any, int]:
    """Starts a real SMTP server; gives it with its port."""
    port = _free_port()
    running = controller.Controller(memory, hostname="127.0.0.1", port=port, **options)
    running.start()
    return running, port


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, MailAccount]]:
    memory = Inbox()
    running, port = _server(memory, timeout=10)
    yield memory, MailAccount("127.0.0.1", port, "plain", None, None, "ana@example.org")
    running.stop()


def _letter(**changes: object) -> Letter:
    step = step_of("eu/gdpr/erasure", channel=mail_to("dpo@tube.example.com"))
    return letter(replace(FULL, **changes), step, language="fr", now=NOW)  # type: ignore[arg-type]


def _sent(inbox: tuple[Inbox, MailAccount], **changes: object) -> SentMail:
    return send(_letter(**changes), account=inbox[1], now=NOW)


def test_a_letter_arrives_word_for_word(inbox: tuple[Inbox, MailAccount]) -> None:
    sent = _sent(inbox)
    (taken,) = inbox[0].mails
    mail = email.message_from_bytes(taken.content, policy=default)
    assert taken.rcpt_tos == ["dpo@tube.example.com"]
    assert taken.mail_from == "ana@example.org"
    assert mail["Message-ID"] == sent.message_id
    assert mail.get_content().replace("\r\n", "\n") == _letter().body + "\n"
    assert taken.content.replace(b"\r\n", b"\n").rstrip() == sent.content.replace(b"\r\n", b"\n").rstrip()
    assert "X-Unsent" not in mail


def test_the_mail_server_does_not_hear_the_name_of_this_computer(inbox: tuple[Inbox, MailAccount]) -> None:
    sent = _sent(inbox)
    assert inbox[0].greetings == ["[127.0.0.1]"]
    assert socket.gethostname().encode() not in sent.content


def test_the_same_letter_in_the_same_minute_is_the_same_message(inbox: tuple[Inbox, MailAccount]) -> None:
    assert _sent(inbox).message_id == _sent(inbox).message_id


def test_nothing_is_sent_while_something_is_missing(inbox: tuple[Inbox, MailAccount]) -> None:
    with pytest.raises(Refused) as refused:
        _sent(inbox, sender=replace(FULL.sender, name=None))
    assert str(refused.value.next) == "Write the name you sign with."
    assert inbox[0].mails == []


def test_a_letter_that_encloses_the_mandate_waits_for_it(inbox: tuple[Inbox, MailAccount]) -> None:
    made = letter(
        BY_ORGANISATION, step_of("eu/gdpr/erasure", channel=mail_to("a@example.com")), language="en", now=NOW
    )
    with pytest.raises(Refused):
        send(made, account=inbox[1], now=NOW)
    send(made, account=inbox[1], now=NOW, attachments=[Attachment("m.pdf", "application/pdf", b"%PDF")])
    (taken,) = inbox[0].mails
    assert b"m.pdf" in taken.content


def test_a_letter_that_needs_her_own_hand_is_not_sent_by_others(inbox: tuple[Inbox, MailAccount]) -> None:
    made = replace(_letter(), own_signature=True)
    with pytest.raises(Refused):
        send(made, account=inbox[1], now=NOW)
    assert send(made, account=inbox[1], now=NOW, sent_by_her=True).message_id


def test_a_form_is_not_written_to_by_mail(inbox: tuple[Inbox, MailAccount]) -> None:
    with pytest.raises(Refused):
        send(replace(_letter(), to="https://tube.example.com/form"), account=inbox[1], now=NOW)


def test_a_refused_recipient_is_said_and_nothing_was_sent(inbox: tuple[Inbox, MailAccount]) -> None:
    inbox[0].refuse["rcpt"] = "550 no such user"
    with pytest.raises(Refused) as refused:
        _sent(inbox)
    assert "refused the recipient" in str(refused.value.what)


def test_a_refused_letter_is_said(inbox: tuple[Inbox, MailAccount]) -> None:
    inbox[0].refuse["data"] = "554 looks like spam"
    with pytest.raises(Refused) as refused:
        _sent(inbox)
    assert "spam" not in str(refused.value.what)


def test_a_wrong_password_is_said_and_never_shown() -> None:
    class Deny:
        def __call__(self, *args: Any) -> Any:
            return smtp.AuthResult(success=False, handled=False)

    memory = Inbox()
    running, port = _server(memory, authenticator=Deny(), auth_require_tls=False)
    try:
        account = MailAccount("127.0.0.1", port, "plain", "ana", SECRET, "a@b.example")
        with pytest.raises(Refused) as refused:
            send(_letter(), account=account, now=NOW)
    finally:
        running.stop()
    assert "app password" in str(refused.value.next)
    assert SECRET not in str(refused.value) + repr(account)
    assert memory.mails == []


def test_a_server_that_hangs_up_while_taking_the_letter_leaves_it_open_whether_it_went_out(
    inbox: tuple[Inbox, MailAccount],
) -> None:
    async def vanish(server: Any, session: Any, envelope: Any) -> str:
        server.transport.abort()
        return "250 never heard"

    inbox[0].handle_DATA = vanish  # type: ignore[method-assign]
    with pytest.raises(CouldNot) as could_not:
        _sent(inbox)
    assert "may or may not have gone out" in str(could_not.value.what)


def test_nobody_listening_means_nothing_was_sent() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(CouldNot) as could_not:
        send(_letter(), account=MailAccount("127.0.0.1", port, "plain", None, None, "a@b.example"), now=NOW)
    assert "Nothing was sent." in str(could_not.value.what)


def test_a_server_that_never_speaks_is_given_up() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        account = MailAccount("127.0.0.1", silent.getsockname()[1], "plain", None, None, "a@b.example")
        with pytest.raises(CouldNot):
            outgoing.deliver(account, recipient="c@d.example", content=b"x", timeout_s=0.3)


def test_an_unknown_server_is_said() -> None:
    account = MailAccount("no-such-host.invalid", 465, "tls", None, None, "a@b.example")
    with pytest.raises(CouldNot) as could_not:
        send(_letter(), account=account, now=NOW)
    assert "Nothing was sent." in str(could_not.value.what)


def test_plain_connections_go_nowhere_but_this_machine() -> None:
    account = MailAccount("192.0.2.1", 25, "plain", None, None, "a@b.example")
    with pytest.raises(WrongUse):
        send(_letter(), account=account, now=NOW)


def test_starttls_is_insisted_on(inbox: tuple[Inbox, MailAccount]) -> None:
    """A server that offers none gets neither password nor letter."""
    with pytest.raises(CouldNot):
        send(_letter(), account=replace(inbox[1], security="starttls"), now=NOW)
    assert inbox[0].mails == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A certificate of our own for 127.0.0.1, in force for a day."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("tls")
    made = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    made += ["-days", "1", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    made += ["-keyout", str(folder / "k.pem"), "-out", str(folder / "c.pem")]
    subprocess.run(made, check=True, capture_output=True, timeout=60)
    return str(folder / "c.pem"), str(folder / "k.pem")


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_an_encrypted_connection_needs_a_certificate_that_holds(
    security: str, certificate: tuple[str, str]
) -> None:
    memory = Inbox()
    theirs = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    theirs.load_cert_chain(*certificate)
    tls = {"ssl_context": theirs} if security == "tls" else {"tls_context": theirs}
    running, port = _server(memory, **tls)
    account = MailAccount("127.0.0.1", port, security, None, None, "a@b.example")
    try:
        with pytest.raises(CouldNot) as unknown:
            outgoing.deliver(account, recipient="c@d.example", content=b"Subject: x\r\n\r\nx")
        trusted = ssl.create_default_context(cafile=certificate[0])
        outgoing.deliver(account, recipient="c@d.example", content=b"Subject: x\r\n\r\nx", tls=trusted)
    finally:
        running.stop()
    assert "not safe" in str(unknown.value.what)
    assert len(memory.mails) == 1


def test_neither_letter_nor_addresses_are_logged(
    inbox: tuple[Inbox, MailAccount], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG, logger="amparo"):
        _sent(inbox)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("amparo")]
    out, err = capfd.readouterr()
    assert ours == []
    assert "ana@example.org" not in out + err


def test_before_her_address_is_used_she_reads_who_sees_it() -> None:
    said = [str(one) for one in who_sees_it("ana@example.org", "Tube Ltd")]
    assert said[0] == "Tube Ltd will see the address ana@example.org."
    assert "a new address only for this" in said[-1]
