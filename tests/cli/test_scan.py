"""`amparo scan` finds what is hers in archives and folders, can be killed, and goes on."""

import gzip
import io
import json
import os
import signal
import subprocess
import sys
import time
from email.message import EmailMessage
from pathlib import Path

import pytest
from PIL import ImageOps

pytest.importorskip("fastwarc")

from tests.fingerprints.archives import archive
from tests.fingerprints.pictures import saved, scene

pytestmark = pytest.mark.slow

PAGE = b"<html>" + b"<p>words</p>" * 200


def jpeg(number: int, **options: object) -> bytes:
    return saved(scene(number, width=320, height=240), "JPEG", **options)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    for number in (1, 2):
        (folder / f"{number}.png").write_bytes(saved(scene(number), "PNG"))
    return folder


def edited(number: int) -> bytes:
    small = ImageOps.mirror(scene(number)).resize((300, 225))
    return saved(small, "JPEG", quality=70)


def command(mine: Path, data: Path, *given: object) -> list[str]:
    options = ["scan", "--adult", "--data", str(data), "--processes", "1", "--mine", str(mine), "--"]
    return [sys.executable, "-m", "amparo", *options, *map(str, given)]


def scan(mine: Path, *given: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command(mine, mine.parent / "data", *given), capture_output=True, timeout=120)


def found(ended: subprocess.CompletedProcess[bytes]) -> list[tuple[str, str]]:
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    return [(line["media_url"], Path(line["mine"]).name) for line in lines]


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_an_archive_gives_address_mine_and_score(mine, tmp_path, name):
    bodies = [jpeg(10), PAGE, edited(1), b"\xff\xd8\xff\xe0 cut", jpeg(11), saved(scene(2), "PNG")]

    ended = scan(mine, archive(tmp_path / name, bodies))

    assert ended.returncode == 0, ended.stderr
    assert found(ended) == [("https://example.org/2", "1.png"), ("https://example.org/5", "2.png")]
    assert all(0.5 <= json.loads(line)["score"] <= 1 for line in ended.stdout.splitlines())
    assert b"4 looked at, 2 found, 1 not readable" in ended.stderr


def test_the_page_that_asked_for_a_picture_is_told(mine, tmp_path):
    made = archive(tmp_path / "a.warc.gz", [jpeg(10), edited(1)], page="https://example.org/page")

    (line,) = [json.loads(line) for line in scan(mine, made).stdout.splitlines()]

    assert (line["url"], line["media_url"]) == ("https://example.org/page", "https://example.org/1")


def test_nothing_found_ends_with_1(mine, tmp_path):
    ended = scan(mine, archive(tmp_path / "a.warc.gz", [jpeg(10), jpeg(11)]))

    assert (ended.returncode, ended.stdout) == (1, b"")


def test_nothing_is_read_without_a_word_on_age(mine, tmp_path):
    made = archive(tmp_path / "a.warc.gz", [edited(1)])
    words = [word for word in command(mine, tmp_path / "data", made) if word != "--adult"]

    ended = subprocess.run(words, capture_output=True, timeout=60, stdin=subprocess.DEVNULL)

    assert ended.returncode == 2
    assert b"Nothing was read" in ended.stderr


def test_corrupted_records_are_passed_over_and_counted(mine, tmp_path):
    bodies = [jpeg(10), edited(1), jpeg(11), edited(2), jpeg(12)]
    made = archive(tmp_path / "a.warc.gz", bodies)
    starts = starts_of(made)
    content = bytearray(made.read_bytes())
    for at in range(starts[2] + 60, starts[2] + 400):
        content[at] ^= 0x5A
    made.write_bytes(content)

    ended = scan(mine, made)

    assert found(ended) == [("https://example.org/1", "1.png"), ("https://example.org/3", "2.png")]
    assert b"1 records corrupted" in ended.stderr


def test_an_archive_cut_off_gives_what_is_before_the_cut(mine, tmp_path):
    made = archive(tmp_path / "a.warc.gz", [edited(1), jpeg(10), edited(2)])
    made.write_bytes(made.read_bytes()[: starts_of(made)[2] + 50])

    ended = scan(mine, made)

    assert found(ended) == [("https://example.org/0", "1.png")]
    assert b"corrupted" in ended.stderr or b"not readable" in ended.stderr


def starts_of(made: Path) -> list[int]:
    from fastwarc.warc import ArchiveIterator

    with made.open("rb") as file:
        return [int(record.stream_pos) for record in ArchiveIterator(file)]


def test_a_folder_a_saved_page_and_a_list_are_looked_through(mine, tmp_path):
    web = tmp_path / "web"
    (web / "page_files").mkdir(parents=True)
    (web / "page.html").write_bytes(PAGE)
    (web / "page_files" / "a.jpg").write_bytes(edited(1))
    archive(web / "deep.warc.gz", [jpeg(10), edited(2)])
    (tmp_path / "list.txt").write_text("web\n")

    ended = scan(mine, tmp_path / "list.txt")

    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [(Path(line["url"]).name, Path(line["media_url"]).name) for line in lines] == [
        ("page.html", "a.jpg"),
        ("1", "1"),
    ]


def test_a_page_saved_as_one_file_is_looked_through(mine, tmp_path):
    page = EmailMessage()
    page["Snapshot-Content-Location"] = "https://example.org/page"
    page.set_content("<p>words</p>", subtype="html")
    page.add_attachment(edited(1), maintype="image", subtype="jpeg")
    next(iter(page.iter_attachments()))["Content-Location"] = "https://example.org/a.jpg"
    (tmp_path / "page.mhtml").write_bytes(page.as_bytes())

    (line,) = [json.loads(line) for line in scan(mine, tmp_path / "page.mhtml").stdout.splitlines()]

    assert (line["url"], line["media_url"]) == ("https://example.org/page", "https://example.org/a.jpg")


@pytest.mark.slow
def test_a_video_in_an_archive_is_found(mine, tmp_path):
    pytest.importorskip("av")
    from tests.fingerprints import videos

    (mine / "mine.mp4").write_bytes(videos.saved(videos.clip(1)))
    other = videos.edited(videos.clip(1), ImageOps.mirror)
    bodies = [videos.saved(videos.clip(9)), jpeg(10), videos.saved(other)]

    ended = scan(mine, archive(tmp_path / "a.warc.gz", bodies))

    assert found(ended) == [("https://example.org/2", "mine.mp4")]


def many(tmp_path: Path) -> Path:
    """An archive in which every fifth of 250 pictures is hers."""
    others = [jpeg(number, quality=80) for number in range(20, 36)]
    hers = [edited(1), edited(2)]
    return archive(
        tmp_path / "many.warc.gz",
        [hers[at // 5 % 2] if at % 5 == 0 else others[at % 16] for at in range(250)],
    )


def kill_after(words: list[str], out: Path, *, lines: int) -> None:
    """Starts a scan that adds its answers to a file, and kills it once there are so many."""
    with out.open("ab") as file:
        process = subprocess.Popen(words, stdout=file, stderr=subprocess.DEVNULL)
        before = len(out.read_bytes().splitlines())
        deadline = time.monotonic() + 60
        while len(out.read_bytes().splitlines()) < before + lines and process.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.wait()


@pytest.mark.slow
def test_killed_again_and_again_nothing_is_lost_and_nothing_told_twice(mine, tmp_path):
    made, data, out = many(tmp_path), tmp_path / "data", tmp_path / "out.jsonl"
    words = command(mine, data, made)
    for lines in (3, 12, 1):
        kill_after(words, out, lines=lines)
    with out.open("ab") as file:
        ended = subprocess.run(words, stdout=file, stderr=subprocess.PIPE, timeout=200)

    assert ended.returncode == 0
    assert b"Going on after" in ended.stderr
    told = [json.loads(line)["media_url"] for line in out.read_text().splitlines()]
    assert told == [f"https://example.org/{at}" for at in range(0, 250, 5)]
    assert b"250 looked at, 50 found" in ended.stderr


@pytest.mark.slow
def test_the_resume_file_holds_offsets_and_counts_only(mine, tmp_path):
    made, data, out = many(tmp_path), tmp_path / "data", tmp_path / "out.jsonl"
    kill_after(command(mine, data, made), out, lines=2)

    (kept,) = (data / "scans").glob("*.json")
    held = json.loads(kept.read_text())
    flat = [value for value in held.values() if not isinstance(value, list)] + held["out"]
    assert all(isinstance(value, int) for value in flat)
    assert (data / "scans" / "key").stat().st_mode & 0o077 == 0

    subprocess.run(command(mine, data, made), capture_output=True, timeout=100)
    assert list((data / "scans").glob("*.json")) in ([], [kept])


@pytest.mark.slow
def test_answers_that_are_gone_are_told_again(mine, tmp_path):
    made, data, out = many(tmp_path), tmp_path / "data", tmp_path / "out.jsonl"
    words = command(mine, data, made)
    kill_after(words, out, lines=3)
    with out.open("wb") as file:
        subprocess.run(words, stdout=file, stderr=subprocess.DEVNULL, timeout=200)

    assert len(out.read_text().splitlines()) == 50


@pytest.mark.slow
def test_no_process_stays_behind_after_a_kill(mine, tmp_path):
    made, data, out = many(tmp_path), tmp_path / "data", tmp_path / "out.jsonl"
    marked = {**os.environ, "AMPARO_TEST_MARK": str(tmp_path)}
    with out.open("ab") as file:
        process = subprocess.Popen(
            command(mine, data, made), stdout=file, stderr=subprocess.DEVNULL, env=marked
        )
    while out.stat().st_size == 0:
        time.sleep(0.01)
    process.kill()
    process.wait()
    deadline = time.monotonic() + 10
    while running_with(str(tmp_path)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert running_with(str(tmp_path)) == []


def running_with(mark: str) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"AMPARO_TEST_MARK={mark}".encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text()[:200])
        except OSError:
            continue
    return found


def test_a_large_video_is_set_down_privately_and_the_folder_is_gone_after_a_kill(tmp_path):
    from amparo.fingerprints.scanning.spilling import Spill

    left = tmp_path / "spill-left"
    left.mkdir()
    (left / "lock").write_bytes(b"")
    (left / "1").write_bytes(b"video")
    first = Spill(tmp_path)
    assert not left.exists()

    path = first.set_down(b"start ", io.BytesIO(b"and the rest"), most=100)
    assert path.read_bytes() == b"start and the rest"
    assert path.parent.stat().st_mode & 0o077 == 0
    Spill(tmp_path)  # another scan at the same time leaves it alone
    assert path.exists()
    first.close()
    assert list(tmp_path.glob("spill-*")) == []


def test_what_is_no_archive_at_all_is_counted(mine, tmp_path):
    (tmp_path / "b.warc.gz").write_bytes(gzip.compress(b"no archive") + os.urandom(500))

    ended = scan(mine, tmp_path / "b.warc.gz")

    assert ended.returncode == 1
    assert b"corrupted" in ended.stderr
