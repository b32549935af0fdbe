"""My pictures: each file becomes a number that recognises it and is let go. Nobody looks at it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse

from amparo import fingerprints
from amparo.errors import AmparoError
from amparo.fingerprints import limits
from amparo.fingerprints.fingerprint import fingerprint
from amparo.web import door, uploads
from amparo.web.notes import made_here
from amparo.web.notes.carried import MOST_PICTURES, Carried, Number
from amparo.web.notes.made_here import NotRead
from amparo.web.notes.turns import Go, Screen, Turn, page


def _show(turn: Turn) -> HttpResponse:
    return _page(turn)


def _take(turn: Turn) -> Go | HttpResponse:
    """Makes the numbers, then shows them or goes on; a file that was not read always shows.

    Without an explicit "everybody was 18 or older" no byte of a file is taken.
    """
    if turn.carried.situation.shown_under_18 != "no" or turn.files is None:
        return Go("age", replace(turn.carried, pictures=()))
    if turn.go == "next":
        return Go("questions", turn.carried)
    made, not_read = _numbers(turn)
    carried = replace(turn.carried, pictures=_joined(turn.carried.pictures, made))
    turn = replace(turn, carried=carried)
    if turn.go == "make_on" and made and not not_read:
        return Go("questions", carried)
    problem = None if made or not_read else made_here.none_chosen()
    return _page(turn, not_read=not_read, made=len(made), problem=problem)


def _page(turn: Turn, **given: Any) -> HttpResponse:
    """Shows the screen. On a server her browser makes the numbers; in the local app this program does, which
    reads more kinds of picture, and the picture stays on her device in any case.
    """
    here = None
    if door.local() is None:
        here = {
            "pictures": MOST_PICTURES,
            "bytes": uploads.FILE_BYTES,
            "side": limits.MAX_SIDE,
            "pixels": limits.MAX_PIXELS,
        }
    return page(turn, "pictures", protection=fingerprints.protection(), here=here, **given)


def _numbers(turn: Turn) -> tuple[list[Number], list[NotRead]]:
    if "made_here" in turn.fields:
        return made_here.read(str(turn.fields["made_here"]))
    made: list[Number] = []
    not_read = [NotRead(0, *made_here.TOO_MANY_BYTES) for _ in turn.too_large]
    for place, file in enumerate(_files(turn), 1):
        try:
            made.append(_number(file))
        except AmparoError as error:
            not_read.append(NotRead(place, error.what, error.next))
    return made, not_read


def _files(turn: Turn) -> Iterator[UploadedFile]:
    yield from turn.files.getlist("pictures")[:MOST_PICTURES] if turn.files is not None else ()


def _number(file: UploadedFile) -> Number:
    with file:
        found = fingerprint(file.read())
    return Number(found.pdq, found.sha256, found.quality)


def _joined(known: tuple[Number, ...], new: list[Number]) -> tuple[Number, ...]:
    return tuple({one.sha256: one for one in (*known, *new)}.values())[:MOST_PICTURES]


def _before(carried: Carried) -> str:
    if carried.door == "threat":
        return "threat"
    return "found" if carried.situation.places else "places"


PICTURES = Screen(_show, _take, back=_before)
