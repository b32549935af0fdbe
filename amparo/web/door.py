"""The local app's door: a single-use address that lets one browser in.

Kept in memory only. Other programs and other people on this machine can reach the port too, so without the
cookie that the address gives, they get nothing but a page that says so.
"""

import hmac
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from amparo.web import clock, cookies
from amparo.web.headers import Answer
from amparo.web.problems import problem_page
from amparo.words import words

TOKEN_LIFE = timedelta(seconds=60)
OPEN_TO_ALL = ("/static/", "/exit", "/blank")


@dataclass
class Door:
    """Tokens not yet used, each with the moments it dies, and the secrets of the browsers let in.

    Two clocks count: one that pages reckon from (`--now` may stop it, a person may set it back), and one
    that only runs on (`ticks`, in seconds).
    """

    tokens: dict[str, tuple[datetime, float]] = field(default_factory=dict)
    secrets_in: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)
    ticks: Callable[[], float] = time.monotonic

    def new_token(self, now: datetime) -> str:
        """Gives a token that works once within 60 seconds; older ones stop working."""
        token = secrets.token_urlsafe(32)
        with self.lock:
            self.tokens = {token: (now + TOKEN_LIFE, self.ticks() + TOKEN_LIFE.total_seconds())}
        return token

    def let_in(self, untrusted_token: str, now: datetime) -> str | None:
        """Gives the secret for this browser's cookie, or None where the token is unknown, used or too old."""
        with self.lock:
            found = [t for t in self.tokens if hmac.compare_digest(t.encode(), untrusted_token.encode())]
            if not found:
                return None
            dies, dies_ticks = self.tokens.pop(found[0])
            if dies <= now or dies_ticks <= self.ticks():
                return None
            secret = secrets.token_urlsafe(32)
            self.secrets_in.add(secret)
            return secret

    def knows(self, untrusted_secret: str | None) -> bool:
        """Says whether this browser was let in and has not left."""
        given = (untrusted_secret or "").encode()
        return any(hmac.compare_digest(secret.encode(), given) for secret in tuple(self.secrets_in))

    def send_out(self, secret: str | None) -> None:
        """Forgets one browser: it needs a new address to come back."""
        with self.lock:
            self.secrets_in.discard(secret or "")


_local: Door | None = None


def set_local(door: Door | None) -> None:
    """Makes this process a local app behind `door`; None makes it a server open to all."""
    global _local
    _local = door


def local() -> Door | None:
    """Gives the local app's door, or None on a server."""
    return _local


class DoorKeeper:
    """Lets only browsers with the door's cookie in. On a server there is no door and everybody passes."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        door = local()
        if door is None or request.path.startswith(OPEN_TO_ALL):
            return self.get_response(request)
        if request.path.startswith("/o/") and request.method == "GET":
            return _enter(request, door)
        if not door.knows(cookies.read(request, cookies.DOOR)):
            return problem_page(
                request,
                403,
                words("This window is closed."),
                words("Press Enter where the program runs, or start it again, and open the new address."),
            )
        return self.get_response(request)


def _enter(request: HttpRequest, door: Door) -> HttpResponse:
    secret = door.let_in(request.path.removeprefix("/o/"), clock.now(request))
    if secret is None:
        return problem_page(
            request,
            403,
            words("This address was already used, or it is older than a minute."),
            words("Press Enter where the program runs, or start it again, and open the new address."),
        )
    response = HttpResponseRedirect("/")
    response.status_code = 303
    cookies.give(response, cookies.DOOR, secret)
    return response
