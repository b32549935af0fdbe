"""Settings of my space: lock time, exit, mail, new words, recovery key, carrying away, erasing everything."""

from dataclasses import replace
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from amparo.claims import store
from amparo.claims.sending import MailAccount
from amparo.errors import AmparoError, Refused, WrongUse
from amparo.vault import accounts, passphrases, sessions
from amparo.web import cookies
from amparo.web.space import her_settings
from amparo.web.space.gate import Space, opened
from amparo.web.space.her_settings import Mail, Settings
from amparo.words import Words, words

SECURITY = (
    ("tls", words("Encrypted from the start (port 465)")),
    ("starttls", words("Encrypted after the greeting (port 587)")),
    ("plain", words("Not encrypted: only for a server on this very machine")),
)
LONGEST_EXIT = 1_000  # a redirect that is too long would fail just when she has to leave


def _show(
    request: HttpRequest, space: Space, *, problem: AmparoError | None = None, said: Words | None = None
) -> HttpResponse:
    given = {
        "settings": space.settings,
        "behaviour": _typed_behaviour(request, space.settings),
        "mail": _typed_mail(request, space.settings.mail or Mail())
        if problem
        else space.settings.mail or Mail(),
        "security": SECURITY,
        "minutes": sessions.IDLE_MINUTES_CHOICE,
        "offered": passphrases.offer(space.lang),
        "fingerprint": space.keyring.card.fingerprint,
        "problem": problem,
        "said": said,
    }
    return render(request, "space/settings.html", given, status=422 if problem else 200)


def _typed_behaviour(request: HttpRequest, settings: Settings) -> dict[str, object]:
    """Gives lock time and way out as they stand in the form, else as they are kept."""
    minutes = request.POST.get("lock_minutes", "")
    return {
        "lock_minutes": int(minutes) if _is_number(minutes) else settings.lock_minutes,
        "exit_to": request.POST.get("exit_to", settings.exit_to),
    }


def _typed_mail(request: HttpRequest, kept: Mail) -> dict[str, object]:
    """Gives her mail settings as they stand in the form; never a password."""
    names = ("host", "port", "security", "user", "address")
    return {name: request.POST.get(name, getattr(kept, name)) for name in names}


@opened
def page(request: HttpRequest, space: Space) -> HttpResponse:
    """Shows the settings, or takes one part of them."""
    if request.method != "POST" or "again" in request.POST:
        return _show(request, space)
    act = ACTS.get(request.POST.get("part", ""))
    if act is None:
        return _show(request, space)
    try:
        return act(request, space)
    except AmparoError as problem:
        return _show(request, space, problem=problem)


def _is_number(text: str) -> bool:
    """Says whether this is a small number in ordinary digits (`²` counts as a digit, and is none)."""
    return text.isascii() and text.isdecimal() and len(text) < 6


def _is_page(untrusted: str) -> bool:
    """Says whether leaving can lead there: one web address of a common length, nothing else in it."""
    try:
        parts = urlsplit(untrusted)
    except ValueError:
        return False
    plain = len(untrusted) <= LONGEST_EXIT and untrusted.isprintable() and " " not in untrusted
    return plain and parts.scheme in ("http", "https") and bool(parts.hostname)


def _saved(request: HttpRequest, space: Space, settings: Settings) -> HttpResponse:
    her_settings.save(space.keyring, settings, now=space.now)
    return _show(request, replace(space, settings=settings), said=words("Saved."))


def _behaviour(request: HttpRequest, space: Space) -> HttpResponse:
    minutes = request.POST.get("lock_minutes", "")
    exit_to = request.POST.get("exit_to", "").strip()
    if not _is_number(minutes) or int(minutes) not in sessions.IDLE_MINUTES_CHOICE:
        raise WrongUse(words("This lock time is not possible."), words("Choose 2 to 30 minutes."))
    if exit_to and not _is_page(exit_to):
        raise WrongUse(
            words("This is not the address of a page, so nothing was changed."),
            words("Write it like https://example.org, or leave it empty."),
        )
    return _saved(request, space, replace(space.settings, lock_minutes=int(minutes), exit_to=exit_to))


def _mail(request: HttpRequest, space: Space) -> HttpResponse:
    given = request.POST
    if given.get("go") == "forget":
        return _saved(request, space, replace(space.settings, mail=None))
    port = given.get("port", "")
    if not given.get("host", "").strip() or "@" not in given.get("address", "") or not _is_number(port):
        raise WrongUse(
            words("The mail server cannot be used like this, so nothing was changed."),
            words("Give its name, its port as a number, and your full mail address."),
        )
    before = space.settings.mail or Mail()
    security = given.get("security", "tls")
    mail = Mail(
        host=given["host"].strip(),
        port=int(port),
        security=security if security in dict(SECURITY) else "tls",
        user=given.get("user", "").strip(),
        password=given.get("password", "") or before.password,
        address=given["address"].strip(),
    )
    return _saved(request, space, replace(space.settings, mail=mail))


def account_of(mail: Mail) -> MailAccount:
    """Gives what sending needs of her mail settings."""
    return MailAccount(
        host=mail.host,
        port=mail.port,
        security=mail.security,
        user=mail.user,
        password=mail.password,
        from_address=mail.address,
    )


def _words(request: HttpRequest, space: Space) -> HttpResponse:
    """New words; every open session of this space locks."""
    given = request.POST
    if given.get("go") == "other":
        return _show(request, space)
    normal = passphrases.normal(given.get("passphrase", ""))
    repeated = (passphrases.normal(given.get("offered", "")), passphrases.normal(given.get("twice", "")))
    if not normal or normal not in repeated:
        raise Refused(
            words("What you typed is not the six words, and the second field does not repeat it."),
            words("Type the six words in their order. For words of your own, type them in both fields."),
        )
    accounts.change_passphrase(
        space.keyring, old=given.get("old", ""), new=given["passphrase"], now=space.now
    )
    said = words("Your words are changed. Open the space with the new ones.")
    return render(request, "space/unlock.html", {"said": said})


def _erase(request: HttpRequest, space: Space) -> HttpResponse:
    """Destroys every case of this account and the account itself."""
    if request.POST.get("sure") != "yes":
        raise Refused(
            words("Nothing was erased."), words("Tick the box if you want to erase everything in this space.")
        )
    store.erase_all(space.keyring, now=space.now)
    accounts.erase(space.keyring, now=space.now)
    response = HttpResponseRedirect(f"/{space.lang}/")
    response.status_code = 303
    cookies.drop(response, cookies.SPACE)
    return response


ACTS = {"behaviour": _behaviour, "mail": _mail, "words": _words, "erase": _erase}
