"""How fast the vault is: opening a long case, listing many, writing, unlocking.

    python benchmarks/vault.py [--postgres] [--json]

Prints milliseconds, the median of several runs on a database of its own, and the bar each figure is held to.
Ratios compare with raw decryption in the same run, so that a busy machine does not look like slow code.
"""

import argparse
import contextlib
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
WORDS = "river lamp seven orange quiet table"
EVENTS, CASES = 2_000, 200


def ms(action: Callable[[], object], *, runs: int = 9) -> float:
    """Gives the median time of an action in milliseconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


@contextlib.contextmanager
def house(*, postgres: bool) -> Iterator[None]:
    """Gives a fresh data folder and database, ready to use."""
    from scripts import postgres_for_tests

    with contextlib.ExitStack() as stack:
        os.environ["AMPARO_DATA"] = stack.enter_context(tempfile.TemporaryDirectory(prefix="amparo-bench-"))
        os.environ["DJANGO_SETTINGS_MODULE"] = "amparo.settings"
        if postgres:
            socket = stack.enter_context(postgres_for_tests.cluster())
            os.environ["AMPARO_DATABASE"] = postgres_for_tests.address(socket)
        import django
        from django.core.management import call_command
        from django.db import connection

        django.setup()
        call_command("migrate", verbosity=0)
        yield
        connection.close()


def figures() -> dict[str, float]:
    """Gives every figure in milliseconds."""
    from amparo.claims.models import SHELF
    from amparo.vault import accounts, cipher, log, sessions, summaries

    now = datetime.now(UTC)
    found: dict[str, float] = {}
    noor = accounts.create(name="Noor", passphrase=WORDS, now=now).keyring
    found["unlock, 256 MiB and 3 passes"] = ms(
        lambda: accounts.unlock(name="Noor", passphrase=WORDS, now=now), runs=3
    )
    long_case = log.create_case(SHELF, noor, now=now)
    body = json.dumps({"kind": "Sent", "version": 1, "text": "x" * 300}).encode()
    writer = ms(lambda: log.append(SHELF, noor, long_case, body, now=now), runs=200)
    found["append one event"] = writer
    with SHELF.writing():
        for _ in range(EVENTS - 200):
            log.append(SHELF, noor, long_case, body, now=now)
    for _ in range(CASES - 1):
        case_id = log.create_case(SHELF, noor, now=now)
        seq = log.append(SHELF, noor, case_id, body, now=now)
        summaries.put(SHELF, noor, case_id, seq, body * 2)
    cookie = sessions.open(noor)
    assert len(log.read(SHELF, noor, long_case)) == EVENTS
    found[f"open a case of {EVENTS} events, checked"] = ms(lambda: log.read(SHELF, noor, long_case))
    found[f"list {CASES} case summaries, checked"] = ms(
        lambda: summaries.all(SHELF, sessions.keyring(cookie))
    )
    found["one session's keys from its cookie"] = ms(lambda: sessions.keyring(cookie), runs=200)
    key, sealed = bytes(32), cipher.seal(bytes(32), bytes(512), "bench")
    found[f"raw decryption of {EVENTS} times two values"] = ms(
        lambda: [cipher.unseal(key, sealed, "bench") for _ in range(2 * EVENTS)]
    )
    return found


BARS = {"open a case": 150.0, "list ": 200.0}


def main() -> int:
    """Prints the figures; gives 1 when a bar is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL made for this run")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    args = parser.parse_args()
    with house(postgres=args.postgres):
        found = figures()
    missed = 0
    raw = found[f"raw decryption of {EVENTS} times two values"]
    if args.json:
        print(json.dumps({name: round(value, 3) for name, value in found.items()}))
    for name, value in found.items():
        bar = next((bar for start, bar in BARS.items() if name.startswith(start)), None)
        missed += bar is not None and value > bar
        told = "" if bar is None else f"   bar {bar:.0f} ms, {'kept' if value <= bar else 'MISSED'}"
        if not args.json:
            print(f"{value:9.2f} ms  {value / raw:6.2f} × raw  {name}{told}")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
