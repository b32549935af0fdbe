"""The numbers that recognise a picture: SHA-256 of its exact bytes, and PDQ of what it shows."""

import hashlib
from dataclasses import dataclass

from amparo.errors import Refused
from amparo.fingerprints import limits
from amparo.fingerprints.box.wire import FINGERPRINT_BYTES, TURNS
from amparo.fingerprints.decoding import TOO_MANY_BYTES, ask
from amparo.fingerprints.kinds import kind_of
from amparo.fingerprints.protecting import protection
from amparo.words import Words, words


@dataclass(frozen=True)
class Fingerprint:
    """One picture. `pdq` is 64 lower-case hex; `turned` the same for all eight orientations, upright first.

    `quality` is PDQ's own, 0 to 100. A blurred shadow of the picture can be
    worked out from `pdq`, so it is personal data like the picture itself.
    """

    kind: str
    sha256: str
    pdq: str
    quality: int
    width: int
    height: int
    protection: str
    turned: tuple[str, ...]

    @property
    def recognisable(self) -> bool:
        """Whether there is enough detail for PDQ to tell this picture from others."""
        return self.quality >= limits.MIN_QUALITY


class TooPlain(Refused):
    """Too little detail to be recognised; `fingerprint` still holds the SHA-256, which finds exact copies."""

    def __init__(self, fingerprint: Fingerprint) -> None:
        super().__init__(*too_plain(fingerprint.quality))
        self.fingerprint = fingerprint


def too_plain(quality: int) -> tuple[Words, Words]:
    """Gives what is said of a picture of this quality, and what to do."""
    return (
        words(
            "This picture has too little detail to be recognised (quality {quality}, {least} is needed).",
            quality=quality,
            least=limits.MIN_QUALITY,
        ),
        words("Give a larger or sharper copy, or another picture of the same moment."),
    )


def fingerprint(untrusted: bytes) -> Fingerprint:
    """Gives the fingerprint of a picture; raises TooPlain (quality below 50), Refused or CouldNot."""
    found = read_fingerprint(untrusted)
    if not found.recognisable:
        raise TooPlain(found)
    return found


def read_fingerprint(untrusted: bytes) -> Fingerprint:
    """Gives the fingerprint whatever its quality; raises Refused or CouldNot."""
    if len(untrusted) > limits.MAX_BYTES:
        raise Refused(*TOO_MANY_BYTES)
    kind = kind_of(untrusted)
    said = ask(untrusted, job="fingerprint", kind=kind)
    quality, turned = _read(said.body)
    return Fingerprint(
        kind=kind,
        sha256=hashlib.sha256(untrusted).hexdigest(),
        pdq=turned[0],
        quality=quality,
        width=said.header.width,
        height=said.header.height,
        protection=protection().level,
        turned=turned,
    )


def _read(untrusted_body: bytes) -> tuple[int, tuple[str, ...]]:
    """The worker's answer is as untrusted as the picture: its length and quality are checked."""
    if len(untrusted_body) != FINGERPRINT_BYTES or untrusted_body[0] > 100:
        raise Refused(
            words("This picture could not be read."),
            words("Save it again as JPEG or PNG and give that file."),
        )
    hashes = untrusted_body[1:].hex()
    return untrusted_body[0], tuple(hashes[64 * turn : 64 * (turn + 1)] for turn in range(TURNS))
