"""Matching finds the same picture however it was turned, mirrored or saved again, and leaves others alone."""

import pytest
from PIL import Image

from amparo.fingerprints.fingerprint import Fingerprint, read_fingerprint
from amparo.fingerprints.matching import match
from tests.fingerprints import pictures

TURN = Image.Transpose
AS_SEEN = {  # Pillow turns against the clock
    "turned_90": (TURN.ROTATE_270,),
    "turned_180": (TURN.ROTATE_180,),
    "turned_270": (TURN.ROTATE_90,),
    "mirrored": (TURN.FLIP_LEFT_RIGHT,),
    "mirrored_turned_90": (TURN.FLIP_LEFT_RIGHT, TURN.ROTATE_270),
    "mirrored_turned_180": (TURN.FLIP_LEFT_RIGHT, TURN.ROTATE_180),
    "mirrored_turned_270": (TURN.FLIP_LEFT_RIGHT, TURN.ROTATE_90),
}


def made(number: int, *turns: Image.Transpose, **options: object) -> Fingerprint:
    image = pictures.scene(number)
    for turn in turns:
        image = image.transpose(turn)
    return read_fingerprint(pictures.saved(image, "JPEG", **options))


@pytest.mark.parametrize("code", AS_SEEN)
def test_a_turned_or_mirrored_copy_is_found_and_named(code):
    (pair,) = match([made(4)], [made(4, *AS_SEEN[code], quality=70)])

    assert pair.how.code == code
    assert pair.score > 0.7


@pytest.mark.parametrize("number", [11, 12, 13])
def test_saved_smaller_and_rougher_it_is_the_same_picture(number):
    smaller = pictures.scene(number).resize((240, 180), Image.Resampling.LANCZOS)

    (pair,) = match([made(number)], [read_fingerprint(pictures.saved(smaller, quality=40))])

    assert pair.how.code == "same_picture"


def test_the_same_bytes_are_the_same_file_with_score_one():
    (pair,) = match([made(4)], [made(4)])

    assert (pair.how.code, pair.score, pair.distance_bits) == ("same_file", 1.0, 0)


def test_other_pictures_do_not_match():
    assert list(match([made(n) for n in range(8)], [made(n) for n in range(20, 28)])) == []


def test_only_matching_pairs_come_in_the_order_of_the_others():
    pairs = list(match([made(1), made(2)], [made(2, quality=60), made(9), made(1, quality=60)]))

    assert [(pair.other, pair.mine) for pair in pairs] == [(0, 1), (2, 0)]


def test_thirty_one_bits_match_and_thirty_two_do_not():
    mine = made(1)
    bits = int(mine.pdq, 16)

    def other(distance: int) -> Fingerprint:
        return Fingerprint(**{**vars(mine), "sha256": "", "pdq": f"{bits ^ ((1 << distance) - 1):064x}"})

    assert [pair.score for pair in match([mine], [other(31)])] == [0.5]
    assert list(match([mine], [other(32)])) == []


def test_plain_pictures_match_only_as_the_same_file():
    """All flat pictures have about the same fingerprint; it says nothing."""
    grey = read_fingerprint(pictures.saved(pictures.plain()))
    other_grey = read_fingerprint(pictures.saved(pictures.plain(), quality=50))

    assert list(match([grey], [other_grey])) == []
    assert [pair.how.code for pair in match([grey], [grey])] == ["same_file"]
