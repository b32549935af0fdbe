"""The recovery key.

32 random bytes, shown once in eight groups of seven letters and digits, with a checksum.
"""

import base64
import binascii
import hashlib
import re

from amparo.errors import Refused
from amparo.vault import cipher
from amparo.words import words

GROUPS = 8
GROUP_LENGTH = 7
_CHECK_SIZE = 3


def new(random: cipher.Random = cipher.system_random) -> str:
    """Gives a recovery key as a person writes it down: `ABCDEFG-…` (RFC 4648 base32)."""
    return written(random(cipher.KEY_SIZE))


def written(key: bytes) -> str:
    """Gives the groups of a 32-byte key."""
    letters = base64.b32encode(key + _checksum(key)).decode("ascii")
    return "-".join(letters[at : at + GROUP_LENGTH] for at in range(0, len(letters), GROUP_LENGTH))


def read(untrusted: str) -> bytes:
    """Gives the 32 bytes. Small letters, spaces, and 0, 1, 8 for O, I, B are understood. Raises Refused."""
    letters = re.sub(r"[\W_]", "", untrusted).upper().translate(str.maketrans("018", "OIB"))
    try:
        whole = base64.b32decode(letters)
    except (binascii.Error, ValueError):
        whole = b""
    key, check = whole[: cipher.KEY_SIZE], whole[cipher.KEY_SIZE :]
    if len(key) != cipher.KEY_SIZE or check != _checksum(key):
        raise Refused(
            words("This is not a whole recovery key: {n} signs were read.", n=len(letters)),
            words("Compare it with your paper: 8 groups of 7. Each sign is a letter or a digit from 2 to 7."),
        )
    return key


def first_and_last_groups(recovery_key: str) -> tuple[str, str]:
    """Gives the two groups that are typed back to show that the key was written down."""
    groups = recovery_key.split("-")
    return groups[0], groups[-1]


def typed_back(recovery_key: str, *, untrusted_first: str, untrusted_last: str) -> bool:
    """Says whether both groups were typed back, whatever the case and the spaces."""
    typed = [
        re.sub(r"[\W_]", "", one).upper().translate(str.maketrans("018", "OIB"))
        for one in (untrusted_first, untrusted_last)
    ]
    return typed == list(first_and_last_groups(recovery_key))


def _checksum(key: bytes) -> bytes:
    return hashlib.blake2b(key, digest_size=_CHECK_SIZE, person=b"amparo recovery").digest()
