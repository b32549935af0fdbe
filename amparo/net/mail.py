"""Sends one mail through the person's own mail server. Nothing else here speaks SMTP.

Neither body, addresses nor credentials are ever written to a log. The greeting names no device.
"""

import contextlib
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, Any

from amparo.errors import CouldNot, Refused, WrongUse
from amparo.words import words

SECURITIES = ("starttls", "tls", "plain")
LOOPBACK = frozenset({"127.0.0.1", "::1"})
TIMEOUT_S = 30.0  # for each answer
LONGEST_S = 120.0  # for all of it: a server that drips a sign now and then would else hold her for ever
MOST_LINES = 200  # of one answer; RFC 5321 sets no limit, and a hostile server would fill the memory
# What a mail server hears instead of this computer's name (RFC 5321, 4.1.3).
GREETING_NAME = "[127.0.0.1]"


@dataclass(frozen=True)
class MailAccount:
    """Her mail account. `security` is starttls | tls | plain (plain only to this same machine)."""

    host: str
    port: int
    security: str
    user: str | None
    password: str | None = field(repr=False)
    from_address: str = ""


def deliver(
    account: MailAccount,
    *,
    recipient: str,
    content: bytes,
    timeout_s: float = TIMEOUT_S,
    longest_s: float = LONGEST_S,
    tls: ssl.SSLContext | None = None,
) -> None:
    """Hands one finished mail (RFC 5322, CRLF) to her mail server for one recipient.

    Refused: login or address not taken, nothing was sent. CouldNot: the server was not reached, or the
    connection broke while sending, and it is not known whether it went out. WrongUse: a setting is wrong.
    """
    _check(account)
    tls = tls or ssl.create_default_context()
    server = _server(account, timeout_s, tls)
    cut_off = threading.Timer(longest_s, _cut_off, [server])
    cut_off.daemon = True
    cut_off.start()
    try:
        with _said_in_words():
            _connect(server, account, tls)
            if account.user is not None:
                server.login(account.user, account.password or "")
        with _said_in_words(sending=True):
            server.sendmail(account.from_address, [recipient], content, _options(server, account, recipient))
    finally:
        _leave(server)
        cut_off.cancel()


def _cut_off(server: smtplib.SMTP) -> None:
    """Ends the connection under whoever waits on it; a TLS socket's own call would pull its keys away too."""
    with contextlib.suppress(OSError):
        if server.sock is not None:
            socket.socket.shutdown(server.sock, socket.SHUT_RDWR)


class _FewLines:
    """What a server answers, line by line, until there are too many."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.left = MOST_LINES

    def readline(self, most_bytes: int) -> bytes:
        self.left -= 1
        if self.left < 0:
            raise smtplib.SMTPServerDisconnected("an answer without end")
        return self.file.readline(most_bytes)

    def close(self) -> None:
        self.file.close()


class _Bounded(smtplib.SMTP):
    """Believes no answer that never ends."""

    file: Any

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = _FewLines(self.sock.makefile("rb"))
        if isinstance(self.file, _FewLines):
            self.file.left = MOST_LINES
        return super().getreply()


class _BoundedTls(_Bounded, smtplib.SMTP_SSL):
    """The same, encrypted from the start."""


def _check(account: MailAccount) -> None:
    if account.security not in SECURITIES:
        raise WrongUse(
            words("“{security}” is no way to protect the connection.", security=account.security),
            words("Choose one of: {choices}.", choices=", ".join(SECURITIES)),
        )
    if account.security == "plain" and account.host not in LOOPBACK:
        raise WrongUse(
            words("Without encryption anybody on the way could read your letter and your password."),
            words("Choose STARTTLS (mostly port 587) or TLS (mostly port 465)."),
        )
    if not 0 < account.port < 65536:
        raise WrongUse(words("This port does not exist."), words("Mostly it is 587 or 465."))


def _server(account: MailAccount, timeout_s: float, tls: ssl.SSLContext) -> smtplib.SMTP:
    """Gives what will speak to the server; it is not connected yet."""
    server: smtplib.SMTP
    if account.security == "tls":
        server = _BoundedTls(local_hostname=GREETING_NAME, timeout=timeout_s, context=tls)
    else:
        server = _Bounded(local_hostname=GREETING_NAME, timeout=timeout_s)
    server._host = account.host  # type: ignore[attr-defined]  # smtplib checks the certificate for it
    return server


def _connect(server: smtplib.SMTP, account: MailAccount, tls: ssl.SSLContext) -> None:
    code, _ = server.connect(account.host, account.port)
    if code != 220:
        raise smtplib.SMTPConnectError(code, b"")
    if account.security == "starttls":
        server.starttls(context=tls)


def _options(server: smtplib.SMTP, account: MailAccount, recipient: str) -> list[str]:
    server.ehlo_or_helo_if_needed()
    if account.from_address.isascii() and recipient.isascii():
        return ["BODY=8BITMIME"] if server.has_extn("8bitmime") else []
    if server.has_extn("smtputf8"):
        return ["SMTPUTF8", "BODY=8BITMIME"]
    raise Refused(
        words("Your mail server cannot handle addresses with such letters."),
        words("Use another address, or another way to send the letter."),
    )


def _leave(server: smtplib.SMTP) -> None:
    """Says goodbye; the mail is already taken or refused, so nothing that happens here matters."""
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()


@contextmanager
def _said_in_words(*, sending: bool = False) -> Iterator[None]:
    """Turns what smtplib and sockets raise into what a person can act on; server texts are left out."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        raise Refused(
            words("Your mail server did not accept the name and password. Nothing was sent."),
            words("Check both. Many providers want a separate app password for this."),
        ) from error
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        raise _not_taken(error) from error
    except smtplib.SMTPNotSupportedError as error:
        raise CouldNot(
            words("Your mail server does not offer this kind of connection. Nothing was sent."),
            words("Check the port, and choose TLS instead of STARTTLS or the other way round."),
        ) from error
    except ssl.SSLError as error:
        raise CouldNot(
            words("The connection to your mail server is not safe. Nothing was sent."),
            words("Check the server's name and port. On a strange network, try another one."),
        ) from error
    except socket.gaierror as error:
        raise CouldNot(
            words("This mail server cannot be found. Nothing was sent."),
            words("Check its name and your connection."),
        ) from error
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise _connection_lost(sending) from error


def _not_taken(error: smtplib.SMTPException) -> Refused:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return Refused(
            words("The mail server refused the recipient's address. Nothing was sent."),
            words("Check the address, or use another way to send the letter."),
        )
    if isinstance(error, smtplib.SMTPSenderRefused):
        return Refused(
            words("The mail server refused your own address. Nothing was sent."),
            words("Use the address that belongs to this account."),
        )
    return Refused(
        words("The mail server refused the letter. Nothing was sent."),
        words("Wait an hour and try again, or use another way to send it."),
    )


def _connection_lost(sending: bool) -> CouldNot:
    if sending:
        return CouldNot(
            words("The connection broke while sending. The letter may or may not have gone out."),
            words("Look in the folder of sent mails before you send it again."),
        )
    return CouldNot(
        words("Your mail server does not answer. Nothing was sent."),
        words("Check its name, its port and your connection, then try again."),
    )
