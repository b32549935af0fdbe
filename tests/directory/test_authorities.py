"""Who supervises, who settles and who helps: every state is served, and every door says where it was read."""

import pytest

from amparo.directory.authorities import authority, by_kind
from amparo.directory.places import EU
from amparo.directory.record import Record
from amparo.directory.records import records

EU_STATES = sorted(EU)
EEA_STATES = [*EU_STATES, "IS", "LI", "NO"]
POLICE = {
    "It is the police.",
    "It works with the police. Ask first what it passes on.",
    "No police are told.",
    "Not known whether police are told.",
    "Police are told only if a child is in danger.",
    "Police are told only if you agree, or if a life or a child is in danger.",
    "Police are told only if you agree.",
    "Reports are passed to the police.",
    "Reports can be passed to the police.",
    "Serious cases can be passed to the police.",
}
WANTED = ("FR", "ES", "DE", "RO", "IT", "NL", "PL", "GB", "IE", "US", "AU", "IN", "BR", "CA", "NP")


def national(kind: str, matter: str, place: str) -> list[Record]:
    return [one for one in by_kind(kind) if one.place == place and matter in one.covers]


@pytest.mark.parametrize("state", EEA_STATES)
def test_every_state_of_the_eea_has_exactly_one_national_data_protection_authority(state: str) -> None:
    found = national("authority", "gdpr", state)
    assert len(found) == 1
    assert found[0].rules == ("eu/gdpr/complaint",)
    assert found[0].channels
    assert found[0].post


@pytest.mark.parametrize("state", EU_STATES)
def test_every_member_state_has_exactly_one_digital_services_coordinator(state: str) -> None:
    found = national("dsc", "dsa", state)
    assert len(found) == 1
    assert found[0].rules == ("eu/dsa/complaint",)


def test_a_complaint_about_a_company_in_bavaria_goes_to_the_authority_of_that_land() -> None:
    found = authority("gdpr", "DE-BY")
    assert found is not None
    assert found.slug == "de-by-lda"


def test_all_sixteen_laender_have_their_own_authority() -> None:
    lands = {one.place for one in by_kind("authority") if (one.place or "").startswith("DE-")}
    assert len(lands) == 16


@pytest.mark.parametrize(
    ("matter", "place", "slug"),
    [
        ("gdpr", "GB", "uk-ico"),
        ("gdpr", "UK-ENG", "uk-ico"),
        ("osa", "GB", "uk-ofcom"),
        ("take-it-down", "US", "us-ftc"),
        ("take-it-down", "US-NY", "us-ftc"),
        ("ccpa", "US-CA", "us-ca-cppa"),
        ("image_based_abuse", "AU", "au-esafety"),
        ("image_based_abuse", "KR", "kr-digital-sex-crime-centre"),
        ("image_based_abuse", "ZA", "za-fpb"),
        ("quebec_privacy", "CA-QC", "ca-qc-cai"),
        ("pipeda", "CA", "ca-opc"),
        ("lgpd", "BR", "br-anpd"),
        ("it_rules", "IN", "in-gac"),
        ("fadp", "CH", "ch-fdpic"),
    ],
)
def test_a_law_outside_the_union_has_its_authority(matter: str, place: str, slug: str) -> None:
    found = authority(matter, place)
    assert found is not None
    assert found.slug == slug


def test_the_californian_law_has_no_authority_in_new_york() -> None:
    assert authority("ccpa", "US-NY") is None


def test_denmark_names_the_agency_that_took_over_and_not_the_one_of_older_lists() -> None:
    found = authority("dsa", "DK")
    assert found is not None
    assert found.slug == "dk-digst"


def test_the_polish_coordinator_says_that_it_could_not_take_complaints() -> None:
    found = authority("dsa", "PL")
    assert found is not None
    assert not found.channels
    assert any("could not take complaints" in one for one in found.limits)


def test_the_italian_form_for_pictures_says_that_it_asks_for_the_picture() -> None:
    form = next(one for one in records()["it-garante"].channels if one.id == "intimate")
    assert "intimate" in form.for_material
    assert any("asks for the picture itself" in one for one in form.traps)


def test_every_dispute_body_says_that_its_decision_does_not_bind() -> None:
    bodies = by_kind("out_of_court")
    assert len(bodies) >= 9
    for one in bodies:
        assert "Its decision does not bind the service." in one.limits, one.slug
        assert one.cost or one.traps, one.slug


@pytest.mark.parametrize("lives_in", WANTED)
def test_there_is_a_person_to_talk_to_wherever_she_lives(lives_in: str) -> None:
    helpers = by_kind("helper", lives_in)
    assert helpers
    # Plans choose by what a helper covers: one that nobody can reach yet is never chosen.
    assert all(one.channels or set(one.covers) <= {"trafficking"} for one in helpers)
    assert any("intimate_images" in one.covers for one in helpers)


def test_helpers_of_her_country_come_before_those_of_the_whole_world() -> None:
    helpers = by_kind("helper", "BR")
    assert helpers[0].place == "BR"
    assert "*" in helpers[-1].offered_in


def test_a_region_comes_before_its_state() -> None:
    places = [one.place for one in by_kind("helper", "CA-BC") if one.place]
    assert places[0] == "CA-BC"
    assert "CA" in places


def test_a_helper_for_some_countries_is_not_offered_in_others() -> None:
    def slugs(place: str) -> set[str]:
        return {one.slug for one in by_kind("helper", place)}

    assert "intl-smex" in slugs("LB")
    assert "intl-smex" not in slugs("PE")
    assert "eu-116006" in slugs("FR")
    assert "eu-116006" not in slugs("ES")


def test_every_helper_says_who_runs_it_and_what_the_police_hear() -> None:
    helpers = [*by_kind("helper"), *by_kind("hotline")]
    assert len(helpers) >= 25
    for one in helpers:
        assert one.run_by, one.slug
        assert one.police in POLICE, one.slug
        assert one.anonymous, one.slug
        assert one.about, one.slug
        assert one.place or one.offered_in, one.slug


def test_a_number_that_could_not_be_confirmed_says_so() -> None:
    for one in [*by_kind("helper"), *by_kind("hotline")]:
        for door in one.channels:
            if door.kind == "phone" and door.grade == "unchecked":
                assert "This number could not be confirmed." in door.traps, (one.slug, door.address)


def test_nothing_claims_to_be_read_at_its_owner_without_an_address() -> None:
    kinds = ("authority", "dsc", "out_of_court", "hash_programme", "hotline", "helper")
    for one in (record for kind in kinds for record in by_kind(kind)):
        for source in (one.source, *one.facts.values()):
            assert source.grade != "primary" or source.url, one.slug
        for door in one.channels:
            assert door.grade != "primary" or door.source.startswith("http"), (one.slug, door.id)


def test_a_country_outside_the_union_has_its_data_protection_authority() -> None:
    countries = {(one.place or "")[:2] for one in by_kind("authority") if "privacy" in one.covers}
    assert len(countries - EU) >= 25
    for place, slug in (("KE", "ke-odpc"), ("KR", "kr-pipc"), ("AR", "ar-aaip"), ("RS", "rs-poverenik")):
        found = authority("privacy", place)
        assert found is not None
        assert found.slug == slug


def test_a_regional_authority_of_spain_is_for_public_bodies_only() -> None:
    for_companies = authority("gdpr", "ES-CT")
    for_public_bodies = authority("gdpr_public", "ES-CT")
    assert for_companies is not None
    assert for_public_bodies is not None
    assert (for_companies.slug, for_public_bodies.slug) == ("es-aepd", "es-ct-apdcat")


def test_a_trusted_flagger_says_where_its_status_was_read() -> None:
    flaggers = [one for one in by_kind("helper") if "trusted_flagger" in one.covers]
    assert len(flaggers) >= 3
    for one in flaggers:
        assert one.source_of("covers").grade == "primary", one.slug


def test_a_labour_inspectorate_is_found_by_its_country() -> None:
    for place, slug in (
        ("US", "us-whd"),
        ("PL", "pl-pip"),
        ("IE", "ie-wrc"),
        ("BG", "bg-labour-inspectorate"),
    ):
        found = authority("work", place)
        assert found is not None
        assert found.slug == slug


@pytest.mark.parametrize("state", [one for one in EEA_STATES if one != "LI"] + ["CH", "GB"])
def test_every_state_near_us_has_a_labour_inspectorate(state: str) -> None:
    """Liechtenstein's was not found; there the plan names nobody."""
    assert authority("work", state) is not None


def test_who_took_over_answers_for_a_labour_office_that_ended() -> None:
    found = authority("work", "GB")
    assert found is not None
    assert found.slug == records()["gb-glaa"].successor
    assert not any(one.slug == "gb-glaa" for one in by_kind("authority", "GB"))


@pytest.mark.parametrize("slug", ["hk-labour-department", "ae-mohre-complaints", "de-zoll-fks", "kr-moel"])
def test_a_labour_office_says_what_it_does_with_people_without_papers(slug: str) -> None:
    traps = " ".join(records()[slug].traps)
    assert "immigration" in traps or "without papers" in traps
