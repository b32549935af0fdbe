"""Every answer carries the strict headers, whatever its status."""

import pytest

from amparo.web import headers

PUBLIC = ["/en/", "/fr/help/", "/ar/kept/"]
EVERY = [
    ("GET", "/", 302),
    ("GET", "/en/", 200),
    ("GET", "/es/help/", 200),
    ("GET", "/fr/kept/", 200),
    ("GET", "/en/n/", 302),
    ("GET", "/blank", 200),
    ("GET", "/exit", 303),
    ("GET", "/static/look/look.css", 200),
    ("GET", "/static/look/page.js", 200),
    ("GET", "/en/nothing-here/", 404),
    ("GET", "/static/nothing.css", 404),
    ("POST", "/en/n/", 200),
    ("POST", "/en/", 405),
    ("PUT", "/en/", 405),
    ("OPTIONS", "/en/n/", 405),
]


@pytest.mark.parametrize(("method", "path", "status"), EVERY)
def test_every_answer_is_strict(browser, method, path, status):
    response = browser.post(path) if method == "POST" else browser.generic(method, path)
    assert response.status_code == status
    for name, value in headers.STRICT.items():
        assert response[name] == value, name


def test_a_wrong_host_is_answered_with_strict_headers_too(browser):
    response = browser.get("/en/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert response["Content-Security-Policy"] == headers.STRICT["Content-Security-Policy"]
    assert b"evil.example" not in response.content


def test_our_own_mistake_is_answered_with_strict_headers_and_no_detail(browser, monkeypatch):
    def fail(*_, **__):
        raise ValueError("Ana Belém")

    monkeypatch.setattr("amparo.web.public.render", fail)
    response = browser.get("/en/")
    assert response.status_code == 500
    assert response["Cache-Control"] == "no-store"
    assert b"It is not your mistake" in response.content
    assert "Ana Belém" not in response.content.decode()


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere():
    policy = headers.STRICT["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    for loose in ("unsafe", "data:", "blob:", "http", "*"):
        assert loose not in policy


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_may_be_found_and_set_no_cookie(browser, path):
    response = browser.get(path)
    assert response["X-Robots-Tag"] == "all"
    assert not response.cookies


def test_private_pages_are_kept_out_of_search(browser):
    assert "noindex" in browser.post("/en/n/", {"door": "online"})["X-Robots-Tag"]


def test_behind_tls_the_browser_is_told_to_stay_there(browser, settings):
    settings.HTTPS = True
    assert "max-age" in browser.get("/en/")["Strict-Transport-Security"]
