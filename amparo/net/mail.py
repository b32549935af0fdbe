"""Sends one mail through the person's own mail server. Nothing else here speaks SMTP.

Neither body, addresses nor credentials are ever written to a log. The greeting names no device.
"""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from amparo.errors import CouldNot, Refused, WrongUse
from amparo.words import words

SECURITIES = ("starttls", "tls", "plain")
LOOPBACK = frozenset({"127.0.0.1", "::1"})
TIMEOUT_S = 30.0
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
    tls: ssl.SSLContext | None = None,
) -> None:
    """Hands one finished mail (RFC 5322, CRLF) to her mail server for one recipient.

    Refused: login or address not taken, nothing was sent. CouldNot: the server was not reached, or the
    connection broke while sending, and it is not known whether it went out. WrongUse: a setting is wrong.
    """
    _check(account)
    with _said_in_words():
        server = _connect(account, timeout_s, tls or ssl.create_default_context())
    try:
        with _said_in_words():
            if account.user is not None:
                server.login(account.user, account.password or "")
        with _said_in_words(sending=True):
            server.sendmail(account.from_address, [recipient], content, _options(server, account, recipient))
    finally:
        _leave(server)


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


def _connect(account: MailAccount, timeout_s: float, tls: ssl.SSLContext) -> smtplib.SMTP:
    if account.security == "tls":
        return smtplib.SMTP_SSL(
            account.host, account.port, local_hostname=GREETING_NAME, timeout=timeout_s, context=tls
        )
    server = smtplib.SMTP(account.host, account.port, local_hostname=GREETING_NAME, timeout=timeout_s)
    if account.security == "starttls":
        try:
            server.starttls(context=tls)
        except BaseException:
            server.close()
            raise
    return server


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
