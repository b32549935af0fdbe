"""Many pictures from disk: read ahead a little, made small for matching, answered in the order asked."""

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from amparo.errors import AmparoError
from amparo.fingerprints.rasters import Raster, rasters
from amparo.fingerprints.reading import read_file


@dataclass(frozen=True)
class Taken:
    """One picture: the SHA-256 of its exact bytes, and its raster."""

    sha256: str
    raster: Raster


def read_many(files: Iterable[str]) -> Iterator[tuple[str, Taken | AmparoError]]:
    """Gives each file, in order, with its picture or the error that says why there is none."""
    asked: deque[tuple[str, str | AmparoError]] = deque()

    def untrusted() -> Iterator[bytes]:
        for file in files:
            try:
                content = read_file(Path(file))
            except AmparoError as error:
                asked.append((file, error))
                content = b""  # answered as empty, and that answer is not used
            else:
                asked.append((file, hashlib.sha256(content).hexdigest()))
            yield content

    for answer in rasters(untrusted()):
        file, known = asked.popleft()
        if isinstance(known, AmparoError):
            yield file, known
        else:
            yield file, answer if isinstance(answer, AmparoError) else Taken(known, answer)
