"""The domain somebody registered, by the Public Suffix List (publicsuffix.org), the private part included.

The list is the copy inside the tldextract library; it is read as text, for importing that library costs more
than all of a look-up. No list is fetched. A test compares both.
"""

import importlib.util
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=65_536)
def registrable(host: str) -> str:
    """Gives the domain under the public suffix: `example.co.uk` for `a.b.example.co.uk`, else the host."""
    labels = host.split(".")
    at = _suffix_starts(labels)
    return ".".join(labels[at - 1 :]) if 0 < at < len(labels) else host


def has_known_suffix(host: str) -> bool:
    """Says whether the name ends in something the list holds (`.jpg` does not)."""
    labels = host.split(".")
    return _suffix_starts(labels) < len(labels)


def _suffix_starts(labels: list[str]) -> int:
    """Gives where the longest suffix begins; behind the last label when the list knows none."""
    rules = _rules()
    if any(label.startswith("xn--") for label in labels):
        labels = [_shown(label) for label in labels]
    for at in range(len(labels)):
        rest = ".".join(labels[at + 1 :])
        name = f"{labels[at]}.{rest}" if rest else labels[at]
        if "!" + name in rules:
            return at + 1
        if name in rules or (rest and "*." + rest in rules):
            return at
    return len(labels)


def _shown(label: str) -> str:
    """The list writes names in their own script."""
    try:
        return label[4:].encode().decode("punycode") if label.startswith("xn--") else label
    except UnicodeError:
        return label


@lru_cache(maxsize=1)
def _rules() -> frozenset[str]:
    found = importlib.util.find_spec("tldextract")  # finds it without running it
    home = Path((found and found.origin) or "").parent
    text = (home / ".tld_set_snapshot").read_text("utf-8")
    return frozenset(line for line in text.split("\n") if line and line[0] != "/")
