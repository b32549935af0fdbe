"""The few operations everything is built of: keyed hash, sealing, boxes, signatures. PyNaCl does the work.

Every sealed value starts with one version byte. The version alone says which algorithms hold; nothing else
in the bytes can choose them.
"""

import hashlib
import secrets
from collections.abc import Callable

from nacl import bindings, exceptions

from amparo.vault.encoding import pack

VERSION = b"\x01"
KEY_SIZE = 32
NONCE_SIZE = 24
TAG_SIZE = 16
PUBLIC_SIZE = 32

Random = Callable[[int], bytes]
"""Gives n bytes nobody can guess."""
system_random: Random = secrets.token_bytes


class Altered(Exception):
    """Sealed bytes that are not what was sealed, or not in their place, or not with this key."""


def keyed_hash(key: bytes, message: bytes, size: int = 32) -> bytes:
    """Gives BLAKE2b of the message under a key (RFC 7693)."""
    return hashlib.blake2b(message, key=key, digest_size=size, person=b"amparo vault 1").digest()


def derive(key: bytes, purpose: str, *about: bytes | str | int) -> bytes:
    """Gives the 32-byte key for one purpose under a key."""
    return keyed_hash(key, pack(purpose, *about))


def seal(key: bytes, plain: bytes, *about: bytes | str | int, random: Random = system_random) -> bytes:
    """Gives version | nonce | XChaCha20-Poly1305; it opens only with the same `about`."""
    nonce = random(NONCE_SIZE)
    return VERSION + nonce + encrypt(key, nonce, plain, pack("amparo", VERSION, *about))


def unseal(key: bytes, sealed: bytes, *about: bytes | str | int) -> bytes:
    """Gives what `seal` sealed. Raises Altered."""
    if sealed[:1] != VERSION:
        raise Altered("version")
    nonce = sealed[1 : 1 + NONCE_SIZE]
    return decrypt(key, nonce, sealed[1 + NONCE_SIZE :], pack("amparo", VERSION, *about))


def encrypt(key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
    """Gives XChaCha20-Poly1305 (IETF) with `bound` as associated data."""
    return bytes(bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, bound, nonce, key))


def decrypt(key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
    """Gives what `encrypt` encrypted. Raises Altered."""
    if len(sealed) < TAG_SIZE or len(nonce) != NONCE_SIZE:
        raise Altered("cut")
    try:
        return bytes(bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, bound, nonce, key))
    except (exceptions.CryptoError, exceptions.ValueError, exceptions.TypeError) as error:
        raise Altered("tag") from error


def box_public(secret: bytes) -> bytes:
    """Gives the X25519 public key of a secret."""
    return bytes(bindings.crypto_scalarmult_base(secret))


def box_seal(public: bytes, plain: bytes) -> bytes:
    """Gives version | sealed box: anybody can write it, only the holder of the secret reads it."""
    try:
        return VERSION + bytes(bindings.crypto_box_seal(plain, public))
    except (exceptions.CryptoError, exceptions.ValueError, exceptions.TypeError) as error:
        raise Altered("public key") from error


def box_open(secret: bytes, sealed: bytes) -> bytes:
    """Gives what was sealed to the public key of `secret`. Raises Altered."""
    if sealed[:1] != VERSION or len(sealed) < 1 + 48:
        raise Altered("box")
    try:
        return bytes(bindings.crypto_box_seal_open(sealed[1:], box_public(secret), secret))
    except (exceptions.CryptoError, exceptions.ValueError, exceptions.TypeError) as error:
        raise Altered("box") from error


def sign_public(seed: bytes) -> bytes:
    """Gives the Ed25519 public key of a 32-byte seed."""
    return bytes(bindings.crypto_sign_seed_keypair(seed)[0])


def sign(seed: bytes, message: bytes) -> bytes:
    """Gives the 64-byte Ed25519 signature."""
    _, secret = bindings.crypto_sign_seed_keypair(seed)
    return bytes(bindings.crypto_sign(message, secret)[:64])


def signed_by(public: bytes, message: bytes, signature: bytes) -> bool:
    """Says whether the signature over the message was made with the key of `public`."""
    try:
        bindings.crypto_sign_open(signature + message, public)
    except (exceptions.CryptoError, exceptions.ValueError, exceptions.TypeError):
        return False
    return True
