"""Search links: right words, right escaping, a price on each, and nothing opened by us."""

from urllib.parse import parse_qs, urlsplit

import pytest

from amparo.claims.look_for_more import MAX_TERMS, PICTURE_PAGES, search_links
from amparo.errors import WrongUse


def asked(url: str) -> str:
    fields = parse_qs(urlsplit(url).query)
    return (fields.get("q") or fields["text"])[0]


def test_a_name_becomes_one_link_per_engine_and_one_among_pictures():
    found = search_links(["Ana María O'Neil & Co"])
    assert [(one.engine, one.pictures) for one in found] == [
        ("Google", False), ("Google", True), ("Bing", False), ("Bing", True),
        ("DuckDuckGo", False), ("DuckDuckGo", True), ("Yandex", False), ("Yandex", True),
    ]  # fmt: skip
    assert {asked(one.url) for one in found} == {'"Ana María O\'Neil & Co"'}


@pytest.mark.parametrize("term", ["منى", "Ана", "名前", "50% off?#x", "a+b=c", 'she said "hi"'])
def test_every_script_and_sign_arrives_as_it_was_written(term):
    (link,) = [one for one in search_links([term], pictures=False) if one.engine == "Bing"]
    plain = " ".join(term.replace('"', " ").split())
    assert asked(link.url) == f'"{plain}"'
    assert " " not in link.url
    assert link.url.isascii()


def test_a_handle_loses_its_at_sign():
    assert asked(search_links(["@stage.name"], kind="handle")[0].url) == '"stage.name"'


def test_a_search_can_be_held_to_one_site():
    found = [one for one in search_links(["Ana"], sites=["https://www.reddit.com/r/x"]) if one.site]
    assert {one.site for one in found} == {"reddit.com"}
    assert asked(found[0].url) == '"Ana" site:reddit.com'


def test_every_link_says_who_sees_the_words():
    for one in search_links(["Ana"]):
        assert "sees these words" in str(one.price)
        assert "history" in str(one.price)
    assert all("uploaded" in str(page.price) for page in PICTURE_PAGES)


def test_empty_and_repeated_names_make_no_link():
    assert search_links(["", "  "]) == ()
    assert len(search_links(["Ana", " Ana "], pictures=False)) == 4


def test_too_many_or_too_long_names_are_told():
    with pytest.raises(WrongUse, match="at a time"):
        search_links([f"name {n}" for n in range(MAX_TERMS + 1)])
    with pytest.raises(WrongUse, match="too long"):
        search_links(["x" * 201])
    with pytest.raises(WrongUse, match="is not a site"):
        search_links(["Ana"], sites=["not a site"])
