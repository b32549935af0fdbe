"""Reads a PDF in a process of its own: bytes on standard input, its pages as one JSON list out.

Started as a file (not imported) by wording_input, with limits on memory and time: a hostile file ends this
process and nothing else. Exit 4: encrypted; 5: too many pages; 6: too much text; other: cannot be read.
"""

import contextlib
import io
import json
import sys

MEMORY = 1 << 30  # bytes
ENCRYPTED, TOO_MANY, TOO_LONG = 4, 5, 6


def main(pages_most: int, signs_most: int, seconds: int) -> int:
    """Writes the text of each page; gives the exit code."""
    _limited(seconds)
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()))
    if reader.is_encrypted and not reader.decrypt(""):
        return ENCRYPTED
    if len(reader.pages) > pages_most:
        return TOO_MANY
    pages: list[str] = []
    for page in reader.pages:
        pages.append(page.extract_text() or "")
        if sum(map(len, pages)) > signs_most:
            return TOO_LONG
    sys.stdout.write(json.dumps(pages))
    return 0


def _limited(seconds: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


if __name__ == "__main__":
    import logging

    logging.disable()  # what a broken file makes pypdf say could hold its words
    sys.exit(main(*(int(one) for one in sys.argv[1:4])))
