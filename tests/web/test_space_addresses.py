"""Every address of a space, for every kind of visitor: a sane answer, strict headers, nothing given away."""

import pytest

from amparo.web.headers import STRICT
from amparo.web.space import urls
from tests.web.conftest import Browser
from tests.web.space_person import Person, quick, sofia

pytestmark = pytest.mark.django_db
__all__ = ["quick", "sofia"]

UNKNOWN = "0" * 32
OPEN_TO_ALL = ("new", "unlock", "recover", "lock", "keep")
# POST-only addresses and what a bare, empty form is answered with when the space is open.
ADDRESSES = [str(one.pattern) for one in urls.urlpatterns]


def path(pattern: str, case: str) -> str:
    return pattern.replace("<str:case_id>", case).replace("<str:request_id>", "r1")


@pytest.fixture
def case(sofia) -> str:
    return sofia.asked().rstrip("/").rpartition("/")[2]


@pytest.fixture
def visitors(sofia, case) -> dict[str, Person]:
    locked = Person(words=sofia.words)
    locked.unlock()
    locked.get("lock")
    stranger = Person(browser=Browser(), name="vera").make()
    return {"nobody": Person(), "locked": locked, "open": sofia, "other": stranger}


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("pattern", ADDRESSES)
def test_each_address_answers_each_visitor_sanely_under_strict_headers(visitors, case, pattern, method):
    for who, person in visitors.items():
        address = path(pattern, case)
        page = person.get(address) if method == "GET" else person.post(address)
        assert page.status in (200, 302, 303, 401, 405, 422, 400), (who, address, page.status)
        assert all(page.headers.get(name) == value for name, value in STRICT.items()), (who, address)
        assert page.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        if who != "open":
            assert "pornhub" not in page.html.lower(), (who, address)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("pattern", [one for one in ADDRESSES if "case_id" in one])
def test_the_case_of_somebody_else_and_one_that_never_was_are_answered_alike(visitors, case, pattern, method):
    stranger = visitors["other"]
    send = stranger.get if method == "GET" else stranger.post
    hers, nobodys = send(path(pattern, case)), send(path(pattern, UNKNOWN))
    assert (hers.status, hers.where.replace(case, UNKNOWN)) == (nobodys.status, nobodys.where)
    assert hers.html.replace(case, UNKNOWN) == nobodys.html
    assert hers.headers.keys() == nobodys.headers.keys()


@pytest.mark.parametrize("pattern", [one for one in ADDRESSES if one not in OPEN_TO_ALL])
def test_a_locked_space_shows_only_its_lock(visitors, case, pattern):
    page = visitors["locked"].get(path(pattern, case))
    assert page.status in (200, 405)
    if page.status == 200:
        assert page.heading == "Open my space"


@pytest.mark.parametrize("odd", ["x", "..", "%00", "a" * 500, "é", "' or 1=1 --", "0" * 31])
def test_odd_case_ids_are_answered_like_unknown_ones(sofia, odd):
    assert sofia.get(f"c/{odd}/").status in (404, 422)


def test_another_account_cannot_write_into_a_case(visitors, case):
    stranger = visitors["other"]
    before = visitors["open"].get(f"c/{case}/").text
    for path_, fields in (
        ("do", {"go": "note", "text": "x"}),
        ("do", {"go": "erase", "sure": "yes"}),
        ("reply", {"request": "r1", "go": "note", "kind": "done", "text": "x"}),
        ("gave", {"request": "r1", "go": "identity"}),
        ("again", {"s-0": "removed"}),
        ("mandate", {"go": "withdraw"}),
    ):
        assert stranger.post(f"c/{case}/{path_}", **fields).status == 422
    assert visitors["open"].get(f"c/{case}/").text == before


def test_a_handed_over_page_naming_somebody_elses_case_adds_nothing_to_it(visitors, case):
    state = visitors["open"].get(f"c/{case}/").values("state")[0]
    assert visitors["other"].post("keep", state=state).status == 422


def test_titles_and_addresses_say_nothing(sofia, case):
    for address in ("", "set", f"c/{case}/", f"c/{case}/r/r1", f"c/{case}/again", f"c/{case}/file"):
        assert "<title>Notes</title>" in sofia.get(address).html


def test_the_cookie_is_closed_to_scripts_and_other_sites_and_ends_with_the_window(sofia):
    cookie = sofia.browser.cookies["space"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert not cookie["max-age"]
    assert not cookie["expires"]


def test_a_form_from_another_site_changes_nothing(sofia, case):
    answer = sofia.browser.post(
        f"/en/s/c/{case}/do",
        {"go": "erase", "sure": "yes"},
        headers={"origin": "https://evil.example", "sec-fetch-site": "cross-site"},
    )
    assert answer.status_code == 403
    assert sofia.get(f"c/{case}/").status == 200
