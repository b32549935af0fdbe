"""The articles: five doors, a page each, an easy version, a file to pass on, a search that keeps nothing.

Each page is made from the article and the language alone, so that a static copy is the same.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path
from django.views.decorators.http import require_safe

from amparo.know.article import ORIGINAL, PARTS, TOPICS, Article, Source, Text
from amparo.know.articles import article, articles, text
from amparo.know.search.index import search
from amparo.know.showing import STANDS, shown
from amparo.know.stamping import behind
from amparo.web.clock import now
from amparo.web.headers import public
from amparo.web.helping import GRADES, NEEDS
from amparo.web.offer_pages import offer, place
from amparo.web.saying import say
from amparo.words import Words, words

ABOUT: Mapping[str, Words] = {
    "find-work": words("Check an offer, a contract, the pay. What to do when it is not what was said."),
    "move": words("Visas and permits, changing employer, family, copies, the trip, going home."),
    "love-body-sex": words("Consent, relationships, contraception, porn, pictures, sex work, who I am."),
    "my-data": words("Erase, ask what they hold, get out of search, keep a telephone to yourself."),
    "help": words("What a call sets off, police, lawyers, unions, a bed, a doctor, your money back."),
}
AGES: Mapping[str, Words] = {
    "young": words("Written for people under 18 too."),
    "adults": words("Written for adults."),
}
SITUATIONS: Mapping[str, Words] = {
    "thinking": words("I am thinking about it"),
    "there": words("I am there"),
    "out": words("I want out"),
    "afterwards": words("Afterwards"),
}
ALONE: Mapping[str, tuple[str, Words]] = {
    "offer": ("know/offer/", words("Check a job offer")),
    "reclaim": ("", words("Get something taken down, or out of search")),
    "letter": ("", words("Write the letter")),
    "law": ("law/", words("See what the law gives you, country by country")),
    "services": ("services/", words("Find the right door of a service")),
    "call": ("help/", words("See whom you can talk to, and what a call sets off")),
}
TOGETHER: Mapping[str, tuple[str, Words]] = {
    "speak": ("know/help/speak-and-act-together/", words("Speak and act together")),
    "union": ("know/help/unions-and-workers-centres/", words("Unions and workers' centres")),
    "group_request": ("know/my-data/group-requests/", words("Ask or complain as a group")),
    "witness": ("witness/", words("See how platforms and States act")),
}
PLACES: Mapping[str, str] = {  # what a link in an article may name → where it leads
    "offer": "know/offer/",
    "reclaim": "",
    "law": "law/",
    "services": "services/",
    "help": "help/",
    "kept": "kept/",
    "witness": "witness/",
}


@require_safe
@public
def index(request: HttpRequest, lang: str) -> HttpResponse:
    """The five doors, and the search."""
    doors = [{"slug": slug, "name": name, "about": ABOUT[slug]} for slug, name in TOPICS.items()]
    return render(request, "know/index.html", {"doors": doors})


@public
def found(request: HttpRequest, lang: str) -> HttpResponse:
    """What a search finds. It comes by POST: what was asked stands in no address and in no history."""
    asked = request.POST.get("asked", "").strip()
    about = {"asked": asked, "hits": search(asked, lang) if asked else ()}
    return render(request, "know/found.html", about)


@require_safe
@public
def not_sure(request: HttpRequest, lang: str) -> HttpResponse:
    """What nobody has confirmed yet, what waits to be read again, which texts no fluent reader has read."""
    today = now(request).date()
    doubts = [
        (one, one.title(lang), [(source, STANDS[source.state(today)]) for source in _doubtful(one, today)])
        for one in articles().values()
    ]
    texts = [said for one in articles().values() if (said := text(one, lang))]
    about = {
        "doubts": [row for row in doubts if row[2]],
        "waiting": [(one, one.title(lang)) for one in articles().values() if one.waits(today)],
        "behind": [(late.article, late.article.title(lang)) for late in behind() if late.language == lang],
        "unread": sum(said.read_by is None and lang != ORIGINAL for said in texts),
        "facts": sum(len(one.sources) for one in articles().values()),
        "open": sum(len(row[2]) for row in doubts),
    }
    return render(request, "know/not_sure.html", about)


def _doubtful(one: Article, on: date) -> list[Source]:
    return [source for source in one.sources.values() if source.state(on) in STANDS]


@require_safe
@public
def topic(request: HttpRequest, lang: str, topic: str) -> HttpResponse:
    """The articles behind one door, each with its answer."""
    if topic not in TOPICS:
        raise Http404
    held = [one for one in articles().values() if one.topic == topic]
    about = {
        "name": TOPICS[topic],
        "about": ABOUT[topic],
        "articles": [{"one": one, "title": one.title(lang), "easy": lang in one.easy} for one in held],
    }
    return render(request, "know/topic.html", about)


@require_safe
@public
def page(request: HttpRequest, lang: str, topic: str, slug: str, easy: bool = False) -> HttpResponse:
    """One article, or its easy version; the whole one where only other languages have it easy."""
    one = _known(topic, slug)
    if easy and not one.easy:
        raise Http404
    about = context(one, lang, easy=easy and lang in one.easy, on=now(request).date())
    return HttpResponse(render_to_string("know/page.html", about, request))


@require_safe
@public
def file(request: HttpRequest, lang: str, topic: str, slug: str) -> HttpResponse:
    """One article as a single file to keep or to pass on: nothing in it is fetched from anywhere."""
    one = _known(topic, slug)
    about = context(one, lang, easy=False, on=now(request).date()) | {"lang": lang, "alone_in_a_file": True}
    response = HttpResponse(render_to_string("know/file.html", about, request))
    response["Content-Disposition"] = f'attachment; filename="{one.id.lower()}-{lang}.html"'
    return response


def context(one: Article, lang: str, *, easy: bool, on: date) -> dict[str, Any]:
    """Gives all that the page of an article shows; in the original's language where it is not translated."""
    said = text(one, lang, easy=easy) or text(one, ORIGINAL)
    if said is None:
        raise Http404
    as_html = shown(one, said, on=on, address=lambda target: address(target, lang), say=say)
    return {
        "one": one,
        "said": said,
        "parts": [(name, PARTS[name], html) for name, html in as_html.parts.items()],
        "sources": [
            (source, STANDS.get(source.state(on)), GRADES[source.grade]) for source in as_html.sources
        ],
        "needs": [(need, NEEDS[need]) for need in one.needs],
        "age": AGES.get(one.age),
        "situations": [SITUATIONS[name] for name in one.situations],
        "alone": ALONE.get(one.alone),
        "together": TOGETHER[one.together],
        "related": [(articles()[id], articles()[id].title(lang)) for id in one.related if id in articles()],
        "waits": one.waits(on),
        "foreign": said.language != lang,
        "behind": said.is_behind(one.print),
        "has_easy": lang in one.easy,
        "topic_name": TOPICS[one.topic],
        "texts": _texts(one, said),
    }


def _texts(one: Article, said: Text) -> list[str]:
    """Gives the languages an article is written in, this one first."""
    return [said.language, *(code for code in one.titles if code != said.language)]


def address(target: str, lang: str) -> str:
    """Gives where a link in an article leads: an article's id, law:RULE, or a named page."""
    if target in articles():
        return f"/{lang}/know/{articles()[target].name}/"
    if target.startswith("law:"):
        return f"/{lang}/law/{target.removeprefix('law:')}/"
    return f"/{lang}/{PLACES.get(target, '')}"


def _known(topic: str, slug: str) -> Article:
    named = f"{topic}/{slug}"
    if not any(one.name == named for one in articles().values()):
        raise Http404
    return article(named)


urlpatterns = [
    path("", index, name="know"),
    path("search/", found),
    path("offer/", offer),
    path("offer/<slug:code>/", place),
    path("not-sure/", not_sure),
    path("<slug:topic>/", topic),
    path("<slug:topic>/<slug:slug>/", page),
    path("<slug:topic>/<slug:slug>/easy/", page, {"easy": True}),
    path("<slug:topic>/<slug:slug>/file/", file),
]
