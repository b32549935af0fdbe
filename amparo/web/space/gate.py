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
from amparo.web.typed import texts
from amparo.web.typed import typed as typed_into
from amparo.words import words


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
    kept, typed = True, typed_into(request)
    if typed:
        kept = _kept(request, typed)
    said = (
        words("Your space has locked itself. What you typed is kept, sealed, until you open it again.")
        if kept and typed
        else words("Your space is locked.")
    )
    given = {
        "said": said,
        "handed_back": [] if kept else texts(typed),
        "state": "" if kept else request.POST.get("state", ""),
    }
    return render(request, "space/unlock.html", given, status=200 if request.method == "GET" else 401)


def _kept(request: HttpRequest, typed: dict[str, list[str]]) -> bool:
    cookie = cookies.read(request, cookies.SPACE)
    draft = json.dumps({"path": request.path, "fields": typed}, ensure_ascii=False).encode()
    return bool(cookie) and sessions.seal_draft(str(cookie), draft, now=clock.now(request))
