"""Cookies: none on a server's public pages; one in my space, one in the local app; no script reads them."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

DOOR = "door"  # the local app: this browser was let in
SPACE = "space"  # my space: opens the key held in memory


def _full(name: str) -> str:
    return f"__Host-{name}" if settings.HTTPS else name


def read(request: HttpRequest, name: str) -> str | None:
    """Gives the cookie's value, or None."""
    return request.COOKIES.get(_full(name))


def give(response: HttpResponse, name: str, value: str) -> None:
    """Sets a cookie that ends with the browser's session."""
    response.set_cookie(_full(name), value, secure=settings.HTTPS, httponly=True, samesite="Strict", path="/")


def drop(response: HttpResponse, name: str) -> None:
    """Makes the browser forget the cookie at once."""
    response.set_cookie(
        _full(name), "", max_age=0, secure=settings.HTTPS, httponly=True, samesite="Strict", path="/"
    )
