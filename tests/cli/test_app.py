"""`amparo` alone: a private folder, one process, one single-use address."""

import os
import signal
import stat
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from amparo.cli import app
from amparo.errors import CouldNot


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    begun: list[subprocess.Popen[str]] = []

    def run(*options: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "amparo", "--no-browser", "--data", str(tmp_path / "data"), *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
        )
        begun.append(process)
        return process

    yield run
    for process in begun:
        if process.poll() is None:
            process.kill()
        process.communicate()


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def status_of(address: str) -> int:
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    try:
        return int(opener.open(address, timeout=10).status)
    except urllib.error.HTTPError as error:
        return error.code


def test_the_first_line_is_an_address_that_works_once(start, tmp_path):
    process = start()
    address = first_line(process)
    assert address.startswith("http://127.0.0.1:")
    assert status_of(address) == 200
    assert status_of(address) == 403
    assert status_of("/".join(address.split("/")[:3]) + "/en/") == 403
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    for file in (tmp_path / "data").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly(start, by):
    process = start()
    first_line(process)
    process.send_signal(by)
    assert process.wait(timeout=15) == 0
    assert process.communicate()[1] == ""


def test_a_second_one_says_where_the_first_runs(start):
    first = start()
    origin = "/".join(first_line(first).split("/")[:3])
    second = start()
    out, err = second.communicate(timeout=30)
    assert second.returncode == 3
    assert out == ""
    assert f"Amparo is already running, at {origin}/." in err
    assert "press Enter where it runs" in err


def test_the_port_stays_the_same_and_the_lock_ends_with_the_process(start):
    first = start()
    origin = "/".join(first_line(first).split("/")[:3])
    first.kill()
    first.wait(timeout=10)
    again = start()
    assert "/".join(first_line(again).split("/")[:3]) == origin


def test_a_port_in_use_is_told(start, tmp_path):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = start("--port", str(taken.getsockname()[1]))
        _, err = process.communicate(timeout=30)
    assert process.returncode == 3
    assert "is in use by another program" in err
    assert "Leave out --port" in err


def test_a_damaged_database_is_told_and_left_as_it_is(start, tmp_path):
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    damaged = b"this is not a database, but somebody's only copy " * 200
    (data / "amparo.sqlite3").write_bytes(damaged)
    process = start()
    _, err = process.communicate(timeout=30)
    assert process.returncode == 3
    assert "The saved records cannot be opened." in err
    assert "amparo restore FILE" in err
    assert (data / "amparo.sqlite3").read_bytes() == damaged


def test_a_folder_that_holds_other_things_is_not_closed_to_others(tmp_path):
    tmp_path.chmod(0o755)
    (tmp_path / "holiday.jpg").touch()
    with pytest.raises(CouldNot, match="holds other things"):
        app.private_folder(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_an_open_folder_of_ours_is_closed(tmp_path):
    (tmp_path / app.LOCK).touch()
    tmp_path.chmod(0o755)
    app.private_folder(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


@pytest.mark.parametrize("held", ["", "x", "80", "70000", "-1"])
def test_a_port_that_cannot_be_is_not_used_again(tmp_path, held):
    (tmp_path / app.LAST_PORT).write_text(held)
    assert app.last_port(tmp_path) == 0


def test_the_address_comes_as_json_when_asked(capsys):
    app.tell("http://127.0.0.1:1/o/x", as_json=True)
    assert capsys.readouterr().out == '{"address": "http://127.0.0.1:1/o/x"}\n'


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux")
def test_other_programs_of_the_same_person_cannot_read_its_memory(start):
    process = start()
    first_line(process)
    owner = Path(f"/proc/{process.pid}/mem").stat().st_uid
    limits = Path(f"/proc/{process.pid}/limits").read_text()
    assert owner == 0, "a process that may not be dumped belongs to root in /proc"
    assert "Max core file size        0                    0" in limits
