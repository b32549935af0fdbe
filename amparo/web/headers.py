"""The headers every answer carries, errors included."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]
CLOSED_FEATURES = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media",
    "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer",
    "microphone", "midi", "payment", "picture-in-picture",
    "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
STRICT = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in CLOSED_FEATURES),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: browsers would send `Origin: null` with our own forms; the guard could not know them.
    "Referrer-Policy": "same-origin",
    # Not only pages: a style sheet left in the browser's cache would show that this program was used.
    "Cache-Control": "no-store",
}
NOT_FOUND_BY_SEARCH = "noindex, nofollow, noarchive"


class Headers:
    """Puts the strict headers on every answer; it must be the outermost middleware."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in STRICT.items():
            response[name] = value
        response.setdefault("X-Robots-Tag", NOT_FOUND_BY_SEARCH)
        if not response.streaming:
            response["Content-Length"] = str(
                len(response.content)
            )  # or the connection closes after each page
        if settings.HTTPS:
            response["Strict-Transport-Security"] = "max-age=31536000"
        return response


def public(view: View) -> View:
    """Marks a page that search engines may read and that holds nothing of anybody."""

    def shown(request: HttpRequest, *args: object, **values: object) -> HttpResponse:
        response = view(request, *args, **values)
        response["X-Robots-Tag"] = "all"
        return response

    return shown
