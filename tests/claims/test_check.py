"""Look again: what a pasted page tells, and what only looks gone."""

import pytest

from amparo.claims import check


@pytest.mark.parametrize(
    ("pasted", "state"),
    [
        ("404 Not Found", "removed"),
        ("This video has been removed at the request of the person shown", "soft_404"),
        ("Cette vidéo a été supprimée", "soft_404"),
        ("El vídeo ha sido eliminado", "soft_404"),
        ("لم يعد متاحا", "soft_404"),
        ("This content isn't available in your country", "geo_blocked"),
        ("Error 451 Unavailable For Legal Reasons", "geo_blocked"),
        ("Log in to continue to Instagram", "login_wall"),
        ("My holiday 1:02:03 | 4K views", "unclear"),
    ],
)
def test_a_page_tells_its_state(pasted, state):
    assert check.read(pasted) == state


def test_what_was_gone_and_is_there_came_back():
    assert check.settled("removed", "there") == "came_back"
    assert check.settled("there", "there") == "there"
    assert check.settled(None, "there") == "there"


def test_pasted_results_tell_which_places_search_still_shows():
    places = ("https://a.example.org/1", "https://b.example.org/2", "mail@c.example.org")
    assert check.read_results("Results: www.a.example.org/1?utm_source=g", places) == {
        "https://a.example.org/1": "there",
        "https://b.example.org/2": "delisted",
    }


def test_every_state_says_what_it_means():
    for one in check.STATES.values():
        assert str(one.says)
        assert str(one.means).endswith(".")
    assert check.GONE.isdisjoint(check.HIDDEN)
