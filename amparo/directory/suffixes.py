"""The domain somebody registered, by the Public Suffix List (publicsuffix.org), the private part included.

The list is the copy inside the tldextract library; it is read as text, for importing that library costs more
than all of a look-up. No list is fetched. A test compares both.
"""

import importlib.util
from functools import lru_cache
from pathlib import Path


def registrable(host: str) -> str:
    """Gives the domain under the public suffix: `example.co.uk` for `a.b.example.co.uk`, else the host."""
    found = _found(host)
    return found[0] if found else host


def has_known_suffix(host: str) -> bool:
    """Says whether the name ends in something the list holds (`.jpg` does not)."""
    return _found(host) is not None


def _found(host: str) -> tuple[str, str] | None:
    """Gives the domain and its suffix, None where the list knows none; a suffix itself is its own domain."""
    exact, wild, exceptions = _rules()
    below, name = "", host
    shown = _shown(host) if "xn--" in host else host
    while shown:
        _, _, rest = name.partition(".")
        _, _, rest_shown = shown.partition(".")
        if shown in exceptions:
            return name, rest
        if shown in exact or rest_shown in wild:
            return below or host, name
        below, name, shown = name, rest, rest_shown
    return None


def _shown(host: str) -> str:
    """Gives a host in its own scripts, as the list writes names."""
    return ".".join(map(_shown_label, host.split(".")))


def _shown_label(label: str) -> str:
    try:
        return label[4:].encode().decode("punycode") if label.startswith("xn--") else label
    except UnicodeError:
        return label


@lru_cache(maxsize=1)
def _rules() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Gives the names that are suffixes, those whose names below are, and the exceptions to these."""
    found = importlib.util.find_spec("tldextract")  # finds it without running it
    home = Path((found and found.origin) or "").parent
    text = (home / ".tld_set_snapshot").read_text("utf-8")
    # The remarks stay in the first set: no host is spelled like one, and leaving them costs a third.
    return frozenset(text.split("\n")), _lines_with(text, "*."), _lines_with(text, "!")


def _lines_with(text: str, sign: str) -> frozenset[str]:
    return frozenset(rest.partition("\n")[0] for rest in text.split("\n" + sign)[1:])
