"""amparo fingerprint: numbers that recognise a picture."""

import argparse
from pathlib import Path
from typing import Any

from amparo.cli import adulthood
from amparo.cli.frame import each, inputs


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what this verb takes."""
    adulthood.add_argument(parser)
    parser.add_argument("files", nargs="+", metavar="FILE", help="photos; - reads one path per line")


def run(args: argparse.Namespace) -> int:
    """Prints each picture's fingerprint; gives the exit code."""
    adulthood.need_adults(said=args.adult)
    return each(inputs(args.files), _fingerprint, as_json=args.json, show=_show)


def _fingerprint(file: str) -> dict[str, Any]:
    # Loaded late: --help and the question need none of it.
    from amparo.fingerprints.fingerprint import fingerprint
    from amparo.fingerprints.reading import read_file

    found = fingerprint(read_file(Path(file)))
    return {
        "file": file,
        "kind": found.kind,
        "sha256": found.sha256,
        "pdq": found.pdq,
        "quality": found.quality,
        "width": found.width,
        "height": found.height,
        "protection": found.protection,
    }


def _show(found: dict[str, Any]) -> None:
    print(found["file"])
    print(f"  {found['kind']}, {found['width']} x {found['height']} pixels")
    print(f"  SHA-256  {found['sha256']}")
    print(f"  PDQ      {found['pdq']}  (quality {found['quality']} of 100)")
    if found["protection"] != "full":
        print(f"  protection: {found['protection']} (see amparo doctor)")
