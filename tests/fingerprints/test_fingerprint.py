"""The fingerprint is the reference's, bit for bit, and says when it says too little."""

import hashlib
import io

import numpy as np
import pdqhash
import pytest
from PIL import Image

from amparo.fingerprints.box import pdq
from amparo.fingerprints.fingerprint import TooPlain, fingerprint, read_fingerprint
from tests.fingerprints import pictures

# Computed once by the reference binding (pdqhash 0.2.8) from the same pixels.
FROZEN = {
    1: ("7abddaecf562f4a8c179ada3fc000b0712af50596da1d2e8d978adb616161654", 100),
    2: ("3331e7ec9c9ca1766f481f8e42cf4e57b37194b18cc6a6c639326968485c5d5a", 100),
    3: ("230dfcea5e7aa5a0a555d2a0adae1fc005aa85efba55bc0b1ea891683c1f3a57", 100),
    40: ("350383a6c9b215e63e0df20fd76483bf131e3d8638f32078b9619a43b0fd71b9", 100),
    41: ("9cc33a26d9ec2df81a6b433063d3e7296b08d292bd4d77b4fe5b54d1902588c5", 100),
    42: ("6e35995b39ac66300a93f8e43c69dfe7700adaf8c6316daf94eb56360ba8d100", 100),
}


def reference(image: Image.Image) -> tuple[str, int]:
    bits, quality = pdqhash.compute(np.asarray(image.convert("RGB")))
    return np.packbits(bits.astype(np.uint8)).tobytes().hex(), quality


@pytest.mark.parametrize("number", FROZEN)
def test_the_fingerprint_of_a_known_picture_never_changes(number):
    found = fingerprint(pictures.saved(pictures.scene(number), "PNG"))

    assert (found.pdq, found.quality) == FROZEN[number]


@pytest.mark.parametrize("side", [(5, 5), (64, 64), (64, 65), (129, 128), (200, 7), (512, 512), (1001, 703)])
def test_every_size_has_the_bits_of_the_reference(side):
    image = pictures.scene(7).resize(side, Image.Resampling.BICUBIC)

    quality, turned = pdq.compute(pdq.brightness(image))

    assert (turned[0].hex(), quality) == reference(image)


def test_random_sizes_and_contents_have_the_bits_of_the_reference():
    random = np.random.default_rng(20)
    for _ in range(60):
        width, height, grain = (int(n) for n in random.integers(5, 400, 3))
        seed = random.integers(0, 256, (grain % 30 + 2, grain % 23 + 2, 3), dtype=np.uint8)
        image = Image.fromarray(seed).resize((width, height), Image.Resampling.BICUBIC)

        quality, turned = pdq.compute(pdq.brightness(image))

        assert (turned[0].hex(), quality) == reference(image), (width, height, grain)


@pytest.mark.parametrize("mode", ["L", "P", "1", "CMYK", "LA", "RGBA"])
def test_every_way_of_storing_colour_has_the_bits_of_the_reference(mode):
    image = pictures.scene(3).convert(mode)
    format = "JPEG" if mode == "CMYK" else "PNG"
    untrusted = pictures.saved(image, format)

    with Image.open(io.BytesIO(untrusted)) as again:
        assert read_fingerprint(untrusted).pdq == reference(again)[0]


def test_leading_zeros_are_kept():
    found = fingerprint(pictures.saved(pictures.scene(546, width=120, height=90), "PNG"))

    assert found.pdq == "005afad3b7bef404ee08e81bfe05f21efc0bb40bbfd3a01234a404cfcad44ade"


def test_a_photo_lying_on_its_side_is_turned_upright_first():
    upright = pictures.scene(5)

    found = fingerprint(pictures.lying_down(upright))

    assert (found.width, found.height) == upright.size
    bits = int(found.pdq, 16) ^ int(reference(upright)[0], 16)
    assert bits.bit_count() <= 10


def test_sha256_is_of_the_exact_bytes():
    untrusted = pictures.saved(pictures.scene(1))

    assert fingerprint(untrusted).sha256 == hashlib.sha256(untrusted).hexdigest()


def test_a_plain_picture_is_refused_with_its_quality_and_keeps_its_sha256():
    untrusted = pictures.saved(pictures.plain())

    with pytest.raises(TooPlain) as refused:
        fingerprint(untrusted)

    assert "quality 0, 50 is needed" in str(refused.value.what)
    assert refused.value.fingerprint.sha256 == hashlib.sha256(untrusted).hexdigest()


@pytest.mark.parametrize(
    ("kind", "format"),
    [("jpeg", "JPEG"), ("png", "PNG"), ("webp", "WEBP"), ("gif", "GIF"), ("avif", "AVIF")],
)
def test_each_kind_is_read(kind, format):
    found = fingerprint(pictures.saved(pictures.scene(2), format))

    assert found.kind == kind
    bits = int(found.pdq, 16) ^ int(reference(pictures.scene(2))[0], 16)
    assert bits.bit_count() <= 16


def test_a_heic_photo_of_a_telephone_is_read():
    pillow_heif = pytest.importorskip("pillow_heif")
    pillow_heif.register_heif_opener()

    found = fingerprint(pictures.saved(pictures.scene(2), "HEIF", quality=90))

    assert (found.kind, found.width, found.height) == ("heic", 400, 300)


def test_a_jpeg_that_holds_a_second_picture_is_read_by_its_first():
    """Some telephones keep a depth map or a small copy behind the photo (MPO)."""
    both = pictures.saved(pictures.scene(1), "MPO", save_all=True, append_images=[pictures.scene(2)])

    assert both.startswith(b"\xff\xd8\xff")
    assert fingerprint(both).pdq == fingerprint(pictures.saved(pictures.scene(1))).pdq


def test_of_an_animation_the_first_frame_counts():
    moving = pictures.animation(pictures.scene(1), pictures.scene(2))
    still = pictures.animation(pictures.scene(1))

    assert fingerprint(moving).pdq == fingerprint(still).pdq


@pytest.mark.slow
def test_a_photo_of_fifty_million_pixels_fits():
    found = fingerprint(pictures.saved(pictures.scene(9, width=800, height=625).resize((8000, 6250))))

    assert (found.width, found.height) == (8000, 6250)
