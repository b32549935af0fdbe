"""Odd input on the command line: each is told in words, and no batch stops at it."""

import argparse
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from amparo.cli.frame import each, instant, port
from amparo.cli.main import main

PLACES = '"places": ["https://x.com/a"]'


def run(*words: str | bytes, given: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "amparo", *words],
        input=given,
        capture_output=True,
        timeout=60,
        env={"PATH": os.environ["PATH"], **env},
    )


@pytest.mark.parametrize("far", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "2201-01-01T00:00:00Z"])
def test_a_moment_that_no_calendar_reaches_is_refused(far):
    with pytest.raises(argparse.ArgumentTypeError, match="1900 to 2200"):
        instant(far)


@pytest.mark.parametrize("wrong", ["0", "-5", "65536", "99999", "²", "x", "9" * 5000])
def test_a_port_that_does_not_exist_is_refused(wrong):
    with pytest.raises(argparse.ArgumentTypeError):
        port(wrong)


def test_bytes_that_are_no_text_go_through_a_batch():
    done = run(
        "who", "--json", "-", given=b"\xff\xfe.com\nhttps://x.com/a\n", PYTHONIOENCODING="utf-8:strict"
    )
    refused, found = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert (set(refused), found["service"]) == ({"input", "error", "next"}, "x")


def test_a_file_name_that_is_no_text_is_told():
    done = run(b"plan", b"--json", b"\xff.json", PYTHONIOENCODING="utf-8:strict")
    assert done.returncode == 3
    assert "no such file" in json.loads(done.stdout)["error"]


@pytest.mark.parametrize("verb", [["plan"], ["letter", "--step", "1"], ["fingerprint", "--adult"]])
def test_a_zero_byte_in_a_name_stops_nothing(verb, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("a\0b\nnothing-here\n"))
    main([*verb, "--json", "-"])
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_standard_input_that_is_closed_is_nothing_given(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", None)
    assert main(["who", "--json", "-"]) == 2


def test_an_open_quotation_mark_is_told_and_the_others_go_on(capsys, monkeypatch):
    lines = 'eu/gdpr/access --received "2026\neu/gdpr/access --received 2026-01-31T10:00Z --place FR\n'
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    assert main(["due", "--json", "-"]) == 2
    wrong, found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert "quotation mark" in wrong["error"]
    assert found["answer_due"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_an_answer_that_finds_no_room_is_told():
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "amparo", "who", "--json", "https://x.com/a"],
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
        )
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("twice", ['"shown_under_18": "yes", "shown_under_18": "no"', f"{PLACES}, {PLACES}"])
def test_a_field_given_twice_is_refused(twice, tmp_path, capsys):
    file = tmp_path / "s.json"
    file.write_text(f'{{"published": "yes", {PLACES}, {twice}}}', encoding="utf-8")
    assert main(["plan", "--json", str(file)]) == 2
    assert "stands there twice" in capsys.readouterr().out


@pytest.mark.parametrize("descriptor", ["-1", "99", "99999999999999"])
def test_a_descriptor_that_does_not_exist_is_told(descriptor, tmp_path, capsys):
    done = run("backup", "--data", str(tmp_path), "--passphrase-fd", descriptor, str(tmp_path / "copy"))
    assert done.returncode == 2
    assert b"Nothing readable comes through descriptor" in done.stderr


def test_an_error_nobody_foresaw_shows_no_value_and_stops_nothing(capsys):
    def answer(given: str) -> dict[str, str]:
        if given == "bad":
            raise KeyError("her private name")
        return {"input": given}

    assert each(["bad", "good"], answer, as_json=True, show=print) == 3
    said = capsys.readouterr().out
    assert "KeyError at frame.py" in said
    assert "private" not in said
    assert json.loads(said.splitlines()[1]) == {"input": "good"}
