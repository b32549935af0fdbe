"""Sends a finished letter from her own mail account, and says beforehand who will see the address."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from amparo.claims.letters.shapes import Letter
from amparo.claims.render.draft import Attachment, mail_address, message, with_fixed_boundaries
from amparo.errors import Refused
from amparo.net.mail import MailAccount, deliver
from amparo.words import Words, words

__all__ = ["MailAccount", "SentMail", "send", "who_sees_it"]


@dataclass(frozen=True)
class SentMail:
    """What went out: its Message-ID, when the server took it (UTC), and the very bytes."""

    message_id: str
    at: datetime
    content: bytes


def send(
    letter: Letter,
    *,
    account: MailAccount,
    now: datetime,
    attachments: Iterable[Attachment] = (),
    sent_by_her: bool = False,
) -> SentMail:
    """Sends one letter; gives what went out. Nothing is sent while an element is missing (Refused).

    `sent_by_her`: the person herself sends it, which a letter with `own_signature` needs.
    """
    enclosed = tuple(attachments)
    recipient = _recipient(letter, enclosed, sent_by_her)
    mail = message(letter, from_address=account.from_address, now=now, attachments=enclosed)
    content = with_fixed_boundaries(mail).as_bytes()
    deliver(account, recipient=recipient, content=content)
    return SentMail(message_id=str(mail["Message-ID"]), at=now.astimezone(UTC), content=content)


def who_sees_it(address: str, recipient: str) -> tuple[Words, ...]:
    """Gives what to say before her own address is used: who sees it, and how to make one for this purpose."""
    return (
        words("{recipient} will see the address {address}.", recipient=recipient, address=address),
        words("Your own mail provider sees to whom you write and what."),
        words("Some recipients pass a letter on, with your name and address."),
        words(
            "You can make a new address only for this, at any provider that asks for no phone number. "
            "Leave your name, birthday and other address out of it, and keep its password."
        ),
    )


def _recipient(letter: Letter, enclosed: tuple[Attachment, ...], sent_by_her: bool) -> str:
    if letter.missing:
        first = letter.to_fill[0].words if letter.to_fill else words("Complete the letter first.")
        raise Refused(words("The letter is not complete. Nothing was sent."), first)
    if letter.own_signature and not sent_by_her:
        raise Refused(
            words("The law wants this letter to come from the person herself. Nothing was sent."),
            words("Give it to her as text or as a mail draft. She sends it."),
        )
    if "mandate" in letter.encloses and not enclosed:
        raise Refused(
            words("The letter says that the mandate comes with it. Nothing was sent."),
            words("Attach the signed mandate."),
        )
    address = mail_address(letter.to)
    if address is None:
        raise Refused(
            words("This recipient has no mail address on record. Nothing was sent."),
            words("Use the form card, or copy the text."),
        )
    return address
