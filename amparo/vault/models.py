"""The tables.

In clear they hold only random ids, epochs, sequence numbers, days, public keys, Argon2 numbers and keyed
hashes; everything else is sealed (tests/vault/test_plain_columns.py compares every table with that list).

`Account` and what belongs to it are the vault's own. Cases are abstract here: each room that keeps cases
makes its own tables of them and bundles them in a `Shelf`.
"""

from typing import Any, ClassVar

from django.db import models

ID_LENGTH = 32  # 128 random bits in hex


class SealedTable(models.Model):
    """Every table of the vault and of a shelf: what a backup copies."""

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        abstract = True


def _id() -> models.CharField:
    return models.CharField(max_length=ID_LENGTH, primary_key=True)


def _other_id() -> models.CharField:
    return models.CharField(max_length=ID_LENGTH, db_index=True)


class Account(SealedTable):
    """One person's way in. `name_hash` is under the server's key, so a copied database lists no names."""

    id = _id()
    name_hash = models.CharField(max_length=64, unique=True)
    epoch = models.PositiveIntegerField()
    argon_memory_kib = models.PositiveIntegerField()
    argon_passes = models.PositiveIntegerField()
    argon_salt = models.BinaryField()
    secret_sealed = models.BinaryField()
    recovery_sealed = models.BinaryField()
    box_public = models.BinaryField()
    sign_public = models.BinaryField()
    state_sealed = models.BinaryField()
    memory_sealed = models.BinaryField()


class Draft(SealedTable):
    """What was typed when the space had locked: sealed to the account's public key."""

    id = _id()
    account_id = _other_id()
    day = models.DateField()
    sealed = models.BinaryField()


class Slip(SealedTable):
    """A watch slip: what background work may read, because she released it, until a day."""

    id = _id()
    expires = models.DateField()
    sealed = models.BinaryField()


class SlipAnswer(SealedTable):
    """What the work found for a slip: sealed to the slip's own public key."""

    id = _id()
    slip_id = _other_id()
    day = models.DateField()
    sealed = models.BinaryField()


class CaseRow(SealedTable):
    """One case: its head (count, last hash), sealed."""

    id = _id()
    epoch = models.PositiveIntegerField()
    head_sealed = models.BinaryField()

    class Meta:
        abstract = True


class EpochRow(SealedTable):
    """One key epoch of a case: the key of the epoch before, sealed under this one; the public drop key."""

    id = _id()
    case_id = _other_id()
    epoch = models.PositiveIntegerField()
    link_sealed = models.BinaryField()
    drop_public = models.BinaryField()

    class Meta:
        abstract = True
        constraints = (
            models.UniqueConstraint(fields=["case_id", "epoch"], name="%(app_label)s_%(class)s_once"),
        )


class GrantRow(SealedTable):
    """One member's way into one epoch.

    The case key sealed to her, and the signed statement of who granted it.
    """

    id = _id()
    case_id = _other_id()
    account_id = _other_id()
    epoch = models.PositiveIntegerField()
    key_sealed = models.BinaryField()
    statement_sealed = models.BinaryField()

    class Meta:
        abstract = True
        constraints = (
            models.UniqueConstraint(
                fields=["case_id", "account_id", "epoch"], name="%(app_label)s_%(class)s_once"
            ),
        )


class EntryRow(SealedTable):
    """One record of a case's log: its sealed header, and its body under a key of its own."""

    id = _id()
    case_id = models.CharField(max_length=ID_LENGTH)
    seq = models.PositiveIntegerField()
    epoch = models.PositiveIntegerField()
    day = models.DateField()
    header_sealed = models.BinaryField()
    body_sealed = models.BinaryField()

    class Meta:
        abstract = True
        constraints = (
            models.UniqueConstraint(fields=["case_id", "seq"], name="%(app_label)s_%(class)s_once"),
        )


class SummaryRow(SealedTable):
    """One case's folded state at a sequence number: a cache for lists."""

    case_id = _id()
    epoch = models.PositiveIntegerField()
    seq = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        abstract = True


class BlobRow(SealedTable):
    """One file of a case: its sealed header (own key, length, hash)."""

    id = _id()
    case_id = _other_id()
    epoch = models.PositiveIntegerField()
    day = models.DateField()
    header_sealed = models.BinaryField()

    class Meta:
        abstract = True


class ChunkRow(SealedTable):
    """One part of a file, at most 1 MiB, under the file's own key."""

    id = _id()
    blob_id = models.CharField(max_length=ID_LENGTH)
    seq = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        abstract = True
        constraints = (
            models.UniqueConstraint(fields=["blob_id", "seq"], name="%(app_label)s_%(class)s_once"),
        )


class DropRow(SealedTable):
    """Something that came in while nobody was there: sealed to the case's public drop key."""

    id = _id()
    case_id = _other_id()
    epoch = models.PositiveIntegerField()
    day = models.DateField()
    sealed = models.BinaryField()

    class Meta:
        abstract = True
