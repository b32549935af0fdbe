"""A video is recognised by its frames: cut out, mirrored, cropped, faster, framed, inside a longer one."""

import numpy as np
import pytest
from PIL import Image, ImageOps

pytest.importorskip("av")

from amparo.errors import Refused
from amparo.fingerprints import video as reading
from amparo.fingerprints.clips import Clips, picture, shots
from amparo.fingerprints.rasters import alone
from amparo.fingerprints.video import container_of, fingerprint_video, in_memory, is_video, views
from tests.fingerprints import pictures, videos

pytestmark = pytest.mark.slow


def fingerprint(untrusted: bytes):
    with in_memory(untrusted) as file:
        return fingerprint_video(file)


def shots_of(untrusted: bytes):
    with in_memory(untrusted) as file:
        return shots(views(file))


def shown(clips: Clips, frames: videos.Frames) -> list[int]:
    with in_memory(videos.saved(frames)) as file:
        return [one.mine for one in clips.in_video(views(file))]


@pytest.fixture(scope="module")
def mine() -> Clips:
    return Clips([shots_of(videos.saved(videos.clip(number))) for number in (1, 2)])


def test_a_fingerprint_has_a_frame_each_second():
    found = fingerprint(videos.saved(videos.clip(1)))

    assert [frame.t for frame in found.frames] == [0.0, 1.0, 2.0, 3.0]
    assert all(len(frame.pdq) == 64 and frame.quality >= 50 for frame in found.frames)


def test_a_frames_number_is_that_of_the_same_picture():
    frames = videos.clip(1)
    found = fingerprint(videos.saved(frames))
    from amparo.fingerprints.box import pdq

    still = pdq.compute(pdq.brightness(Image.fromarray(frames[0])))[1][0].hex()

    assert (int(still, 16) ^ int(found.frames[0].pdq, 16)).bit_count() <= 20


@pytest.mark.parametrize(
    ("format", "codec"),
    [
        ("mp4", "libx264"),
        ("matroska", "libx264"),
        ("webm", "libvpx"),
        ("avi", "mpeg4"),
        ("mpegts", "mpeg2video"),
    ],
)
def test_each_kind_is_read(format, codec):
    untrusted = videos.saved(videos.clip(1, seconds=2), format=format, codec=codec)

    assert is_video(untrusted)
    assert len(fingerprint(untrusted).frames) == 2


def cropped(image: Image.Image) -> Image.Image:
    return image.crop((40, 30, 280, 210))


def framed(image: Image.Image) -> Image.Image:
    wide = Image.new("RGB", (image.width + 120, image.height + 80))
    wide.paste(image, (60, 40))
    return wide


@pytest.mark.parametrize("edit", [ImageOps.mirror, cropped, framed, ImageOps.grayscale, ImageOps.flip])
def test_an_edited_copy_is_found(mine, edit):
    frames = videos.edited(videos.clip(1), lambda image: edit(image).convert("RGB"))

    assert shown(mine, frames) == [0]


def test_a_mirrored_copy_is_told_as_mirrored(mine):
    with in_memory(videos.saved(videos.edited(videos.clip(2), ImageOps.mirror))) as file:
        (found,) = mine.in_video(views(file))

    assert "mirrored" in found.how.code


@pytest.mark.parametrize("times", [0.6, 1.5, 2.0])
def test_a_faster_or_slower_copy_is_found(mine, times):
    frames = videos.clip(2, seconds=4)
    faster = [frames[int(at * times)] for at in range(int(len(frames) / times))]

    assert shown(mine, faster) == [1]


@pytest.mark.slow
def test_three_seconds_inside_a_longer_video_are_found_and_told_where(mine):
    before = [frame for number in range(10, 18) for frame in videos.clip(number)]
    part = videos.clip(1)[6 : 6 + 3 * videos.FPS]
    with in_memory(videos.saved(before + part + videos.clip(18))) as file:
        (found,) = mine.in_video(views(file))

    assert found.mine == 0
    assert 31.5 <= found.at_s[0] <= found.at_s[1] <= 35.5


@pytest.mark.slow
def test_other_videos_are_not_found(mine):
    for number in range(30, 36):
        assert shown(mine, videos.clip(number)) == []


def test_one_frame_alike_is_not_the_same_video(mine):
    frames = videos.clip(40, seconds=6)
    still = videos.clip(1)[10]

    assert shown(mine, [*frames[:30], still, *frames[30:]]) == []


def test_a_still_picture_out_of_a_video_of_mine_is_found(mine):
    still = pictures.saved(Image.fromarray(videos.clip(1)[12]), "PNG")

    (found,) = mine.in_picture(alone(still))

    assert found.mine == 0


def test_a_photo_of_mine_inside_a_video_is_found():
    photo = pictures.scene(77, width=640, height=480)
    clips = Clips([picture(alone(pictures.saved(photo, "PNG")))])
    small = np.asarray(photo.resize((videos.WIDTH, videos.HEIGHT)))

    assert shown(clips, [*videos.clip(50), *[small] * (3 * videos.FPS), *videos.clip(51)]) == [0]


@pytest.mark.parametrize("untrusted", [b"", b"no video", pictures.saved(pictures.scene(1))])
def test_what_is_no_video_is_refused(untrusted):
    with pytest.raises(Refused, match="no video"):
        fingerprint(untrusted)


def test_a_video_cut_off_gives_its_first_part_or_is_refused():
    whole = videos.saved(videos.clip(1), format="matroska")

    assert 1 <= len(fingerprint(whole[: len(whole) * 2 // 3]).frames) < 4
    with pytest.raises(Refused):
        fingerprint(videos.saved(videos.clip(1))[:9000])


def test_no_change_of_bytes_ends_in_anything_but_an_answer_or_a_refusal():
    random = np.random.default_rng(3)
    whole = videos.saved(videos.clip(1, seconds=1))
    for _ in range(12):
        hurt = bytearray(whole)
        for at in random.integers(40, len(hurt), 60):
            hurt[at] = int(random.integers(0, 256))
        try:
            fingerprint(bytes(hurt))
        except Refused:
            continue


def test_a_playlist_that_names_files_is_no_video():
    assert container_of(b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n") is None
    assert container_of(b"ffconcat version 1.0\nfile /etc/passwd\n") is None


def test_a_worker_that_answers_nonsense_is_not_believed(monkeypatch):
    monkeypatch.setattr(reading, "START", "import os; os.write(1, b'AMV1' + bytes([1, 0]) + b'\\xff' * 44)")
    with pytest.raises(Refused, match="could not be read"):
        fingerprint(videos.saved(videos.clip(1, seconds=1)))


def test_the_worker_cannot_open_a_file_once_it_reads(tmp_path, monkeypatch):
    secret = tmp_path / "secret"
    secret.write_text("x")
    attempt = (
        "import sys, json; sys.path += json.loads(sys.argv[1]); import os\n"
        "from amparo.fingerprints.box import videos\n"
        f"videos._answer = lambda order: 0.0 if os.path.exists({str(secret)!r}) else 7.0\n"
        "videos.main(sys.argv[2])"
    )
    monkeypatch.setattr(reading, "START", attempt)
    found = fingerprint(videos.saved(videos.clip(1, seconds=1)))
    assert found.frames == ()


def test_a_frame_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "MAX_PIXELS", 1000)
    with pytest.raises(Refused, match="million pixels"):
        fingerprint(videos.saved(videos.clip(1, seconds=1)))
