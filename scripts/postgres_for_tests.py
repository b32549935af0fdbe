"""A PostgreSQL that is made for a test and thrown away: socket in a temporary folder, no network, no fsync.

python scripts/postgres_for_tests.py        prints its address and keeps it until Ctrl-C
"""

import contextlib
import getpass
import glob
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

USER = "postgres"


def programs() -> Path | None:
    """Gives the folder with initdb and pg_ctl, the newest version first, or None."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=_version, reverse=True)
    if found:
        return Path(found[0]).parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def _version(path: str) -> float:
    name = Path(path).parts[-3]
    return float(name) if name.replace(".", "", 1).isdigit() else 0.0


@contextlib.contextmanager
def cluster() -> Iterator[Path]:
    """Gives the socket folder of a running cluster (user `postgres`, database `postgres`, no password)."""
    where = programs()
    if where is None:
        raise FileNotFoundError("PostgreSQL is not installed: apt-get install postgresql")
    home = Path(tempfile.mkdtemp(prefix="amparo-postgres-"))
    home.chmod(0o755)
    data, socket = home / "data", home / "socket"
    for place in (data, socket):
        place.mkdir()
        _hand_over(place)
    try:
        _run(where / "initdb", "-D", data, "-A", "trust", "-U", USER, "-E", "UTF8", "--locale=C.UTF-8", "-N")
        options = f"-k {socket} -c listen_addresses= -c fsync=off -c full_page_writes=off"
        _run(where / "pg_ctl", "-w", "-D", data, "-l", data / "log", "start", "-o", options)
        try:
            yield socket
        finally:
            _run(where / "pg_ctl", "-w", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def address(socket: Path, database: str = "postgres") -> str:
    """Gives the value for AMPARO_DATABASE."""
    return f"postgresql://{USER}@{quote(str(socket), safe='')}/{database}"


def _hand_over(place: Path) -> None:
    """initdb refuses root, so root gives the folder to the system's own `postgres` user."""
    place.chmod(0o700 if place.name == "data" else 0o755)
    if os.geteuid() == 0:
        shutil.chown(place, USER, USER)


def _run(*command: object) -> None:
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["runuser", "-u", USER, "--", *words]
    done = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/", timeout=60)
    if done.returncode:
        raise RuntimeError(f"{words[-1]}: {done.stderr.decode('utf-8', 'replace')[-2000:]}")


if __name__ == "__main__":
    with cluster() as here, contextlib.suppress(KeyboardInterrupt):
        print(address(here), "started by", getpass.getuser(), flush=True)
        while True:
            time.sleep(3600)
