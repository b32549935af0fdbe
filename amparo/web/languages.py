"""The language of a page comes from its address; no cookie remembers it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header

from amparo.web.headers import Answer

NAMES = dict(settings.LANGUAGES)
# Who, fluent in the language, has read its pages. None: nobody yet, and each page says so at its foot.
READ_BY: dict[str, str | None] = {"en": "the authors"}


def language_in(path: str) -> str | None:
    """Gives the language an address names, or None."""
    first = path.lstrip("/").split("/", 1)[0]
    return first if first in NAMES else None


def negotiated(request: HttpRequest) -> str:
    """Gives the first language her browser asks for that we speak."""
    for code, _ in parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", "")):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


class Language:
    """Speaks the language of the address, for error pages too."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = language_in(request.path) or negotiated(request)
        with translation.override(code):
            response = self.get_response(request)
        if not response.has_header("Content-Language"):
            response["Content-Language"] = code
        return response


def to_her_language(request: HttpRequest) -> HttpResponse:
    """`/` leads to the front door in her browser's language."""
    response = HttpResponseRedirect(f"/{negotiated(request)}/")
    response["Vary"] = "Accept-Language"
    return response


def page(request: HttpRequest) -> dict[str, object]:
    """What every template knows: its language and direction, and the same page in the others."""
    code = translation.get_language() or settings.LANGUAGE_CODE
    rest = request.path.lstrip("/").split("/", 1)
    same = rest[1] if language_in(request.path) and len(rest) > 1 else ""
    return {
        "lang": code,
        "dir": "rtl" if translation.get_language_bidi() else "ltr",
        "languages": [
            {"code": other, "name": name, "href": f"/{other}/{same}", "current": other == code}
            for other, name in settings.LANGUAGES
        ],
        "by_form": request.method == "POST",
        "unread": READ_BY.get(code) is None,
        "static_copy": getattr(request, "static_copy", False),
    }
