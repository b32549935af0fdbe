"""Writes the names of countries in the languages of the interface, from the CLDR data that babel carries."""

import json
from pathlib import Path

from babel import Locale

HERE = Path(__file__).resolve().parent.parent
TO = HERE / "amparo" / "web" / "place_names.json"
LANGUAGES = ("en", "es", "fr", "ro", "uk", "ar")


def names(language: str) -> dict[str, str]:
    """Gives the name of every country (ISO 3166-1) in a language."""
    held = Locale(language).territories
    return {
        code: held[code] for code in sorted(held) if len(code) == 2 and code.isalpha() and code not in NONE
    }


NONE = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "CQ"})  # groups and codes for testing

if __name__ == "__main__":
    found = {language: names(language) for language in LANGUAGES}
    TO.write_text(json.dumps(found, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
