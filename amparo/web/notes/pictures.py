"""My pictures: each file becomes a number that recognises it and is let go. Nobody looks at it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse

from amparo import fingerprints
from amparo.errors import AmparoError, Refused
from amparo.fingerprints.fingerprint import fingerprint
from amparo.web.notes.carried import MOST_PICTURES, Carried, Number
from amparo.web.notes.turns import Go, Screen, Turn, page
from amparo.words import Words, words


@dataclass(frozen=True)
class NotRead:
    """One file of which no number was made: its place in her choice, and why."""

    place: int
    what: Words
    next: Words


def _show(turn: Turn) -> HttpResponse:
    return page(turn, "pictures", protection=fingerprints.protection())


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
    problem = None if made or not_read else _none_chosen()
    protection = fingerprints.protection()
    return page(turn, "pictures", protection=protection, not_read=not_read, made=len(made), problem=problem)


def _numbers(turn: Turn) -> tuple[list[Number], list[NotRead]]:
    made: list[Number] = []
    not_read = [
        NotRead(0, words("One file is larger than 50 MB."), words("Save a smaller copy and choose that."))
        for _ in turn.too_large
    ]
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


def _none_chosen() -> Refused:
    return Refused(words("No file was chosen."), words("Choose one or more pictures, or go on without."))


def _before(carried: Carried) -> str:
    if carried.door == "threat":
        return "threat"
    return "found" if carried.situation.places else "places"


PICTURES = Screen(_show, _take, back=_before)
