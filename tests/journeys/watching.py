"""Watches what a program asks of the system (strace), so that "nothing was read" is seen, not believed."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

CALLS = "execve,openat,open,creat,mmap,write,writev,sendto,sendmsg,recvfrom"
WRITES = re.compile(r'open(?:at)?\(.*?"(?P<path>[^"]+)",[^)]*O_(?:WRONLY|RDWR|CREAT)[^)]*\)\s+= \d')


@dataclass(frozen=True)
class Trace:
    """What was watched, in one file for each process: `<file>.<pid>`."""

    file: Path

    @property
    def lines(self) -> list[str]:
        files = sorted(self.file.parent.glob(self.file.name + ".*"))
        return [line for one in files for line in one.read_text("latin-1").splitlines()]

    @property
    def programs(self) -> int:
        """Gives how many programs were started, the watched one included."""
        return sum(1 for line in self.lines if re.search(r"\bexecve\(.*\) = 0$", line))

    def touching(self, path: Path) -> list[str]:
        """Gives the calls that open or map a file, by its name."""
        return [line for line in self.lines if path.name in line and re.match(r"(open|mmap|creat)", line)]

    def carrying(self, mark: bytes) -> set[str]:
        """Gives the names of the calls that carried these bytes in or out."""
        return {line.split("(", 1)[0] for line in self.lines if mark.decode("latin-1") in line}

    @property
    def written(self) -> set[Path]:
        """Gives every file that was opened for writing."""
        found = (WRITES.search(line) for line in self.lines)
        return {Path(hit["path"]) for hit in found if hit}


def watched(folder: Path) -> tuple[tuple[str, ...], Trace]:
    """Gives the words to put before a command, and where its trace will be.

    The watcher is a grandchild (-D): signals reach the program itself. One file per process (-ff), so that no
    line is torn by another.
    """
    program = shutil.which("strace")
    assert program, "strace is missing: run ./test, which installs it (apt-get install strace)."
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "trace"
    words = (program, "-D", "-ff", "-y", "-s", "200000", "-e", f"trace={CALLS}", "-o", str(file))
    return words, Trace(file)
