"""`amparo witness`: the moderation record, the coding of measures, rulings of out-of-court bodies."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from amparo.cli import coding
from amparo.cli.frame import common_options, plain, print_json, told
from amparo.errors import AmparoError
from amparo.witness import appeals
from amparo.witness.dsa import cube, dumps
from amparo.witness.dsa.drawing import draw
from amparo.witness.dsa.indicators import indicators, measure, of_cube, prepare, steps_at
from amparo.words import words


def arguments(parser: argparse.ArgumentParser) -> None:
    """The parts of witness, each with its own words."""
    parts = parser.add_subparsers(dest="part", metavar="PART", required=True)
    _dsa(
        parts.add_parser(
            "dsa", help="the EU's public record of moderation", parents=[common_options(below=True)]
        )
    )
    coding.arguments(
        parts.add_parser(
            "code", help="code measures of the ledger, two people blind", parents=[common_options(below=True)]
        )
    )
    rulings = parts.add_parser(
        "appeal-stats",
        help="rulings of out-of-court bodies, by policy area",
        parents=[common_options(below=True)],
    )
    rulings.add_argument("file", type=Path, metavar="RULINGS.csv", help="the table of rulings")
    rulings.set_defaults(do=_appeals)


def _dsa(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    build = acts.add_parser(
        "build", help="count daily dumps into a cube", parents=[common_options(below=True)]
    )
    build.add_argument("dumps", nargs="+", metavar="DUMP.zip|DIR", help="dumps, or a folder of them")
    build.add_argument(
        "--without", action="append", default=[], metavar="PLATFORM", help="leave this one out"
    )
    build.set_defaults(do=_build)
    show = acts.add_parser("show", help="what the cube says", parents=[common_options(below=True)])
    show.add_argument("indicator", nargs="?", metavar="INDICATOR", help=", ".join(of_cube()))
    show.set_defaults(do=_show)
    export = acts.add_parser(
        "export", help="the whole cube as one Parquet file", parents=[common_options(below=True)]
    )
    export.add_argument("output", type=Path, metavar="FILE.parquet", help="write here")
    export.set_defaults(do=_export)
    drawn = acts.add_parser(
        "draw", help="each indicator as SVG beside its CSV", parents=[common_options(below=True)]
    )
    drawn.add_argument("folder", type=Path, metavar="DIR", help="write here")
    drawn.set_defaults(do=_draw)
    for one in (build, show, export, drawn):
        one.add_argument(
            "--cube", type=Path, default=Path("moderation.duckdb"), metavar="FILE", help="the cube"
        )


def run(args: argparse.Namespace) -> int:
    """Runs the part that was named."""
    do: Callable[[argparse.Namespace], int] = args.do
    return do(args)


def _build(args: argparse.Namespace) -> int:
    worst = counted = 0
    paths = dumps.found_in(args.dumps)
    for result in cube.build(paths, args.cube, without=args.without, progress=_progress):
        if isinstance(result, tuple):
            path, error = result
            worst = max(worst, error.exit_code)
            _tell_error(path.name, error, as_json=args.json)
        else:
            counted += 1
            _tell_counted(result, as_json=args.json)
    with cube.opened(args.cube, read_only=True) as connection:
        met = {platform for platform, _ in cube.left_out(connection)}
        for name in sorted(set(args.without) - met) if counted else ():
            print(words("No statement is of {name}: nothing was left out.", name=name), file=sys.stderr)
        for sentence in cube.told(cube.unknown_values(connection)):
            print(sentence, file=sys.stderr)
    return worst


def _progress(dump: dumps.Dump, statements: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{dump.path.name}: {statements:,}", end="", file=sys.stderr, flush=True)


def _tell_error(name: str, error: AmparoError, *, as_json: bool) -> None:
    if as_json:
        print_json(told(error, name))
    else:
        print(f"{name}: {error.what}\n  {error.next}", file=sys.stderr)


def _tell_counted(one: cube.Counted, *, as_json: bool) -> None:
    facts = {"input": one.dump.path.name, "statements": one.statements, "left_out": one.left_out}
    facts |= {"already": one.already, "checksum_compared": one.compared}
    if as_json:
        print_json(facts)
        return
    state = "counted before" if one.already else "counted"
    checksum = "checksum compared" if one.compared else "no checksum beside it"
    print(f"{one.dump.path.name}: {one.statements:,} {state}, {one.left_out:,} left out, {checksum}")


def _show(args: argparse.Namespace) -> int:
    with cube.opened(args.cube, read_only=True) as connection:
        prepare(connection)
        for name in [args.indicator] if args.indicator else of_cube():
            rows = measure(connection, name)
            steps = steps_at(connection) if name == "erasure" else {}
            steps_told = {platform: asdict(one) for platform, one in steps.items()}
            _tell(name, rows, steps_told, dict(cube.left_out(connection)), as_json=args.json)
    return 0


def _tell(
    name: str, rows: list[dict[str, Any]], steps: dict[str, Any], left_out: dict[str, int], *, as_json: bool
) -> None:
    one = indicators()[name]
    if as_json:
        facts = {"indicator": name, "says": one.says, "sql": one.sql, "caveats": one.caveats}
        print_json(facts | {"left_out": left_out, "rows": rows} | ({"steps": steps} if steps else {}))
        return
    print(f"{one.title}\n{one.says}\n  {one.sql}")
    for caveat in one.caveats:
        print(f"  {caveat}")
    for platform, count in left_out.items():
        print(f"  left out: {plain(platform)}, {count:,} statements")
    for row in rows:
        print("  " + "  ".join(f"{column}={plain(value)}" for column, value in row.items()))
    for platform, found in steps.items():
        print(f"  step on 1 July 2025, {platform}: {found}")


def _export(args: argparse.Namespace) -> int:
    with cube.opened(args.cube, read_only=True) as connection:
        cube.export(connection, args.output)
    return 0


def _draw(args: argparse.Namespace) -> int:
    with cube.opened(args.cube, read_only=True) as connection:
        prepare(connection)
        for path in draw(connection, args.folder):
            print(path)
    return 0


def _appeals(args: argparse.Namespace) -> int:
    caveats = indicators()["reversal"].caveats
    for one in appeals.reversals(appeals.read(args.file)):
        if args.json:
            print_json(asdict(one) | {"share": one.share, "caveats": caveats})
        else:
            share = "-" if one.share is None else f"{one.share:.0%} (95 %: {one.low:.0%} to {one.high:.0%})"
            print(f"{one.policy_area}: {one.overturned} of {one.decided}, {share}; by default {one.default}")
    if not args.json:
        print(*caveats)
    return 0
