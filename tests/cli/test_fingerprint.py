"""amparo fingerprint: the numbers of each photo; nothing is read before all shown are adults."""

import ctypes
import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from amparo.fingerprints.fingerprint import fingerprint
from tests.fingerprints import pictures, videos

HOUSE = Path(__file__).parents[2]


def amparo(*words: object, given: bytes = b"", python: tuple[str, ...] = ("-m", "amparo")):
    """Runs the command as a person does, with nobody at the keyboard."""
    command = [sys.executable, *python, *map(str, words)]
    return subprocess.run(command, input=given, capture_output=True, cwd=HOUSE, timeout=60)


def answers(ended) -> list[dict]:
    return [json.loads(line) for line in ended.stdout.splitlines()]


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "photo.jpg"
    path.write_bytes(pictures.saved(pictures.scene(1)))
    return path


def test_the_numbers_of_a_photo(photo):
    ended = amparo("fingerprint", "--json", "--adult", photo)

    found = fingerprint(photo.read_bytes())
    assert ended.returncode == 0
    assert answers(ended) == [
        {
            "file": str(photo),
            "kind": "jpeg",
            "sha256": found.sha256,
            "pdq": found.pdq,
            "quality": found.quality,
            "width": 400,
            "height": 300,
            "protection": found.protection,
        }
    ]


def test_without_json_a_person_reads_the_numbers(photo):
    said = amparo("fingerprint", "--adult", photo).stdout.decode()

    assert fingerprint(photo.read_bytes()).pdq in said
    assert "400 x 300 pixels" in said


def test_a_batch_reads_one_path_per_line_and_goes_on_after_a_failure(photo, tmp_path):
    (tmp_path / "text.jpg").write_text("Dear sir or madam")
    lines = f"{tmp_path}/text.jpg\n{tmp_path}/nowhere.jpg\n\n{photo}\n"

    ended = amparo("fingerprint", "--adult", "--json", "-", given=lines.encode())

    text, nowhere, found = answers(ended)
    assert ended.returncode == 1
    assert (text["input"], text["error"]) == (f"{tmp_path}/text.jpg", "This is a text, not a photo.")
    assert nowhere["error"] == "There is no file at this place."
    assert found["file"] == str(photo)


def test_a_plain_picture_is_refused_and_its_quality_said(tmp_path):
    plain = tmp_path / "plain.png"
    plain.write_bytes(pictures.saved(pictures.plain(), "PNG"))

    ended = amparo("fingerprint", "--adult", plain)

    assert ended.returncode == 1
    assert b"too little detail to be recognised (quality 0, 50 is needed)" in ended.stderr


def test_a_video_has_a_number_each_second(tmp_path):
    pytest.importorskip("av")
    video = tmp_path / "clip.mp4"
    video.write_bytes(videos.saved(videos.clip(1, seconds=2)))

    (found,) = answers(amparo("fingerprint", "--adult", "--json", video))

    assert (found["kind"], len(found["sha256"])) == ("video", 64)
    assert [frame["t"] for frame in found["frames"]] == [0.0, 1.0]
    assert all(len(frame["pdq"]) == 64 and frame["quality"] >= 50 for frame in found["frames"])


def test_a_video_that_ends_after_its_head_is_refused(tmp_path):
    pytest.importorskip("av")
    video = tmp_path / "clip.mp4"
    video.write_bytes(b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom")

    ended = amparo("fingerprint", "--adult", "--json", video)

    assert (ended.returncode, answers(ended)[0]["error"]) == (1, "This video is damaged or cut off.")


def test_a_file_for_others_has_the_number_and_no_name_and_a_receipt_beside_it(photo, tmp_path):
    out, receipt = tmp_path / "list.csv", tmp_path / "receipt.json"
    consent = [
        "--what",
        "one photo",
        "--for",
        "a forum",
        "--until",
        "2027-05-31",
        "--withdraw",
        "Write to me.",
    ]

    ended = amparo("fingerprint", "--adult", "--as", "csv", "-o", out, "--receipt", receipt, *consent, photo)

    assert ended.returncode == 0
    assert out.read_text().startswith("type,hash,quality,t\npdq,")
    assert photo.name not in out.read_text() + receipt.read_text()
    assert json.loads(receipt.read_text())["until"] == "2027-05-31"


def test_a_receipt_without_an_end_is_wrong_use(photo, tmp_path):
    ended = amparo(
        "fingerprint",
        "--adult",
        "--as",
        "csv",
        "--receipt",
        tmp_path / "r.json",
        "--what",
        "x",
        "--for",
        "y",
        photo,
    )

    assert ended.returncode == 2
    assert b"--until" in ended.stderr


@pytest.mark.parametrize("verb", [["fingerprint"], ["match", "--mine"]])
class TestWhenItWasNotSaidThatEverybodyWasAnAdult:
    def test_the_command_ends_with_2_and_says_what_to_add(self, verb, photo):
        ended = amparo(*_words(verb, photo))

        assert (ended.returncode, ended.stdout) == (2, b"")
        assert b"Nothing was read" in ended.stderr
        assert b"--adult" in ended.stderr

    def test_python_never_opens_the_picture(self, verb, photo):
        watch = (
            "import sys\n"
            "def heard(event, what):\n"
            "    if any('photo.jpg' in str(one) for one in what): print('TOUCHED', event, file=sys.stderr)\n"
            "from amparo.cli.main import main\n"
            "sys.addaudithook(heard)\n"
            "main(sys.argv[1:])"
        )

        assert b"TOUCHED" not in amparo(*_words(verb, photo), python=("-c", watch)).stderr
        said = amparo(verb[0], "--adult", *_words(verb, photo)[1:], python=("-c", watch)).stderr
        assert b"TOUCHED open" in said

    @pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")
    def test_the_kernel_sees_no_open_and_no_read_of_the_picture(self, verb, photo):
        with _Watched(photo) as watched:
            amparo(*_words(verb, photo))
            assert not watched.touched()

            amparo(verb[0], "--adult", *_words(verb, photo)[1:])
            assert watched.touched()

    @pytest.mark.skipif(not shutil.which("strace"), reason="needs strace (apt-get install strace)")
    def test_no_system_call_names_the_picture_not_even_for_its_size(self, verb, photo, tmp_path):
        log = tmp_path / "calls"
        words = ["strace", "-f", "-s", "500", "-o", log, sys.executable, "-m", "amparo", *_words(verb, photo)]
        subprocess.run(
            [*map(str, words)], stdin=subprocess.DEVNULL, capture_output=True, cwd=HOUSE, timeout=120
        )

        naming = [line for line in log.read_text().splitlines() if "photo.jpg" in line]
        assert len(naming) == 1
        assert "execve(" in naming[0]

    def test_a_pipe_in_its_place_is_not_waited_for(self, verb, tmp_path):
        """Opening a pipe with no writer would hang."""
        pipe = tmp_path / "photo.jpg"
        os.mkfifo(pipe)

        assert amparo(*_words(verb, pipe)).returncode == 2

    @pytest.mark.parametrize("answer", [b"no\n", b"not sure\n", b"\n", b"yess\n"])
    def test_any_answer_but_yes_leads_to_services_made_for_it(self, verb, photo, answer):
        with _Watched(photo) as watched:
            code, said = at_a_terminal(answer, *_words(verb, photo))

            assert code == 1
            assert b"Was every person shown 18 or older when it was made?" in said
            assert b"Take It Down" in said
            assert not watched.touched()

    def test_yes_at_the_terminal_goes_on(self, verb, photo):
        code, said = at_a_terminal(b"yes\n", *_words(verb, photo))

        assert code == 0
        assert str(photo).encode() in said


def _words(verb: list[str], photo: Path) -> list[object]:
    return [*verb, photo, "--", photo] if verb[0] == "match" else [*verb, photo]


def at_a_terminal(answer: bytes, *words: object) -> tuple[int, bytes]:
    """Runs the command with a person at the keyboard who types `answer`."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "amparo", *map(str, words)]
    running = subprocess.Popen(
        command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=HOUSE
    )
    os.write(ours, answer)
    said, _ = running.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    return running.returncode, said


class _Watched:
    """The kernel's own account of a file: opened, read, closed (inotify)."""

    OPENED_OR_READ = 0x1 | 0x20

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> "_Watched":
        libc = ctypes.CDLL(None, use_errno=True)
        self._told = libc.inotify_init1(os.O_NONBLOCK)
        assert libc.inotify_add_watch(self._told, os.fsencode(self._path), self.OPENED_OR_READ) >= 0
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._told)

    def touched(self) -> bool:
        try:
            return bool(os.read(self._told, 4096))
        except BlockingIOError:
            return False
