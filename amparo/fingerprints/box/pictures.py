"""Reads one picture inside the box: only the format the parent saw, one frame, under our own limits."""

import contextlib
import importlib
import io
from collections.abc import Iterator

from PIL import Image, ImageFile, ImageOps, PngImagePlugin

from amparo.fingerprints.box.wire import Order, Status
from amparo.fingerprints.limits import MAX_TEXT_BYTES, RASTER_PIXELS

_FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF", "avif": "AVIF", "heic": "HEIF"}
_PLUGINS = {
    "jpeg": ("JpegImagePlugin", "MpoImagePlugin"),  # some cameras put a second picture in their JPEG
    "png": ("PngImagePlugin",),
    "webp": ("WebPImagePlugin",),
    "gif": ("GifImagePlugin",),
    "avif": ("AvifImagePlugin",),
    "heic": (),
}
_SAMPLES = ("jpeg", "png", "webp", "gif")
_STRIP_PIXELS = 1_000_000


class Unreadable(Exception):
    """The picture is not for us; `status` says why."""

    def __init__(self, status: Status) -> None:
        super().__init__(status.name)
        self.status = status


def warm_up_all(*, threads: bool) -> None:
    """Loads every kind of picture that such a worker reads; one that is absent here is told when it is asked
    for.
    """
    for kind in ("heic", "avif") if threads else _SAMPLES:
        with contextlib.suppress(Exception):
            warm_up(kind)


def warm_up(kind: str) -> None:
    """Loads what this kind needs: Pillow loads plugins late, and after sealing no file can be opened.

    Raises whatever a missing or broken decoder raises.
    """
    Image.preinit()
    for plugin in (*_PLUGINS[kind], "TiffImagePlugin"):  # EXIF is written in the manner of TIFF
        with contextlib.suppress(ImportError):  # a decoder left out of this Pillow is told by `read`
            importlib.import_module(f"PIL.{plugin}")
    Image.MAX_IMAGE_PIXELS = None  # our own limits are stricter and count both sides
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    PngImagePlugin.MAX_TEXT_CHUNK = PngImagePlugin.MAX_TEXT_MEMORY = MAX_TEXT_BYTES
    if kind == "heic":
        importlib.import_module("pillow_heif").register_heif_opener(thumbnails=False)
    elif kind in _SAMPLES:
        _read_sample(kind)


def _read_sample(kind: str) -> None:
    sample = io.BytesIO()
    Image.new("RGB", (16, 16), (90, 120, 150)).save(sample, _FORMATS[kind])
    with Image.open(io.BytesIO(sample.getvalue()), formats=[_FORMATS[kind]]) as image:
        image.load()
        ImageOps.exif_transpose(image.convert("RGB"))


def read(untrusted: bytes, order: Order) -> Image.Image:
    """Gives the first frame, upright by its EXIF note; raises Unreadable, MemoryError or Pillow's own."""
    if _FORMATS[order.kind] not in Image.OPEN:
        raise Unreadable(Status.NO_DECODER)
    image: Image.Image = Image.open(io.BytesIO(untrusted), formats=[_FORMATS[order.kind]])
    _check_size(image, order)
    image.load()
    _check_size(image, order)  # a second header may have changed it
    return _upright(image)


def raster(untrusted: bytes, order: Order) -> Image.Image:
    """Gives the first frame grey, upright and small: an average over areas, of a JPEG decoded small."""
    if _FORMATS[order.kind] not in Image.OPEN:
        raise Unreadable(Status.NO_DECODER)
    image: Image.Image = Image.open(io.BytesIO(untrusted), formats=[_FORMATS[order.kind]])
    _check_size(image, order)
    if order.kind == "jpeg":
        image.draft("L", _raster_size(*image.size))
    image.load()
    _check_size(image, order)
    # Orientation comes last, on few pixels. A size that stands no longer in the file is asked for before.
    image = _upright(image)
    grey = image if image.mode == "L" else over_white(eight_bits(image)).convert("L")
    wanted = _raster_size(*grey.size)
    return grey if grey.size == wanted else grey.resize(wanted, Image.Resampling.BOX)


def _raster_size(width: int, height: int) -> tuple[int, int]:
    share = min(1.0, (RASTER_PIXELS / (width * height)) ** 0.5)
    return max(1, round(width * share)), max(1, round(height * share))


def eight_bits(image: Image.Image) -> Image.Image:
    """Gives a picture of 16 bits a point with 8: Pillow itself would turn all that is not dark white."""
    if not image.mode.startswith("I"):
        return image
    return image.point(lambda value: value / 256, "L") if image.mode == "I" else _high_bytes(image)


def _high_bytes(image: Image.Image) -> Image.Image:
    import numpy

    return Image.fromarray((numpy.asarray(image) >> 8).astype(numpy.uint8))


def _check_size(image: Image.Image, order: Order) -> None:
    width, height = image.size
    if max(width, height) > order.max_side:
        raise Unreadable(Status.SIDE_TOO_LONG)
    if width * height > order.max_pixels:
        raise Unreadable(Status.TOO_MANY_PIXELS)
    if min(width, height) < 1:
        raise Unreadable(Status.DAMAGED)


def _upright(image: Image.Image) -> Image.Image:
    """A camera often stores the picture lying on its side and notes which way is up."""
    with contextlib.suppress(Exception):  # broken EXIF is no reason to refuse the picture under it
        ImageOps.exif_transpose(image, in_place=True)
    return image


def over_white(image: Image.Image) -> Image.Image:
    """Gives RGB as a page would show it: what is transparent turns white."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    image = image.convert("RGBA")
    white = Image.new("RGBA", image.size, (255, 255, 255, 255))
    white.alpha_composite(image)
    return white.convert("RGB")


def no_larger(image: Image.Image, longest_side: int | None) -> Image.Image:
    """Gives the picture reduced so that neither side is above `longest_side` pixels."""
    if longest_side is not None and max(image.size) > longest_side:
        image.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    return image


def strips(image: Image.Image) -> Iterator[bytes]:
    """Gives the RGB bytes a few rows at a time, so that they never stand twice in memory."""
    width, height = image.size
    rows = max(1, _STRIP_PIXELS // width)
    for top in range(0, height, rows):
        yield image.crop((0, top, width, min(top + rows, height))).tobytes()
