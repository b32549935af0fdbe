"""One turn: what came from a screen, and where it leads."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict

from amparo.errors import AmparoError
from amparo.web.notes.carried import Carried, to_json


@dataclass(frozen=True)
class Turn:
    """A form as it was sent. `files` is None where none may be read; `too_large` names those left out."""

    request: HttpRequest
    lang: str
    carried: Carried
    now: datetime
    fields: QueryDict = field(default_factory=QueryDict)
    files: MultiValueDict[str, UploadedFile] | None = field(default_factory=MultiValueDict)
    too_large: tuple[str, ...] = ()
    problem: AmparoError | None = None

    @property
    def go(self) -> str:
        """The button that was pressed."""
        return self.fields.get("go", "")


@dataclass(frozen=True)
class Go:
    """The next screen, and what travels there."""

    screen: str
    carried: Carried


@dataclass(frozen=True)
class Screen:
    """`show` draws it; `take` reads its form and says where that leads, or answers itself.

    `keep` gives what was typed without checking it: for a change of language, and for going back.
    """

    show: Callable[[Turn], HttpResponse]
    take: Callable[[Turn], Go | HttpResponse]
    keep: Callable[[Turn], Carried] = lambda turn: turn.carried
    back: Callable[[Carried], str] = lambda carried: "ways"


def page(turn: Turn, template: str, *, status: int | None = None, **given: Any) -> HttpResponse:
    """Shows one screen with what travels on; with a `problem` it is answered as not accepted (422)."""
    given["problem"] = given.get("problem") or turn.problem
    status = status or (422 if given["problem"] else 200)
    context = {"state": to_json(turn.carried), "carried": turn.carried, "now": turn.now, **given}
    return render(turn.request, f"notes/{template}.html", context, status=status)
