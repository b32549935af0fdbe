"""Only our own pages may send a form, and only our own address is answered."""

import pytest
from django.test import Client

OURS = "http://testserver"
HOST = {"HTTP_HOST": "testserver"}


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver:81", "testserver.evil.example", "127.0.0.1", ""]
)
def test_a_foreign_host_is_refused(host):
    assert Client(HTTP_HOST=host).get("/en/").status_code == 400


@pytest.mark.parametrize(
    "sent",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": OURS, "sec-fetch-site": "cross-site"},
        {"origin": OURS, "sec-fetch-site": "same-site"},
        {"origin": "http://testserver:8000"},
        {"origin": "https://testserver"},
        {"sec-fetch-site": "none"},
        {"referer": "https://evil.example/?http://testserver/"},
        {"referer": "http://testserver.evil.example/"},
        {},
    ],
)
def test_a_form_from_elsewhere_is_stopped(sent):
    response = Client(**HOST).post("/en/n/", {"door": "online"}, headers=sent)
    assert response.status_code == 403
    assert b"Nothing was changed" in response.content


@pytest.mark.parametrize(
    "sent",
    [
        {"origin": OURS, "sec-fetch-site": "same-origin"},
        {"origin": OURS},
        {"sec-fetch-site": "same-origin"},
        {"referer": OURS + "/en/"},
    ],
)
def test_our_own_form_is_taken_also_from_an_old_browser(sent):
    assert Client(**HOST).post("/en/n/", {"door": "online"}, headers=sent).status_code == 200


def test_a_link_from_another_site_opens_a_page():
    sent = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert Client(**HOST).get("/en/", headers=sent).status_code == 200


@pytest.mark.parametrize(("mode", "dest"), [("no-cors", "image"), ("navigate", "iframe"), ("cors", "empty")])
def test_another_site_cannot_load_a_page_into_itself(mode, dest):
    sent = {"sec-fetch-site": "cross-site", "sec-fetch-mode": mode, "sec-fetch-dest": dest}
    assert Client(**HOST).get("/en/", headers=sent).status_code == 403


def test_behind_tls_only_the_secure_origin_is_ours(settings):
    settings.HTTPS, settings.HOSTS = True, ["amparo.example", "abc.onion"]
    secure, onion = Client(HTTP_HOST="amparo.example"), Client(HTTP_HOST="abc.onion")
    assert secure.post("/en/n/", headers={"origin": "http://amparo.example"}).status_code == 403
    assert secure.post("/en/n/", headers={"origin": "https://amparo.example"}).status_code == 200
    assert onion.post("/en/n/", headers={"origin": "http://abc.onion"}).status_code == 200
