"""Small web archives made by program."""

import io
from collections.abc import Iterable
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

TYPES = {b"\xff\xd8": "image/jpeg", b"\x89P": "image/png", b"<h": "text/html"}


def archive(path: Path, bodies: Iterable[bytes], *, page: str | None = None) -> Path:
    """Writes a response for each body, https://example.org/0 and on; with `page` the request before it."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        for number, body in enumerate(bodies):
            address = f"https://example.org/{number}"
            if page is not None:
                asked = StatusAndHeaders("GET / HTTP/1.1", [("Referer", page)], is_http_request=True)
                writer.write_record(writer.create_warc_record(address, "request", http_headers=asked))
            kind = TYPES.get(body[:2], "application/octet-stream")
            headers = [("Content-Type", kind), ("Content-Length", str(len(body)))]
            answer = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=answer)
            )
    return path
