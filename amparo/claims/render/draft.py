"""The letter as a mail: a draft (.eml) that a mail program opens for sending, or a mail link (RFC 6068)."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import quote

from amparo.claims.letters.shapes import Letter
from amparo.claims.letters.texts import phrases
from amparo.errors import Refused
from amparo.words import Words, words

MAIL_ADDRESS = re.compile(r"[^\s@<>\"(),:;\[\]\\]{1,64}@[^\s@<>\"(),:;\[\]\\]{1,253}")
# Browsers and mail programs of Windows cut links at about two thousand signs; the link is ASCII only.
LONGEST_LINK = 1900
NO_DOMAIN = "mail.invalid"
# At its usual 78 signs Python folds some subjects right after `Subject:`; a header may hold 998 (RFC 5322).
ONE_LINE = SMTP.clone(max_line_length=300)


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a letter."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True)
class Mailto:
    """A mail link. `reason` says why the body is not in it; None when the link holds all."""

    href: str
    reason: Words | None


def mail_address(untrusted: str | None) -> str | None:
    """Gives the address if it is one mail address and nothing else, else None."""
    found = untrusted and MAIL_ADDRESS.fullmatch(untrusted) and header_text(untrusted) == untrusted
    return untrusted if found else None


def header_text(text: str) -> str:
    """Gives a text as a header may hold it: one line, and nothing that is decoded again into several.

    Python's mail library reads `=?utf-8?q?=0D=0ABcc:…?=` inside a name or a subject as an encoded word (RFC
    2047) and writes the line break it stands for: whoever gives a name could add a hidden recipient.
    """
    return " ".join(text.split()).replace("=?", "= ?").replace("?=", "? =")


def message(
    letter: Letter, *, from_address: str | None, now: datetime, attachments: Iterable[Attachment] = ()
) -> EmailMessage:
    """Gives the mail of a letter: UTF-8, time in UTC, nothing about the device.

    The Message-ID follows from text, addresses and minute, so that the same sending twice is one message.
    """
    sender = mail_address(from_address)
    if from_address and not sender:
        raise Refused(
            words("This is not an e-mail address: {address}", address=from_address),
            words("Write it like name@example.org."),
        )
    mail = EmailMessage(policy=ONE_LINE)
    if sender:
        mail["From"] = _mailbox(sender, (letter.values or {}).get("name", ""))
    to = mail_address(letter.to)
    if to:
        mail["To"] = _mailbox(to)
    mail["Subject"] = header_text(letter.subject)
    mail["Date"] = format_datetime(now.astimezone(UTC))
    mail["Message-ID"] = message_id(letter, sender, now)
    mail.set_content(letter.body + "\n", charset="utf-8", cte="quoted-printable")
    for one in attachments:
        kind, _, sub = one.type.partition("/")
        mail.add_attachment(one.content, maintype=kind, subtype=sub, filename=one.name)
    return mail


def eml(
    letter: Letter, *, from_address: str | None, now: datetime, attachments: Iterable[Attachment] = ()
) -> bytes:
    """Gives a draft that mail programs open for editing and sending (`X-Unsent: 1`)."""
    mail = message(letter, from_address=from_address, now=now, attachments=attachments)
    mail["X-Unsent"] = "1"
    return with_fixed_boundaries(mail).as_bytes()


def message_id(letter: Letter, sender: str | None, now: datetime) -> str:
    """Gives the Message-ID; its domain is that of her own address, which the mail shows anyway."""
    minute = now.astimezone(UTC).replace(second=0, microsecond=0).isoformat()
    held = "\0".join((letter.subject, letter.body, letter.to or "", sender or "", minute))
    domain = sender.rpartition("@")[2] if sender else NO_DOMAIN
    domain = domain if domain.isascii() else NO_DOMAIN
    return f"<{hashlib.sha256(held.encode()).hexdigest()[:32]}@{domain}>"


def mailto(letter: Letter) -> Mailto:
    """Gives the mail link of a letter; with a body too long for a link, subject and a short note only."""
    to = quote(mail_address(letter.to) or "", safe="@")
    whole = _link(to, letter.subject, letter.body)
    if len(whole) <= LONGEST_LINK:
        return Mailto(whole, None)
    return Mailto(
        _link(to, letter.subject, phrases(letter.language).note),
        words("The letter is too long for a mail link. Copy the text and paste it into the mail."),
    )


def _link(to: str, subject: str, body: str) -> str:
    lines = body.replace("\n", "\r\n")
    return f"mailto:{to}?subject={quote(subject, safe='')}&body={quote(lines, safe='')}"


def _mailbox(address: str, name: str = "") -> Address:
    local, _, domain = address.rpartition("@")
    return Address(display_name=header_text(name), username=local, domain=domain)


def with_fixed_boundaries(mail: EmailMessage) -> EmailMessage:
    """Gives the mail with boundaries that follow from its content, where Python would take random ones."""
    for number, part in enumerate(mail.walk()):
        if part.is_multipart():
            mark = hashlib.sha256(f"{mail['Message-ID']}{number}".encode()).hexdigest()[:24]
            part.set_boundary(f"=_{mark}")
    return mail
