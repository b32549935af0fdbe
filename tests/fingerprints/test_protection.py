"""The machine says which layers hold, and works with fewer, never in the parent."""

import os
import subprocess
import sys

import pytest

from amparo import fingerprints
from amparo.fingerprints import protecting, starting
from amparo.fingerprints.fingerprint import read_fingerprint
from tests.fingerprints import pictures

SUBSETS = [(), ("landlock",), ("seccomp",), ("landlock", "seccomp")]


@pytest.fixture
def looking_again(monkeypatch):
    protecting._look.cache_clear()
    yield monkeypatch
    protecting._look.cache_clear()


def test_this_machine_names_the_layers_that_hold():
    found = fingerprints.protection()

    assert set(found.layers) <= set(starting.LAYERS)
    assert (found.landlock_abi > 0) == ("landlock" in found.layers)
    assert found.previews == (found.level == "full")


def test_without_bubblewrap_landlock_and_seccomp_are_full_protection(looking_again):
    if sys.platform != "linux":
        pytest.skip("Linux only: other systems have none of the layers")
    looking_again.setattr(starting, "bubblewrap_program", lambda: None)

    found = fingerprints.protection()

    assert (found.level, "seccomp" in found.layers) == ("full", True)


def test_a_bubblewrap_that_does_not_work_is_left_out(looking_again, tmp_path):
    """Many containers have the program and forbid what it needs."""
    broken = tmp_path / "bwrap"
    broken.write_text("#!/bin/sh\necho 'No permissions to create a new namespace' >&2\nexit 1\n")
    broken.chmod(0o755)
    looking_again.setattr(starting, "bubblewrap_program", lambda: str(broken))

    assert "bubblewrap" not in fingerprints.protection().layers


def test_a_machine_without_any_layer_reads_in_a_separate_process_and_says_so(looking_again):
    looking_again.setattr(starting, "LAYERS", ())
    looking_again.setattr(starting, "bubblewrap_program", lambda: None)

    found = read_fingerprint(pictures.saved(pictures.scene(1)))

    assert found.protection == "reduced"
    assert str(fingerprints.protection().words).startswith("Reduced protection")
    assert not fingerprints.protection().previews


def test_landlock_alone_is_reduced_protection(looking_again):
    """It closes files, yet leaves other calls of the kernel open."""
    looking_again.setattr(starting, "LAYERS", ("landlock",))
    looking_again.setattr(starting, "bubblewrap_program", lambda: None)

    assert fingerprints.protection().level == "reduced"


@pytest.mark.parametrize("layers", SUBSETS, ids=lambda layers: "+".join(layers) or "none")
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_every_kind_is_read_under_every_set_of_layers(looking_again, layers, format):
    looking_again.setattr(starting, "LAYERS", layers)
    looking_again.setattr(starting, "bubblewrap_program", lambda: None)

    assert read_fingerprint(pictures.saved(pictures.scene(1), format)).quality == 100


def test_the_parent_never_loads_a_decoder():
    text = """
import sys
from amparo.fingerprints.decoding import preview
from amparo.fingerprints.fingerprint import fingerprint
untrusted = sys.stdin.buffer.read()
fingerprint(untrusted), preview(untrusted)
print([name for name in sys.modules if name.partition(".")[0] in ("PIL", "pillow_heif", "pdqhash")])
"""
    said = subprocess.run(
        [sys.executable, "-c", text], input=pictures.saved(pictures.scene(1)), capture_output=True, check=True
    )

    assert said.stdout.decode().strip() == "[]"


def test_a_picture_leaves_no_file_and_no_process(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    before = children()

    read_fingerprint(pictures.saved(pictures.scene(1)))

    assert os.listdir(tmp_path) == []
    assert children() <= before


def children() -> set[str]:
    """The processes this one has started and not yet buried, by number. Other tests may have left some."""
    with open(f"/proc/{os.getpid()}/task/{os.getpid()}/children") as listed:
        return set(listed.read().split())
