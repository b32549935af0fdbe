"""`amparo witness code`: draw a sample, code it without seeing the other's codes, compare, settle."""

import argparse
import csv
from dataclasses import asdict
from pathlib import Path
from typing import Any

from amparo.cli.frame import common_options, now_of, print_json
from amparo.errors import CouldNot, WrongUse
from amparo.witness import coding
from amparo.witness.codebook import fields
from amparo.witness.coding import Drawn
from amparo.words import words

FRAME = ("id", "name", "stratum", "url")
FIELD = ("id", "title", "kind", "definition", "values", "examples", "border")


def arguments(parser: argparse.ArgumentParser) -> None:
    """The acts of coding; `--in` is the folder of one round."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    draw = acts.add_parser(
        "draw", help="draw a sample from a frame, by kind of actor", parents=[common_options(below=True)]
    )
    draw.add_argument("frame", type=Path, metavar="FRAME.csv", help="columns: " + ", ".join(FRAME))
    draw.add_argument("-n", type=int, required=True, metavar="N", help="how many")
    draw.add_argument("--seed", type=int, required=True, metavar="N", help="the same seed, the same draw")
    draw.set_defaults(do=_draw)
    book = acts.add_parser("book", help="the codebook", parents=[common_options(below=True)])
    book.set_defaults(do=_book)
    left = acts.add_parser(
        "left", help="what one coder has not coded yet", parents=[common_options(below=True)]
    )
    left.set_defaults(do=_left)
    give = acts.add_parser(
        "give", help="codes of one measure, or of many, from JSON lines", parents=[common_options(below=True)]
    )
    give.add_argument("file", type=Path, metavar="CODES.jsonl", help='lines {"measure": …, "codes": {…}}')
    give.set_defaults(do=_give)
    compare = acts.add_parser(
        "compare",
        help="agreement per field, and the list of disagreements; it ends the round",
        parents=[common_options(below=True)],
    )
    compare.add_argument("--coders", metavar="A,B", help="who is compared; without it, everybody")
    compare.set_defaults(do=_compare)
    settle = acts.add_parser(
        "settle", help="what the coders settled on, from JSON lines", parents=[common_options(below=True)]
    )
    settle.add_argument("file", type=Path, metavar="CODES.jsonl", help='lines {"measure": …, "codes": {…}}')
    settle.set_defaults(do=_settle)
    for one in (left, give):
        one.add_argument("--coder", required=True, metavar="NAME", help="a made-up name")
    for one in (draw, left, give, compare, settle):
        one.add_argument(
            "--in", dest="folder", type=Path, required=True, metavar="DIR", help="folder of the round"
        )


def _draw(args: argparse.Namespace) -> int:
    sample = coding.draw(
        _frame(args.frame), args.n, name=args.frame.stem, seed=args.seed, on=now_of(args).date()
    )
    coding.begin(args.folder, sample)
    for one in sample.measures:
        print_json(asdict(one)) if args.json else print(f"{one.id}  {one.name}  {one.url}")
    return 0


def _frame(path: Path) -> list[Drawn]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.DictReader(file))
        frame = [Drawn(**{name: line.get(name) or "" for name in FRAME}) for line in lines]
    except (UnicodeDecodeError, csv.Error) as error:
        raise CouldNot(
            words("{name} could not be read as a table.", name=path.name), words("Save it as CSV in UTF-8.")
        ) from error
    if any(not (one.id and one.name and one.stratum) for one in frame):
        raise WrongUse(
            words("A line of {name} lacks its id, name or stratum.", name=path.name),
            words("The first line must name: {columns}.", columns=", ".join(FRAME)),
        )
    return frame


def _book(args: argparse.Namespace) -> int:
    for field in fields().values():
        if args.json:
            print_json({name: getattr(field, name) for name in FIELD})
            continue
        print(f"{field.id}: {field.title}\n  {field.definition}")
        for code, said in field.values.items():
            print(f"    {code}: {said}")
        print(f"  For example: {field.examples[0]} {field.examples[1]}\n  Border case: {field.border}")
    return 0


def _left(args: argparse.Namespace) -> int:
    for one in coding.left(args.folder, args.coder):
        print_json(asdict(one)) if args.json else print(f"{one.id}  {one.name}  {one.url}")
    return 0


def _lines(path: Path) -> list[tuple[Any, Any]]:
    lines = coding.json_lines(path)
    if any(not isinstance(line, dict) or {"measure", "codes"} - set(line) for line in lines):
        raise WrongUse(
            words("A line of {name} lacks its measure or its codes.", name=path.name),
            words(
                "Write one line per measure, with its id and its codes. See: amparo witness code give --help."
            ),
        )
    return [(line["measure"], line["codes"]) for line in lines]


def _give(args: argparse.Namespace) -> int:
    coding.record_all(args.folder, args.coder, _lines(args.file), at=now_of(args))
    return 0


def _settle(args: argparse.Namespace) -> int:
    coding.settle_all(args.folder, _lines(args.file), at=now_of(args))
    return 0


def _compare(args: argparse.Namespace) -> int:
    names = [name.strip() for name in (args.coders or "").split(",") if name.strip()]
    found = coding.compare(args.folder, names)
    if args.json:
        print_json(asdict(found))
        return 0
    for one in found.agreement:
        shown = "-" if one.alpha is None else f"{one.alpha:.3f}"
        print(f"{one.field}: alpha {shown}, {one.standing} ({one.units} measures)")
    for other in found.disagreements:
        codes = ", ".join(f"{name}: {code}" for name, code in zip(found.coders, other.codes, strict=True))
        print(f"{other.measure}, {other.field}: {codes}")
    return 0
