"""`amparo export`: rules, records or letters as one JSON object with their schema, under CC BY 4.0."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from amparo.claims import letters
from amparo.cli.files import write_whole
from amparo.cli.frame import plain
from amparo.directory import records
from amparo.law import rules

SETS = {"rules": rules.as_json, "records": records.as_json, "letters": letters.as_json}


def arguments(parser: argparse.ArgumentParser) -> None:
    """The set to export, and the file to write (standard output without one)."""
    parser.add_argument("set", choices=SETS, help="which set")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write here")


def exported(name: str) -> dict[str, Any]:
    """Gives one set with its schema and licence; every value is what the files say."""
    return {"set": name, "licence": "CC-BY-4.0", **SETS[name]()}


def run(args: argparse.Namespace) -> int:
    """Writes the set."""
    text = json.dumps(plain(exported(args.set)), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if args.output:
        write_whole(args.output, text.encode())
    else:
        sys.stdout.write(text)
    return 0
