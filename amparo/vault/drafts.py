"""What was typed when the space had locked.

Sealed to the account's public key, given back when it opens again.
"""

import secrets
from datetime import datetime

from django.db import transaction

from amparo.vault import cipher, trouble
from amparo.vault.encoding import pack, unpack
from amparo.vault.keyring import Keyring
from amparo.vault.models import Account, Draft
from amparo.vault.padding import pad, unpad

BYTES_AT_MOST = 1_000_000
KEPT_AT_MOST = 20


def seal(account_id: str, content: bytes, *, now: datetime) -> bool:
    """Keeps the text; the newest 20 are kept. Gives False without such an account or over 1 MB."""
    if len(content) > BYTES_AT_MOST:
        return False
    moment = int(now.timestamp() * 1_000_000)
    with trouble.told(), transaction.atomic():
        row = Account.objects.filter(id=account_id).values_list("box_public").first()
        if row is None:
            return False
        sealed = cipher.box_seal(bytes(row[0]), pad(pack(moment, content)))
        Draft.objects.create(id=secrets.token_hex(16), account_id=account_id, day=now.date(), sealed=sealed)
        _keep_newest(account_id)
    return True


def take(keyring: Keyring) -> list[bytes]:
    """Gives the texts, oldest first, and lets them go here.

    A draft that does not open is left out: anybody can write one, and nothing says what it was.
    """
    found = []
    with trouble.told(), transaction.atomic():
        rows = list(Draft.objects.select_for_update().filter(account_id=keyring.account_id))
        for row in rows:
            try:
                moment, content = unpack(unpad(cipher.box_open(keyring.box_secret, bytes(row.sealed))))
            except (cipher.Altered, ValueError):
                continue
            found.append((moment, content))
        Draft.objects.filter(id__in=[row.id for row in rows]).delete()
    return [content for _, content in sorted(found)]


def _keep_newest(account_id: str) -> None:
    kept = Draft.objects.filter(account_id=account_id)
    too_many = kept.count() - KEPT_AT_MOST
    if too_many > 0:
        Draft.objects.filter(
            id__in=list(kept.order_by("day").values_list("id", flat=True)[:too_many])
        ).delete()
