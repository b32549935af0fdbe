"""`amparo directory`: take over records, check them, see which are old, and which domains are known."""

import argparse
import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from amparo.cli.files import write_whole
from amparo.cli.frame import now_of, print_json
from amparo.directory import hosts
from amparo.directory.addresses import address
from amparo.directory.records import FOLDER, records
from amparo.errors import Refused, WrongUse
from amparo.words import words

ACTS = ("import", "check", "stale", "coverage")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what this verb takes."""
    parser.add_argument(
        "act",
        choices=ACTS,
        help="import FILE (companies, Datenanfragen format), check [FOLDER], stale, coverage FILE (domains)",
    )
    parser.add_argument("path", nargs="?", type=Path, metavar="PATH", help="the file or folder")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="import: folder of records to write to (else only told)"
    )
    parser.add_argument("--days", type=int, default=365, metavar="N", help="stale: read longer ago than this")


def run(args: argparse.Namespace) -> int:
    """Does one act; gives the exit code (1: something to mend, refused or unknown)."""
    if args.act in ("import", "coverage") and args.path is None:
        raise WrongUse(words("No file was given."), words("Give the file after the word."))
    if args.path is not None and not args.path.exists():
        raise Refused(
            words("There is no {file}.", file=args.path.name), words("Check the name and the folder.")
        )
    today = now_of(args).date()
    acts = {"import": _import, "check": _check, "stale": _stale, "coverage": _coverage}
    return acts[args.act](args, today)


def _import(args: argparse.Namespace, today: date) -> int:
    from amparo.directory.importing import Importing, as_yaml, companies

    folders = (args.out, FOLDER) if args.out is not None else (FOLDER,)
    importing = Importing(*folders, on=today)
    did: Counter[str] = Counter()
    dropped = 0
    changed: dict[str, tuple[str, dict[str, Any]]] = {}
    for line, company in companies(args.path):
        outcome = importing.take(company)
        did[outcome.did] += 1
        dropped += len(outcome.dropped)
        if outcome.data is not None and outcome.slug:
            changed[outcome.slug] = (outcome.folder, outcome.data)
        if args.json or outcome.did == "refused":
            _tell(args, line, outcome)
    for slug, (folder, data) in changed.items() if args.out is not None else ():
        target = args.out / folder / f"{slug}.yaml"
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, as_yaml(data).encode())
    summary = {**{key: did[key] for key in ("new", "added", "same", "left", "refused")}, "dropped": dropped}
    written = len(changed) if args.out is not None else 0
    _summary(args, {**summary, "written": written})
    return 1 if did["refused"] else 0


def _tell(args: argparse.Namespace, line: int, outcome: Any) -> None:
    told = {
        "line": line,
        "name": outcome.name,
        "did": outcome.did,
        "slug": outcome.slug,
        "dropped": list(outcome.dropped),
        "why": str(outcome.why) if outcome.why else None,
    }
    if args.json:
        print_json(told)
    else:
        print(f"line {line}: {outcome.why}")


def _check(args: argparse.Namespace, today: date) -> int:
    from amparo.directory.checking import check

    folder = args.path or FOLDER
    beside = None if folder.resolve() == FOLDER.resolve() else FOLDER
    findings = list(check(folder, on=today, beside=beside))
    for found in findings:
        told = {
            "file": found.file,
            "field": found.field,
            "rule": found.rule,
            "what": str(found.what),
            "repair": str(found.repair),
            "why": found.why,
        }
        if args.json:
            print_json(told)
        else:
            print(f"{found.file} · {found.field}: {found.what}\n  {found.repair}  ({found.why})")
    files = len(list(folder.glob("*/*.yaml")))
    _summary(args, {"files": files, "findings": len(findings)})
    return 1 if findings else 0


def _stale(args: argparse.Namespace, today: date) -> int:
    before = today - timedelta(days=args.days)
    old: list[tuple[date, str, str]] = []
    for slug, one in records().items():
        if one.ended:
            continue
        seen = {("source", one.source.checked_on), *((key, src.checked_on) for key, src in one.facts.items())}
        seen |= {(f"channels.{c.id}", c.checked_on) for c in one.channels if c.checked_on}
        old += [(day, slug, field) for field, day in seen if day < before]
    for day, slug, field in sorted(old):
        if args.json:
            print_json({"slug": slug, "field": field, "checked_on": day.isoformat()})
        else:
            print(f"{day}  {slug}  {field}")
    _summary(args, {"records": len(records()), "stale": len(old)})
    return 0


def _coverage(args: argparse.Namespace, today: date) -> int:
    known = unknown = refused = 0
    for line in args.path.read_text("utf-8", errors="replace").splitlines():
        if not line.strip():
            continue
        try:
            host = hosts.of_address(address(line))
        except Refused:
            refused += 1
            continue
        known, unknown = known + bool(host.slug), unknown + (not host.slug)
        if args.json:
            print_json({"domain": host.domain, "service": host.slug})
        elif host.slug is None:
            print(host.domain)
    total = known + unknown
    share = f"{known / total:.1%}" if total else "-"
    _summary(args, {"known": known, "unknown": unknown, "no_address": refused, "share": share})
    return 0


def _summary(args: argparse.Namespace, told: dict[str, Any]) -> None:
    if args.json:
        print(json.dumps({"summary": told}))
    else:
        print(", ".join(f"{key.replace('_', ' ')}: {value}" for key, value in told.items()))
