"""How an address is read, however strangers wrote it."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from amparo.directory.addresses import address
from amparo.directory.lookup import who
from amparo.directory.suffixes import registrable
from amparo.errors import Refused


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://Example.ORG", "https://example.org/"),
        ("example.org/page", "https://example.org/page"),
        ("//example.org/page", "https://example.org/page"),
        ("<https://example.org/a>", "https://example.org/a"),
        ("hxxps://example[.]org/a", "https://example.org/a"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("example.org:8443/a", "https://example.org:8443/a"),
        ("https://user:secret@example.org/a", "https://example.org/a"),
        ("https://example.org./a", "https://example.org/a"),
        ("https:/example.org/a", "https://example.org/a"),
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("https://exa\nmple.org/a", "https://example.org/a"),
        ("https://%65xample.org/", "https://example.org/"),
        ("https://bücher.de/", "https://xn--bcher-kva.de/"),
        ("https://例え.jp/", "https://xn--r8jz45g.jp/"),
        ("https://[2001:4860:4860::8888]/a", "https://[2001:4860:4860::8888]/a"),
    ],
)
def test_an_address_is_cleaned(written, read):
    assert address(written).url == read


@pytest.mark.parametrize(
    ("written", "domain"),
    [
        ("https://a.b.example.co.uk/", "example.co.uk"),
        ("https://name.tumblr.com/", "tumblr.com"),
        ("https://name.blogspot.com/", "name.blogspot.com"),
        ("https://blogspot.com/", "blogspot.com"),
        ("https://8.8.8.8/", "8.8.8.8"),
        ("someone@mail.example.co.uk", "example.co.uk"),
        ("http://abcdefghijklmnop.onion/", "abcdefghijklmnop.onion"),
        ("https://site.newest-ending-of-2030/", "site.newest-ending-of-2030"),
    ],
)
def test_the_registrable_domain_is_found_without_a_network(written, domain):
    assert address(written).domain == domain


@pytest.mark.parametrize(
    "written",
    [
        "",
        "   ",
        "hello",
        "photo.jpg",
        "two words.org",
        "https://",
        "http://[::1",
        "https://exa mple.org/",
        "https://example.org:99999/",
        "https://-a.org/",
        "https://a..org/",
        "http://0x7f.0.0.1/",
        "123456",
    ],
)
def test_what_is_no_address_is_refused_with_an_example(written):
    with pytest.raises(Refused) as refused:
        address(written)
    assert "https://example.org/page" in str(refused.value.next)


@pytest.mark.parametrize("scheme", ["javascript", "file", "data", "ftp", "tg", "about"])
def test_other_schemes_are_refused_by_name(scheme):
    with pytest.raises(Refused) as refused:
        address(f"{scheme}:something")
    assert f"begins with {scheme}:" in str(refused.value.what)
    assert "https://" in str(refused.value.next)


@pytest.mark.parametrize(
    "written",
    [
        "http://127.0.0.1/",
        "http://10.0.0.8/a",
        "http://[::1]/",
        "http://localhost/",
        "http://nas.local/",
        "http://169.254.169.254/latest",
        "https://router.lan/",
    ],
)
def test_addresses_inside_a_network_are_taken_and_known_as_such(written):
    """A workplace's own pages can hold her data too; nothing is ever fetched."""
    assert address(written).inside_only
    assert "only exists inside" in str(who(written).notes[0])


def test_a_very_long_text_is_refused_at_once():
    with pytest.raises(Refused) as refused:
        address("https://example.org/" + "a" * 1_000_000)
    assert "longer than an address" in str(refused.value.what)


def test_a_backslash_cannot_hide_the_real_host():
    """A browser goes to evil.org here; naming pornhub.com would send the request to the wrong recipient."""
    assert address("https://evil.org\\@pornhub.com/x").host == "evil.org"


def test_credentials_never_stay_in_an_address():
    assert "secret" not in repr(address("https://her:secret@example.org/a"))


WRITTEN = some.one_of(
    some.text(max_size=80),
    some.text(alphabet="ahtps:/\\@.#?%[]0123456789xn-é例 \t", max_size=60),
    some.builds("https://{}{}".format, some.text(max_size=30), some.text(max_size=30)),
    some.builds("{}@{}".format, some.text(max_size=20), some.text(max_size=20)),
)


@given(WRITTEN)
def test_any_text_is_an_address_or_refused(written):
    try:
        found = address(written)
    except Refused:
        return
    assert found.host.isascii()
    assert found.mail or found.url.startswith(("http://", "https://"))


@given(WRITTEN)
def test_a_cleaned_address_stays_as_it_is(written):
    try:
        once = address(written)
    except Refused:
        return
    assert address(once.url).host == once.host


def test_the_registrable_domain_agrees_with_the_library_that_carries_the_list():
    import tldextract

    theirs = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
    for host in (
        "a.b.co.uk",
        "x.github.io",
        "github.io",
        "a.b.kawasaki.jp",
        "www.ck",
        "a.b.ck",
        "city.kawasaki.jp",
    ):
        assert registrable(host) == (theirs.extract_str(host).top_domain_under_public_suffix or host)
