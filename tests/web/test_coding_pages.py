"""Coding measures in the local app: a round is drawn, coded blind, and compared when both are done."""

import pytest

from amparo.web import cookies, door
from amparo.witness import coding
from tests.witness.test_coding import TIP_LINE

AT = "/en/witness/coding/"


@pytest.fixture
def folder(browser, tmp_path, settings):
    settings.DATA = tmp_path
    door.set_local(door.Door(secrets_in={"hers"}))
    browser.cookies[cookies.DOOR] = "hers"
    browser.post(AT, {"do": "draw", "round": "round-one", "n": "3", "seed": "7"})
    return tmp_path / "witness" / "round-one"


def codes(**other):
    return {f"c-{name}": value for name, value in (TIP_LINE | other).items() if value is not None}


def code_all(browser, folder, coder, **other):
    for one in coding.left(folder, coder):
        given = {"do": "code", "round": "round-one", "coder": coder, "measure": one.id}
        answer = browser.post(AT, given | codes(place="RO, FR", **other))
    return answer.content.decode()


def test_a_round_is_drawn_from_our_own_ledger_and_says_it_is_no_sample(folder):
    sample = coding.sample_of(folder)
    assert len(sample.measures) == 3
    assert "no sample" in sample.frame


def test_a_pasted_frame_is_drawn_from(browser, folder):
    frame = "id,name,stratum,url\n" + "\n".join(f"m{n},Measure {n},state," for n in range(9))
    browser.post(AT, {"do": "draw", "round": "two", "n": "4", "seed": "1", "frame": frame})
    assert coding.sample_of(folder.parent / "two").frame_size == 9


def test_one_measure_after_the_other_until_all_are_coded(browser, folder):
    first = browser.post(AT, {"do": "code", "round": "round-one", "coder": "coder-one"}).content.decode()
    assert "0 of 3 are coded." in first
    assert "All are coded" in code_all(browser, folder, "coder-one")
    kept = next(iter(coding.codes_of(folder, "coder-one").values()))
    assert kept["place"] == ["RO", "FR"]
    assert kept["start"] == 2014


def test_what_was_chosen_is_kept_when_a_field_is_missing(browser, folder):
    measure = coding.left(folder, "coder-one")[0].id
    given = codes(place="RO")
    del given["c-remedy"]
    answer = browser.post(
        AT, {"do": "code", "round": "round-one", "coder": "coder-one", "measure": measure} | given
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "remedy: missing" in text
    assert 'name="c-control" value="state" checked' in text
    assert coding.codes_of(folder, "coder-one") == {}


def test_codes_are_compared_only_when_both_are_done(browser, folder):
    code_all(browser, folder, "coder-one")
    early = browser.post(AT, {"do": "compare", "round": "round-one"})
    assert early.status_code == 422
    code_all(browser, folder, "coder-two", remedy="report_only")
    found = browser.post(AT, {"do": "compare", "round": "round-one"}).content.decode()
    assert "none / report_only" in found


def test_who_is_not_done_is_named_and_does_not_hold_up_the_others(browser, folder):
    code_all(browser, folder, "coder-one")
    code_all(browser, folder, "coder-two", remedy="report_only")
    measure = coding.left(folder, "typo")[0].id
    given = {"do": "code", "round": "round-one", "coder": "typo", "measure": measure}
    browser.post(AT, given | codes(place="RO"))
    found = browser.post(AT, {"do": "compare", "round": "round-one"}).content.decode()
    assert "<bdi>typo</bdi>" in found
    assert "none / report_only" in found


def test_after_comparing_the_page_keeps_no_code_and_says_so(browser, folder):
    for coder in ("coder-one", "coder-two"):
        code_all(browser, folder, coder)
    browser.post(AT, {"do": "compare", "round": "round-one"})
    answer = browser.post(AT, {"do": "code", "round": "round-one", "coder": "coder-one"})
    assert answer.status_code == 422
    assert "can no longer be changed" in answer.content.decode()


def test_a_year_that_is_none_is_told_and_not_left_out(browser, folder):
    measure = coding.left(folder, "coder-one")[0].id
    given = {"do": "code", "round": "round-one", "coder": "coder-one", "measure": measure}
    answer = browser.post(AT, given | codes(place="RO", start="20144"))
    assert "no year from 1900 to 2100: 20144" in answer.content.decode()


@pytest.mark.parametrize("frame", ["x" * 200_000, "m1,Measure,state,javascript:alert(1)"])
def test_a_pasted_frame_that_cannot_be_taken_is_told(browser, folder, frame):
    given = {"do": "draw", "round": "two", "n": "1", "seed": "1", "frame": f"id,name,stratum,url\n{frame}"}
    assert browser.post(AT, given).status_code == 422
    assert not (folder.parent / "two").exists()


@pytest.mark.parametrize("name", ["../up", "", "Round One", "x" * 60])
def test_a_round_never_leaves_its_folder(browser, folder, name):
    answer = browser.post(AT, {"do": "draw", "round": name, "n": "3", "seed": "7"})
    assert answer.status_code == 422
    assert [found.name for found in folder.parent.iterdir()] == ["round-one"]


def test_on_a_server_there_is_no_such_page(browser):
    assert browser.get(AT).status_code == 404
