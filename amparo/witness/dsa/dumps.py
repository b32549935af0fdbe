"""One day's dump: a zip of zips of CSV files, with its checksum in a `.sha1` file beside."""

import hashlib
import io
import os
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
INNER_BYTES = 512 << 20  # an inner zip is held in memory
NAMED_IN = re.compile(r"sor-[a-z0-9-]+\.zip")
AS_PUBLISHED = words("Keep the name it was published under, like sor-global-2025-08-01-light.zip.")
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
            AS_PUBLISHED,
        )
    try:
        day = date.fromisoformat(found["day"])
    except ValueError:
        raise Refused(
            words("{name} names a day that does not exist.", name=path.name),
            AS_PUBLISHED,
        ) from None
    return Dump(path, found["slug"], day, found["kind"])


def found_in(given: Iterable[str]) -> list[Path]:
    """Gives the dumps of files and folders, each once, by day; a folder is not searched below."""
    paths: list[Path] = []
    for one in map(Path, given):
        if not os.path.lexists(one):
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


def checked(dump: Dump) -> tuple[str, bool]:
    """Gives (SHA-1, whether the published one was there to compare). Raises Refused where they differ."""
    path = dump.path
    digest = checksum(path)
    beside = path.with_name(path.name + ".sha1")
    if not beside.exists():
        return digest, False
    said = beside.read_text(encoding="utf-8-sig", errors="replace")
    if digest not in said.lower().split():
        raise Refused(
            words("{name} is not the file that was published: its checksum differs.", name=path.name),
            words("Fetch it again. Nothing of it was counted."),
        )
    names = NAMED_IN.findall(said)
    if names and path.name not in names:
        raise Refused(
            words("The checksum beside {name} is that of {other}.", name=path.name, other=names[0]),
            AS_PUBLISHED,
        )
    return digest, True


def unpacked(dump: Dump, folder: Path) -> Iterator[tuple[str, Path]]:
    """Gives (name, where it was unpacked) of each CSV inside. Raises Refused for a broken file, or none."""
    found = False
    try:
        with zipfile.ZipFile(dump.path) as outer:
            for number, (archive, name) in enumerate(_tables(outer)):
                if archive.getinfo(name).file_size > CSV_BYTES:
                    raise broken(dump.path)
                path = folder / f"{number}.csv"
                with archive.open(name) as source, path.open("wb") as target:
                    shutil.copyfileobj(source, target, BLOCK)
                found = True
                yield name, path
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise broken(dump.path) from error
    if not found:
        raise Refused(
            words("{name} holds no table.", name=dump.path.name),
            words("Fetch it again. Nothing of it was counted."),
        )


def _tables(outer: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipFile, str]]:
    for part in _named(outer, ".csv", ".zip"):
        if part.lower().endswith(".csv"):
            yield outer, part
            continue
        if outer.getinfo(part).file_size > INNER_BYTES:
            raise zipfile.BadZipFile
        with zipfile.ZipFile(io.BytesIO(outer.read(part))) as inner:
            for name in _named(inner, ".csv"):
                yield inner, name


def _named(archive: zipfile.ZipFile, *suffixes: str) -> list[str]:
    """Gives the files of these kinds, without what macOS adds beside each."""
    return [
        name
        for name in archive.namelist()
        if name.lower().endswith(suffixes)
        and not name.startswith("__MACOSX/")
        and not name.rpartition("/")[2].startswith("._")
    ]


def broken(path: Path) -> Refused:
    """Gives the error for a file that cannot be read whole."""
    return Refused(
        words("{name} is broken or cut short.", name=path.name),
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
