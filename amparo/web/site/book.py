"""All articles of one language as a single file: it opens from a stick, a message, a memory card."""

import re

from django.template.loader import render_to_string
from django.utils import translation

from amparo.know.article import TOPICS
from amparo.know.articles import articles
from amparo.web.clock import this_moment
from amparo.web.know_pages import context

SOURCE = re.compile(r'href="#s-')
TO_ARTICLE = re.compile(r'href="/[a-z]{2}/know/(?P<name>[a-z-]+/[a-z0-9-]+)/"')
ELSEWHERE = re.compile(r'<a href="/[^"]*">(?P<said>.*?)</a>', re.S)


def book(lang: str) -> bytes:
    """Gives the library in one language as one HTML file without scripts, its links leading inside it."""
    with translation.override(lang):
        doors = [
            {
                "name": name,
                "pages": [_page(one.id, lang) for one in articles().values() if one.topic == topic],
            }
            for topic, name in TOPICS.items()
        ]
        about = {"lang": lang, "dir": "rtl" if translation.get_language_bidi() else "ltr", "doors": doors}
        return render_to_string("site/book.html", about).encode()


def _page(id: str, lang: str) -> dict[str, object]:
    page = context(articles()[id], lang, easy=False, on=this_moment().date())
    inside = [(name, called, _inside(str(html), id)) for name, called, html in page["parts"]]
    return page | {"parts": inside}


def _inside(html: str, id: str) -> str:
    """Leads sources and articles to their place in the file; what needs the site stays as its words."""
    ids = {one.name: one.id for one in articles().values()}
    html = SOURCE.sub(f'href="#{id}-', html)
    html = TO_ARTICLE.sub(
        lambda found: f'href="#{ids[found["name"]]}"' if found["name"] in ids else found[0], html
    )
    return ELSEWHERE.sub(lambda found: found["said"], html)
