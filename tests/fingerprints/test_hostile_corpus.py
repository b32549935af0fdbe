"""Odd and hostile pictures for matching: a raster or a clear refusal, within 10 seconds and 512 MiB."""

import multiprocessing
import resource
import struct
import time
import zlib
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pytest
from PIL import Image

from amparo.errors import Refused
from amparo.fingerprints.rasters import Raster, rasters
from amparo.words import Words
from tests.fingerprints import pictures


@pytest.fixture(scope="module")
def apart():
    """A young process, so that the memory of other tests and of their children is not counted."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield pool


@pytest.fixture
def answer(apart):
    """Gives what one picture is answered, and holds it to the limits of time and memory."""

    def one(untrusted: bytes) -> Raster | Refused:
        said, seconds, kib = apart.submit(measured, untrusted).result()
        assert seconds < 10
        assert kib < 512 * 1024
        return Refused(*map(Words, said)) if isinstance(said, tuple) else said

    return one


def measured(untrusted: bytes) -> tuple[Raster | tuple[str, str], float, int]:
    """Gives the answer, how long it took, and the memory (KiB) of the largest child so far."""
    began = time.monotonic()
    (said,) = rasters([untrusted])
    plain = (str(said.what), str(said.next)) if isinstance(said, Refused) else said
    return plain, time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def jpeg_saying(width: int, height: int) -> bytes:
    """A small JPEG whose header says it is this large."""
    whole = bytearray(pictures.saved(pictures.scene(1, width=64, height=64)))
    at = whole.index(b"\xff\xc0")
    whole[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(whole)


@pytest.mark.parametrize(
    ("untrusted", "says"),
    [
        (b"", "This file is empty."),
        (jpeg_saying(65_535, 65_535), "has a side longer than 20000 pixels"),
        (pictures.png_saying(65_535, 65_535, rows=b"\x00" * 100), "has a side longer than 20000 pixels"),
        (pictures.png_saying(12_000, 12_000, rows=b"\x00" * 100), "has more than 50 million pixels"),
        (b"GIF89a" + bytes(20), "damaged or cut off"),
        (b"\xff\xd8\xff\xe0" + bytes(500), "damaged or cut off"),
    ],
    ids=["empty", "jpeg bomb", "png bomb", "many pixels", "empty gif", "empty jpeg"],
)
def test_what_cannot_be_read_is_refused_in_words(answer, untrusted, says):
    said = answer(untrusted)

    assert isinstance(said, Refused)
    assert says in str(said.what)


def test_of_an_animation_of_ten_thousand_frames_the_first_is_read(answer):
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    first = pictures.saved(pictures.scene(1).convert("P"), "GIF")

    said = answer(first[:-1] + frame * 10_000 + b"\x3b")

    assert said.size == (400, 300)


def grey_of(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("RGB").convert("L"), np.int16)


@pytest.mark.parametrize("mode", ["L", "P", "1", "CMYK", "LA", "RGBA"])
def test_every_way_of_storing_colour_gives_the_same_grey(answer, mode):
    image = pictures.scene(3).convert(mode)
    untrusted = pictures.saved(
        image, "JPEG" if mode == "CMYK" else "PNG", **({"quality": 95} if mode == "CMYK" else {})
    )

    assert np.abs(answer(untrusted).pixels - grey_of(image)).mean() < 4


def test_sixteen_bits_a_point_are_not_all_white(answer):
    grey = np.asarray(pictures.scene(3).convert("L"))
    image = Image.fromarray(grey.astype(np.uint16) * 257)

    assert np.abs(answer(pictures.saved(image, "PNG")).pixels.astype(int) - grey).max() <= 1


def test_a_colour_profile_does_no_harm(answer):
    image = pictures.scene(3)
    hostile = b"\xff" * 60_000

    said = answer(pictures.saved(image, "JPEG", quality=95, icc_profile=hostile))

    assert np.abs(said.pixels - grey_of(image)).mean() < 3


@pytest.mark.parametrize("way", range(1, 9))
def test_all_eight_ways_a_camera_is_held_come_upright(answer, way):
    turn = Image.Transpose
    stored = {
        1: None, 2: turn.FLIP_LEFT_RIGHT, 3: turn.ROTATE_180, 4: turn.FLIP_TOP_BOTTOM,
        5: turn.TRANSPOSE, 6: turn.ROTATE_90, 7: turn.TRANSVERSE, 8: turn.ROTATE_270,
    }[way]  # fmt: skip
    image = pictures.scene(3)
    note = Image.Exif()
    note[pictures.ORIENTATION] = way
    lying = image if stored is None else image.transpose(stored)

    said = answer(pictures.saved(lying, "JPEG", quality=95, exif=note))

    assert said.size == (400, 300)
    assert np.abs(said.pixels - grey_of(image)).mean() < 4


def test_a_chunk_that_unpacks_to_gigabytes_is_refused(answer):
    whole = pictures.saved(pictures.scene(1), "PNG")
    text = b"note\x00\x00" + zlib.compress(bytes(20_000_000), 9)
    chunk = struct.pack(">I", len(text)) + b"zTXt" + text + struct.pack(">I", zlib.crc32(b"zTXt" + text))

    assert isinstance(answer(whole[:33] + chunk + whole[33:]), Refused)
