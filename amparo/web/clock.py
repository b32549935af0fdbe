"""The moment a page reckons from."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest


def now(request: HttpRequest) -> datetime:
    """Gives this moment (UTC), or the one the program was started with (`--now`)."""
    return this_moment()


def this_moment() -> datetime:
    """Gives the same where there is no request: for files made from pages."""
    return settings.NOW or datetime.now(UTC).replace(microsecond=0)
