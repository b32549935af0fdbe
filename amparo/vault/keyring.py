"""An unlocked account in memory, and the card by which others seal to it."""

from dataclasses import dataclass, field
from functools import cached_property

from amparo.vault import cipher
from amparo.vault.encoding import pack
from amparo.words import Words

SECRET_SIZE = 64


@dataclass(frozen=True)
class Card:
    """A member's public half: what others seal to, and how her signature is checked."""

    account_id: str
    box_public: bytes
    sign_public: bytes

    @property
    def pin(self) -> bytes:
        """Gives 16 bytes that stand for both keys."""
        return cipher.keyed_hash(b"", pack("card", self.account_id, self.box_public, self.sign_public), 16)

    @property
    def fingerprint(self) -> str:
        """Gives the pin in groups of four hex digits, to be compared by voice."""
        digits = self.pin.hex()
        return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


@dataclass(frozen=True, repr=False)
class Keyring:
    """The opened secrets of an account. Kept in memory for one request, never written.

    `noticed` says what was found wrong with the stored account when it was opened, and was put right.
    """

    account_id: str
    secret: bytes
    noticed: tuple[Words, ...] = field(default=(), compare=False)

    def __repr__(self) -> str:
        return f"Keyring({self.account_id[:4]}…)"

    @property
    def box_secret(self) -> bytes:
        """Gives the X25519 secret."""
        return self.secret[:32]

    @property
    def sign_seed(self) -> bytes:
        """Gives the Ed25519 seed."""
        return self.secret[32:]

    @cached_property
    def card(self) -> Card:
        """Gives the public half."""
        return Card(self.account_id, cipher.box_public(self.box_secret), cipher.sign_public(self.sign_seed))

    def key(self, purpose: str) -> bytes:
        """Gives the account's own symmetric key for one purpose."""
        return cipher.derive(self.secret, purpose, self.account_id)
