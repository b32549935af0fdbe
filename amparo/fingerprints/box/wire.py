"""What goes between parent and worker: an order in, a fixed header and raw bytes out.

The parent believes none of it: every number is checked against what it asked for.
"""

import json
import struct
from dataclasses import asdict, dataclass
from enum import IntEnum

HEADER = struct.Struct("<4sBBBIII")
MAGIC = b"AMP1"
TURNS = 8
FINGERPRINT_BYTES = 1 + TURNS * 32


KINDS = ("jpeg", "png", "webp", "gif", "heic", "avif")
ASKED = struct.Struct("<BI")
"""Before each picture of the job `rasters`: its kind (a place in KINDS) and how many bytes follow."""


class Status(IntEnum):
    """How the worker ended; the parent has the words for each."""

    DONE = 0
    DAMAGED = 1
    TOO_MANY_PIXELS = 2
    SIDE_TOO_LONG = 3
    TOO_MUCH_MEMORY = 4
    NO_DECODER = 5
    TOO_SMALL = 6
    TOO_MANY_BYTES = 7


@dataclass(frozen=True)
class Order:
    """One job: `fingerprint`, `pixels` or `probe`, for one kind of picture, under these limits and layers.

    The job `rasters` is many pictures of many kinds, one after the other: see `ASKED`.
    """

    job: str
    kind: str
    layers: tuple[str, ...]
    threads: bool
    longest_side: int | None
    max_bytes: int
    max_pixels: int
    max_side: int
    memory_bytes: int
    cpu_s: int

    def to_text(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> "Order":
        fields = json.loads(text)
        return cls(**{**fields, "layers": tuple(fields["layers"])})


@dataclass(frozen=True)
class Header:
    """The first bytes of every answer; `length` counts the bytes that follow it."""

    status: Status
    landlock_abi: int
    seccomp: bool
    width: int
    height: int
    length: int

    def to_bytes(self) -> bytes:
        return HEADER.pack(
            MAGIC,
            self.status,
            self.landlock_abi,
            self.seccomp,
            self.width,
            self.height,
            self.length,
        )

    @classmethod
    def from_bytes(cls, untrusted: bytes) -> "Header":
        """Gives the header; raises ValueError for anything the worker could not have meant."""
        if len(untrusted) != HEADER.size:
            raise ValueError("short header")
        magic, status, abi, seccomp, width, height, length = HEADER.unpack(untrusted)
        if magic != MAGIC or seccomp not in (0, 1):
            raise ValueError("not a header")
        return cls(Status(status), abi, bool(seccomp), width, height, length)
