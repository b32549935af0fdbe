"""Her names, handles and titles → ready search links. Her own browser opens them, never we."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from amparo.claims import links
from amparo.errors import WrongUse
from amparo.words import Words, words

MAX_TERMS = 20
MAX_CHARS = 200
KINDS = ("name", "handle", "title")


@dataclass(frozen=True)
class SearchLink:
    """One link ready to open: which engine, what it looks for, whether among pictures, and its price."""

    engine: str
    term: str
    url: str
    pictures: bool
    site: str | None
    price: Words


@dataclass(frozen=True)
class PicturePage:
    """The page of an engine that searches by a picture. Only its address: giving a picture is her choice."""

    engine: str
    url: str
    price: Words


@dataclass(frozen=True)
class _Engine:
    name: str
    page: str
    field: str
    fixed: tuple[tuple[str, str], ...] = ()
    pictures: tuple[tuple[str, str], ...] | None = None
    pictures_page: str | None = None


_ENGINES = (
    # Without its own filters an engine hides adult pages from the person who looks for her own.
    _Engine("Google", "https://www.google.com/search", "q", (("safe", "off"),), (("udm", "2"),)),
    _Engine(
        "Bing",
        "https://www.bing.com/search",
        "q",
        (("adlt", "off"),),
        (),
        "https://www.bing.com/images/search",
    ),
    _Engine(
        "DuckDuckGo", "https://duckduckgo.com/", "q", (("kp", "-2"),), (("iax", "images"), ("ia", "images"))
    ),
    _Engine("Yandex", "https://yandex.com/search/", "text", (), (), "https://yandex.com/images/search"),
)
_PRICES = {
    "Google": words("Google sees these words and the internet address you search from."),
    "Bing": words("Microsoft sees these words and the internet address you search from."),
    "DuckDuckGo": words("DuckDuckGo sees these words and the internet address you search from."),
    "Yandex": words("Yandex, in Russia, sees these words and the internet address you search from."),
}
_BROWSER = words("Your browser keeps the search in its history, unless its window is private.")

PICTURE_PAGES = (
    PicturePage(
        "Google",
        "https://images.google.com/",
        words("The picture you give is uploaded to Google."),
    ),
    PicturePage(
        "Bing", "https://www.bing.com/visualsearch", words("The picture you give is uploaded to Microsoft.")
    ),
    PicturePage(
        "Yandex",
        "https://yandex.com/images/",
        words("The picture you give is uploaded to Yandex, in Russia. It also finds similar faces."),
    ),
    PicturePage(
        "TinEye", "https://tineye.com/", words("The picture you give is uploaded to TinEye, in Canada.")
    ),
)


def search_links(
    terms: Iterable[str], *, kind: str = "name", sites: Iterable[str] = (), pictures: bool = True
) -> tuple[SearchLink, ...]:
    """Gives search links for each term: whole web, among pictures, then one site at a time.

    A name or a title is searched as it stands, in quotation marks; of a handle the @ goes. Raises WrongUse
    for more than MAX_TERMS terms, one longer than MAX_CHARS, or a site that is none.
    """
    looked_for = tuple(dict.fromkeys(_term(term, kind) for term in terms if term.strip()))
    if len(looked_for) > MAX_TERMS:
        raise WrongUse(
            words(
                "We make links for {most} names at a time, not for {n}.", n=len(looked_for), most=MAX_TERMS
            ),
            words("Start with the ones people know best."),
        )
    hosts = tuple(dict.fromkeys(_host(site) for site in sites if site.strip()))
    found: list[SearchLink] = []
    for term in looked_for:
        for engine in _ENGINES:
            found.append(_link(engine, term, None, pictures=False))
            if pictures and engine.pictures is not None:
                found.append(_link(engine, term, None, pictures=True))
            found += [_link(engine, term, host, pictures=False) for host in hosts]
    return tuple(found)


def _term(untrusted: str, kind: str) -> str:
    """Gives what is typed into the search box; quotation marks inside would break the phrase."""
    if kind not in KINDS:
        raise WrongUse(
            words("“{kind}” is not a kind of search.", kind=kind),
            words("Use one of: {kinds}.", kinds=", ".join(KINDS)),
        )
    plain = " ".join(untrusted.replace('"', " ").replace("“", " ").replace("”", " ").split())
    if len(plain) > MAX_CHARS:
        raise WrongUse(
            words("“{text}…” is too long to search for.", text=plain[:40]),
            words("Give at most {most} letters.", most=MAX_CHARS),
        )
    return f'"{plain.lstrip("@")}"' if kind == "handle" else f'"{plain}"'


def _host(untrusted_site: str) -> str:
    url = links.clean(untrusted_site.strip())
    if url is None:
        raise WrongUse(
            words("“{site}” is not a site.", site=untrusted_site.strip()[:80]),
            words("Give its name as in the address bar, like example.org."),
        )
    return url.split("/")[2].removeprefix("www.")


def _link(engine: _Engine, term: str, site: str | None, *, pictures: bool) -> SearchLink:
    searched = f"{term} site:{site}" if site else term
    page = (engine.pictures_page or engine.page) if pictures else engine.page
    extra = engine.pictures or () if pictures else ()
    query = urlencode([(engine.field, searched), *engine.fixed, *extra], quote_via=quote)
    price = words("{engine} {browser}", engine=_PRICES[engine.name], browser=_BROWSER)
    return SearchLink(engine.name, term, f"{page}?{query}", pictures, site, price)
