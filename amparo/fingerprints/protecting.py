"""Which layers hold on this machine, found out by sealing a worker and asking it."""

import functools
import threading
from dataclasses import dataclass

from amparo.errors import AmparoError
from amparo.fingerprints import starting
from amparo.fingerprints.running import order, run
from amparo.words import Words, words

_LOOKING = threading.Lock()


@dataclass(frozen=True)
class Protection:
    """`level` is full or reduced; `layers` those in use; `landlock_abi` the kernel's version or 0."""

    level: str
    layers: tuple[str, ...]
    landlock_abi: int
    words: Words

    @property
    def previews(self) -> bool:
        """Whether pictures may be shown: only behind full protection."""
        return self.level == "full"


def protection() -> Protection:
    """Gives what protects this machine from a hostile picture; looks once, then remembers.

    Raises CouldNot where not even a separate process can be started.
    """
    with _LOOKING:
        return _look()


@functools.cache
def _look() -> Protection:
    if starting.bubblewrap_program() is not None:
        found = _try(starting.LAYERS)
        if found is not None:
            return found
    found = _try(tuple(layer for layer in starting.LAYERS if layer != "bubblewrap"))
    return found or _reduced()


def _try(layers: tuple[str, ...]) -> Protection | None:
    """Gives the protection under these layers; None when no worker starts (containers forbid some)."""
    try:
        said = run(order(job="probe", kind="jpeg", layers=layers), b"")
    except AmparoError:
        return None
    if said is None:
        return None
    holding = {"landlock": said.header.landlock_abi > 0, "seccomp": said.header.seccomp}
    kept = tuple(layer for layer in layers if holding.get(layer, True))
    if "seccomp" not in kept and "bubblewrap" not in kept:
        return _reduced(kept, said.header.landlock_abi)
    return Protection("full", kept, said.header.landlock_abi, _full_words())


def _full_words() -> Words:
    return words("Pictures are read in a sealed process: no files, no network, no other programs.")


def _reduced(layers: tuple[str, ...] = (), landlock_abi: int = 0) -> Protection:
    return Protection(
        "reduced",
        layers,
        landlock_abi,
        words("Reduced protection: pictures are read in a separate process with limits. Previews are off."),
    )
