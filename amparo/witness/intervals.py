"""Wilson's interval for a share (E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209-212)."""

import math

Z_95 = 1.959963984540054


def wilson(hits: int, of: int, *, z: float = Z_95) -> tuple[float, float]:
    """Gives the interval of a share, each between 0 and 1; of nothing, everything is possible: (0, 1).

    Raises ValueError for a count below zero or above its total.
    """
    if not 0 <= hits <= of:
        raise ValueError(f"{hits} of {of} is no share")
    if of == 0:
        return 0.0, 1.0
    share = hits / of
    middle = share + z * z / (2 * of)
    spread = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    scale = 1 + z * z / of
    low, high = (middle - spread) / scale, (middle + spread) / scale
    return (0.0 if hits == 0 else max(low, 0.0)), (1.0 if hits == of else min(high, 1.0))
