"""A caseworker pastes forty links for somebody else: one notice for each recipient, with a mandate."""

from collections.abc import Callable

import pytest

from tests.journeys.forty import LINKS, SERVICES, messy
from tests.journeys.steps import Visit, same_as_expected

pytestmark = pytest.mark.browser

MANDATE = "Let the person you act for sign a mandate."
WHO = {"name": "Inés Robledo", "email": "casos.4715@example.org", "represents": "Lucía Ferrer"}


def to_the_plan(ines: Visit, app, text: str) -> None:
    ines.begin(app, "online", age="no")
    ines.paste(text)
    ines.press("Go on to my pictures")
    ines.press("Go on without")
    ines.answer("intimate", "representative", "never", "whole", lives_in="ES")


def test_forty_links_are_read_out_of_the_mess_once_each(visit: Callable[..., Visit], dated):
    ines = visit()
    ines.begin(dated, "online", age="no")
    ines.paste(messy())
    assert ines.heading == "40 places, and who can act there"
    assert "10 repeats were folded into one." in ines.text
    shown = [place.inner_text() for place in ines.page.locator("ul.places bdi.addr").all()]
    assert sorted(shown) == sorted(LINKS)
    assert [one.inner_text() for one in ines.page.locator("main section h2").all()] == list(SERVICES)


def test_each_recipient_gets_one_request_with_all_its_addresses(visit: Callable[..., Visit], dated):
    ines = visit()
    to_the_plan(ines, dated, messy())
    plan = ines.plan()
    for name, links in SERVICES.items():
        now = [step for step in plan if f" {name} " in f"{step.does} " and step.ticked]
        assert len(now) == 1, (name, [step.does for step in now])
        assert [link for link in LINKS if link in now[0].text] == links
        assert "5 addresses in one request" in now[0].text


def test_forty_links_take_as_many_screens_as_one_and_fewer_than_ten(visit: Callable[..., Visit], dated):
    counts = []
    for text in (LINKS[0], messy()):
        ines = visit()
        to_the_plan(ines, dated, text)
        ines.press("Read the first letter")
        counts.append(len(ines.screens))
    assert counts[0] == counts[1] < 10


def test_the_mandate_comes_first_and_what_needs_it_says_so(visit: Callable[..., Visit], dated):
    ines = visit()
    to_the_plan(ines, dated, messy())
    plan = ines.plan()
    assert plan[0].does == MANDATE
    waiting = [step for step in plan if "Needs a mandate from the person you act for." in step.text]
    assert waiting


def test_without_a_mandate_nothing_that_needs_it_goes_out(visit: Callable[..., Visit], dated):
    ines = visit()
    to_the_plan(ines, dated, messy())
    step = next(one for one in ines.plan() if "Needs a mandate" in one.text and one.ticked)
    ines.read_letter(step.does)
    ines.fill(style="legal", **WHO, good_faith=True)
    assert ines.page.get_by_role("button", name="PDF").count() == 0
    assert "That you may act (not there yet)" in ines.still_open


def test_the_mandate_is_one_page_in_two_languages(visit: Callable[..., Visit], dated):
    ines = visit()
    to_the_plan(ines, dated, messy())
    ines.read_letter(MANDATE)
    ines.fill(style="legal", **WHO)  # her name is typed here, and the page stays with this letter
    assert ines.heading.startswith("Letter to ")
    same_as_expected("caseworker/mandate", ines.letter)


@pytest.mark.parametrize(
    ("does", "name", "service"),
    [
        ("Tell Pornhub to take it down.", "pornhub-take-it-down", "Pornhub"),
        ("Tell EroMe to take it down.", "erome-take-it-down", "EroMe"),
        ("Give Reddit notice that it is illegal.", "reddit-notice", "Reddit"),
    ],
)
def test_the_letters_say_for_whom_and_list_every_address(
    visit: Callable[..., Visit], dated, does, name, service
):
    ines = visit()
    to_the_plan(ines, dated, messy())
    ines.read_letter(does)
    ines.fill(style="legal", **WHO)
    signed = {"signature": WHO["name"]} if "take" in name else {}  # 47 USC 223a: who is authorised may sign
    ines.fill(mandate_until="2027-11-23", good_faith=True, **signed)
    assert ines.still_open == []
    assert all(f"- {link}" in ines.letter for link in SERVICES[service])
    same_as_expected(f"caseworker/{name}", ines.letter)
