"""The dossier: what was asked, when, what came back, as one archive that a stranger can check offline.

Checking needs only `sha256sum -c SHA256SUMS`. Other people are covered unless she chooses otherwise.
"""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from amparo.claims.case import Case, Request
from amparo.claims.chronology import Line, chronology
from amparo.claims.dossier_contents import Asked, Choices, Contents
from amparo.claims.dossier_pages import pages
from amparo.claims.dues import due_of
from amparo.claims.masking import Mask
from amparo.claims.render import Attachment
from amparo.claims.telling import teller
from amparo.law.rules import rules
from amparo.words import Words, words

__all__ = ["Choices", "build", "manifest"]

MANIFEST = "SHA256SUMS"
FORMAT = "amparo-dossier/1"
HOW_TO_CHECK = words(
    "Unpack the archive, open a terminal in its folder and type: sha256sum -c SHA256SUMS\n"
    "Every line must end with OK. Then no file was changed since the list was made.\n"
    "On macOS type: shasum -a 256 -c SHA256SUMS\n"
    "The list says nothing of who made it. Compare the sum of SHA256SUMS itself with one you got another way."
)


def build(
    case: Case,
    *,
    now: datetime,
    language: str = "en",
    choices: Choices | None = None,
    attachments: Iterable[Attachment] = (),
) -> bytes:
    """Gives the archive (zip). The same case, choices and `now` give the same bytes."""
    contents = _contents(case, choices or Choices(), now)
    tell = teller(language)
    files = {name: text.encode() for name, text in contents.texts.items()}
    for number, one in enumerate(attachments, 1):
        if one.name in contents.choices.attachments:
            files[f"attachments/{number:02}-{_file_name(one.name)}"] = one.content
    files["dossier.json"] = _data(contents)
    sums = {name: hashlib.sha256(held).hexdigest() for name, held in files.items()}
    files["dossier.pdf"] = pages(contents, sums=sums, how=HOW_TO_CHECK, language=language)
    files["README.txt"] = (
        tell(words("How to check this dossier")) + "\n\n" + tell(HOW_TO_CHECK) + "\n"
    ).encode()
    return _zip(files, now)


def manifest(files: Mapping[str, bytes]) -> bytes:
    """Gives the list that `sha256sum -c` reads: one line per file, in the order of their names."""
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()


def _contents(case: Case, choices: Choices, now: datetime) -> Contents:
    mask = Mask(keep=_hers(case), names=choices.names_to_cover) if choices.cover_others else _Open()
    wanted = [one for one in case.requests.values() if choices.requests is None or one.id in choices.requests]
    texts: dict[str, str] = {}
    asked = tuple(_asked(one, number, choices, mask, texts, now) for number, one in enumerate(wanted, 1))
    lines = tuple(
        _covered(line, mask) for line in chronology(case, notes=choices.notes) if _fits(case, line, wanted)
    )
    return Contents(case, asked, lines, texts, mask, choices, now)


class _Open(Mask):
    """Covers nothing: she chose to show everybody."""

    def __call__(self, text: str) -> str:
        return text

    def reply(self, text: str, sender: str | None) -> str:
        return text


def _hers(case: Case) -> set[str]:
    """Gives what stays readable: her own details, reference numbers, the doors and names she wrote to."""
    situation = case.situation_now()
    sender = situation.sender
    own = {sender.name, sender.email, sender.post, sender.phone, sender.organisation, sender.represents}
    own |= {sender.signature, sender.account, *situation.search_names, *case.references}
    for one in case.requests.values():
        own |= {one.sent.address, one.sent.recipient}
    return {value for value in own if value}


def _asked(
    request: Request, number: int, choices: Choices, mask: Mask, texts: dict[str, str], now: datetime
) -> Asked:
    sent, rule = request.sent, rules().get(request.sent.rule or "")
    letter_file = None
    if choices.letters and sent.text:
        letter_file = f"letters/{number:02}-letter.txt"
        texts[letter_file] = (
            f"{sent.recipient}\n{sent.sent.isoformat()}\n{sent.subject or ''}\n\n{sent.text}\n"
        )
    reply_files = []
    for count, reply in enumerate(request.replies if choices.replies else (), 1):
        if reply.text:
            name = f"replies/{number:02}-{count:02}-reply.txt"
            said = [reply.sender or "", reply.received.isoformat(), reply.subject or "", "", reply.text, ""]
            texts[name] = mask.reply("\n".join(said), reply.sender)
            reply_files.append(name)
    return Asked(
        request=request,
        due=due_of(request, now=now),
        basis=rule.basis if rule else None,
        source=next((one.url for one in rule.sources if one.url), None) if rule else None,
        letter_file=letter_file,
        reply_files=tuple(reply_files),
    )


def _fits(case: Case, line: Line, wanted: list[Request]) -> bool:
    """True unless the line belongs to a request that was left out."""
    entry = next(one for one in case.log if one.number == line.number)
    request = getattr(entry.event, "request", None)
    return request is None or request not in case.requests or any(one.id == request for one in wanted)


def _covered(line: Line, mask: Mask) -> Line:
    def cover(said: Words) -> Words:
        values = {
            name: mask(value) if isinstance(value, str) else value for name, value in said.values.items()
        }
        return Words(said.text, values, said.plural)

    return replace(line, what=cover(line.what), beside=tuple(cover(one) for one in line.beside))


def _data(contents: Contents) -> bytes:
    case = contents.case
    held = {
        "format": FORMAT,
        "prepared": contents.prepared.isoformat(),
        "for": contents.choices.for_whom,
        "others_covered": contents.choices.cover_others,
        "places": [
            {
                "url": one.url,
                "looks": [{"at": look.at.isoformat(), "state": look.state} for look in one.looks],
            }
            for one in case.sightings.values()
            if not one.set_aside
        ],
        "requests": [_request_data(one) for one in contents.asked],
        "chronology": [
            {
                "entry": line.number,
                "at": line.at.isoformat(),
                "what": str(line.what),
                "beside": [str(b) for b in line.beside],
            }
            for line in contents.lines
        ],
    }
    if contents.choices.fingerprints:
        held["fingerprints"] = [
            {"sha256": one.sha256, "pdq": one.pdq, "quality": one.quality} for one in case.fingerprints
        ]
    return (json.dumps(held, ensure_ascii=False, indent=1) + "\n").encode()


def _request_data(asked: Asked) -> dict[str, object]:
    sent, due = asked.request.sent, asked.due
    return {
        "recipient": sent.recipient,
        "right": sent.right,
        "rule": sent.rule,
        "rule_version": sent.rule_version,
        "basis": asked.basis,
        "source": asked.source,
        "sent": sent.sent.isoformat(),
        "message_id": sent.message_id,
        "places": list(sent.places),
        "answer_due": due.answer_due.isoformat() if due and due.answer_due else None,
        "firm": due.firm if due else False,
        "reasons": [str(one) for one in due.reasons] if due else [],
        "letter": asked.letter_file,
        "replies": list(asked.reply_files),
    }


def _file_name(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "_", name)[-80:].lstrip(".") or "file"


def _zip(files: Mapping[str, bytes], now: datetime) -> bytes:
    day = now.astimezone(UTC)
    whole = {**files, MANIFEST: manifest(files)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(whole):
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, whole[name])
    return out.getvalue()
