"""Known terms near to a word: its other forms (the same beginning), or the word somebody meant to type."""

from collections.abc import Iterator, Mapping

FAR = 7  # from this length on, two mistakes are forgiven
NEAR = 4  # from this length on, one; a shorter word is too like others
BEGINS = 4  # letters two forms of a word have in common at least
LEFT = 3  # letters they may differ by at the end
FORM = 0.4  # what another form of a word counts, beside the word itself
TYPO = 0.6  # what the word somebody meant to type counts
MOST = 6


class Near:
    """The known terms, by their beginnings and by the letters left out of them."""

    def __init__(self, known: frozenset[str]) -> None:
        self._known = sorted(one for one in known if one[0] < "\ue000" or one[0] > "\uf8ff")
        self._sized: dict[int, list[tuple[int, str]]] = {}
        self._begins: dict[str, list[str]] = {}
        for one in self._known:
            if len(one) >= NEAR - 1:
                self._sized.setdefault(len(one), []).append((signs(one), one))
            if len(one) >= BEGINS:
                self._begins.setdefault(one[:BEGINS], []).append(one)

    def of(self, term: str, found: Mapping[str, float]) -> dict[str, float]:
        """Gives what was found for a term and its other forms; when nothing was, what is spelt alike."""
        forms = dict.fromkeys(self.forms(term), FORM)
        if found or forms:
            return {**forms, **found}
        return dict.fromkeys(self.spelt(term), TYPO)

    def forms(self, term: str) -> Iterator[str]:
        """Gives known terms that begin as this one does and differ only in a few letters at the end."""
        for one in self._begins.get(term[:BEGINS], ()):
            short, long = sorted((one, term), key=len)
            if one != term and long.startswith(short) and len(long) - len(short) <= LEFT:
                yield one

    def spelt(self, term: str) -> list[str]:
        """Gives the known terms with the fewest mistakes between them and this one; none: too far."""
        allowed = 2 if len(term) >= FAR else 1 if len(term) >= NEAR else 0
        for mistakes in range(1, allowed + 1):
            found = sorted(one for one in self._perhaps(term, mistakes) if within(term, one, mistakes))
            if found:
                alike = [one for one in found if one[0] == term[0]]
                return (alike or found)[:MOST]
        return []

    def _perhaps(self, term: str, mistakes: int) -> Iterator[str]:
        """Gives the terms of about this length that have nearly the same letters: a mistake changes two."""
        mine = signs(term)
        for size in range(len(term) - mistakes, len(term) + mistakes + 1):
            for held, one in self._sized.get(size, ()):
                if (held ^ mine).bit_count() <= 2 * mistakes:
                    yield one


def signs(term: str) -> int:
    """Gives which letters a term has, as bits; some letters share one."""
    found = 0
    for sign in term:
        found |= 1 << (ord(sign) & 63)
    return found


def within(one: str, other: str, allowed: int) -> bool:
    """Says whether at most `allowed` letters are wrong, missing, too many or exchanged with the next."""
    if abs(len(one) - len(other)) > allowed:
        return False
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, sign in enumerate(one, start=1):
        line = [i]
        for j, beside in enumerate(other, start=1):
            least = min(last[j] + 1, line[-1] + 1, last[j - 1] + (sign != beside))
            if i > 1 and j > 1 and sign == other[j - 2] and one[i - 2] == beside:
                least = min(least, before[j - 2] + 1)
            line.append(least)
        if min(line) > allowed:
            return False
        before, last = last, line
    return last[-1] <= allowed
