"""In which language a text is written, by its little words and letters: enough to choose or ask."""

import re
from collections import Counter
from functools import cache

from amparo.know.wording_rules import LANGUAGES, folded, rules

WORD = re.compile(r"\w+")
LOOKED_AT = 20_000  # signs at the start of a text
LETTERS = {"ă": "ro", "ș": "ro", "ț": "ro", "ş": "ro", "ţ": "ro", "ñ": "es", "¿": "es", "¡": "es", "œ": "fr"}
LETTERS |= {"ã": "pt", "õ": "pt", "ß": "de", "ł": "pl", "ż": "pl", "ò": "it"}
SHARE, LEAD = 0.08, 1.2  # little words among all; the first language before the second
# Neighbours without a list of ours: a text in Portuguese is not to be read as Spanish.
OTHERS = {
    "ca": "el els la les i de del que en un una és amb per no al com més però si ha aquest són seva pot qui",
    "de": "der die das und ist nicht ein eine mit für auf von zu den dem im auch sie wir ich es wenn oder",
    "it": "il lo gli di del della che non per con sono è nel alla anche più una questo chi come ma loro si",
    "nl": "de het een en van is niet dat op te voor met zijn je we of ook als die er kan maar door naar",
    "pt": "o os as do da dos das que não em um uma é com para ao também são seu sua se você mais ou quem no",
    "pl": "i w na z się nie to jest do że za o jak po ale od przez czy dla są może ich przy który",
}


def guessed(text: str) -> str | None:
    """Gives the language of a text; None where it is unclear, or none of ours."""
    start = text[:LOOKED_AT].lower()
    found = Counter(WORD.findall(folded(start)))
    counts = dict.fromkeys((*LANGUAGES, *OTHERS), 0.0)
    for word, often in found.items():
        having = [code for code, little in _little_words().items() if word in little]
        for code in having:
            counts[code] += often / len(having)  # "de" is in six languages: a sixth for each
    for sign in start:
        if sign in LETTERS:
            counts[LETTERS[sign]] += 1
    *_, second, best = sorted(LANGUAGES, key=lambda code: counts[code])
    others = max(counts[code] for code in OTHERS)
    clear = counts[best] >= max(1, SHARE * found.total()) and counts[best] > max(
        LEAD * counts[second], others
    )
    return best if clear else None


@cache
def _little_words() -> dict[str, frozenset[str]]:
    ours = {code: rules(code).little_words for code in LANGUAGES}
    return ours | {code: frozenset(folded(little).split()) for code, little in OTHERS.items()}
