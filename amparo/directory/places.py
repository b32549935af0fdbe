"""Which places lie inside which: a Land in its state, a member state in the Union."""

# Member states of the European Union (ISO 3166-1), as of 2026.
EU = frozenset(
    {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"}
    | {"IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"}
)


def plain_place(place: str) -> str:
    """Gives a place code in one spelling: upper case, `UK` as `GB`, `EL` as `GR`."""
    place = place.strip().upper()
    state, dash, part = place.partition("-")
    return {"UK": "GB", "EL": "GR"}.get(state, state) + dash + part


def widening(place: str) -> tuple[str, ...]:
    """Gives a place and then what it lies in, as far as the state: ES-CT, ES."""
    place = plain_place(place)
    state = place.partition("-")[0]
    return (place, state) if state != place else (place,)


def lies_in(place: str, wider: tuple[str, ...]) -> bool:
    """Says whether a place is one of `wider` or inside one of them; `EU` and `*` are understood."""
    if "*" in wider:
        return True
    around = widening(place)
    return any(one in wider for one in around) or ("EU" in wider and around[-1] in EU)
