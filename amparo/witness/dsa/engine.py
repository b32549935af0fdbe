"""The engine that counts: DuckDB, an extra package that only this part needs."""

from typing import Any

from amparo.errors import CouldNot
from amparo.words import words


def duckdb() -> Any:
    """Gives the engine. Raises CouldNot, with the command to run, where it is not installed."""
    try:
        import duckdb as engine
    except ImportError:
        raise CouldNot(
            words("The moderation record needs one more package."),
            words("Install it with: pip install 'amparo[witness]'."),
        ) from None
    return engine
