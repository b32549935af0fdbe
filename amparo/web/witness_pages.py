"""How platforms and States act: the ledger of measures, its drawings, the record of moderation."""

from functools import cache
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from amparo.directory.records import records
from amparo.errors import Refused
from amparo.know.articles import articles
from amparo.law.rules import rules
from amparo.web import door
from amparo.web.headers import public
from amparo.web.saying import say
from amparo.web.service_pages import has_page
from amparo.witness import exports, record
from amparo.witness.codebook import evidence, fields, marks
from amparo.witness.dsa.indicators import indicators
from amparo.witness.hypotheses import needed, results
from amparo.witness.ledger import Measure, Query, chosen, measure, measures
from amparo.witness.orientation import sensitivity
from amparo.witness.plots import plots
from amparo.words import Words, words

A_PAGE = 25
FILTERS = (
    "actor", "place", "four_p", "technology", "target", "consent", "entry_condition", "control", "remedy",
    "right_named", "sex_work",
)  # fmt: skip
FILES = {
    "csv": (exports.as_csv, "text/csv; charset=utf-8"),
    "json": (exports.as_json, "application/json"),
    "jsonld": (exports.as_jsonld, "application/ld+json"),
}
GRADES = {
    "primary": words("Read in the text itself or on the actor's own page."),
    "secondary": words("Read in a second-hand source."),
    "unchecked": words("Nobody has opened a source for this yet."),
}


@require_safe
@public
def front(request: HttpRequest, lang: str) -> HttpResponse:
    """What can be looked up here, and what it cannot say."""
    return render(request, "witness/front.html", {"n": len(measures())})


@require_safe
@public
def ledger(request: HttpRequest, lang: str) -> HttpResponse:
    """The measures that fit what was asked, twenty-five a page."""
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    text, year = request.GET.get("q", "")[:200], request.GET.get("year", "")
    query = Query(text, asked, int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else None)
    found = Paginator(chosen(query), _a_page(request)).get_page(request.GET.get("page"))
    kept = urlencode({name: value for name, value in {**asked, "q": text, "year": year}.items() if value})
    given = {"found": found, "text": text, "year": year, "filters": _filters(asked), "kept": kept}
    return render(request, "witness/ledger.html", given | {"filtered": bool(kept)})


def _filters(asked: dict[str, str]) -> list[dict[str, object]]:
    return [
        {"name": name, "title": fields()[name].title, "value": asked[name], "choices": _choices(name)}
        for name in FILTERS
    ]


@cache
def _choices(name: str) -> tuple[tuple[str, Words], ...]:
    field = fields()[name]
    if field.is_closed:
        return tuple(field.values.items())
    return tuple((code, Words("{place}", {"place": code})) for code in _places())


@cache
def _places() -> tuple[str, ...]:
    return tuple(sorted({code for one in measures().values() for code in one.codes["place"]}))


@require_safe
@public
def one_measure(request: HttpRequest, lang: str, id: str) -> HttpResponse:
    """One measure: what it does, to whom, what it takes, who can switch it off, what one can do."""
    try:
        found = measure(id)
    except Refused:
        raise Http404 from None
    return render(
        request, "witness/measure.html", {"measure": found, "said": _said(found), **_acts(found, lang)}
    )


def _said(one: Measure) -> dict[str, object]:
    """Gives each code of a measure in words, and its two sums."""
    said: dict[str, object] = {}
    for name, field in fields().items():
        code = one.codes.get(name)
        if field.kind == "several":
            said[name] = [field.values[some] for some in code or ()]
        else:
            said[name] = field.values[code] if field.is_closed and code else code
    sums = one.orientation
    return said | {"security": sums.security, "rights": sums.rights, "evidence": evidence()[one.evidence],
                   "grade": GRADES[one.grade]}  # fmt: skip


def _a_page(request: HttpRequest) -> int:
    """In a copy without a server there is no second page to ask for."""
    return len(measures()) if getattr(request, "static_copy", False) else A_PAGE


def _acts(one: Measure, lang: str) -> dict[str, object]:
    known, written = rules(), articles()
    return {
        "rights": [known[id] for id in one.act.get("rights", ())],
        "services": [(records()[slug], has_page(records()[slug])) for slug in one.act.get("services", ())],
        "articles": [(written[id], written[id].title(lang)) for id in one.act.get("articles", ())],
    }


@require_safe
@public
def drawings(request: HttpRequest, lang: str) -> HttpResponse:
    """The drawings of the whole ledger, each with its table, and the counts behind the hypotheses."""
    return render(request, "witness/drawings.html", _drawn(lang))


@cache
def _drawn(lang: str) -> dict[str, object]:
    """Gives the drawings in one language: the ledger does not change while the program runs."""
    all_of_them = list(measures().values())
    codes = [one.codes for one in all_of_them]
    return {
        # Made by our own drawing code, which escapes every word.
        "drawn": [(one, mark_safe(one.svg)) for one in plots(all_of_them, say)],  # noqa: S308 -- escaped where drawn
        "results": results(codes, is_sample=False),
        "sensitivity": sensitivity(codes),
        "needed": needed(),
        "n": len(codes),
    }


@require_safe
@public
def codebook(request: HttpRequest, lang: str) -> HttpResponse:
    """Every field with definition, values, examples and border case; and the items of the two sums."""
    given = {"fields": fields().values(), "marks": marks(), "local": door.local() is not None}
    return render(request, "witness/codebook.html", given)


@require_safe
@public
def file(request: HttpRequest, lang: str, kind: str) -> HttpResponse:
    """The whole ledger as a file."""
    if kind not in FILES:
        raise Http404
    write, content_type = FILES[kind]
    answer = HttpResponse(write(measures().values()), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="measures.{kind}"'
    return answer


@require_safe
@public
def moderation(request: HttpRequest, lang: str) -> HttpResponse:
    """The public record of moderation: what was counted, how, what it cannot say, platform by platform."""
    given = {"record": record.published(), "indicators": indicators().values()}
    return render(request, "witness/moderation.html", given)


@require_safe
@public
def platform(request: HttpRequest, lang: str, slug: str) -> HttpResponse:
    """What the record says of one platform, and the way for a person it moderated away."""
    found = record.published().platforms.get(slug)
    if found is None:
        raise Http404
    return render(request, "witness/platform.html", {"platform": found, "record": record.published()})


urlpatterns = [
    path("", front),
    path("measures/", ledger),
    path("measures/<slug:id>/", one_measure),
    path("measures.<str:kind>", file),
    path("drawings/", drawings),
    path("codebook/", codebook),
    path("coding/", include("amparo.web.coding_pages")),
    path("moderation/", moderation),
    path("moderation/<slug:slug>/", platform),
]
