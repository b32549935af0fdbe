"""Which door a request goes through."""

from dataclasses import replace
from datetime import date

import pytest

from amparo.directory.channels import channel_for, channels_for
from amparo.directory.record import Channel, Record, Source
from amparo.directory.records import record

SOURCE = Source(checked_on=date(2026, 11, 23), grade="primary", url="https://example.org/terms")


def door(id: str, kind: str = "form", *, rights=(), material=(), who=(), only=(), grade="primary") -> Channel:
    address = f"{id}@example.org" if kind == "mail" else f"https://example.org/{id}"
    return Channel(
        id, kind, address, "https://example.org", SOURCE.checked_on, grade, material, rights, who, only
    )


def site(*doors: Channel, post: str | None = None) -> Record:
    return Record(slug="site", name="Site", kind="service", source=SOURCE, channels=doors, post=post)


def chosen(one: Record, right: str, *, material="intimate", who="person", lives_in=None) -> str | None:
    found = channel_for(one, right=right, material=material, who=who, lives_in=lives_in)
    return found.id if found else None


REMOVAL = ("removal", "notice", "recipient_policy")
DATA = ("access", "erasure")


def test_a_form_made_for_the_material_beats_general_mail():
    one = site(door("abuse", "mail"), door("intimate", rights=REMOVAL, material=("intimate",)))
    assert chosen(one, "removal") == "intimate"
    assert chosen(one, "removal", material="personal_data") == "abuse"


def test_a_data_right_goes_to_the_privacy_mail():
    one = site(door("abuse"), door("intimate", rights=REMOVAL), door("dpo", "mail", rights=DATA))
    assert chosen(one, "erasure") == "dpo"
    assert chosen(one, "objection") == "dpo"


def test_a_data_right_prefers_mail_and_a_report_prefers_the_form():
    doors = (door("form", rights=(*DATA, "notice")), door("mail", "mail", rights=(*DATA, "notice")))
    assert chosen(site(*doors), "access") == "mail"
    assert chosen(site(*doors), "notice") == "form"


def test_a_dsa_notice_prefers_the_notice_form():
    one = site(door("abuse", "mail", rights=REMOVAL), door("dsa", rights=("notice",)))
    assert chosen(one, "notice") == "dsa"
    assert chosen(one, "removal") == "abuse"


def test_copyright_goes_to_the_agent_and_nothing_else_does():
    one = site(door("agent", "mail", rights=("copyright",)))
    assert chosen(one, "copyright") == "agent"
    assert chosen(one, "removal") is None
    assert chosen(one, "erasure") is None


def test_a_door_made_for_who_asks_comes_first_and_is_shut_to_others():
    one = site(
        door("all", rights=REMOVAL), door("flaggers", "mail", rights=REMOVAL, who=("trusted_flagger",))
    )
    assert chosen(one, "notice", who="trusted_flagger") == "flaggers"
    assert chosen(one, "notice", who="person") == "all"
    assert chosen(one, "notice", who="lawyer") == "all"


def test_a_door_of_one_country_is_for_those_who_live_there():
    one = site(door("all", rights=REMOVAL), door("us", rights=("removal",), only=("US",)))
    assert chosen(one, "removal", lives_in="US-CA") == "us"
    assert chosen(one, "removal", lives_in="FR") == "all"
    assert chosen(one, "removal", lives_in=None) == "all"


def test_an_unconfirmed_door_of_a_country_does_not_push_a_confirmed_one_aside():
    doubtful = door("in", rights=("removal",), only=("IN",), grade="unchecked")
    assert chosen(site(door("all", rights=REMOVAL), doubtful), "removal", lives_in="IN") == "all"
    assert chosen(site(doubtful), "removal", lives_in="IN") == "in"


def test_the_union_is_one_country_here():
    one = site(door("eu", rights=("notice",), only=("EU",)))
    assert chosen(one, "notice", lives_in="ES-CT") == "eu"
    assert chosen(one, "notice", lives_in="GB") is None


def test_a_desk_serves_its_other_rights_before_the_desk_next_door_does():
    one = site(door("removal", rights=("removal",)), door("dpo", "mail", rights=("access",)))
    assert chosen(one, "erasure") == "dpo"
    assert chosen(one, "notice") == "removal"


def test_one_known_address_serves_removal_and_data_rights():
    assert chosen(site(door("dpo", "mail", rights=DATA)), "removal") == "dpo"
    assert chosen(site(door("abuse", "mail", rights=REMOVAL)), "erasure") == "abuse"


def test_an_appeal_is_not_sent_to_the_removal_desk():
    assert chosen(site(door("abuse", "mail", rights=REMOVAL)), "internal_complaint") is None


def test_without_any_door_the_post_is_left():
    one = site(post="1 Street, Town")
    found = channel_for(one, right="erasure", material=None, who="person", lives_in=None)
    assert (found.kind, found.address, found.grade) == ("post", "1 Street, Town", "primary")
    assert chosen(site(), "erasure") is None


def test_among_equals_the_better_source_wins_then_the_order_of_the_record():
    one = site(
        door("a", rights=REMOVAL, grade="unchecked"), door("b", rights=REMOVAL), door("c", rights=REMOVAL)
    )
    assert chosen(one, "removal") == "b"
    assert chosen(replace(one, channels=one.channels[::-1]), "removal") == "c"


def test_all_doors_for_a_right_come_best_first():
    found = channels_for(record("pornhub"), right="removal", material="intimate", who="person", lives_in="FR")
    assert [one.id for one in found] == ["content-removal"]


@pytest.mark.parametrize(
    ("slug", "right", "lives_in", "address"),
    [
        ("pornhub", "notice", "FR", "https://www.pornhub.com/content-removal"),
        ("pornhub", "erasure", "FR", "dpo@pornhub.com"),
        ("pornhub", "internal_complaint", "FR", "dsa@pornhub.com"),
        ("pornhub", "copyright", "US", "copyright@aylofreesites.com"),
        ("pornhub", "under_18_route", None, "https://www.pornhub.com/anonymous-content-removal"),
        ("x", "removal", "US", "https://help.x.com/forms/safety-and-sensitive-content/take-it-down"),
        (
            "x",
            "removal",
            "FR",
            "https://help.x.com/en/forms/safety-and-sensitive-content/private-information",
        ),
        ("telegram", "notice", "FR", "https://telegram.org/dsa-report"),
        ("telegram", "notice", None, "abuse@telegram.org"),
        ("telegram", "removal", "US", "@TIDABot"),
        ("google-search", "delisting", "DE", "https://reportcontent.google.com/forms/rtbf"),
        ("google-search", "removal", None, "https://support.google.com/websearch/answer/6302812"),
        ("bumble", "erasure", "FR", "GDPRrequest@privacyquery.ie"),
        ("bumble", "erasure", "US", "DPO@bumble.com"),
        ("cloudflare", "notice", None, "https://abuse.cloudflare.com"),
        ("kaufmich", "notice", "DE", "datenschutz@kaufmich.com"),
    ],
)
def test_the_door_of_a_real_recipient_is_spelled_as_its_owner_spells_it(slug, right, lives_in, address):
    found = channel_for(record(slug), right=right, material="intimate", who="person", lives_in=lives_in)
    assert found.address == address
