"""A browser as Django's test client: it sends what real browsers send with their own forms."""

from collections.abc import Iterator

import pytest
from django.test import Client

from amparo.web import door

ORIGIN = "http://testserver"


@pytest.fixture(autouse=True)
def _here(settings) -> Iterator[None]:
    settings.HOSTS = ["testserver"]
    yield
    door.set_local(None)


class Browser(Client):
    """Posts with the Origin and Fetch-Metadata of a form on our own page; shows our own 500 page."""

    def __init__(self) -> None:
        super().__init__(raise_request_exception=False, HTTP_HOST="testserver")

    def post(self, path, data=None, **extra):
        headers = {"origin": ORIGIN, "sec-fetch-site": "same-origin"} | (extra.pop("headers", None) or {})
        return super().post(path, data, headers=headers, **extra)


@pytest.fixture
def browser() -> Browser:
    return Browser()
