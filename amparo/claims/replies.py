"""Reads a reply that came as .eml: plain text, attachments as bytes, nothing loaded, every size limited."""

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parseaddr, parsedate_to_datetime

from amparo.claims.reply_kinds import KINDS, Suggestion, classify
from amparo.claims.reply_text import MAX_TEXT, html_to_text, without_quotes
from amparo.errors import Refused
from amparo.words import words

__all__ = [
    "KINDS",
    "Attached",
    "Bounce",
    "Reply",
    "Suggestion",
    "classify",
    "read_eml",
    "read_pasted",
    "request_of",
]

MAX_BYTES = 30_000_000
MAX_LINES = 600_000
MAX_HEADER = 4_096
MAX_HEADERS = 300
MAX_PARTS = 400
MAX_DEPTH = 60
MAX_ATTACHMENTS = 50
KEPT_HEADERS = (
    "auto-submitted", "content-type", "from", "in-reply-to", "message-id", "references", "reply-to",
    "subject", "to", "x-failed-recipients",
)  # fmt: skip
# Codecs that only map signs; others (idna, punycode, compressions) can be made to work without end.
_SAFE_CODEC = re.compile(
    r"utf[-_]?(7|8|16|32)([-_](le|be|sig))?|ascii|iso8859-\d+|cp\d+|koi8[-_][rtu]|gb\w+|big5\w*|euc_\w+|"
    r"shift_jis\w*|iso2022\w+|mac[-_]\w+|hz|johab|tis[-_]620|hp[-_]roman8|kz1048|ptcp154"
)


@dataclass(frozen=True)
class Attached:
    """One attachment; `name` is a bare file name made harmless."""

    name: str
    type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Bounce:
    """What a delivery report says: whom the mail did not reach, which mail it was, the server's code."""

    recipient: str | None
    message_id: str | None
    status: str | None


@dataclass(frozen=True)
class Reply:
    """A reply as read. `date` is aware (UTC where no zone was given) or None; `text` without old mail.

    `answers` are the Message-IDs it refers to; `left_out` counts attachments beyond the limit.
    """

    sender: str
    subject: str
    date: datetime | None
    text: str
    attachments: tuple[Attached, ...] = ()
    message_id: str | None = None
    answers: tuple[str, ...] = ()
    whole_text: str = ""
    left_out: int = 0
    bounce: Bounce | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def kind(self) -> Suggestion:
        """Gives what this reply seems to be."""
        return Suggestion("bounce", None) if self.bounce else classify(self.text, self.headers)


def read_pasted(untrusted: str) -> Reply:
    """Gives a reply from pasted text: only its text is known."""
    text = untrusted[:MAX_TEXT].replace("\r\n", "\n")
    return Reply(sender="", subject="", date=None, text=without_quotes(text), whole_text=text)


def read_eml(untrusted_bytes: bytes) -> Reply:
    """Gives the reply in an .eml file. Refused when it is too large, nested too deeply or no mail at all."""
    mail = _parsed(untrusted_bytes)
    parts = list(_leaves(mail))
    files = [part for part in parts if _is_file(part)]
    whole = _text_of([part for part in parts if not _is_file(part)])
    return Reply(
        sender=_header(mail, "from"),
        subject=_header(mail, "subject"),
        date=_date(_header(mail, "date")),
        text=without_quotes(whole),
        attachments=tuple(_attached(part, n) for n, part in enumerate(files[:MAX_ATTACHMENTS], 1)),
        message_id=_header(mail, "message-id").strip() or None,
        answers=_message_ids(_header(mail, "in-reply-to") + " " + _header(mail, "references")),
        whole_text=whole,
        left_out=max(0, len(files) - MAX_ATTACHMENTS),
        bounce=_bounce(mail, parts),
        headers={name: _header(mail, name) for name in KEPT_HEADERS if mail[name] is not None},
    )


def request_of(reply: Reply, sent: Mapping[str, str]) -> str | None:
    """Gives the request a reply or a bounce answers. `sent` maps Message-IDs of sent letters to requests."""
    by_id = {message_id.strip().lower(): request for message_id, request in sent.items()}
    named = [reply.bounce.message_id] if reply.bounce and reply.bounce.message_id else []
    for message_id in (*named, *reply.answers):
        if message_id.lower() in by_id:
            return by_id[message_id.lower()]
    return None


def _parsed(raw: bytes) -> Message:
    if len(raw) > MAX_BYTES:
        raise Refused(
            words("This mail is too large to read here."),
            words("Save its attachments in your mail program, and paste its text here."),
        )
    if raw.lower().count(b"boundary=") > MAX_DEPTH:
        raise _unreadable()
    try:
        mail = BytesParser(policy=compat32).parsebytes(_tamed(raw))
    except (RecursionError, ValueError, LookupError) as error:
        raise _unreadable() from error
    if not any(mail[name] for name in ("from", "subject", "date", "message-id", "received")):
        raise Refused(
            words("This file is no mail."),
            words("In your mail program choose “save as” and the kind .eml, or paste the text of the reply."),
        )
    return mail


def _unreadable() -> Refused:
    return Refused(
        words("This mail is built in a way we do not read."),
        words("Open it in your mail program and paste its text here."),
    )


def _tamed(raw: bytes) -> bytes:
    """Gives the mail with its headers cut to size: long ones cost the parser time without end."""
    kept: list[bytes] = []
    in_header, length, headers, typed = True, 0, 0, 0
    for line in raw.splitlines(keepends=True)[:MAX_LINES]:
        if not in_header:
            in_header = line.startswith(b"--")
            headers = length = 0
        elif not line.strip():
            in_header = False
        elif line[:1] in b" \t":
            length += len(line)
            if length > MAX_HEADER:
                continue
        else:
            headers, length = headers + 1, len(line)
            typed += line[:13].lower() == b"content-type:"
            if typed > MAX_PARTS or headers > MAX_HEADERS:
                if typed > MAX_PARTS:
                    break
                continue
            line = line if length <= MAX_HEADER else line[:MAX_HEADER] + b"\n"
        kept.append(line)
    return b"".join(kept)


def _leaves(mail: Message) -> Iterator[Message]:
    """Gives the parts that hold something, in their order; an attached mail stays one part."""
    waiting = [mail]
    while waiting:
        part = waiting.pop()
        held = part.get_payload() if part.is_multipart() else None
        if isinstance(held, list) and part.get_content_maintype() != "message":
            waiting.extend(reversed([one for one in held if isinstance(one, Message)]))
        else:
            yield part


def _is_file(part: Message) -> bool:
    return (
        part.get_content_disposition() == "attachment"
        or part.get_content_type() not in ("text/plain", "text/html")
        or part.get_filename() is not None
    )


def _text_of(parts: list[Message]) -> str:
    plain_ones = [_decoded(part) for part in parts if part.get_content_type() == "text/plain"]
    if not any(one.strip() for one in plain_ones):
        plain_ones = [
            html_to_text(_decoded(part)) for part in parts if part.get_content_type() == "text/html"
        ]
    joined = "\n\n".join(one.strip() for one in plain_ones if one.strip())
    return joined[:MAX_TEXT].replace("\r\n", "\n")


def _decoded(part: Message) -> str:
    held = part.get_payload(decode=True)
    return _text(held if isinstance(held, bytes) else b"", part.get_content_charset())


def _text(held: bytes, charset: str | None) -> str:
    """Gives bytes as text: in the charset that is named if it is a safe one, else UTF-8, else Latin-1."""
    try:
        codec = codecs.lookup(charset or "utf-8").name
    except (LookupError, ValueError):
        codec = "utf-8"
    if not _SAFE_CODEC.fullmatch(codec):
        codec = "utf-8"
    try:
        said = held.decode(codec)
    except UnicodeError:
        said = held.decode("latin-1" if codec == "utf-8" else codec, errors="replace")
    return "".join(sign for sign in said if sign in "\n\t" or ord(sign) >= 32)


def _header(mail: Message, name: str) -> str:
    raw = str(mail.get(name, ""))[:MAX_HEADER]
    try:
        pieces = decode_header(raw)
    except (ValueError, LookupError):  # broken base64 in an encoded word
        pieces = [(raw, None)]
    said = "".join(_text(one, charset) if isinstance(one, bytes) else one for one, charset in pieces)
    return " ".join(said.split())


def _date(said: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _attached(part: Message, number: int) -> Attached:
    held = part.get_payload(decode=True)
    if not isinstance(held, bytes):  # an attached mail
        inner = part.get_payload()
        held = b"\n\n".join(one.as_bytes() for one in inner if isinstance(one, Message)) if inner else b""
    kind = part.get_content_type()
    return Attached(_file_name(part, number, kind), kind, held)


def _file_name(part: Message, number: int, kind: str) -> str:
    """Gives a bare name: no folders, no control signs, no leading dots, at most 100 signs."""
    try:
        given = part.get_filename() or ""
    except (ValueError, LookupError, TypeError):
        given = ""
    if "=?" in given:
        pieces = decode_header(given[:MAX_HEADER])
        given = "".join(_text(one, charset) if isinstance(one, bytes) else one for one, charset in pieces)
    bare = re.split(r"[/\\:\x00]", given)[-1]
    safe = "".join(sign if sign.isalnum() or sign in "._- ()" else "_" for sign in bare).strip(" .")
    ending = ".eml" if kind == "message/rfc822" else ""
    return safe[-100:].lstrip(" .") or f"attachment-{number}{ending}"


def _message_ids(said: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(re.findall(r"<[^<>\s]{3,250}>", said)))[:50]


def _bounce(mail: Message, parts: list[Message]) -> Bounce | None:
    """Gives what a delivery report says (RFC 3464); None where the mail is none, or says it was delivered."""
    reports = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    if (
        not reports
        and classify("", {"from": _header(mail, "from")}).kind != "bounce"
        and not mail["x-failed-recipients"]
    ):
        return None
    fields = _report_fields(reports)
    if fields.get("action", "failed") not in ("failed", "delayed"):
        return None
    recipient = (
        fields.get("final-recipient")
        or fields.get("original-recipient")
        or _header(mail, "x-failed-recipients")
    )
    return Bounce(
        recipient=parseaddr(recipient.rpartition(";")[2].strip())[1] or None,
        message_id=_original_id(parts, _text_of([part for part in parts if not _is_file(part)])),
        status=fields.get("status"),
    )


def _report_fields(reports: list[Message]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for report in reports[:3]:
        held = report.get_payload()
        for block in held if isinstance(held, list) else []:
            if isinstance(block, Message):
                fields.update(
                    {name.lower(): str(value)[:500].strip().lower() for name, value in block.items()}
                )
    return fields


def _original_id(parts: list[Message], text: str) -> str | None:
    for part in parts:
        if part.get_content_type() in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers"):
            inner = part.get_payload()
            first = inner[0] if isinstance(inner, list) and inner else None
            said = str(first.get("message-id", "")) if isinstance(first, Message) else _decoded(part)
            found = re.search(
                r"(?:message-id:\s*)?(<[^<>\s]{3,250}@[^<>\s]{1,250}>)", said[:100_000], re.IGNORECASE
            )
            if found:
                return found[1]
    found = re.search(r"message-id:\s{0,5}(<[^<>\s]{3,250}>)", text, re.IGNORECASE)
    return found[1] if found else None
