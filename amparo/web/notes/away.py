"""Carry it away: the whole case as one sealed file with a neutral name; and bring it back."""

import random
from dataclasses import replace

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse

from amparo.errors import AmparoError, Refused
from amparo.vault import passphrases, sealed_file
from amparo.web.notes.carried import from_json, to_json
from amparo.web.notes.turns import Go, Screen, Turn, page
from amparo.words import words

FILE_NAME = "notes.bin"
_CHANCE = random.SystemRandom()


def _show(turn: Turn) -> HttpResponse:
    typed = turn.fields.get("passphrase") if turn.fields.get("at") == "away" else None
    return page(turn, "away", passphrase=typed or _offered(turn.lang))


def _offered(lang: str) -> str:
    return " ".join(passphrases.offer(lang if lang in passphrases.languages() else "en", _CHANCE))


def _take(turn: Turn) -> HttpResponse | Go:
    passphrase = turn.fields.get("passphrase", "")
    try:
        passphrases.check(passphrase, name="")
    except Refused as problem:
        return page(turn, "away", passphrase=passphrase, problem=problem)
    sealed = sealed_file.seal(to_json(replace(turn.carried, step="")).encode(), passphrase)
    response = HttpResponse(sealed, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


def _show_open(turn: Turn) -> HttpResponse:
    return page(turn, "open")


def _take_open(turn: Turn) -> HttpResponse | Go:
    file = turn.files.get("sealed") if turn.files is not None else None
    if not isinstance(file, UploadedFile):
        problem = Refused(words("No file was chosen."), words("Choose the file you carried away."))
        return page(turn, "open", problem=problem)
    try:
        carried = from_json(sealed_file.open_(file.read(), turn.fields.get("passphrase", "")).decode())
    except AmparoError as problem:
        return page(turn, "open", problem=problem)
    return Go("plan" if carried.situation.places or carried.chosen else "places", carried)


AWAY = Screen(_show, _take, back=lambda carried: "plan")
OPEN = Screen(_show_open, _take_open)
