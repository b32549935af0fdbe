"""Who carries an unknown site: asked when she says so, with where and when; or read from what she pastes."""

from datetime import UTC, datetime

import pytest

from amparo.claims import registers
from amparo.errors import CouldNot, Refused
from amparo.words import words
from tests.directory.test_registration import GTLD, RDAP_DOMAIN, RDAP_NETWORK

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
URL = "https://forum.some-site.com/t/1"


def _look_up(url: str = URL, *, ask=None):
    def answers(address, allowance):
        return RDAP_DOMAIN if "/domain/" in address else RDAP_NETWORK

    return registers.look_up(
        url, ask=ask or answers, resolve=lambda host: ("93.184.216.34",), now=lambda: NOW
    )


def test_the_network_comes_before_the_registrar():
    assert [one.slug or one.name for one in _look_up().recipients] == ["Some Hosting B.V.", "namecheap"]


def test_each_answer_keeps_where_and_when_it_was_asked():
    got = _look_up()
    assert [at for _, at in got.asked] == [NOW, NOW]
    assert got.asked[1][0] == "https://rdap.verisign.com/com/v1/domain/some-site.com"
    assert got.recipients[0].source == got.asked[0][0]
    assert got.recipients[0].checked_on == NOW.date()


def test_what_was_learnt_takes_the_place_of_how_to_look():
    found = registers.found_with(URL, _look_up())
    names = [one.name for one in found.recipients]
    assert names[:2] == ["some-site.com", "Some Hosting B.V."]
    assert "host or CDN" not in names
    assert "registrar" not in names


def test_what_is_still_unknown_keeps_its_place_before_the_registrar():
    names = [one.name for one in registers.found_with(URL, registers.read(GTLD, now=NOW)).recipients]
    assert names[:3] == ["some-site.com", "host or CDN", "Namecheap"]


def test_registers_that_do_not_answer_are_told_and_the_rest_stands():
    def ask(address, allowance):
        raise CouldNot(words("The register gave no answer we can read."), words("Try again later."))

    got = _look_up(ask=ask)
    assert got.recipients == ()
    assert len(got.failed) == 2
    assert registers.found_with(URL, got).recipients[1].name == "host or CDN"


def test_a_pasted_answer_says_that_it_was_pasted():
    got = registers.read(GTLD, now=NOW)
    assert [one.slug for one in got.recipients] == ["namecheap"]
    assert got.asked == (("as pasted", NOW),)


@pytest.mark.parametrize("url", ["http://192.168.0.1/", "http://x.local/", "http://abcdefghij.onion/"])
def test_no_register_is_asked_about_what_is_not_public(url):
    with pytest.raises(Refused):
        _look_up(url, ask=lambda *_: pytest.fail("asked"))


def _plan_with(got):
    from amparo.claims.plan import plan
    from amparo.law.situation import Situation

    situation = Situation(
        places=(URL,), material="intimate", role="shown", consent="never", lives_in="FR", shown_under_18="no",
        carriers=registers.carriers(URL, got),
    )  # fmt: skip
    return situation, plan(situation, now=NOW)


def test_the_plan_names_the_carriers_with_source_and_time_on_the_step():
    _, made = _plan_with(_look_up())
    learnt = [step for step in made.steps if step.learnt]
    assert [step.recipient.slug or step.recipient.name for step in learnt] == [
        "Some Hosting B.V.",
        "namecheap",
    ]
    network = learnt[0]
    assert network.channel.address == "abuse@some-host.example"
    assert network.learnt.source.startswith("https://rdap.")
    assert network.learnt.at == NOW.isoformat()
    assert (network.phase, network.chosen) == ("if_needed", False)


def test_the_plan_no_longer_asks_to_find_the_host():
    _, without = _plan_with(registers.Ladder((), ()))
    _, made = _plan_with(_look_up())
    find = "Find out who hosts the site, and report it there."
    assert find in [str(step.does) for step in without.steps]
    assert find not in [str(step.does) for step in made.steps]


def test_a_registrar_comes_after_the_network():
    _, made = _plan_with(_look_up())
    strengths = [step.strength for step in made.steps if step.learnt]
    assert strengths == sorted(strengths)


def test_what_was_learnt_travels_as_json_and_back():
    from amparo.claims import situations

    situation, _ = _plan_with(_look_up())
    assert situations.parse(situations.to_dict(situation)) == situation


@pytest.mark.parametrize("odd", [{"mail": "no mail"}, {"at": "yesterday"}, {"kind": "boss"}, {"more": "x"}])
def test_a_carrier_of_another_shape_is_refused(odd):
    from amparo.claims import situations
    from amparo.errors import WrongUse

    situation, _ = _plan_with(_look_up())
    given = situations.to_dict(situation)
    given["carriers"][0].update(odd)
    with pytest.raises(WrongUse):
        situations.parse(given)


def _asked(*places):
    from amparo.claims.plan import plan
    from amparo.law.situation import Situation

    situation = Situation(
        places=places, material="intimate", role="shown", consent="never", lives_in="FR", shown_under_18="no"
    )
    return {step.recipient.slug: step.places for step in plan(situation, now=NOW).steps}


def test_behind_an_engines_copy_the_page_itself_is_asked_too():
    copy = "https://webcache.googleusercontent.com/search?q=cache:https://www.xvideos.com/video1/a"
    asked = _asked(copy)
    assert asked["xvideos"] == ("https://www.xvideos.com/video1/a",)
    assert copy in asked["google-search"]


def test_a_link_that_only_leads_out_is_asked_where_it_leads():
    asked = _asked("https://www.youtube.com/redirect?q=https%3A%2F%2Fwww.xvideos.com%2Fvideo1%2Fa")
    assert asked["xvideos"] == ("https://www.xvideos.com/video1/a",)
    assert "youtube" not in asked
