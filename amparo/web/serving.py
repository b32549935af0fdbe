"""The web server inside the local app (waitress): bodies in memory only, strict headers on its own errors."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.http import parse_cookie
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.receiver import ChunkedReceiver, FixedStreamReceiver
from waitress.server import BaseWSGIServer, create_server
from waitress.task import ErrorTask

from amparo.web import cookies, door
from amparo.web.headers import NOT_FOUND_BY_SEARCH, STRICT
from amparo.web.uploads import FORM_BYTES, PICTURES_BYTES

MORE_THAN_EVER_BUFFERED = 2**31 - 1  # waitress spools larger bodies to a temporary file: so never
MOST_RECEIVED = 2**30
MOST_CONNECTIONS = 900  # poll, not select: a hundred idle ones must not keep her out


class _Beginning:
    """A buffer that keeps only the beginning of a body: the fields that a form puts before its files."""

    def __init__(self, most_bytes: int = FORM_BYTES) -> None:
        self.kept = BytesIO()
        self.most_bytes = most_bytes

    def append(self, data: bytes) -> None:
        self.kept.write(data[: max(0, self.most_bytes - self.kept.tell())])

    def getfile(self) -> BytesIO:
        self.kept.seek(0)
        return self.kept

    def __len__(self) -> int:
        return self.kept.tell()

    def close(self) -> None:
        self.kept.close()


class _Parser(HTTPRequestParser):
    """Lets a body that is too large pass by and keeps only its beginning.

    The browser can then show the page that says so, with what she gave before; a closed connection would show
    the browser's own error, and no next step. Nothing is kept of a body from somebody who was not let in:
    other programs, and pages of other sites in her browser, could fill this machine's memory with theirs.
    """

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if self.body_rcv is None:  # type: ignore[has-type]  # waitress names no type
            return
        most_bytes = FORM_BYTES if self._let_in() else 0
        if self.chunked:  # no browser sends a form in chunks
            self.body_rcv = ChunkedReceiver(_Beginning(most_bytes))
        elif self.content_length > PICTURES_BYTES or not most_bytes:
            self.body_rcv = FixedStreamReceiver(self.content_length, _Beginning(most_bytes))

    def _let_in(self) -> bool:
        keeper = door.local()
        if keeper is None:
            return True
        given = parse_cookie(self.headers.get("COOKIE", ""))
        return keeper.knows(given.get(cookies.DOOR))


class _ErrorTask(ErrorTask):
    """waitress' own refusals (a broken request, too long headers) carry the strict headers too."""

    def execute(self) -> None:
        self.response_headers.extend({**STRICT, "X-Robots-Tag": NOT_FOUND_BY_SEARCH}.items())
        super().execute()


class _Channel(HTTPChannel):
    parser_class = _Parser
    error_task_class = _ErrorTask


def server_on(application: Callable[..., Any], *, port: int, threads: int = 8) -> BaseWSGIServer:
    """Gives a server on 127.0.0.1; port 0 takes a free one (`effective_port`). OSError when it is taken."""
    server = create_server(
        application,
        host="127.0.0.1",
        port=port,
        threads=threads,
        ident=None,
        inbuf_overflow=MORE_THAN_EVER_BUFFERED,
        outbuf_overflow=MORE_THAN_EVER_BUFFERED,
        outbuf_high_watermark=MORE_THAN_EVER_BUFFERED,
        max_request_body_size=MOST_RECEIVED,
        max_request_header_size=32_768,
        channel_timeout=30,
        connection_limit=MOST_CONNECTIONS,
        asyncore_use_poll=True,
        log_socket_errors=False,
    )
    server.channel_class = _Channel
    return server
