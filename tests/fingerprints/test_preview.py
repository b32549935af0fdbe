"""A preview is made anew from pixels; nothing of the file travels with it."""

import io

import pytest
from PIL import Image

from amparo.errors import Refused
from amparo.fingerprints import decoding, protecting
from amparo.fingerprints.decoding import decode, preview
from tests.fingerprints import pictures


def test_a_preview_shows_the_picture_and_holds_no_trace_of_exif():
    untrusted = pictures.with_planted_place(pictures.scene(1))

    png = preview(untrusted, longest_side=200)

    assert pictures.PLACE_MARK in untrusted
    assert pictures.PLACE_MARK not in png
    with Image.open(io.BytesIO(png)) as image:
        assert (image.format, image.size, image.info) == ("PNG", (200, 150), {})
        assert image.tobytes() == decode(untrusted, longest_side=200).pixels.tobytes()


def test_a_photo_lying_on_its_side_is_shown_upright():
    with Image.open(io.BytesIO(preview(pictures.lying_down(pictures.scene(1)), longest_side=200))) as image:
        assert image.size == (200, 150)


def test_under_reduced_protection_there_is_no_preview(monkeypatch):
    monkeypatch.setattr(decoding, "protection", lambda: protecting._reduced())

    with pytest.raises(Refused, match="Previews are off"):
        preview(pictures.saved(pictures.scene(1)))
