"""The page behind a copy: an archive, an engine's cache, a translated page, a link that leads out."""

import re
from urllib.parse import parse_qs, unquote

from amparo.directory.addresses import Address
from amparo.directory.record import Record

_WRITTEN_INSIDE = re.compile(r"https?:/{1,2}(?=[^/])", re.I)
# web.archive.org/web/2020*/site.example/ and archive.ph/2020.01.02-030405/site.example/ leave the scheme out.
_AFTER_A_DATE = re.compile(r"^/(?:web/)?(?:\d{4}[\d.-]*(?:[a-z]{2}_)?\*?|\*|newest|oldest)/(.+)$")
# cache:AbCdEf123456:site.example/page+the+words+looked+for
_CACHED = re.compile(r"cache:(?:[\w-]{12}:)?((?:https?://)?[^\s+:/]+\.[^\s+]+)", re.I)
# The addresses by which Google shows pages of others; what is behind them is written in the host or path.
_TRANSLATED = ".translate.goog"
_SPEEDED_UP = re.compile(r"^/(?:[civ]/)?(?:s/)?([^/]+\.[^/]+/.*)$")


def written_in(place: Address, service: Record | None) -> str | None:
    """Gives the address a copy, a result or a leading-out link was made of, when it is written in it."""
    if place.host.endswith(_TRANSLATED):
        return _translated(place)
    if place.host == "cdn.ampproject.org" or place.host.endswith(".cdn.ampproject.org"):
        found = _SPEEDED_UP.match(place.path)
        return f"https://{found.group(1)}" if found else None
    if service is None:
        return None
    if service.kind == "archive":
        return _in_archive(place)
    return _in_query(place, service.target_params)


def _translated(place: Address) -> str:
    """`www-some--site-org.translate.goog` shows `www.some-site.org`."""
    name = place.host.removesuffix(_TRANSLATED)
    host = name.replace("--", "\0").replace("-", ".").replace("\0", "-")
    return f"https://{host}{place.path}"


def _in_archive(place: Address) -> str | None:
    rest = (
        place.path
        + (f"?{place.query}" if place.query else "")
        + (f"#{place.fragment}" if place.fragment else "")
    )
    for said in (rest, unquote(rest)):
        written = _WRITTEN_INSIDE.search(said)
        if written:
            return said[written.start() :]
    dated = _AFTER_A_DATE.match(rest)
    return dated.group(1) if dated else None


def _in_query(place: Address, names: tuple[str, ...]) -> str | None:
    if not place.query:
        return None
    given = parse_qs(place.query, max_num_fields=100)
    values = [value for name in names for value in given.get(name, ())]
    direct = next((value for value in values if _WRITTEN_INSIDE.match(value)), None)
    if direct is not None or "cache" not in place.query:
        return direct
    cached = _CACHED.search(" ".join(given.get("q", ())))
    return cached.group(1) if cached else None
