"""Who may talk to us: the exact host, and for forms only our own pages."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from amparo.web.headers import Answer
from amparo.web.problems import problem_page
from amparo.words import words

SAFE = ("GET", "HEAD")


class Guard:
    """Refuses a foreign host (DNS rebinding) and a form that another site made (cross-site request)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.META.get("HTTP_HOST", "") not in settings.HOSTS:
            return problem_page(
                request,
                400,
                words("This address does not belong to this program."),
                words("Use the address the program showed when it started."),
            )
        if request.method not in (*SAFE, "POST"):
            return problem_page(
                request,
                405,
                words("A page cannot be used in this way."),
                words("Go back to the first page and start from there."),
            )
        if not (may_read(request) if request.method in SAFE else may_write(request)):
            return problem_page(
                request,
                403,
                words("This came from another site, so it was stopped. Nothing was changed."),
                words("Open the first page yourself and start from there."),
            )
        return self.get_response(request)


def own_origin(request: HttpRequest) -> str:
    """Gives the only origin our forms come from. An onion or loopback address has no TLS of its own."""
    host = request.META.get("HTTP_HOST", "")
    name = host.rsplit(":", 1)[0]
    bare = name == "127.0.0.1" or name.endswith(".onion") or not settings.HTTPS
    return f"{'http' if bare else 'https'}://{host}"


def may_read(request: HttpRequest) -> bool:
    """A page may be opened from anywhere by following a link, and never be embedded by another site."""
    site = request.META.get("HTTP_SEC_FETCH_SITE", "none")
    if site in ("none", "same-origin"):
        return True
    return (
        request.META.get("HTTP_SEC_FETCH_MODE") == "navigate"
        and request.META.get("HTTP_SEC_FETCH_DEST", "document") == "document"
    )


def may_write(request: HttpRequest) -> bool:
    """A form must come from our own page; a browser too old to say so must name our page as its referrer."""
    site, origin = request.META.get("HTTP_SEC_FETCH_SITE"), request.META.get("HTTP_ORIGIN")
    if site is not None and site != "same-origin":
        return False
    if origin is not None:
        return origin == own_origin(request)
    if site is not None:
        return True
    referrer = urlsplit(request.META.get("HTTP_REFERER", ""))
    return f"{referrer.scheme}://{referrer.netloc}" == own_origin(request)
