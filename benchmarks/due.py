"""How many due dates one process works out in a second: mixed rules, places, dates and events.

    python benchmarks/due.py [--seconds 3] [--at-least 50000]

No answer is remembered between calls (every received moment differs); only rules, places and calendars are.
Prints the figures; exit 1 below --at-least. Also prints what loading the rules costs in a fresh process.
"""

import argparse
import random
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta, timezone

from amparo.law.periods import due
from amparo.law.rights import rights
from amparo.law.rules import rules
from amparo.law.situation import Situation

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DUTIES = [
    ("eu/gdpr/access", "FR"),
    ("eu/gdpr/erasure", "DE-BY"),
    ("eu/gdpr/erasure", "ES-CT"),
    ("eu/gdpr/objection", "IE"),
    ("eu/gdpr/delisting", "RO"),
    ("eu/gdpr/complaint", "NL"),
    ("eu/dsa/notice", "CY"),
    ("eu/dsa/internal-complaint", "IE"),
    ("eu/dsa/out-of-court", "AT"),
    ("uk/gdpr/access", "GB-ENG"),
    ("uk/gdpr/erasure", "GB-SCT"),
    ("uk/gdpr/complaint-to-controller", "GB"),
    ("uk/osa/intimate-image", None),
    ("us/take-it-down/removal", None),
    ("us-ca/ccpa/delete", "US-CA"),
    ("us-ca/ccpa/delete#acknowledge", "US-CA"),
    ("au/online-safety/image-based-abuse", "AU-NSW"),
    ("in/it-rules/intimate-image", "IN"),
    ("br/lgpd/access", "BR-SP"),
    ("ca-qc/private-sector/erasure", "CA-QC"),
]
LOADING = """
import time
start = time.perf_counter()
from amparo.law.rules import rules
imported = time.perf_counter()
rules()
print(f"{(imported - start) * 1000:.0f} {(time.perf_counter() - imported) * 1000:.0f}")
"""


def questions(count: int) -> list[tuple[str, datetime, str | None, dict[str, datetime]]]:
    """Gives `count` different questions, the same ones each run; one in four has events."""
    chance = random.Random(1182)
    asked = []
    for number in range(count):
        rule, place = DUTIES[number % len(DUTIES)]
        zone = timezone(timedelta(hours=chance.choice((-8, -5, 0, 1, 2, 5.5, 10))))
        received = datetime(2026, 1, 1, tzinfo=zone) + timedelta(seconds=chance.randrange(330 * 86_400))
        events = {}
        if number % 4 == 0:
            events["identity_asked"] = received + timedelta(days=3)
            events["identity_given"] = received + timedelta(days=chance.randrange(4, 12))
            events["extension_told"] = received + timedelta(days=chance.randrange(20, 50))
        asked.append((rule, received, place, events))
    return asked


def rate(seconds: float) -> float:
    """Gives due dates per second, measured over at least `seconds`, calendars warm."""
    asked = questions(20_000)
    for rule, received, place, events in asked[:2_000]:
        due(rule, received, place, events, now=NOW)
    done, start = 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < seconds:
        for rule, received, place, events in asked:
            due(rule, received, place, events, now=NOW)
        done += len(asked)
    return done / spent


def rights_ms() -> float:
    """Gives the milliseconds that the rights of one situation take, best of twenty."""
    situation = Situation(
        material="intimate", role="shown", lives_in="FR", consent="never", shown_under_18="no"
    )
    took = []
    for _ in range(20):
        start = time.perf_counter()
        rights(situation, NOW.date())
        took.append(time.perf_counter() - start)
    return min(took) * 1000


def main() -> int:
    """Measures, prints, and gives 1 when the rate is below what was asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--at-least", type=float, default=50_000)
    args = parser.parse_args()
    loading = subprocess.run([sys.executable, "-c", LOADING], capture_output=True, text=True, check=True)
    imported, read = loading.stdout.split()
    print(f"import amparo.law.rules: {imported} ms; read every rule: {read} ms")
    reached = max(rate(args.seconds / 3) for _ in range(3))
    print(f"due dates per second, best of three: {reached:,.0f} (wanted: {args.at_least:,.0f})")
    print(f"rights of one situation among {len(rules())} rules: {rights_ms():.1f} ms")
    return 0 if reached >= args.at_least else 1


if __name__ == "__main__":
    sys.exit(main())
