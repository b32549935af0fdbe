"""Which kind of file this is, from its first bytes only. Reads nothing else and decodes nothing."""

from amparo.errors import Refused
from amparo.words import Words, words

STRICT_KINDS = ("jpeg", "png", "webp", "gif")
"""Decoded in the strict worker."""

THREADED_KINDS = ("heic", "avif")
"""Their decoders start threads, so they get a worker that may do that and nothing more."""

HEAD_BYTES = 4096

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_AVIF_BRANDS = {b"avif", b"avis"}

_OTHER_STARTS = (
    (b"%PDF", "pdf"),
    (b"II*\x00", "other_picture"),  # TIFF and most raw camera files
    (b"MM\x00*", "other_picture"),
    (b"BM", "other_picture"),
    (b"8BPS", "other_picture"),
    (b"\x00\x00\x01\x00", "other_picture"),
    (b"\xff\x0a", "other_picture"),  # JPEG XL
    (b"\x00\x00\x00\x0cJXL ", "other_picture"),
    (b"\x00\x00\x00\x0cjP  ", "other_picture"),  # JPEG 2000
    (b"\x1a\x45\xdf\xa3", "video"),  # Matroska, WebM
    (b"FLV\x01", "video"),
    (b"OggS", "video"),
    (b"\x30\x26\xb2\x75", "video"),  # Windows Media
    (b"\x00\x00\x01\xba", "video"),  # MPEG
    (b"\x00\x00\x01\xb3", "video"),
    (b"PK\x03\x04", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
)

_TAKEN = words("Give a photo saved as JPEG, PNG, WebP, GIF, HEIC or AVIF.")
_EXPORT = words("Open it in your photo program, save it as JPEG or PNG, and give that file.")

_REFUSALS: dict[str, tuple[Words, Words]] = {
    "empty": (words("This file is empty."), words("Copy the photo again, then try once more.")),
    "video": (
        words("This is a video. Videos are not read yet."),
        words("For now, take a still picture from it and give that."),
    ),
    "svg": (words("This is a drawing (SVG). It is not opened, because it can hold programs."), _TAKEN),
    "pdf": (words("This is a PDF. It is not opened, because it can hold programs."), _TAKEN),
    "other_picture": (words("This kind of picture is not read."), _EXPORT),
    "archive": (words("This is an archive of files, not a photo."), words("Unpack it and give the photos.")),
    "text": (words("This is a text, not a photo."), _TAKEN),
    "unknown": (words("This file is not a photo that can be read."), _TAKEN),
}


def kind_of(untrusted: bytes) -> str:
    """Gives jpeg, png, webp, gif, heic or avif; raises Refused, with words for what it seems to be."""
    kind = seems(untrusted)
    if kind in _REFUSALS:
        raise Refused(*_REFUSALS[kind])
    return kind


def seems(untrusted: bytes) -> str:
    """Gives a picture kind, or empty, video, svg, pdf, other_picture, archive, text, unknown."""
    head = untrusted[:HEAD_BYTES]
    if not head:
        return "empty"
    return _picture(head) or _box_file(head) or _other(head) or _text(head)


def _picture(head: bytes) -> str | None:
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return "gif"
    if head[:4] == b"RIFF":
        return "webp" if head[8:12] == b"WEBP" else "video"
    return None


def _box_file(head: bytes) -> str | None:
    """ISO base media files: photos and videos differ only in the brands they name."""
    if head[4:8] != b"ftyp":
        return None
    end = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))}
    if brands & _AVIF_BRANDS:
        return "avif"
    return "heic" if brands & _HEIC_BRANDS else "video"


def _other(head: bytes) -> str | None:
    return next((kind for start, kind in _OTHER_STARTS if head.startswith(start)), None)


def _text(head: bytes) -> str:
    if b"\x00" in head:
        return "unknown"
    if b"<svg" in head.lower():
        return "svg"
    try:
        head[:-4].decode() if len(head) == HEAD_BYTES else head.decode()
    except UnicodeDecodeError:
        return "unknown"
    return "text"
