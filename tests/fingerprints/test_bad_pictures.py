"""Whatever is handed in, the answer is a clear sentence and a next step, and the parent is unharmed."""

import random
import struct
import zlib

import pytest

from amparo.errors import AmparoError, Refused
from amparo.fingerprints import limits
from amparo.fingerprints.decoding import decode
from amparo.fingerprints.fingerprint import fingerprint, read_fingerprint
from amparo.fingerprints.protecting import protection
from amparo.fingerprints.reading import read_file
from amparo.fingerprints.running import order, run
from tests.fingerprints import pictures


def refusal(untrusted: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read_fingerprint(untrusted)
    assert str(refused.value.next)
    return str(refused.value.what)


@pytest.mark.parametrize(
    ("untrusted", "says"),
    [
        (b"", "This file is empty."),
        (b"Dear sir or madam,\nplease", "This is a text, not a photo."),
        (b"<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>", "drawing (SVG)"),
        (b"%PDF-1.7\n", "This is a PDF."),
        (b"II*\x00\x08\x00\x00\x00", "This kind of picture is not read."),
        (b"BM\x00\x00\x00\x00", "This kind of picture is not read."),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "This is a video."),
        (b"\x1a\x45\xdf\xa3\x01\x00", "This is a video."),
        (b"PK\x03\x04\x14\x00", "archive"),
        (bytes(range(200, 256)), "not a photo that can be read"),
    ],
)
def test_what_is_no_photo_is_named(untrusted, says):
    assert says in refusal(untrusted)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("part", [0.05, 0.5, 0.95])
def test_a_photo_cut_off_is_refused(format, part):
    whole = pictures.saved(pictures.scene(1), format)

    assert refusal(whole[: int(len(whole) * part)]) == "This picture is damaged or cut off."


def test_a_bomb_of_144_million_pixels_is_refused_before_it_unpacks():
    bomb = pictures.png_saying(12_000, 12_000)

    assert len(bomb) < 100_000
    assert refusal(bomb) == "This picture has more than 50 million pixels."


def test_two_million_pixels_by_one_is_refused():
    assert refusal(pictures.png_saying(2_000_000, 1)) == "This picture has a side longer than 20000 pixels."


def test_three_pixels_are_too_small():
    assert refusal(pictures.saved(pictures.scene(1).resize((3, 300)), "PNG")).startswith(
        "This picture is too small"
    )


def test_a_file_of_200_megabytes_is_refused_unread(tmp_path):
    large = tmp_path / "large.jpg"
    with large.open("wb") as file:
        file.write(b"\xff\xd8\xff")
        file.truncate(200_000_000)

    with pytest.raises(Refused, match="larger than 100 MB"):
        read_file(large)


def test_too_many_bytes_in_memory_are_refused_too():
    assert refusal(b"\xff\xd8\xff" + bytes(limits.MAX_BYTES)) == "This file is larger than 100 MB."


def test_a_text_chunk_that_unpacks_to_gigabytes_is_refused():
    whole = pictures.saved(pictures.scene(1), "PNG")
    text = b"note\x00\x00" + zlib.compress(bytes(20_000_000), 9)
    chunk = struct.pack(">I", len(text)) + b"zTXt" + text + struct.pack(">I", zlib.crc32(b"zTXt" + text))

    assert refusal(whole[:33] + chunk + whole[33:]) == "This picture is damaged or cut off."


def test_a_jpeg_of_endless_scans_is_ended_by_the_clock():
    """Each scan goes over every block again; nothing in the format limits how many there are."""
    whole = pictures.saved(pictures.plain(width=4000, height=4000), "JPEG", progressive=True)
    last = whole.rindex(b"\xff\xda")
    slow = whole[:last] + whole[last:-2] * 3000 + whole[-2:]

    with pytest.raises(Refused, match="took too long"):
        run(order(job="fingerprint", kind="jpeg", layers=protection().layers), slow, wall_s=2)


def test_an_ordinary_progressive_jpeg_is_read():
    assert fingerprint(pictures.saved(pictures.scene(1), "JPEG", progressive=True)).quality == 100


def test_one_kind_dressed_as_another_is_refused():
    disguised = b"\xff\xd8\xff" + pictures.saved(pictures.scene(1), "PNG")

    assert refusal(disguised) == "This picture is damaged or cut off."


def test_a_header_with_nothing_behind_it_is_refused():
    """A JPEG that is all EXIF and no picture."""
    whole = pictures.with_planted_place(pictures.scene(1))
    end_of_exif = 4 + int.from_bytes(whole[4:6], "big")

    assert refusal(whole[:end_of_exif] + b"\xff\xd9") == "This picture is damaged or cut off."


def test_broken_exif_does_not_cost_the_picture():
    whole = pictures.with_planted_place(pictures.scene(1))
    at = whole.index(b"Exif\x00\x00")
    broken = whole[: at + 6] + b"\xff" * 8 + whole[at + 14 :]

    assert fingerprint(broken).quality == 100


@pytest.mark.slow
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF"])
def test_mutilated_photos_give_a_fingerprint_or_a_sentence(format):
    """A small share of what a long fuzz run does."""
    chance = random.Random(11)
    whole = pictures.saved(pictures.scene(1, width=80, height=60), format)
    for _ in range(12):
        bad = bytearray(whole)
        for _ in range(chance.randrange(1, 12)):
            bad[chance.randrange(12, len(bad))] = chance.randrange(256)

        assert _answer(bytes(bad))


def _answer(untrusted: bytes) -> str:
    try:
        return read_fingerprint(untrusted).pdq
    except AmparoError as error:
        return str(error.what)


def test_pixels_come_upright_in_rgb_and_over_white():
    half_seen = pictures.scene(1).convert("RGBA")
    half_seen.putalpha(0)

    picture = decode(pictures.saved(half_seen, "PNG"))

    assert picture.pixels.shape == (300, 400, 3)
    assert picture.pixels.min() == 255
