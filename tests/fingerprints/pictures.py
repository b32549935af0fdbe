"""Photo-like test pictures made by program: no photo of anybody is in this repository.

A picture is its number: the same number gives the same pixels on every machine and Python (integers only).
"""

import io
import struct
import zlib

import numpy as np
from PIL import Image

ORIENTATION = 0x0112
PLACE_MARK = b"PLANTED-PLACE-48.2082N"


def scene(number: int, *, width: int = 400, height: int = 300) -> Image.Image:
    """Gives a scene with ground, shapes and grain; rich enough that PDQ's quality is 100."""
    random = np.random.Generator(np.random.PCG64(number))
    down, across = np.mgrid[0:height, 0:width]
    pixels = np.zeros((height, width, 3), np.int64)
    for colour in range(3):
        pixels[..., colour] = 60 + (across * random.integers(20, 120)) // width
        pixels[..., colour] += (down * random.integers(20, 120)) // height
    for _ in range(40):
        pixels[_shape(random, down, across)] = random.integers(0, 256, 3)
    pixels += random.integers(-12, 13, pixels.shape)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8), "RGB")


def _shape(random: np.random.Generator, down: np.ndarray, across: np.ndarray) -> np.ndarray:
    """Where one round or square shape lies: `(height, width) bool`."""
    height, width = down.shape
    y, x = int(random.integers(0, height)), int(random.integers(0, width))
    size = int(random.integers(max(2, height // 30), max(3, height // 6)))
    if random.integers(0, 2):
        return (down - y) ** 2 + (across - x) ** 2 < size**2
    return (abs(down - y) < size) & (abs(across - x) < 2 * size)


def plain(*, width: int = 400, height: int = 300) -> Image.Image:
    """Gives one flat colour: nothing to recognise."""
    return Image.new("RGB", (width, height), (120, 130, 140))


def saved(image: Image.Image, format: str = "JPEG", **options: object) -> bytes:
    """Gives the picture as the bytes of a file."""
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def lying_down(image: Image.Image) -> bytes:
    """Gives the JPEG of a camera held upright: pixels on their side, and a note which way is up."""
    note = Image.Exif()
    note[ORIENTATION] = 6
    return saved(image.transpose(Image.Transpose.ROTATE_90), "JPEG", quality=95, exif=note)


def with_planted_place(image: Image.Image) -> bytes:
    """Gives a JPEG whose EXIF holds a mark that must never leave the box."""
    note = Image.Exif()
    note[0x010E] = PLACE_MARK.decode()
    return saved(image, "JPEG", exif=note)


def animation(*images: Image.Image) -> bytes:
    """Gives an animated GIF."""
    return saved(images[0], "GIF", save_all=True, append_images=list(images[1:]), duration=100)


def png_saying(width: int, height: int, *, rows: bytes | None = None) -> bytes:
    """Gives a one-bit PNG that says it is this large; black throughout, so it packs to almost nothing."""
    row = b"\x00" + bytes((width + 7) // 8)
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(row) for _ in range(height)) if rows is None else packer.compress(rows)
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", body + packer.flush()), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
