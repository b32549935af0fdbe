"""The pages that hold nothing of anybody: the front door, help, what is kept, and the way out."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amparo.errors import AmparoError
from amparo.vault import sessions
from amparo.web import cookies, door, helping
from amparo.web.clock import now
from amparo.web.headers import public
from amparo.web.space import her_settings
from amparo.words import words

DOORS = (
    (
        "online",
        words("Something of mine is online"),
        words("Pictures, videos or data of me. I want them gone, or out of search."),
    ),
    (
        "threat",
        words("Someone threatens to post something"),
        words("Nothing is online yet, or I am not sure."),
    ),
    (
        "account",
        words("My account or my work was taken down"),
        words("Ask for the reasons, and have the decision looked at again."),
    ),
    (
        "data",
        words("Someone holds my data"),
        words("An employer, a recruiter, a company: ask what they have, and get it erased."),
    ),
)


@require_safe
@public
def front(request: HttpRequest, lang: str) -> HttpResponse:
    """The front door."""
    return render(request, "public/front.html", {"doors": DOORS})


@require_safe
@public
def kept(request: HttpRequest, lang: str) -> HttpResponse:
    """What is kept and what is not, said honestly."""
    return render(request, "public/kept.html")


@require_safe
@public
def help_(request: HttpRequest, lang: str) -> HttpResponse:
    """People to talk to, by need and by country, with what a call sets off."""
    today = now(request).date()
    about = {"needs": helping.NEEDS, "places": helping.places(), "countries": helping.of_no_place(today)}
    return render(request, "public/help.html", about)


@require_safe
@public
def help_of(request: HttpRequest, lang: str, need: str) -> HttpResponse:
    """People to talk to about one thing, every country folded: which one is opened stays on her device."""
    if need not in helping.NEEDS:
        raise Http404
    about = {"name": helping.NEEDS[need], "countries": helping.of_need(need, now(request).date())}
    return render(request, "public/help_of.html", about)


@require_safe
@public
def help_in(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """People to talk to in one country, and those who reach it from elsewhere."""
    name = next((name for code, name, _ in helping.places() if code == place), None)
    if name is None:
        raise Http404
    about = {"name": name, "countries": helping.of_place(place.upper(), now(request).date())}
    return render(request, "public/help_of.html", about)


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Leaves: locks, makes the browser forget, goes to a neutral page. Needs no script and no session."""
    exit_to = _leave_space(request) or settings.EXIT_TO
    keeper = door.local()
    if keeper is not None:
        keeper.send_out(cookies.read(request, cookies.DOOR))
    response = HttpResponseRedirect(exit_to)
    response.status_code = 303
    response["Clear-Site-Data"] = '"cookies", "storage"'
    for name in (cookies.DOOR, cookies.SPACE):
        if cookies.read(request, name) is not None:
            cookies.drop(response, name)
    return response


def _leave_space(request: HttpRequest) -> str:
    """Locks my space and forgets whose it was; gives where she set the way out to lead, if it was open."""
    cookie = cookies.read(request, cookies.SPACE)
    if cookie is None:
        return ""
    keyring = sessions.keyring(cookie)
    sessions.forget(cookie)
    try:
        return her_settings.load(keyring).exit_to if keyring else ""
    except AmparoError:
        return ""  # leaving must never fail


@require_safe
def blank(request: HttpRequest) -> HttpResponse:
    """The neutral page that leaving leads to."""
    return render(request, "public/blank.html")
