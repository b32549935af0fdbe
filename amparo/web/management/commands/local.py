"""Runs the local app: one process on 127.0.0.1, behind a single-use address. `amparo` alone calls it."""

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.core.wsgi import get_wsgi_application

from amparo.errors import CouldNot
from amparo.web import door
from amparo.web.serving import server_on
from amparo.words import words


class Command(BaseCommand):
    """Serves until it is stopped; `ready(port, new_address)` is called once before."""

    help = "Runs the local app."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=0)
        parser.add_argument("--wanted", type=int, default=0)
        parser.add_argument("--now", default=None)
        parser.add_argument("--ready", default=None)

    def handle(self, *args: Any, **options: Any) -> None:
        server = listen(asked=options["port"], last=options["wanted"])
        host = f"127.0.0.1:{server.effective_port}"
        settings.HOSTS = [host]
        settings.HTTPS = False
        settings.NOW = options["now"]
        here = door.Door()
        door.set_local(here)

        def new_address() -> str:
            return f"http://{host}/o/{here.new_token(settings.NOW or datetime.now(UTC))}"

        ready: Callable[[int, Callable[[], str]], None] = options["ready"]
        ready(server.effective_port, new_address)
        try:
            server.run()
        finally:
            door.set_local(None)
            server.close()


def listen(*, asked: int, last: int) -> Any:
    """Gives a server on the port asked for, or else on last time's, or else on any free one.

    Raises CouldNot where the port asked for is taken.
    """
    application = get_wsgi_application()
    if asked:
        try:
            return server_on(application, port=asked)
        except OSError as error:
            raise CouldNot(
                words("Port {port} is in use by another program.", port=str(asked)),
                words("Leave out --port, and a free one is taken."),
            ) from error
    try:
        return server_on(application, port=last)
    except OSError:
        return server_on(application, port=0)
