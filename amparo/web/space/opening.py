"""Opening my space: making one, unlocking it, the recovery key, locking, and what was typed meanwhile."""

import json
import threading
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from amparo.errors import AmparoError, Refused
from amparo.vault import accounts, passphrases, recovery, sessions
from amparo.vault.keyring import Keyring
from amparo.web import clock, cookies
from amparo.web.space import her_settings
from amparo.web.space.gate import Space, enter, keyring_of, opened
from amparo.words import words

# Between showing a recovery key and its two groups typed back: in memory only, by account.
_shown: dict[str, str] = {}
_lock = threading.Lock()


def make_or_page(request: HttpRequest, lang: str) -> HttpResponse:
    """Offers six words and asks for a name; takes the form."""
    return make(request, lang) if request.method == "POST" else _make(request, lang)


def make_with(request: HttpRequest, lang: str) -> HttpResponse:
    """Offers to make a space; what she prepared (`state` in the form) comes along."""
    return _make(request, lang)


def make(request: HttpRequest, lang: str) -> HttpResponse:
    """Makes the space, or offers other words."""
    given = request.POST
    if given.get("go") == "other" or "again" in given:
        return _make(request, lang)
    try:
        passphrase = _passphrase(
            given.get("passphrase", ""), given.get("offered", ""), given.get("twice", "")
        )
        made = accounts.create(name=given.get("name", ""), passphrase=passphrase, now=clock.now(request))
    except AmparoError as problem:
        return _make(request, lang, problem=problem, offered=tuple(given.get("offered", "").split()))
    response = _show_key(request, lang, made.keyring, made.recovery_key)
    return enter(response, made.keyring)


def _passphrase(typed: str, offered: str, again: str) -> str:
    """Gives what was typed, if it is the offered words or was typed twice. Raises Refused."""
    normal = passphrases.normal(typed)
    if normal and normal in (passphrases.normal(offered), passphrases.normal(again)):
        return typed
    raise Refused(
        words("What you typed is not the six words, and the second field does not repeat it."),
        words("Type the six words in their order. For words of your own, type them in both fields."),
    )


def _make(
    request: HttpRequest, lang: str, *, problem: AmparoError | None = None, offered: tuple[str, ...] = ()
) -> HttpResponse:
    return render(
        request,
        "space/make.html",
        {
            "problem": problem,
            "offered": offered or passphrases.offer(lang),
            "name": request.POST.get("name", ""),
            "state": request.POST.get("state", ""),
        },
        status=422 if problem else 200,
    )


def _show_key(
    request: HttpRequest, lang: str, keyring: Keyring, key: str, *, problem: AmparoError | None = None
) -> HttpResponse:
    with _lock:
        _shown[keyring.account_id] = key
    return render(
        request,
        "space/key.html",
        {"groups": key.split("-"), "problem": problem, "state": request.POST.get("state", "")},
        status=422 if problem else 200,
    )


def _key_page(request: HttpRequest, space: Space) -> HttpResponse:
    """Shows a new recovery key (the one before stops working), or takes its two groups typed back."""
    with _lock:
        shown = _shown.get(space.keyring.account_id)
    if shown is not None and "again" in request.POST:
        return _show_key(request, space.lang, space.keyring, shown)
    if request.method != "POST" or shown is None:
        return _show_key(request, space.lang, space.keyring, accounts.new_recovery_key(space.keyring))
    first, last = request.POST.get("first", ""), request.POST.get("last", "")
    if not recovery.typed_back(shown, untrusted_first=first, untrusted_last=last):
        problem = Refused(
            words("These are not the first and the last group of the key."),
            words("Look at your paper and type the first group and the last group again."),
        )
        return _show_key(request, space.lang, space.keyring, shown, problem=problem)
    with _lock:
        _shown.pop(space.keyring.account_id, None)
    settings = replace(space.settings, recovery_checked=True)
    her_settings.save(space.keyring, settings, now=space.now)
    return _onwards(request, space)


key_page = opened(_key_page, before_recovery_check=True)


def unlock_or_page(request: HttpRequest, lang: str) -> HttpResponse:
    """Shows the lock and takes its form; an open space goes straight to its first page."""
    if request.method == "POST":
        return unlock(request, lang)
    if keyring_of(request) is not None:
        return HttpResponseRedirect(f"/{lang}/s/")
    return render(request, "space/unlock.html", {})


def unlock(request: HttpRequest, lang: str) -> HttpResponse:
    """Opens the space with name and passphrase; shows what was typed while it was locked."""
    if "again" in request.POST:
        return render(request, "space/unlock.html", {"name": request.POST.get("name", "")})
    try:
        keyring = accounts.unlock(
            name=request.POST.get("name", ""),
            passphrase=request.POST.get("passphrase", ""),
            now=clock.now(request),
        )
    except AmparoError as problem:
        given = {
            "problem": problem,
            "name": request.POST.get("name", ""),
            "state": request.POST.get("state", ""),
        }
        return render(request, "space/unlock.html", given, status=422)
    space = Space(keyring, her_settings.load(keyring), clock.now(request), lang)
    drafts = [json.loads(one) for one in sessions.take_drafts(keyring)]
    if drafts or keyring.noticed:
        page = render(request, "space/drafts.html", {"drafts": drafts, "noticed": keyring.noticed})
        return enter(page, keyring)
    return enter(_onwards(request, space), keyring)


def _onwards(request: HttpRequest, space: Space) -> HttpResponse:
    """Leads to the first page, or first keeps what she brought from the way that keeps nothing."""
    state = request.POST.get("state", "")
    if state:
        return render(request, "space/bring.html", {"state": state})
    response = HttpResponseRedirect(space.at())
    response.status_code = 303
    return response


def recover_or_page(request: HttpRequest, lang: str) -> HttpResponse:
    """Asks for the recovery key and offers new words; takes the form."""
    return recover(request, lang) if request.method == "POST" else _recover(request, lang)


def recover(request: HttpRequest, lang: str) -> HttpResponse:
    """Opens the space with its recovery key; both secrets are new afterwards."""
    given = request.POST
    if given.get("go") == "other" or "again" in given:
        return _recover(request, lang)
    try:
        passphrase = _passphrase(
            given.get("passphrase", ""), given.get("offered", ""), given.get("twice", "")
        )
        opened_again = accounts.recover(
            name=given.get("name", ""),
            recovery_key=given.get("key", ""),
            new_passphrase=passphrase,
            now=clock.now(request),
        )
    except AmparoError as problem:
        return _recover(request, lang, problem=problem, offered=tuple(given.get("offered", "").split()))
    settings = replace(her_settings.load(opened_again.keyring), recovery_checked=False)
    her_settings.save(opened_again.keyring, settings, now=clock.now(request))
    return enter(
        _show_key(request, lang, opened_again.keyring, opened_again.recovery_key), opened_again.keyring
    )


def _recover(
    request: HttpRequest, lang: str, *, problem: AmparoError | None = None, offered: tuple[str, ...] = ()
) -> HttpResponse:
    given = {
        "problem": problem,
        "offered": offered or passphrases.offer(lang),
        "name": request.POST.get("name", ""),
        "key": request.POST.get("key", ""),
    }
    return render(request, "space/recover.html", given, status=422 if problem else 200)


def lock(request: HttpRequest, lang: str) -> HttpResponse:
    """Locks at once. Works by link and by button, open or not."""
    cookie = cookies.read(request, cookies.SPACE)
    if cookie:
        sessions.lock(cookie)
    return render(request, "space/unlock.html", {"said": words("Your space is locked.")})
