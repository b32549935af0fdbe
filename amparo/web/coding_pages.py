"""Coding measures in the local app: draw a round, code one after the other, compare when all are done.

Rounds lie as plain files in the data folder: nothing in them is private, only made-up names and measures.
Names travel in forms only, never in an address.
"""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_http_methods

from amparo.errors import AmparoError, CouldNot, Refused, WrongUse
from amparo.web import clock, door
from amparo.witness import coding
from amparo.witness.codebook import Field, fields
from amparo.witness.coding import Drawn
from amparo.witness.ledger import measures
from amparo.words import words

ROUND = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
FRAME_CHARS = 2_000_000


@dataclass(frozen=True)
class Put:
    """A field as it stands on the page, with what was chosen."""

    field: Field
    value: Any


def _folder(name: str) -> Path:
    if not ROUND.fullmatch(name):
        raise WrongUse(
            words("{name} cannot be the name of a round.", name=name or "-"),
            words("Take small letters, digits and hyphens, like round-one."),
        )
    return Path(settings.DATA) / "witness" / name


def _rounds() -> list[str]:
    return sorted(found.parent.name for found in (Path(settings.DATA) / "witness").glob("*/sample.json"))


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, lang: str) -> HttpResponse:
    """The rounds; with a form, one act in a round."""
    if door.local() is None:  # on a server the files would be everybody's
        raise Http404
    act = ACTS.get(request.POST.get("do", ""))
    if act is None:
        return _start(request)
    try:
        return act(request)
    except AmparoError as error:
        return _start(request, problem=error)


def _start(request: HttpRequest, *, problem: AmparoError | None = None) -> HttpResponse:
    given = {"rounds": _rounds(), "problem": problem, "typed": request.POST}
    return render(request, "witness/rounds.html", given, status=422 if problem else 200)


def _draw(request: HttpRequest) -> HttpResponse:
    folder = _folder(request.POST.get("round", "").strip())
    numbers = [request.POST.get(name, "").strip() for name in ("n", "seed")]
    if not all(number.isascii() and number.isdecimal() and len(number) < 10 for number in numbers):
        raise WrongUse(
            words("How many, and the seed, must be whole numbers."), words("For example 150 and 7.")
        )
    text = request.POST.get("frame", "").strip()
    frame, name = (_pasted(text), "pasted") if text else (_own(), "trial of our own ledger, no sample")
    now = clock.now(request)
    coding.begin(folder, coding.draw(frame, int(numbers[0]), name=name, seed=int(numbers[1]), on=now.date()))
    return _start(request)


def _pasted(text: str) -> list[Drawn]:
    try:
        if len(text) > FRAME_CHARS:
            raise csv.Error
        lines = list(csv.DictReader(io.StringIO(text)))
    except csv.Error as error:
        raise CouldNot(
            words("{name} could not be read as a table.", name="frame"), words("Save it as CSV in UTF-8.")
        ) from error
    frame = [Drawn(*(line.get(name) or "" for name in ("id", "name", "stratum", "url"))) for line in lines]
    if not frame or any(not (one.id and one.name and one.stratum) for one in frame):
        raise WrongUse(
            words("A line of {name} lacks its id, name or stratum.", name="frame"),
            words("The first line must name: {columns}.", columns="id, name, stratum, url"),
        )
    return frame


def _own() -> list[Drawn]:
    return [Drawn(one.id, one.name, one.codes["actor"], one.sources[0].url) for one in measures().values()]


def _code(request: HttpRequest) -> HttpResponse:
    """Shows the next measure; where codes came with the form they are kept first."""
    folder, coder = _folder(request.POST.get("round", "")), request.POST.get("coder", "").strip()
    coding.check_name(coder)
    coding.check_open(folder)
    problem = None
    if request.POST.get("measure"):
        try:
            coding.record(folder, coder, request.POST["measure"], _codes(request), at=clock.now(request))
        except Refused as error:
            problem = error
    left = coding.left(folder, coder)
    if problem and not left:
        raise problem
    if not left:
        return render(request, "witness/coded.html", {"round": folder.name, "coder": coder})
    codes = _codes(request) if problem else {}
    put = [Put(field, codes.get(name)) for name, field in fields().items()]
    of = len(coding.sample_of(folder).measures)
    given = {"round": folder.name, "coder": coder, "one": left[0], "put": put, "problem": problem}
    status = 422 if problem else 200
    return render(request, "witness/code.html", given | {"done": of - len(left), "of": of}, status=status)


def _codes(request: HttpRequest) -> dict[str, Any]:
    return {name: _given(field, request) for name, field in fields().items() if _given(field, request) != ""}


def _given(field: Field, request: HttpRequest) -> Any:
    name = f"c-{field.id}"
    if field.kind == "several":
        return request.POST.getlist(name) or ""
    text = request.POST.get(name, "").strip()
    if field.kind == "year":
        return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else text or None
    return [code for code in re.split(r"[\s,]+", text) if code] or "" if field.kind == "open" else text


def _compare(request: HttpRequest) -> HttpResponse:
    folder = _folder(request.POST.get("round", ""))
    names = coding.coders(folder)
    done = [name for name in names if not coding.left(folder, name)]
    # Once compared, the same people are compared again; with fewer than two done, it is said who is not.
    found = coding.compare(folder, done if len(done) > 1 and not coding.is_compared(folder) else None)
    rest = ", ".join(name for name in names if name not in found.coders)
    return render(request, "witness/compared.html", {"round": folder.name, "found": found, "rest": rest})


ACTS: dict[str, Callable[[HttpRequest], HttpResponse]] = {"draw": _draw, "code": _code, "compare": _compare}
urlpatterns = [path("", page)]
