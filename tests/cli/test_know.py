"""`amparo read`, `amparo search`, `amparo know`: the articles on the command line."""

import json

import pytest

from amparo.cli.main import main
from amparo.know.articles import articles


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_an_article_is_read_with_its_parts_sources_and_dates(capsys):
    assert main(["read", "find-work/check-an-offer", "--json", "--now", "2026-11-24T00:00Z"]) == 0
    (page,) = rows(capsys)
    assert page["id"] == "F1"
    assert list(page["parts"]) == ["answer", "usual", "right", "do", "help", "together"]
    assert {"url", "checked_on", "grade", "state"} <= set(page["sources"][0])
    assert not page["waits_for_check"]


def test_years_later_the_same_article_says_that_it_is_old(capsys):
    assert main(["read", "F1", "--now", "2030-01-01T00:00Z"]) == 0
    said = capsys.readouterr().out
    assert "waits to be checked again" in said
    assert "not checked again yet" in said


def test_an_article_is_read_in_arabic(capsys):
    assert main(["read", "F10", "--lang", "ar", "--json"]) == 0
    assert rows(capsys)[0]["language"] == "ar"


def test_the_easy_version_is_another_text(capsys):
    assert main(["read", "F10", "--easy", "--json"]) == 0
    (page,) = rows(capsys)
    assert list(page["parts"]) == ["answer", "right", "do", "help"]


def test_where_there_is_no_easy_version_it_says_which_there_are(capsys):
    assert main(["read", "F10", "--easy", "--lang", "fr", "--json"]) == 1
    assert "en, es" in rows(capsys)[0]["next"]


def test_one_unknown_article_does_not_stop_the_others(capsys):
    assert main(["read", "F1", "nothing/here", "F2", "--json"]) == 1
    assert [row.get("id") for row in rows(capsys)] == ["F1", None, "F2"]


def test_all_articles_are_listed(capsys):
    assert main(["read", "--json"]) == 0
    assert [row["id"] for row in rows(capsys)] == list(articles())


def test_a_search_gives_id_slug_title_and_snippet(capsys):
    assert main(["search", "they", "kept", "my", "passport", "--json"]) == 0
    found = rows(capsys)
    assert "F10" in [row["id"] for row in found[:3]]
    assert set(found[0]) == {"id", "slug", "title", "snippet"}


def test_a_search_that_finds_nothing_ends_with_one(capsys):
    assert main(["search", "zzzzqqqq"]) == 1


def test_nothing_is_stale_today_and_everything_is_in_ten_years(capsys):
    assert main(["know", "stale", "--now", "2026-11-24T00:00Z"]) == 0
    assert main(["know", "stale", "--now", "2036-11-24T00:00Z", "--json"]) == 1
    late = rows(capsys)
    assert {row["id"] for row in late if row["what"] == "article"} == set(articles())


def test_the_facts_nobody_confirmed_are_listed(capsys):
    assert main(["know", "facts", "--ungraded", "--json"]) == 0
    assert {row["grade"] for row in rows(capsys)} <= {"unchecked"}
    assert main(["know", "facts", "--json"]) == 0
    assert len(rows(capsys)) == sum(len(one.sources) for one in articles().values())


def test_the_articles_are_in_shape(capsys):
    assert main(["know", "validate", "--now", "2026-11-24T00:00Z"]) == 0
