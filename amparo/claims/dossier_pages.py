"""The dossier on paper: addresses, requests, their dates explained, what happened, letters, replies."""

from collections.abc import Mapping

from amparo.claims.check import STATES
from amparo.claims.dossier_contents import Asked, Contents
from amparo.claims.render.letter_pdf import blocks_of
from amparo.claims.render.typeset import Block, typeset
from amparo.claims.telling import Tell, teller
from amparo.words import Words, words


def pages(contents: Contents, *, sums: Mapping[str, str], how: Words, language: str) -> bytes:
    """Gives the PDF (PDF/UA-1). `sums` are the SHA-256 of the other files, by their name in the archive."""
    tell = teller(language)
    title = tell(words("Dossier"))
    blocks = [
        _heading(1, title),
        {
            "kind": "lines",
            "lines": [tell(words("Prepared on {day}.", day=contents.prepared)), _who(contents, tell)],
        },
        *_places(contents, tell),
        *(block for asked in contents.asked for block in _request(asked, tell)),
        *_lines(contents, tell),
        *_texts(contents, tell),
        *_files(sums, how, tell),
    ]
    return typeset(title=title, language=language, blocks=[block for block in blocks if block])


def _heading(level: int, text: str) -> Block:
    return {"kind": "heading", "level": level, "text": text}


def _who(contents: Contents, tell: Tell) -> str:
    if contents.choices.cover_others:
        return tell(words("Names, mail addresses and phone numbers of other people are covered."))
    return tell(words("Nobody is covered: this holds the names of other people."))


def _places(contents: Contents, tell: Tell) -> list[Block]:
    rows = []
    for one in contents.case.sightings.values():
        if not one.set_aside:
            meaning = STATES.get(one.state) if one.state else None
            state = tell(meaning.says) if meaning else tell(words("Not looked at again"))
            rows.append([one.url, tell(Words("{day}", {"day": one.added.date()})), state])
    if not rows:
        return []
    head = [tell(words("Address")), tell(words("Written down")), tell(words("When last looked at"))]
    return [
        _heading(2, tell(words("Where it was seen"))),
        {"kind": "table", "widths": [4, 2, 2], "head": head, "rows": rows},
    ]


def _request(asked: Asked, tell: Tell) -> list[Block]:
    sent, due = asked.request.sent, asked.due
    lines = [
        tell(words("Sent on {when} to {where}.", when=sent.sent, where=sent.address or sent.recipient)),
        sent.subject or "",
        tell(words("Legal basis: {basis}.", basis=asked.basis)) if asked.basis else "",
        tell(words("Source: {source}", source=asked.source)) if asked.source else "",
    ]
    if due and due.answer_due:
        lines.append(tell(words("An answer was due by {when}.", when=due.answer_due)))
        if not due.firm:
            lines.append(tell(words("This date is not firm: see the reasons.")))
    reasons = [tell(one) for one in due.reasons] if due else []
    return [
        _heading(2, tell(words("Request to {who}", who=sent.recipient))),
        {"kind": "lines", "lines": [line for line in lines if line]},
        *([{"kind": "list", "items": reasons}] if reasons else []),
    ]


def _lines(contents: Contents, tell: Tell) -> list[Block]:
    rows = [
        [
            str(line.number),
            tell(Words("{when}", {"when": line.at})),
            " ".join(map(tell, (line.what, *line.beside))),
        ]
        for line in contents.lines
    ]
    if not rows:
        return []
    head = [tell(words("No.")), tell(words("When")), tell(words("What happened"))]
    return [
        _heading(2, tell(words("What happened, in order"))),
        {"kind": "table", "widths": [1, 3, 7], "head": head, "rows": rows},
    ]


def _texts(contents: Contents, tell: Tell) -> list[Block]:
    blocks: list[Block] = []
    for name, text in contents.texts.items():
        title = words("Letter ({file})") if name.startswith("letters/") else words("Reply ({file})")
        blocks.append(_heading(2, tell(Words(title.text, {"file": name}))))
        blocks += blocks_of(text.strip())
    return blocks


def _files(sums: Mapping[str, str], how: Words, tell: Tell) -> list[Block]:
    rows = [[name, sums[name]] for name in sorted(sums)]
    head = [tell(words("File")), "SHA-256"]
    return [
        _heading(2, tell(words("How to check this dossier"))),
        {"kind": "lines", "lines": tell(how).split("\n")},
        {"kind": "table", "widths": [2, 5], "head": head, "rows": rows},
    ]
