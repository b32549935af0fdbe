"""The one address of the way that keeps nothing: reads a screen's form, shows the next screen."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from amparo.errors import AmparoError
from amparo.web import clock, uploads
from amparo.web.notes import asking, away, letter, looking, pictures, places, planning, start
from amparo.web.notes.carried import Carried, begin, from_json
from amparo.web.notes.turns import Go, Screen, Turn

SCREENS: dict[str, Screen] = {
    "ways": start.WAYS,
    "age": start.AGE,
    "threat": start.THREAT,
    "places": places.GIVEN,
    "found": places.FOUND,
    "look": looking.LOOK,
    "pictures": pictures.PICTURES,
    "questions": asking.QUESTIONS,
    "plan": planning.PLAN,
    "letter": letter.LETTER,
    "away": away.AWAY,
    "open": away.OPEN,
}

# Screens with a field for a file that is no picture.
TAKE_FILES = ("places", "open")
# A case of my space opens these, to add or to change something; `state` is made from the case.
OPENED_BY_A_CASE = ("places", "look", "questions", "plan")


@uploads.answers_too_large
def turn_page(request: HttpRequest, lang: str) -> HttpResponse:
    """Takes a screen's form. A GET (a bookmark, the back button) leads to the front door."""
    return _turned(request, lang, may_read=_not_protected, file_bytes=uploads.FORM_BYTES)


@uploads.answers_too_large
@uploads.takes(uploads.PICTURES_BYTES)
def turn_page_with_pictures(request: HttpRequest, lang: str) -> HttpResponse:
    """Takes the pictures screen's form. Nothing of a file is read unless everybody shown was 18 or older."""
    return _turned(request, lang, may_read=_adults_only, file_bytes=uploads.FILE_BYTES)


def _turned(request: HttpRequest, lang: str, *, may_read: uploads.MayRead, file_bytes: int) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseRedirect(f"/{lang}/")
    fields, files, too_large = uploads.read_files(request, may_read=may_read, file_bytes=file_bytes)
    turn = Turn(request, lang, _carried(fields), clock.now(request), fields, files, tuple(too_large))
    screen = SCREENS.get(fields.get("at", ""))
    if screen is None and turn.go in OPENED_BY_A_CASE:
        return SCREENS[turn.go].show(turn)
    if screen is None:
        return SCREENS["ways"].show(turn)
    if uploads.too_large(request):
        response = screen.show(replace(turn, carried=screen.keep(turn), problem=uploads.TOO_LARGE))
        response.status_code = 413
        return response
    if "again" in fields:
        return screen.show(replace(turn, carried=screen.keep(turn)))
    if turn.go == "back":
        carried = screen.keep(turn)
        return SCREENS[screen.back(carried)].show(replace(turn, carried=carried))
    taken = screen.take(turn)
    if isinstance(taken, Go):
        return SCREENS[taken.screen].show(replace(turn, carried=taken.carried))
    return taken


def _carried(fields: QueryDict) -> Carried:
    held = fields.get("state")
    return from_json(held) if held else begin(fields.get("door", ""))


def _adults_only(fields: QueryDict) -> bool:
    try:
        return _carried(fields).situation.shown_under_18 == "no"
    except AmparoError:
        return False


def _not_protected(fields: QueryDict) -> bool:
    """Only screens that take a text or a sealed file: a picture has its own address and question."""
    try:
        return fields.get("at") in TAKE_FILES and not _carried(fields).protected
    except AmparoError:
        return False
