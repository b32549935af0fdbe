"""One day's dump: a zip of zips of CSV files, with its checksum in a `.sha1` file beside."""

import hashlib
import io
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from amparo.errors import CouldNot, Refused, WrongUse
from amparo.witness.dsa.published import schema
from amparo.words import words

NAME = re.compile(r"^sor-(?P<slug>[a-z0-9][a-z0-9-]*)-(?P<day>\d{4}-\d\d-\d\d)-(?P<kind>full|light)\.zip$")
WHOLE = "global"  # the slug of the dump that holds every platform
BLOCK = 4 << 20
HEAD_BYTES = 100_000
CSV_BYTES = 2 << 30  # an inner file of 100,000 statements is about 90 MB


@dataclass(frozen=True)
class Dump:
    """A dump file by its name: the platform's slug (`global`: all), the day, `full` or `light`."""

    path: Path
    slug: str
    day: date
    kind: str


def named(path: Path) -> Dump:
    """Gives what the file's name says. Raises Refused for any other name."""
    found = NAME.match(path.name)
    if found is None:
        raise Refused(
            words("{name} is not named like a daily dump.", name=path.name),
            words("Keep the name it was published under, like sor-global-2025-08-01-light.zip."),
        )
    try:
        day = date.fromisoformat(found["day"])
    except ValueError:
        raise Refused(
            words("{name} names a day that does not exist.", name=path.name),
            words("Keep the name it was published under, like sor-global-2025-08-01-light.zip."),
        ) from None
    return Dump(path, found["slug"], day, found["kind"])


def found_in(given: Iterable[str]) -> list[Path]:
    """Gives the dumps of files and folders, each once, by day; a folder is not searched below."""
    paths: list[Path] = []
    for one in map(Path, given):
        if not one.exists():
            raise CouldNot(words("{name} is not there.", name=str(one)), words("Look at how it is written."))
        paths += sorted(one.glob("sor-*.zip")) if one.is_dir() else [one]
    if not paths:
        raise WrongUse(
            words("No dump was found."), words("Give files named sor-….zip, or the folder they lie in.")
        )
    return sorted(dict.fromkeys(paths), key=lambda path: (path.name.split("-20")[-1], path.name))


def checksum(path: Path) -> str:
    """Gives the SHA-1 of the file, as the publisher writes it beside each dump."""
    digest = hashlib.sha1(usedforsecurity=False)
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def checked(path: Path) -> tuple[str, bool]:
    """Gives (SHA-1, whether the published one was there to compare). Raises Refused where they differ."""
    digest = checksum(path)
    beside = path.with_name(path.name + ".sha1")
    if not beside.exists():
        return digest, False
    published = beside.read_text(encoding="utf-8", errors="replace").split()
    if not published or published[0].lower() != digest:
        raise Refused(
            words("{name} is not the file that was published: its checksum differs.", name=path.name),
            words("Fetch it again. Nothing of it was counted."),
        )
    return digest, True


def unpacked(dump: Dump, folder: Path) -> Iterator[tuple[str, Path]]:
    """Gives (name, where it was unpacked) of each CSV inside. Raises Refused for a broken file."""
    try:
        with zipfile.ZipFile(dump.path) as outer:
            for number, (archive, name) in enumerate(_tables(outer)):
                if archive.getinfo(name).file_size > CSV_BYTES:
                    raise _broken(dump)
                path = folder / f"{number}.csv"
                with archive.open(name) as source, path.open("wb") as target:
                    shutil.copyfileobj(source, target, BLOCK)
                yield name, path
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise _broken(dump) from error


def _tables(outer: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipFile, str]]:
    for part in outer.namelist():
        if part.endswith(".csv"):
            yield outer, part
        elif part.endswith(".zip"):
            if outer.getinfo(part).file_size > CSV_BYTES:
                raise zipfile.BadZipFile
            with zipfile.ZipFile(io.BytesIO(outer.read(part))) as inner:
                for name in inner.namelist():
                    yield inner, name


def _broken(dump: Dump) -> Refused:
    return Refused(
        words("{name} is broken or cut short.", name=dump.path.name),
        words("Fetch it again. Nothing of it was counted."),
    )


def columns(dump: Dump, table: Path) -> tuple[str, ...]:
    """Gives the columns of one CSV. Raises Refused when they are of no schema we know."""
    with table.open("rb") as file:
        head = file.readline(HEAD_BYTES)
    said = tuple(name.strip('"') for name in head.decode("utf-8-sig", "replace").strip().split(","))
    known = schema()
    whole = known.columns if dump.kind == "full" else known.light
    if said not in (whole, tuple(name for name in whole if name not in known.came_later)):
        new = [name for name in said if name not in whole]
        gone = [name for name in whole if name not in said and name not in known.came_later]
        raise Refused(
            words(
                "{name} has other columns than the schemas we know (new: {new}; missing: {gone}).",
                name=dump.path.name,
                new=", ".join(new) or "-",
                gone=", ".join(gone) or "-",
            ),
            words(
                "It may be of a newer schema. Add that to schema.yaml with its source. Nothing was counted."
            ),
        )
    return said
