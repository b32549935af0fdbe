"""`amparo doctor`: what this machine does well, what it lacks, and what to do about it."""

import argparse
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from amparo import __version__, fingerprints
from amparo.cli.frame import data_folder, print_json
from amparo.words import Words, words

GOOD, NOTE, BAD = "good", "note", "bad"


@dataclass(frozen=True)
class Check:
    """One look at the machine: its name, how it is (good, note, bad), and what that means."""

    name: str
    state: str
    says: Words
    next: Words | None = None


def _folder(data: Path) -> Check:
    if not data.exists():
        return Check("data_folder", GOOD, words("There is no data folder yet. Nothing is stored."))
    mode = stat.S_IMODE(data.stat().st_mode)
    if mode & 0o077:
        return Check(
            "data_folder",
            BAD,
            words("Other accounts on this machine can open your data folder."),
            words("Run: chmod 700 {folder}", folder=data),
        )
    return Check("data_folder", GOOD, words("Only your account can open the data folder."))


def _space(data: Path) -> Check:
    there = next(folder for folder in (data, *data.parents) if folder.exists())
    free_mib = shutil.disk_usage(there).free // 2**20
    if free_mib < 200:
        return Check(
            "disk_space",
            BAD,
            words("Only {mib} MiB are free on this disk.", mib=free_mib),
            words("Make room before you save anything more."),
        )
    return Check("disk_space", GOOD, words("There is enough room on the disk."))


def _decoder(_: Path) -> Check:
    protection = fingerprints.protection()
    if protection.level == "full":
        return Check("decoder", GOOD, protection.words)
    return Check(
        "decoder", NOTE, protection.words, words("Pictures are still never read in the main program.")
    )


def _swap(_: Path) -> Check:
    swaps = Path("/proc/swaps")
    if not swaps.exists():
        return Check("swap", NOTE, words("We cannot see whether this system writes memory to disk."))
    lines = swaps.read_text(encoding="utf-8").splitlines()[1:]
    plain = [line for line in lines if not line.startswith(("/dev/dm-", "/dev/zram"))]
    if plain:
        return Check(
            "swap",
            NOTE,
            words("This machine may write memory to an unencrypted swap area."),
            words("Encrypt the whole disk, or switch swap off: sudo swapoff -a"),
        )
    return Check("swap", GOOD, words("Memory is not written to an unencrypted disk."))


def _disk(data: Path) -> Check:
    there = next(folder for folder in (data, *data.parents) if folder.exists())
    findmnt = shutil.which("findmnt")
    if findmnt is None:
        return Check("disk_encryption", NOTE, words("We cannot see whether the whole disk is encrypted."))
    source = subprocess.run(  # noqa: S603 -- a fixed program, and a folder as its own argument
        [findmnt, "-no", "SOURCE", "--target", str(there)], capture_output=True, text=True, timeout=10
    ).stdout.strip()
    if source.startswith(("/dev/mapper/", "/dev/dm-")):
        return Check("disk_encryption", GOOD, words("The disk looks encrypted as a whole."))
    return Check(
        "disk_encryption",
        NOTE,
        words("The disk does not look encrypted as a whole. Your space is still sealed."),
        words("If you can, switch on disk encryption in the system's settings."),
    )


def _clock(_: Path) -> Check:
    if datetime.now(UTC).year < 2026:
        return Check(
            "clock", BAD, words("This machine's clock is wrong."), words("Set it: due dates depend on it.")
        )
    return Check("clock", GOOD, words("The clock looks right."))


def _versions(_: Path) -> Check:
    python = ".".join(map(str, sys.version_info[:3]))
    return Check(
        "versions",
        GOOD,
        words(
            "Amparo {amparo}, Python {python}, SQLite {sqlite}.",
            amparo=__version__,
            python=python,
            sqlite=sqlite3.sqlite_version,
        ),
    )


CHECKS: tuple[Callable[[Path], Check], ...] = (_versions, _folder, _space, _decoder, _swap, _disk, _clock)


def looks(data: Path) -> Iterator[Check]:
    """Gives every check of the machine, in order."""
    for check in CHECKS:
        yield check(data)


def arguments(parser: argparse.ArgumentParser) -> None:
    """`doctor` takes only the common options."""


def run(args: argparse.Namespace) -> int:
    """Shows each check; exit code 1 when something is bad."""
    found = list(looks(data_folder(args)))
    for check in found:
        if args.json:
            print_json({"check": check.name, "state": check.state, "says": check.says, "next": check.next})
        else:
            print(f"[{check.state:4}] {check.says}")
            if check.next:
                print(f"       {check.next}")
    return 1 if any(check.state == BAD for check in found) else 0
