"""From an address to the record it belongs to and to who can act."""

import re
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as some

from amparo.directory import hosts, lookup, recipients
from amparo.directory.lookup import who
from amparo.directory.records import records
from amparo.errors import Refused
from tests.bundled import for_each

HERE = Path(__file__).parent
FILES = (HERE / "addresses.yaml", *sorted((HERE / "addresses").glob("*.yaml")))
ROWS = [row for file in FILES for row in yaml.safe_load(file.read_text("utf-8"))]
ADDRESSES = [row for row in ROWS if row[2] != "refused"]
REFUSED = [row[0] for row in ROWS if row[2] == "refused"]


def _slug(found: lookup.Found | None) -> str | None:
    return found.service.slug if found and found.service else None


@for_each(ADDRESSES, by=lambda row: str(row[2]))
def test_each_listed_address_is_known(row):
    url, slug, kind, *more = row
    found = who(url)
    said = more[0] if more else {}
    assert (_slug(found), found.kind) == (slug, kind)
    assert (_slug(found.original), found.looks_like) == (said.get("shows"), said.get("alike"))


@for_each(ADDRESSES, by=lambda row: str(row[2]))
def test_the_quick_look_up_says_the_same(row):
    placed, found = hosts.place(row[0]), who(row[0])
    assert placed == (_slug(found), found.kind, found.domain)


@pytest.mark.parametrize("url", REFUSED, ids=[url[:60] for url in REFUSED])
def test_what_is_no_address_is_refused_by_both(url):
    for look in (who, hosts.place):
        with pytest.raises(Refused):
            look(url)


@for_each(ADDRESSES, by=lambda row: str(row[2]))
def test_nobody_else_is_asked_than_who_has_it_or_makes_it_findable(row):
    """By the listed records alone: a name that only looks alike is never among the recipients."""
    url, slug, _, *more = row
    own = {slug, *(more[0].get(key) for key in ("shows", "then") if more)} - {None}
    fitting = {one.slug for one in records().values() if one.kind in ("search_engine", "archive")}
    for name in own:
        one = records()[name]
        fitting |= {name, one.operator, one.successor, *one.next}
    asked = {one.slug for one in who(url).recipients} - {None}
    assert asked <= fitting, asked - fitting


def test_the_list_covers_enough():
    assert len(ROWS) >= 300
    assert len({row[1] for row in ROWS}) >= 110
    assert {row[2] for row in ADDRESSES} >= {"post", "profile", "media", "search_result", "cached_copy"}


def test_many_addresses_at_once_keep_their_order_and_no_broken_one_stops_them():
    asked = ["https://x.com/a", "not one", "https://t.me/a"]
    assert [one and one.slug for one in hosts.places(asked)] == ["x", None, "telegram"]


def test_a_name_that_looks_like_a_service_is_said_and_never_treated_as_it():
    found = who("https://p0rnhub.com/view")
    assert "looks like Pornhub" in str(found.notes[0])
    assert found.service is None
    assert found.recipients[0].name == "p0rnhub.com"


def test_a_link_that_only_leads_out_counts_as_the_page_it_leads_to():
    found = who("https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.xvideos.com%2Fvideo1")
    assert found.recipients == who("https://www.xvideos.com/video1").recipients


def test_a_known_service_comes_first_then_its_operator_then_search_engines_then_archives():
    roles = [one.role for one in who("https://www.pornhub.com/view_video.php?viewkey=1").recipients]
    slugs = [one.slug for one in who("https://www.pornhub.com/view_video.php?viewkey=1").recipients]
    assert slugs == [
        "pornhub",
        "aylo-freesites",
        "google-search",
        "bing",
        "yandex",
        "internet-archive",
        "archive-today",
    ]
    assert roles[:3] == ["online_platform", "controller", "search_engine"]


def test_a_known_cdn_stands_between_search_engines_and_archives():
    slugs = [one.slug for one in who("https://bunkr.si/a/1").recipients]
    assert slugs.index("yandex") < slugs.index("bunny") < slugs.index("internet-archive")


def test_private_messages_are_not_looked_for_in_search_engines():
    assert [one.slug for one in who("https://signal.org/").recipients] == ["signal", "signal"]


def test_every_recipient_has_a_door_or_says_where_to_look():
    for url, *_ in ADDRESSES:
        for one in who(url).recipients:
            assert (one.channel is None) == (one.how is not None), (url, one.name)


def test_nobody_is_named_twice_in_one_role():
    for url, *_ in ADDRESSES:
        named = [(one.slug or one.name, one.role) for one in who(url).recipients]
        assert len(named) == len(set(named)), url


def test_an_unknown_site_is_asked_itself_then_what_she_can_look_up_then_search_engines():
    found = who("https://forum.some-site.co.uk/t/1")
    names = [one.name for one in found.recipients]
    assert names[:3] == ["some-site.co.uk", "host or CDN", "registrar"]
    assert "content removal" in str(found.recipients[0].how)
    assert {one.slug for one in found.recipients} > {"google-search", "bing", "internet-archive"}


def test_an_ip_address_has_no_registrar():
    assert "registrar" not in [one.name for one in who("http://8.8.8.8/a").recipients]


def test_an_archived_copy_names_the_archive_and_who_runs_the_page_it_shows():
    found = who("https://web.archive.org/web/20200101000000id_/http://www.xvideos.com/video1/a?b=c")
    assert found.original is not None
    assert found.original.url == "http://www.xvideos.com/video1/a?b=c"
    slugs = [one.slug for one in found.recipients]
    assert slugs[:3] == ["internet-archive", "xvideos", "webgroup-czech-republic"]


@pytest.mark.parametrize(
    "url",
    [
        "https://web.archive.org/web/2020*/http://www.xvideos.com/video1",
        "https://web.archive.org/web/2020*/www.xvideos.com/video1",
        "https://web.archive.org/web/https://www.xvideos.com/video1",
        "https://archive.ph/2020.01.02-030405/https://www.xvideos.com/video1",
        "https://archive.today/newest/http:/www.xvideos.com/video1",
        "https://www.google.com/url?sa=t&url=https%3A%2F%2Fwww.xvideos.com%2Fvideo1",
        "https://www.google.de/imgres?imgurl=https%3A%2F%2Fa.org%2F1.jpg&imgrefurl=https%3A%2F%2Fwww.xvideos.com%2F1",
        "https://duckduckgo.com/l/?uddg=https%3A%2F%2Fwww.xvideos.com%2Fvideo1",
    ],
)
def test_the_page_behind_a_copy_or_a_result_is_found(url):
    original = who(url).original
    assert original is not None
    assert original.service is not None
    assert original.service.slug == "xvideos"


def test_a_copy_that_hides_its_page_says_so():
    found = who("https://archive.ph/AbCdE")
    assert found.original is None
    assert "does not show which page" in str(found.notes[0])


def test_copies_of_copies_end():
    url = "https://web.archive.org/web/2020/" * 50 + "https://example.org/"
    found, depth = who(url), 0
    while found.original is not None:
        found, depth = found.original, depth + 1
    assert depth == lookup.NESTED


def test_a_short_link_is_left_unopened_and_says_so():
    found = who("https://bit.ly/AbC")
    assert found.kind == "short_link"
    assert "Open it yourself" in str(found.notes[0])
    assert [one.name for one in found.recipients] == ["bit.ly"]


def test_a_mail_address_is_its_own_recipient():
    (one,) = who("mailto:privacy@agency.example.org").recipients
    assert (one.role, one.address, one.channel.kind, one.grade) == (
        "controller",
        "privacy@agency.example.org",
        "mail",
        "unchecked",
    )


def test_a_mail_address_that_a_record_holds_keeps_its_source():
    (one,) = who("dpo@pornhub.com").recipients
    assert (one.name, one.grade, one.slug) == ("Aylo Freesites Ltd", "primary", "pornhub")


def test_an_unconfirmed_domain_says_so():
    assert "not confirmed" in str(who("https://www.pornhub.org/view").notes[0])
    assert who("https://www.pornhub.com/view").notes == ()


def test_a_site_that_ended_is_not_written_to():
    found = who("https://mrdeepfakes.com/video/1")
    assert "has ended" in str(found.notes[0])
    assert "mrdeepfakes" not in [one.slug for one in found.recipients]
    assert "google-search" in [one.slug for one in found.recipients]


def test_an_onion_address_says_that_its_host_cannot_be_found():
    assert "onion" in str(who("http://abcdefghijklmnop.onion/a").notes[0])


def test_a_refused_address_gives_a_next_step():
    with pytest.raises(Refused) as refused:
        who("javascript:alert(1)")
    assert str(refused.value.next)


def test_the_longest_domain_wins():
    assert lookup.service_of("drive.google.com").slug == "google-drive"
    assert lookup.service_of("maps.google.com").slug == "google-search"
    assert lookup.service_of("notgoogle.com") is None


def test_an_operator_is_no_firmer_than_what_names_it():
    operator = recipients.of_record("stripchat")[1]
    assert records()["stripchat"].source_of("operator_name").grade == "unchecked"
    assert operator.grade == "unchecked"


def test_five_hundred_addresses_take_less_than_a_tenth_of_a_second():
    who("https://example.org/")
    pages = [row[0].removeprefix("https://") for row in ADDRESSES if re.match(r"https://[^\[]", row[0])]
    links = [f"https://s{n}.{page}" for n, page in enumerate(pages * 5)]
    took = []
    for _ in range(3):
        before = time.perf_counter()
        for link in links[:500]:
            who(link)
        took.append(time.perf_counter() - before)
    assert min(took) < 0.1, took


@pytest.mark.parametrize(
    "url",
    [
        "https://" + "a" * 64 + ".example.org/x",
        "https://" + "a." * 130 + "example.org/x",
        "https://a-.example.org/x",
        "https://example.org-/x",
        "https://a..example.org/x",
        "https://example.123/x",
    ],
)
def test_the_quick_look_up_refuses_what_the_other_refuses(url):
    for look in (who, hosts.place):
        with pytest.raises(Refused):
            look(url)


@given(some.text(alphabet="abx-.:/@?#%\\[]019é。 ", max_size=40))
def test_both_look_ups_say_the_same_of_any_text(text):
    url = f"https://{text}"
    try:
        found = who(url)
    except Refused:
        with pytest.raises(Refused):
            hosts.place(url)
        return
    assert hosts.place(url) == (_slug(found), found.kind, found.domain)
