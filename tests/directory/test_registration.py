"""What the registers say of a site, pasted or fetched, and who can act by it."""

import contextlib
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from amparo.directory import ladder
from amparo.directory.registration import Domain, Network, domain_of, network_of, read_pasted
from amparo.errors import Refused


def _card(*rows: tuple[str, str]) -> list[object]:
    return ["vcard", [["version", {}, "text", "4.0"], *([name, {}, "text", value] for name, value in rows)]]


RDAP_DOMAIN = {
    "objectClassName": "domain",
    "ldhName": "some-site.com",
    "events": [
        {"eventAction": "registration", "eventDate": "2019-05-06T07:08:09Z"},
        {"eventAction": "expiration", "eventDate": "2027-05-06T07:08:09Z"},
    ],
    "nameservers": [{"ldhName": "NS1.CLOUDFLARE.COM"}, {"ldhName": "ns2.cloudflare.com."}],
    "entities": [
        {
            "roles": ["registrar"],
            "vcardArray": _card(("fn", "NameCheap, Inc.")),
            "entities": [{"roles": ["abuse"], "vcardArray": _card(("email", "abuse@namecheap.com"))}],
        },
        {"roles": ["registrant"], "vcardArray": _card(("fn", "Some Person"), ("email", "me@home.example"))},
    ],
}
RDAP_NETWORK = {
    "objectClassName": "ip network",
    "startAddress": "203.0.112.0",
    "endAddress": "203.0.113.255",
    "name": "SOME-NET",
    "country": "NL",
    "entities": [
        {
            "roles": ["registrant"],
            "vcardArray": _card(("fn", "Some Hosting B.V."), ("kind", "org")),
            "entities": [{"roles": ["abuse"], "vcardArray": _card(("email", "abuse@some-host.example"))}],
        }
    ],
}
GTLD = """
   Domain Name: SOME-SITE.COM
   Registrar: NameCheap, Inc.
   Registrar Abuse Contact Email: abuse@namecheap.com
   Registrar Abuse Contact Phone: +1.6613102107
   Creation Date: 2019-05-06T07:08:09Z
   Registry Expiry Date: 2027-05-06T07:08:09Z
   Registrant Name: Some Person
   Registrant Email: me@home.example
   Name Server: NS1.CLOUDFLARE.COM
   Name Server: NS2.CLOUDFLARE.COM
>>> Last update of whois database: 2026-11-24T00:00:00Z <<<
"""
UK = """
    Domain name:
        some-site.co.uk

    Registrar:
        Fasthosts Internet Ltd [Tag = LIVEDOMAINS]
        URL: https://www.fasthosts.co.uk

    Relevant dates:
        Registered on: 06-05-2019
        Expiry date:  06-05-2027

    Name servers:
        ns1.livedns.co.uk
"""
RIPE = """% This is the RIPE Database query service.
% Abuse contact for '203.0.112.0 - 203.0.113.255' is 'abuse@some-host.example'

inetnum:        203.0.112.0 - 203.0.113.255
netname:        SOME-NET
country:        NL
org-name:       Some Hosting B.V.
person:         Some Person
"""
ARIN = """
NetRange:       203.0.112.0 - 203.0.113.255
NetName:        CLOUDFLARENET
OrgName:        Cloudflare, Inc.
OrgAbuseEmail:  abuse@cloudflare.com
"""


@pytest.mark.parametrize("pasted", [GTLD, json.dumps(RDAP_DOMAIN), "Answer:\n" + json.dumps(RDAP_DOMAIN)])
def test_a_domain_is_read_the_same_from_both_kinds_of_answer(pasted):
    assert read_pasted(pasted).domain == Domain(
        name="some-site.com",
        registrar="NameCheap, Inc.",
        abuse="abuse@namecheap.com",
        created=date(2019, 5, 6),
        expires=date(2027, 5, 6),
        nameservers=("ns1.cloudflare.com", "ns2.cloudflare.com"),
    )


def test_the_british_way_with_values_below_is_read():
    domain = read_pasted(UK).domain
    assert (domain.registrar, domain.created) == ("Fasthosts Internet Ltd", date(2019, 5, 6))
    assert domain.name == "some-site.co.uk"


@pytest.mark.parametrize("pasted", [RIPE, json.dumps(RDAP_NETWORK)])
def test_a_network_is_read_the_same_from_both_kinds_of_answer(pasted):
    assert read_pasted(pasted).networks == (
        Network(
            "203.0.112.0 - 203.0.113.255", "SOME-NET", "Some Hosting B.V.", "abuse@some-host.example", "NL"
        ),
    )


@pytest.mark.parametrize("pasted", [GTLD, RIPE, json.dumps(RDAP_DOMAIN)])
def test_nothing_of_persons_is_kept(pasted):
    said = repr(read_pasted(pasted))
    assert "Person" not in said
    assert "home.example" not in said


def test_a_person_who_holds_a_network_is_not_named():
    data = json.loads(json.dumps(RDAP_NETWORK))
    data["entities"][0]["vcardArray"] = _card(("fn", "Some Person"), ("kind", "individual"))
    assert network_of(data).holder is None


@pytest.mark.parametrize("text", ["", "hello", "{}", '{"objectClassName": "autnum"}', "<html>: no</html>"])
def test_what_is_no_answer_of_a_register_is_refused(text):
    with pytest.raises(Refused):
        read_pasted(text)


def test_an_endless_paste_is_refused():
    with pytest.raises(Refused, match="longer"):
        read_pasted("a: b\n" * 100_000)


ODD = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(max_size=8),
    lambda inner: (
        some.lists(inner, max_size=3)
        | some.dictionaries(
            some.sampled_from(
                ["entities", "roles", "vcardArray", "events", "nameservers", "ldhName", "name"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)


@given(ODD)
def test_any_shape_of_answer_is_read_or_left(odd):
    for kind in ("domain", "ip network"):
        data = {**(odd if isinstance(odd, dict) else {"entities": odd}), "objectClassName": kind}
        domain_of(data)
        network_of(data)


@given(some.text(max_size=300))
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(Refused):
        read_pasted(text)


def _on(one: Network | Domain):
    how = {"source": "https://rdap.example/", "on": date(2026, 11, 24)}
    return ladder.of_network(one, **how) if isinstance(one, Network) else ladder.of_registrar(one, **how)


def test_a_network_of_a_firm_on_record_gets_its_door():
    """Cloudflare takes no mail: its record knows the form."""
    found = _on(read_pasted(ARIN).networks[0])
    assert (found.slug, found.channel.kind) == ("cloudflare", "form")


def test_an_unknown_network_gets_the_address_for_abuse_with_its_source():
    found = _on(read_pasted(RIPE).networks[0])
    assert (found.name, found.address, found.slug) == ("Some Hosting B.V.", "abuse@some-host.example", None)
    assert (found.source, found.grade) == ("https://rdap.example/", "primary")


def test_a_registrar_on_record_is_known_by_its_name_without_its_legal_form():
    assert _on(Domain(registrar="NAMECHEAP INC")).slug == "namecheap"
    assert _on(Domain(registrar="Namecheap Resellers of Elsewhere")).slug is None


def test_a_register_that_names_nobody_gives_nobody():
    assert _on(Network(range="a - b")) is None
    assert _on(Domain(name="x.org")) is None


def test_an_owner_without_an_address_says_where_to_look():
    found = _on(Network(holder="Some Host"))
    assert found.channel is None
    assert found.how is not None
