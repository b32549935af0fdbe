"""Opens a short link only to see where it leads: the first page that answers is not read.

Only when she said so: the link's owner sees a visit from her connection, and may show it to whoever made it.
"""

from urllib.parse import urljoin

from amparo.errors import CouldNot
from amparo.net.fetching import MOST_REDIRECTS, Allowance, Where, get, public_place
from amparo.words import words


def leads_to(url: str, *, allowance: Allowance | None = None, where: Where = public_place) -> str:
    """Gives the first address on another host that a short link leads to; that host itself is not visited."""
    allowance = allowance or Allowance(seconds=10, most_bytes=100_000)
    seen = [url]
    for _ in range(MOST_REDIRECTS):
        answer = get(seen[-1], allowance=allowance, with_content=False, where=where)
        if answer.location is None or not 300 <= answer.status < 400:
            break
        seen.append(urljoin(seen[-1], answer.location))
        if _host(seen[-1]) != _host(url):
            return seen[-1]
    raise CouldNot(
        words("This link does not say where it leads."),
        words("Open it yourself and give us where it leads."),
    )


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].lower()
