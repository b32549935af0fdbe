"""On the page of places: nothing is asked by itself, and a server asks nobody; an answer can be pasted."""

from datetime import UTC, datetime

import pytest

from amparo.claims import registers as room
from amparo.net import registries
from amparo.net.registries import Asked, LookedUp
from amparo.web.notes import registers
from tests.directory.test_registration import GTLD, RDAP_DOMAIN, RDAP_NETWORK
from tests.web.flow import PORNHUB, Walk

UNKNOWN = "https://forum.some-site.com/t/1"
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture
def asked(monkeypatch):
    hosts: list[str] = []

    def look_up(host, domain, **how):
        hosts.append(host)
        return LookedUp(
            host,
            ("93.184.216.34",),
            Asked(domain, "https://rdap.verisign.com/com/v1/domain/some-site.com", AT, RDAP_DOMAIN),
            (Asked("93.184.216.34", "https://rdap.arin.net/registry/ip/93.184.216.34", AT, RDAP_NETWORK),),
            (),
        )

    monkeypatch.setattr(registries, "look_up", look_up)
    return hosts


@pytest.fixture
def at_home(monkeypatch):
    monkeypatch.setattr(registers, "may_ask", lambda: True)


def _found(browser, *links: str) -> Walk:
    walk = Walk(browser)
    walk.to_places()
    walk.go(text="\n".join(links))
    return walk


def test_at_home_it_is_offered_with_its_price_and_asked_only_then(browser, asked, at_home):
    walk = _found(browser, UNKNOWN)
    assert "They, and your network, see the name of the site." in walk.now.text
    assert asked == []
    walk.go("registers")
    assert asked == ["forum.some-site.com"]
    assert "Some Hosting B.V." in walk.now.text
    assert "abuse@some-host.example" in walk.now.text


def test_the_plan_then_names_who_carries_it_with_source_and_time(browser, asked, at_home):
    walk = _found(browser, UNKNOWN)
    walk.go("registers")
    walk.go()
    while walk.now.at != "plan":
        walk.go(material="intimate", role="shown", consent="never", lives_in="FR")
    assert "As a public register answered:" in walk.now.text
    assert "2026-11-24T09:00" in walk.now.text


def test_a_server_asks_nobody_whatever_a_form_says(browser, asked):
    walk = _found(browser, UNKNOWN)
    assert "Ask the registers" not in walk.now.text
    walk.go("registers")
    assert asked == []


def test_a_known_service_is_never_looked_up(browser, asked, at_home):
    walk = _found(browser, PORNHUB)
    assert "Find out who carries" not in walk.now.text
    walk.go("registers")
    assert asked == []


def test_an_answer_can_be_pasted_everywhere(browser):
    walk = _found(browser, UNKNOWN)
    walk.go("pasted", pasted=GTLD)
    assert "Its name is registered at:" in walk.now.text
    assert walk.now.carried["situation"]["carriers"][0]["slug"] == "namecheap"


@pytest.mark.parametrize("pasted", ["", "hello", "x: y\n" * 60_000])
def test_what_is_no_answer_is_said_and_nothing_is_lost(browser, pasted):
    walk = _found(browser, UNKNOWN)
    walk.go("pasted", pasted=pasted)
    assert walk.now.status == 422
    assert walk.now.carried["situation"]["places"] == [UNKNOWN]


def test_it_must_be_clear_which_site_an_answer_is_about(browser):
    walk = _found(browser, "https://a-first-site.org/1", "https://a-second-site.org/1")
    walk.go("pasted", pasted=GTLD)
    assert "not clear which of your sites" in walk.now.text


def test_a_short_link_is_opened_only_when_she_says_so(browser, at_home, monkeypatch):
    opened: list[str] = []
    monkeypatch.setattr(room, "leads_to", lambda url: opened.append(url) or "https://x.com/some_name")
    walk = _found(browser, "https://bit.ly/AbC")
    assert "Its owner sees a visit." in walk.now.text
    assert opened == []
    walk.go("open_short")
    assert walk.now.carried["situation"]["places"] == ["https://x.com/some_name"]
