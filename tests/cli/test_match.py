"""amparo match: every pair that matches, and only those."""

import pytest
from PIL import Image, ImageOps

from amparo.cli.main import main
from tests.cli.test_fingerprint import amparo, answers
from tests.fingerprints import pictures, videos


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.jpg"
    path.write_bytes(pictures.saved(pictures.scene(1)))
    return path


@pytest.fixture
def found_online(tmp_path):
    """A folder as a saved page has it: a mirrored copy further in, another picture, a text."""
    folder = tmp_path / "page"
    (folder / "img").mkdir(parents=True)
    copy = pictures.scene(1).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    (folder / "img" / "a.webp").write_bytes(pictures.saved(copy, "WEBP"))
    (folder / "other.png").write_bytes(pictures.saved(pictures.scene(2), "PNG"))
    (folder / "page.html").write_text("<html>")
    return folder


def test_a_mirrored_copy_in_a_folder_is_found(mine, found_online):
    ended = amparo("match", "--json", "--adult", "--mine", mine, "--", found_online)

    (pair,) = answers(ended)
    assert ended.returncode == 0
    assert (pair["file"], pair["mine"]) == (str(found_online / "img" / "a.webp"), str(mine))
    assert pair["how"] == {"code": "mirrored", "words": "The same picture, mirrored left to right."}
    assert 0.5 <= pair["score"] <= 1


def test_when_nothing_matches_the_command_ends_with_1_and_no_line(mine, found_online):
    ended = amparo("match", "--json", "--adult", "--mine", mine, "--", found_online / "other.png")

    assert (ended.returncode, ended.stdout) == (1, b"")


@pytest.mark.parametrize(
    "order",
    [
        "match --json --adult --mine {a} {b} -- {c} {d}",
        "--json match --adult --mine {a} {b} -- {c} {d}",
        "match --mine {a} {b} --adult --json -- {c} {d}",
        "match --mine {a} --json --adult --mine {b} -- {c} {d}",
    ],
)
def test_mine_ends_at_the_double_dash(tmp_path, capsys, order):
    names = dict(zip("abcd", (1, 2, 2, 1), strict=True))
    for name, number in names.items():
        (tmp_path / name).write_bytes(
            pictures.saved(pictures.scene(number), quality=60 if name < "c" else 90)
        )
    paths = {name: tmp_path / name for name in names}

    assert main(order.format(**paths).split()) == 0

    pairs = [line.split('"mine": "')[1].split('"')[0] for line in capsys.readouterr().out.splitlines()]
    assert pairs == [str(paths["b"]), str(paths["a"])]


def test_paths_to_look_at_can_come_one_per_line(mine, found_online):
    ended = amparo(
        "match", "--json", "--adult", "--mine", mine, "--", "-", given=f"{mine}\n{found_online}\n".encode()
    )

    assert [pair["how"]["code"] for pair in answers(ended)] == ["same_file", "mirrored"]


def test_a_damaged_file_is_told_and_the_others_go_on(mine, tmp_path):
    cut = tmp_path / "cut.jpg"
    cut.write_bytes(mine.read_bytes()[:900])

    ended = amparo("match", "--json", "--adult", "--mine", mine, "--", cut, mine)

    error, pair = answers(ended)
    assert ended.returncode == 1
    assert (error["input"], error["error"]) == (str(cut), "This picture is damaged or cut off.")
    assert pair["how"]["code"] == "same_file"


def test_my_own_plain_picture_is_named_and_still_found_as_the_same_file(tmp_path):
    plain = tmp_path / "plain.png"
    plain.write_bytes(pictures.saved(pictures.plain(), "PNG"))

    ended = amparo("match", "--json", "--adult", "--mine", plain, "--", plain)

    error, pair = answers(ended)
    assert "too little detail" in error["error"]
    assert pair["how"]["code"] == "same_file"


def test_without_mine_or_without_a_place_to_look_it_is_wrong_use(mine):
    assert amparo("match", "--adult", mine).returncode == 2
    assert amparo("match", "--adult", "--mine", mine).returncode == 2


@pytest.mark.slow
def test_a_mirrored_clip_inside_a_longer_video_is_found_and_told_where(mine, tmp_path):
    pytest.importorskip("av")
    clip, longer = tmp_path / "clip.mp4", tmp_path / "longer.mp4"
    clip.write_bytes(videos.saved(videos.clip(1)))
    inside = videos.edited(videos.clip(1), ImageOps.mirror)
    longer.write_bytes(videos.saved([*videos.clip(5), *inside, *videos.clip(6)]))
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(clip.read_bytes()[:900])

    ended = amparo("match", "--json", "--adult", "--mine", mine, clip, "--", broken, longer, clip)

    error, found, same = answers(ended)
    assert (error["input"], error["error"]) == (str(broken), "This video is damaged or cut off.")
    assert (found["file"], found["mine"]) == (str(longer), str(clip))
    assert found["at"][0] >= 3.5
    assert found["at"][1] <= 8.5
    assert "mirrored" in found["how"]["code"]
    assert (same["score"], same["how"]["code"]) == (1.0, "same_file")
