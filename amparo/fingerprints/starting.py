"""How a worker is started: this same Python, alone, and wrapped in bubblewrap where that works."""

import importlib.util
import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from amparo.fingerprints.box.wire import Order

LAYERS = ("bubblewrap", "landlock", "seccomp")

_PACKAGES = ("PIL", "numpy", "pillow_heif", "_pillow_heif", "av")
START = (
    "import sys, json; sys.path += json.loads(sys.argv[1]); "
    "from amparo.fingerprints.box.worker import main; main(sys.argv[2])"
)
_SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/nix/store", "/etc/ld.so.cache")

ENVIRONMENT = {
    "LC_ALL": "C.UTF-8",
    # One thread in the number library: the strict worker could not start another.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}


def command(order: Order, *, start: str = START) -> list[str]:
    """Gives the words that start a worker for this order; `start` is the Python text it runs."""
    # -I and -S: no user folder, no environment, and no .pth file that would run before the door is closed.
    python = [sys.executable, "-I", "-S", "-B", "-c", start, json.dumps(_folders()), order.to_text()]
    return _bubblewrap() + python if "bubblewrap" in order.layers else python


def environment() -> dict[str, str]:
    """Gives the few variables a worker sees; nothing of hers is in them."""
    # Windows finds no libraries without SYSTEMROOT.
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return {**ENVIRONMENT, **kept}


def bubblewrap_program() -> str | None:
    """Gives where bubblewrap is, or None."""
    return shutil.which("bwrap") if sys.platform == "linux" else None


def _folders() -> list[str]:
    """Where Amparo and the decoders are installed; found without loading any of them."""
    return sorted({str(package.parent) for package in _packages()})


def _packages() -> Iterator[Path]:
    yield Path(__file__).parents[1]
    for name in _PACKAGES:
        found = importlib.util.find_spec(name)
        if found is not None and found.origin is not None:
            yield Path(found.origin).parent if found.submodule_search_locations else Path(found.origin)


def _bubblewrap() -> list[str]:
    """A file system with Python and the decoders in it and nothing else; no network, no other process."""
    words = [
        bubblewrap_program() or "bwrap",
        "--unshare-all",
        "--die-with-parent",
        "--new-session",
        "--clearenv",
    ]
    words += ["--cap-drop", "ALL", "--uid", "65534", "--gid", "65534", "--hostname", "box"]
    for name, value in ENVIRONMENT.items():
        words += ["--setenv", name, value]
    for path in _SYSTEM:
        kind = "--symlink" if os.path.islink(path) else "--ro-bind-try"
        words += [kind, os.readlink(path) if kind == "--symlink" else path, path]
    for path in sorted({*_pythons(), *_installed()}):
        words += ["--ro-bind-try", path, path]
    return [*words, "--remount-ro", "/", "--chdir", "/", "--"]


def _pythons() -> set[str]:
    inside_usr = ("/usr/",)
    places = {sys.prefix, sys.base_prefix, os.path.dirname(os.path.realpath(sys.executable))}
    return {place for place in places if place != "/usr" and not place.startswith(inside_usr)}


def _installed() -> set[str]:
    """The packages themselves and the shared libraries beside them, not the folder they stand in."""
    places = set()
    for package in _packages():
        libraries = [package.parent / f"{name}.libs" for name in (package.name, "pillow")]
        places |= {str(place) for place in (package, *libraries) if place.exists()}
    return places
