"""Many pictures: several boxes at work at a time, answers in the order asked."""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from amparo.fingerprints.fingerprint import Fingerprint, read_fingerprint
from amparo.fingerprints.reading import read_file

AT_ONCE = min(4, os.cpu_count() or 1)


def read_many(files: Iterable[str]) -> Iterator[tuple[str, "Future[Fingerprint]"]]:
    """Gives each file with its fingerprint to come, in order; `result()` raises what went wrong with it.

    Each picture has a box of its own: one that took over its worker cannot change what is said of the next.
    """
    with ThreadPoolExecutor(AT_ONCE) as boxes:
        ahead: deque[tuple[str, Future[Fingerprint]]] = deque()
        for file in files:
            ahead.append((file, boxes.submit(_read, file)))
            if len(ahead) > AT_ONCE:
                yield ahead.popleft()
        yield from ahead


def _read(file: str) -> Fingerprint:
    return read_fingerprint(read_file(Path(file)))
