"""Numbers that recognise a picture; matching; the decoder box. No network, no Django, never a face."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from amparo.fingerprints.protecting import Protection


def protection() -> "Protection":
    """Gives what protects this machine from a hostile picture; raises CouldNot as the box does."""
    # Loaded late: the worker passes through here too, and should load as little as possible.
    from amparo.fingerprints import protecting

    return protecting.protection()
