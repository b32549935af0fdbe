"""The articles as they stand: whole, sourced, plain, current; and what a broken one says."""

import shutil
from datetime import date, timedelta

import pytest

from amparo.errors import Refused
from amparo.know import articles as room
from amparo.know import checking, stamping
from amparo.know.article import LANGUAGES, PARTS, TOPICS
from amparo.know.articles import PAGES, article, articles, parsed, text
from amparo.know.checking import faults
from amparo.know.reading import level
from amparo.know.showing import plain
from amparo.know.stamping import behind, stamp
from tests.know.made import ON

IDS = [
    f"{letter}{n}"
    for letter, most in (("F", 20), ("M", 11), ("L", 13), ("D", 9), ("H", 11))
    for n in range(1, most + 1)
]
STARRED = [
    "F1",
    "F2",
    "F3",
    "F5",
    "F7",
    "F10",
    "F11",
    "M1",
    "M7",
    "M10",
    "L1",
    "L2",
    "L10",
    "L11",
    "D1",
    "D2",
    "D5",
    "H1",
    "H8",
    "H10",
]


def test_every_article_of_the_library_is_there_behind_its_door():
    assert list(articles()) == IDS
    assert [one.topic for one in articles().values()] == sorted(
        (one.topic for one in articles().values()), key=list(TOPICS).index
    )


def test_nothing_is_wrong_with_any_article():
    assert [f"{one.file}: {one.what}" for one in faults(on=ON)] == []


def test_every_article_is_written_in_every_language():
    missing = [(one.id, code) for one in articles().values() for code in LANGUAGES if code not in one.titles]
    assert missing == []


def test_the_starred_ones_have_an_easy_version_in_english_and_spanish():
    starred = [one for one in articles().values() if one.starred]
    assert [one.id for one in starred] == sorted(STARRED, key=IDS.index)
    assert {one.easy for one in starred} == {("en", "es")}


def test_no_translation_is_behind_its_original():
    assert [(one.article.id, one.language, one.easy) for one in behind()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_plain(language):
    texts = [said for one in articles().values() if (said := text(one, language))]
    assert [said.title for said in texts if not level(said).plain_enough] == []


def test_trafficking_is_named_only_where_it_is_a_legal_door():
    named = {
        one.id
        for one in articles().values()
        if (said := text(one, "en")) and "traffick" in " ".join(map(plain, said.parts.values())).lower()
    }
    assert named <= {"F19", "M3", "M4", "H2", "H3"}


def test_an_article_is_found_by_its_id_and_by_its_place():
    assert article("f10") is article("find-work/passport-stays-with-you")


def test_an_unknown_article_names_the_nearest():
    with pytest.raises(Refused) as error:
        article("find-work/passport-stay-with-you")
    assert "find-work/passport-stays-with-you" in str(error.value.next)


def test_a_source_says_when_it_is_old_and_when_nobody_read_it():
    one = articles()["F1"]
    far = max(source.check_again for source in one.sources.values()) + timedelta(days=1)
    assert {source.state(far) for source in one.sources.values()} <= {"old", "unchecked"}


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """Two articles in a folder of their own, where they may be broken."""
    pages = tmp_path / "know" / "pages"
    for name in ("find-work/check-an-offer", "find-work/passport-stays-with-you"):
        shutil.copytree(PAGES / name, pages / name)
    for module in (room, checking, stamping):
        monkeypatch.setattr(module, "PAGES", pages)
    shutil.copy(PAGES.parent / "about.schema.json", pages.parent)
    caches = (room.articles, room._by_name, room._pack, room._text, checking._validator)
    for cache in caches:
        cache.cache_clear()
    yield pages / "find-work" / "check-an-offer"
    monkeypatch.undo()
    for cache in caches:
        cache.cache_clear()


def again():
    for cache in (room.articles, room._by_name, room._pack, room._text):
        cache.cache_clear()
    return [
        one.what for one in faults(on=date(2026, 11, 24)) if one.file.startswith("find-work/check-an-offer")
    ]


def test_a_changed_original_leaves_its_translations_behind_until_they_are_stamped(copied):
    english = copied / "en.md"
    english.write_text(english.read_text().replace("## usual", "Ask once more.\n\n## usual"))
    again()
    late = {one.language for one in behind() if one.article.id == "F1" and not one.easy}
    assert late == set(articles()["F1"].titles) - {"en"}

    stamp(articles()["F1"], "fr")
    again()

    assert "fr" not in {one.language for one in behind() if one.article.id == "F1"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("## usual", "## unusual"), "The parts are"),
        (("[^c181-7]", "[^nowhere]"), "It cites nowhere"),
        (("(F3)", "(F77)"), "leads nowhere"),
        (("## usual", "They took 700 EUR.\n\n## usual"), "A number without its source: 700 EUR"),
        (("## usual", "And " + "so on and on " * 9 + "it went.\n\n## usual"), "Too hard to read"),
        (("---\ntitle", "---\n\ttitle"), "cannot be read as an article"),
    ],
)
def test_a_fault_names_what_to_mend(copied, wrong, said):
    english = copied / "en.md"
    english.write_text(english.read_text().replace(*wrong))

    if wrong[1].startswith("---"):
        with pytest.raises(Refused, match=said):
            parsed(english)
        return
    assert any(said in one for one in again())


def test_a_fact_kept_too_long_or_read_tomorrow_is_a_fault(copied):
    about = copied / "about.yaml"
    about.write_text(about.read_text().replace("check_again: 2027-11-24", "check_again: 2031-01-01"))

    assert any("kept too long" in one for one in again())


def test_each_text_has_its_parts_in_order():
    said = text(articles()["F1"], "en")
    assert said is not None
    assert tuple(said.parts) == tuple(PARTS)
