"""Writes records into a case and says each number once it is on disk. A test kills it at any moment."""

import os
import sys
from datetime import UTC, datetime

import django


def main() -> None:
    name, passphrase, case_id = sys.argv[1:]
    os.environ["DJANGO_SETTINGS_MODULE"] = "amparo.settings"
    django.setup()
    from django.conf import settings

    settings.AMPARO_ARGON2 = {"memory_kib": 8, "passes": 1, "below_the_floor_for_tests": True}
    from amparo.claims.models import SHELF
    from amparo.vault import accounts, log

    now = datetime.now(UTC)
    keyring = accounts.unlock(name=name, passphrase=passphrase, now=now)
    print("ready", flush=True)
    while True:
        size = os.urandom(1)[0] * 40
        seq = log.append(SHELF, keyring, case_id, b"%d " % size + bytes(size), now=now)
        print(seq, size, flush=True)


if __name__ == "__main__":
    main()
