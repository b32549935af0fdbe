"""The witness pages: measures in plain words, filters, drawings, and the way for who was taken down."""

import gzip
import json
from dataclasses import replace

import pytest

from amparo.web import cookies, door, witness_pages
from amparo.witness import record
from amparo.witness.ledger import measures

PAGE_BYTES = 14_000


def page(browser, path, status=200):
    answer = browser.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def weight(text: str) -> int:
    return len(gzip.compress(text.encode(), 6))


@pytest.mark.parametrize(
    "path", ["", "measures/", "drawings/", "codebook/", "moderation/", "moderation/parship/"]
)
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_page_is_light_and_needs_no_script(browser, path, lang):
    text = page(browser, f"/{lang}/witness/{path}")
    assert weight(text) <= PAGE_BYTES
    assert text.count("<script") == 1  # the one of every page, which nothing depends on


def test_every_measure_has_its_page(browser):
    for id in measures():
        text = page(browser, f"/en/witness/measures/{id}/")
        assert "Who can switch it off" in text
        assert "What you can do about it" in text


def test_a_measure_says_that_one_reader_coded_it(browser):
    assert "One reader's first pass" in page(browser, "/en/witness/measures/palermo-protocol/").replace(
        "&#x27;", "'"
    )


def test_an_unopened_source_is_shown_as_such(browser, monkeypatch):
    one = measures()["palermo-protocol"]
    unopened = replace(one, sources=(replace(one.sources[0], opened_on=None),))
    monkeypatch.setattr(witness_pages, "measure", lambda id: unopened)
    assert "Nobody has opened a source for this yet." in page(browser, f"/en/witness/measures/{unopened.id}/")


def test_an_unknown_measure_platform_or_file_is_not_found(browser):
    for path in ("measures/none/", "moderation/none/", "measures.xml"):
        page(browser, f"/en/witness/{path}", 404)


def test_a_filter_narrows_the_list_and_a_broken_one_does_no_harm(browser):
    payment = sum(one.codes["actor"] == "payment" for one in measures().values())
    assert f"{payment} measures" in page(browser, "/en/witness/measures/?actor=payment")
    assert "0 measures" in page(browser, "/en/witness/measures/?actor=<script>")
    assert (
        "<script>"
        not in page(browser, "/en/witness/measures/?q=<script>alert(1)</script>").split("<main", 1)[1]
    )
    page(browser, "/en/witness/measures/?year=²&page=x")


def test_the_next_page_keeps_the_filter(browser):
    text = page(browser, "/en/witness/measures/?actor=state")
    assert "actor=state&amp;page=2" in text


@pytest.mark.parametrize("kind", ["csv", "json", "jsonld"])
def test_the_ledger_is_there_as_a_file(browser, kind):
    text = page(browser, f"/en/witness/measures.{kind}")
    assert "creativecommons.org/licenses/by/4.0" in text
    if kind != "csv":
        json.loads(text)


def test_from_a_platform_one_gets_to_the_reasons_in_one_press(browser):
    text = page(browser, "/en/witness/moderation/instagram/")
    assert 'name="door" value="account"' in text
    answer = browser.post("/en/n/", {"door": "account"})
    assert answer.status_code == 200


def test_a_platform_stands_with_counts_caveats_and_room_for_its_reply(browser):
    text = page(browser, "/en/witness/moderation/parship/")
    assert "29,884" in text
    assert "Zero means never labelled so." in text
    assert "Its reply will stand here." in text


def test_every_platform_has_its_page(browser):
    for slug in record.published().platforms:
        page(browser, f"/en/witness/moderation/{slug}/")


def test_a_server_does_not_lead_to_the_coding_pages(browser):
    assert "/witness/coding/" not in page(browser, "/en/witness/codebook/")
    door.set_local(door.Door(secrets_in={"hers"}))
    browser.cookies[cookies.DOOR] = "hers"
    assert "/witness/coding/" in page(browser, "/en/witness/codebook/")


def test_the_page_of_a_service_leads_to_its_record(browser):
    assert 'href="/en/witness/moderation/instagram/"' in page(browser, "/en/services/instagram/")
    assert "/witness/moderation/" not in page(browser, "/en/services/erome/").split("<main", 1)[1]
