"""Hash programmes: whose device makes the fingerprint, how long it is kept, for which age."""

import pytest

from amparo.directory.authorities import by_kind, programmes
from amparo.directory.records import record

SLUGS = ("stopncii", "take-it-down", "report-remove", "disrupt")


def test_the_programmes_are_there() -> None:
    assert {one.slug for one in programmes()} >= set(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_programme_says_whose_device_how_long_which_age_and_who_sees_it(slug: str) -> None:
    one = record(slug)
    assert one.on_device is not None
    assert one.keeps_for
    assert one.ages in ("adult", "under_18", "any")
    assert one.takes
    assert one.sees
    assert one.who
    assert one.police
    assert one.run_by
    assert one.channels


def test_a_programme_that_takes_the_picture_itself_says_so() -> None:
    uploading = [one for one in programmes() if one.on_device is False]
    assert {one.slug for one in uploading} == {"report-remove", "disrupt"}
    for one in uploading:
        assert "The picture itself is uploaded." in one.traps


def test_no_programme_of_another_age_is_offered_for_a_picture_of_somebody_under_18() -> None:
    for_under_18 = [one for one in programmes() if "under_18" in one.covers]
    assert for_under_18
    assert all(one.ages in ("under_18", "any") for one in for_under_18)
    for one in for_under_18:
        assert any("under_18_route" in door.for_rights for door in one.channels), one.slug
    assert all("under_18_route" not in door.for_rights for door in record("stopncii").channels)


def test_somewhere_in_the_world_there_is_one_that_keeps_the_picture_on_her_own_device() -> None:
    worldwide = [one for one in programmes() if "*" in one.offered_in and one.on_device]
    assert {one.ages for one in worldwide} >= {"adult", "under_18"}


def test_the_number_and_pin_of_a_case_cannot_be_got_back() -> None:
    assert any("cannot be recovered" in trap for trap in record("stopncii").traps)


def test_the_tool_and_the_law_of_the_same_name_are_kept_apart() -> None:
    assert "It is not the United States law of the same name." in record("take-it-down").traps


def test_hotlines_for_pictures_of_people_under_18_say_what_the_police_hear() -> None:
    hotlines = by_kind("hotline", "PE")
    assert {one.slug for one in hotlines} >= {"intl-inhope", "us-cybertipline"}
    for one in hotlines:
        assert "under_18" in one.covers
        assert one.police
