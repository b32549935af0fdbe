"""The pages of the static copy, made by the same views as on a server; a few are made otherwise here."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import RequestFactory
from django.urls import resolve
from django.utils import translation

from amparo.web.site.links import inner_links

# Pages that hold or ask for something of a person, or that only a server can answer.
LEFT_OUT = ("/n/", "/s/", "/witness/coding/", "/know/search/")
View = Callable[[HttpRequest, str], HttpResponse]


def front(request: HttpRequest, lang: str) -> HttpResponse:
    """The front door of the copy: what can be read, checked and copied without a server."""
    return render(request, "site/front.html")


INSTEAD: Mapping[str, View] = {"": front}  # path below the language → the view of the copy


@dataclass(frozen=True)
class Choice:
    """What the copy holds: its languages, and whose law the pages of services show (PLACES)."""

    languages: tuple[str, ...]
    places: tuple[str, ...]

    def holds(self, path: str) -> bool:
        """Says whether a page belongs to the copy."""
        lang, _, rest = path.strip("/").partition("/")
        below = f"/{rest}/" if rest else "/"
        if lang not in self.languages or "?" in path or below.startswith(LEFT_OUT):
            return False
        parts = rest.split("/")
        place = parts[2] if parts[0] == "services" and len(parts) > 2 and parts[1] != "of" else None
        return place is None or place in self.places


def walk(choice: Choice, progress: Callable[[int], None]) -> Iterator[tuple[str, bytes, str]]:
    """Gives (path, content, content type) of every page that can be reached from the front doors.

    `progress` is told how many are made. A link that leads nowhere is passed over.
    """
    waiting = [f"/{lang}/" for lang in choice.languages]
    seen = set(waiting)
    made = 0
    while waiting:
        path = waiting.pop()
        try:
            response = page(path)
        except Http404:
            continue
        kind = response.get("Content-Type", "").partition(";")[0]
        yield path, response.content, kind
        made += 1
        progress(made)
        if kind == "text/html":
            for link in inner_links(response.content.decode()):
                if link not in seen and choice.holds(link):
                    seen.add(link)
                    waiting.append(link)


def page(path: str) -> HttpResponse:
    """Gives one page as the copy shows it. Raises Http404 where a link leads nowhere."""
    lang, _, rest = path.strip("/").partition("/")
    request = RequestFactory().get(path)
    request.static_copy = True  # type: ignore[attr-defined]  # templates leave out what needs a server
    with translation.override(lang):
        if rest in INSTEAD:
            return INSTEAD[rest](request, lang)
        match = resolve(path)
        try:
            return match.func(request, *match.args, **match.kwargs)
        except Http404:
            raise Http404(path) from None
