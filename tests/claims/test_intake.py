"""Messy text in, each place once out."""

import time

import pytest

from amparo.claims.intake import MAX_CHARS, MAX_PLACES, read_place, read_places
from amparo.errors import Refused

CHAT = """[12.03.24, 10:11:02] Maria: look https://www.pornhub.com/view_video.php?viewkey=ph5f&utm_source=wa.
12/03/24, 10:12 - Ana: hxxps://www[.]xvideos[.]com/video123/title, and
(see pornhub.com/view_video.php?viewkey=ph5f)
- <https://en.wikipedia.org/wiki/X_(Y)>
* [https://a.example.org/1](https://a.example.org/1)
* [my page](https://b.example.org/2).
\u200fhttps://x.com/a/status/1?s=20\u200e
"""


def urls(text: str) -> list[str]:
    return [link.url for link in read_places(text).links]


def test_a_chat_export_gives_each_place_once_and_in_order():
    found = read_places(CHAT)
    assert [link.url for link in found.links] == [
        "https://www.pornhub.com/view_video.php?viewkey=ph5f",
        "https://www.xvideos.com/video123/title",
        "https://en.wikipedia.org/wiki/X_(Y)",
        "https://a.example.org/1",
        "https://b.example.org/2",
        "https://x.com/a/status/1",
    ]
    assert found.folded == 2
    assert not found.refused


def test_what_was_pasted_is_kept_beside_the_one_spelling():
    (link,) = read_places("see www.reddit.com/r/x/comments/abc/?utm_medium=share.").links
    assert link.url == "https://www.reddit.com/r/x/comments/abc/"
    assert link.original == "www.reddit.com/r/x/comments/abc/?utm_medium=share"


@pytest.mark.parametrize(
    ("pasted", "item"),
    [
        ("https://www.youtube.com/watch?v=abc&si=q&feature=share", "https://www.youtube.com/watch?v=abc"),
        ("https://t.example.org/p?id=7&fbclid=x&gclid=y", "https://t.example.org/p?id=7"),
        ("https://s.example.org/p?si=7", "https://s.example.org/p?si=7"),
        ("https://www.instagram.com/p/Cx/?igsh=abc", "https://www.instagram.com/p/Cx/"),
        ("HTTPS://User:Secret@Example.COM:443/A?b=1#top", "https://example.com/A?b=1"),
        ("https://example.org/t/9#comment-123", "https://example.org/t/9#comment-123"),
        ("https://mega.nz/folder/abc#key", "https://mega.nz/folder/abc#key"),
        ("https://example.org/a?x=1&amp;y=2", "https://example.org/a?x=1&y=2"),
        (
            "https://l.facebook.com/l.php?u=https%3A%2F%2Fbad.example.org%2Fv%3Fid%3D3&h=AT0",
            "https://bad.example.org/v?id=3",
        ),
        ("https://müller.de/ü", "https://xn--mller-kva.de/%C3%BC"),
        (
            "https://web.archive.org/web/2020/https://foo.com/bar",
            "https://web.archive.org/web/2020/https://foo.com/bar",
        ),
    ],
)
def test_tracking_goes_and_what_names_the_item_stays(pasted, item):
    assert urls(pasted) == [item]


@pytest.mark.parametrize(
    "spoilt",
    [
        "hxxp://bad.example.org/a",
        "hXXp://bad[.]example[.]org/a",
        "http[:]//bad(.)example(dot)org/a",
        "http[://]bad{.}example.org/a",
    ],
)
def test_a_link_spoilt_on_purpose_is_mended(spoilt):
    assert urls(spoilt) == ["http://bad.example.org/a"]


def test_a_repeat_under_another_spelling_is_folded():
    same = "http://www.a.example.org/v/ \n https://a.example.org/v?utm_campaign=z \n a.example.org/v"
    found = read_places(same)
    assert [link.url for link in found.links] == ["https://a.example.org/v"]
    assert found.folded == 2


def test_links_glued_together_or_to_other_scripts_come_apart():
    assert urls("https://a.org/1https://b.org/2") == ["https://a.org/1", "https://b.org/2"]
    assert urls("看https://t.me/abc/12。谢谢") == ["https://t.me/abc/12"]


def test_mail_addresses_are_places_too():
    found = read_places("privacy [at] acme [dot] com; mailto:DPO@Acme.com, privacy@acme.com")
    assert found.addresses == ("privacy@acme.com", "DPO@acme.com")
    assert not found.links


def test_prose_file_names_and_missing_spaces_are_no_places():
    assert urls("we met at 10.30. hello.I am, e.g. ok.thanks photo.jpg README.md file.zip it.Was") == []


def test_what_is_no_link_is_told_and_the_others_are_kept():
    found = read_places("https://\nhttps://a.org/1\nftp://foo.org/x\nnot/a/link")
    assert [link.url for link in found.links] == ["https://a.org/1"]
    assert [str(one) for one in found.refused] == [
        "“https://” is not a web address. Copy it again from the address bar.",
        "“ftp://foo.org/x” opens no web page. Give the address that starts with https://.",
        "“not/a/link” is not a web address. Copy it again from the address bar.",
    ]


def test_a_saved_page_gives_its_own_address():
    page = (
        "<!DOCTYPE html>\n<!-- saved from url=(0030)https://tube.example.org/v?id=3 -->\n<html><head>"
        '<script src="https://cdn.example.org/a.js"></script></head>'
        '<body><a href="/next">next</a></body></html>'
    )
    assert urls(page) == ["https://tube.example.org/v?id=3"]


def test_a_saved_page_of_search_results_gives_its_results():
    page = (
        '<html><head><meta property="og:url" content="https://www.google.com/search?q=name"></head><body>'
        '<a href="/search?start=10">more</a><a href="/url?q=https://a.example.org/1&amp;sa=U">one</a>'
        '<a href="https://b.example.org/2">two</a></body></html>'
    )
    assert urls(page) == ["https://b.example.org/2"]


def test_forty_and_five_hundred_links_are_read_whole():
    for n in (40, 500):
        text = "\n".join(f"* https://site{i % 7}.example.org/v?id={i}&utm_source=x," for i in range(n))
        assert len(read_places(text).links) == n


def test_ten_thousand_links_are_refused_with_the_next_step():
    with pytest.raises(Refused) as refused:
        read_places("\n".join(f"https://a.example.org/{i}" for i in range(10_000)))
    assert str(refused.value.what) == f"This text holds 10000 places. We handle {MAX_PLACES} at a time."
    assert "Nothing is lost" in str(refused.value.next)


def test_a_text_too_long_is_refused_before_it_is_read():
    with pytest.raises(Refused, match="longer than we read at once"):
        read_places("a" * (MAX_CHARS + 1))


@pytest.mark.parametrize("part", ["a.", "http", "x@", "a-", "(", "[(", "https://a.org/)))))", "<a href="])
def test_hostile_text_is_read_in_time(part):
    began = time.perf_counter()
    read_places((part * MAX_CHARS)[:MAX_CHARS])
    assert time.perf_counter() - began < 10


def test_one_place_is_read_alone():
    assert (
        read_place("pornhub.com/view_video.php?viewkey=1") == "https://pornhub.com/view_video.php?viewkey=1"
    )
    assert read_place("jobs@agency.example.org") == "jobs@agency.example.org"
    assert read_place("not a place") is None
    assert read_place("https://a.org https://b.org") is None


def test_an_address_inside_a_workplace_counts_too():
    found = read_places("http://intranet.local:8000/x and https://192.168.1.4/a and https://a.org/1")
    assert len(found.links) == 3
