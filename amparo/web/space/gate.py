"""The gate of my space: an open one is handed on; a locked one shows its lock and keeps what was typed."""

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Concatenate

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from amparo.vault import accounts, sessions
from amparo.vault.keyring import Keyring
from amparo.web import clock, cookies
from amparo.web.space import her_settings
from amparo.web.space.her_settings import Settings
from amparo.words import words

SECRETS = ("passphrase", "twice", "old", "new", "key", "password", "first", "last", "again")


@dataclass(frozen=True, repr=False)
class Space:
    """An open space for one request."""

    keyring: Keyring
    settings: Settings
    now: datetime
    lang: str

    def at(self, path: str = "") -> str:
        """Gives the address of one of her own pages."""
        return f"/{self.lang}/s/{path}"


# What a form carries by itself: nobody typed it.
FORM_OWN = frozenset(
    {"state", "at", "go", "which", "blank", "request", "kept", "part", "language", "count", "name_style"}
)

View = Callable[Concatenate[HttpRequest, Space, ...], HttpResponse]


def opened(view: View, *, before_recovery_check: bool = False) -> Callable[..., HttpResponse]:
    """Calls `view(request, space, …)` when the space is open and its recovery key was typed back."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, lang: str, **given: Any) -> HttpResponse:
        keyring = keyring_of(request)
        if keyring is None:
            return locked(request, lang)
        space = Space(keyring, her_settings.load(keyring), clock.now(request), lang)
        if not (space.settings.recovery_checked or before_recovery_check):
            return HttpResponseRedirect(space.at("key"))
        return view(request, space, **given)

    return guarded


def keyring_of(request: HttpRequest) -> Keyring | None:
    """Gives the opened keys that this browser's cookie leads to, or None."""
    cookie = cookies.read(request, cookies.SPACE)
    return sessions.keyring(cookie) if cookie else None


def enter(response: HttpResponse, keyring: Keyring) -> HttpResponse:
    """Opens a session for this browser."""
    settings = her_settings.load(keyring)
    cookies.give(response, cookies.SPACE, sessions.open(keyring, idle_minutes=settings.lock_minutes))
    return response


def locked(request: HttpRequest, lang: str) -> HttpResponse:
    """Shows the lock. A form that was sent is kept sealed; if it cannot be, the page hands it back."""
    if request.method == "GET" and not accounts.exists_any():
        return HttpResponseRedirect(f"/{lang}/s/new")
    kept, typed = True, _typed(request)
    if typed:
        kept = _kept(request, typed)
    said = (
        words("Your space has locked itself. What you typed is kept, sealed, until you open it again.")
        if kept and typed
        else words("Your space is locked.")
    )
    given = {
        "said": said,
        "handed_back": [] if kept else _texts(typed),
        "state": "" if kept else request.POST.get("state", ""),
    }
    return render(request, "space/unlock.html", given, status=200 if request.method == "GET" else 401)


def _typed(request: HttpRequest) -> dict[str, list[str]]:
    """Gives what was typed into a form, its secrets left out; nothing where it was the lock's own form."""
    if request.method != "POST" or "locked" in request.POST:
        return {}
    lists = {name: [one for one in values if one] for name, values in request.POST.lists()}
    typed = {name: values for name, values in lists.items() if name not in SECRETS and values}
    return typed if set(typed) - (FORM_OWN - {"state"}) else {}  # a bare button is no loss


def _texts(typed: dict[str, list[str]]) -> list[str]:
    """Gives what a person wrote, without what the form itself carries."""
    return [one for name, values in sorted(typed.items()) if name not in FORM_OWN for one in values]


def _kept(request: HttpRequest, typed: dict[str, list[str]]) -> bool:
    cookie = cookies.read(request, cookies.SPACE)
    draft = json.dumps({"path": request.path, "fields": typed}, ensure_ascii=False).encode()
    return bool(cookie) and sessions.seal_draft(str(cookie), draft, now=clock.now(request))
