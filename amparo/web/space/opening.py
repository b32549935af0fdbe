"""Opening my space: making one, unlocking it, the recovery key, locking, and what was typed meanwhile."""

import json
import threading
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from amparo.errors import AmparoError, Refused
from amparo.vault import accounts, cipher, passphrases, recovery, sessions
from amparo.vault.keyring import Keyring
from amparo.web import clock, cookies
from amparo.web.space import her_settings
from amparo.web.space.gate import Space, enter, keyring_of, opened
from amparo.web.typed import FORM_OWN
from amparo.words import words

# Between showing a recovery key and its two groups typed back: by account, in memory only, and sealed with
# the account's own keys, so that it cannot be read while the space is locked.
_shown: dict[str, bytes] = {}
_lock = threading.Lock()


def make_or_page(request: HttpRequest, lang: str) -> HttpResponse:
    """Offers six words and asks for a name; takes the form."""
    return make(request, lang) if request.method == "POST" else _make(request, lang)


def open_with(request: HttpRequest, lang: str) -> HttpResponse:
    """Offers to make a space, or to open hers; what she prepared (`state` in the form) comes along."""
    if cookies.read(request, cookies.SPACE) is None:
        return _make(request, lang)
    given = {"said": words("Your space is locked."), "state": request.POST.get("state", "")}
    return render(request, "space/unlock.html", given)


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
        _shown[keyring.account_id] = cipher.seal(keyring.key("recovery shown"), key.encode(), "shown")
    return render(
        request,
        "space/key.html",
        {"groups": key.split("-"), "problem": problem, "state": request.POST.get("state", "")},
        status=422 if problem else 200,
    )


def _shown_to(keyring: Keyring) -> str | None:
    """Gives the key that waits for its two groups, or None (also after a restart)."""
    with _lock:
        sealed = _shown.get(keyring.account_id)
    return cipher.unseal(keyring.key("recovery shown"), sealed, "shown").decode() if sealed else None


def _key_page(request: HttpRequest, space: Space) -> HttpResponse:
    """Shows the recovery key until its two groups are typed back; a new one only where she asks for it."""
    if "called" in request.POST:  # the page after this one, in another language
        return _bring(request)
    shown = _shown_to(space.keyring)
    if request.POST.get("go") == "new" or (shown is None and not space.settings.recovery_checked):
        return _new_key(request, space)
    if shown is None:
        return HttpResponseRedirect(space.at("set"))
    if request.method != "POST" or "again" in request.POST:
        return _show_key(request, space.lang, space.keyring, shown)
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


def _new_key(request: HttpRequest, space: Space) -> HttpResponse:
    """Shows a new key. The one before stops working, so the new one has to be read back."""
    her_settings.save(space.keyring, replace(space.settings, recovery_checked=False), now=space.now)
    return _show_key(request, space.lang, space.keyring, accounts.new_recovery_key(space.keyring))


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
        return _in_another_language(request)
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
    drafts = [one.decode() for one in sessions.take_drafts(keyring)]
    if drafts or keyring.noticed:
        return enter(_back_again(request, drafts, keyring), keyring)
    return enter(_onwards(request, space), keyring)


def _in_another_language(request: HttpRequest) -> HttpResponse:
    """Shows the lock, or the page after it, once more; nothing that was typed is lost."""
    keyring = keyring_of(request)
    if keyring is not None and "draft" in request.POST:
        return _back_again(request, request.POST.getlist("draft"), keyring)
    if keyring is not None and "called" in request.POST:
        return _bring(request)
    given = {"name": request.POST.get("name", ""), "state": request.POST.get("state", "")}
    return render(request, "space/unlock.html", given)


def _back_again(request: HttpRequest, drafts: list[str], keyring: Keyring) -> HttpResponse:
    """Shows what was typed while the space was locked, and what was found wrong with it."""
    given = {
        "drafts": [_draft(one) for one in drafts],
        "held": drafts,
        "noticed": keyring.noticed,
        "state": request.POST.get("state", ""),
    }
    return render(request, "space/drafts.html", given)


def _draft(content: str) -> dict[str, object]:
    """Gives one form as it was sent: where to, what she wrote, and what it carried by itself."""
    try:
        held = json.loads(content)
        path = str(held["path"])
        fields = [(str(name), str(value)) for name, values in held["fields"].items() for value in values]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        path, fields = "/", [("text", content)]  # not ours: shown as it is, sent nowhere
    if not path.startswith("/") or path.startswith("//"):
        path = "/"
    return {
        "path": path,
        "own": [one for one in fields if one[0] in FORM_OWN],
        "typed": [one for one in fields if one[0] not in FORM_OWN],
    }


def _bring(request: HttpRequest) -> HttpResponse:
    """Asks under which name to keep what she brought."""
    given = {"state": request.POST.get("state", ""), "called": request.POST.get("called", "")}
    return render(request, "space/bring.html", given)


def _onwards(request: HttpRequest, space: Space) -> HttpResponse:
    """Leads to the first page, or first keeps what she brought from the way that keeps nothing."""
    if request.POST.get("state"):
        return _bring(request)
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
