"""`amparo index`: exact search among fingerprints, for places that honour them by consent."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from amparo.cli.frame import common_options, inputs, now_of, print_json
from amparo.errors import Refused, WrongUse
from amparo.fingerprints.index import store
from amparo.fingerprints.index.lists import fingerprints_in
from amparo.fingerprints.index.receipts import Receipt, receipt_of
from amparo.words import words

ASKS = words("Does this picture show what {what} is about? A person must look at it and decide.")
BATCH = 1024


def arguments(parser: argparse.ArgumentParser) -> None:
    """The acts on an index."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    options = common_options(below=True)
    build = acts.add_parser("build", help="a new index from a list and its receipt", parents=[options])
    add = acts.add_parser("add", help="more entries under one receipt", parents=[options])
    query = acts.add_parser("query", help="entries within 31 of 256 bits", parents=[options])
    withdraw = acts.add_parser("withdraw", help="end a receipt: its entries go", parents=[options])
    tidy = acts.add_parser("tidy", help="take out entries whose receipt has ended", parents=[options])
    for one in (build, add, query, withdraw, tidy):
        one.add_argument("folder", type=Path, metavar="DIR", help="the index")
    build.add_argument("list", nargs="?", type=Path, metavar="LIST", help="fingerprints, one a line, or CSV")
    add.add_argument("list", type=Path, metavar="LIST", help="fingerprints, one a line, or CSV")
    for one in (build, add):
        one.add_argument("--receipt", type=Path, metavar="FILE.json", help="the consent they stand on")
    query.add_argument("pdq", nargs="+", metavar="PDQ", help="fingerprints, or - for one a line")
    withdraw.add_argument("receipt", metavar="ID", help="the receipt's id")
    build.set_defaults(do=_build)
    add.set_defaults(do=_add)
    query.set_defaults(do=_query)
    withdraw.set_defaults(do=_withdraw)
    tidy.set_defaults(do=_tidy)


def run(args: argparse.Namespace) -> int:
    """Does one act."""
    do: Callable[[argparse.Namespace], int] = args.do
    return do(args)


def _build(args: argparse.Namespace) -> int:
    if args.list is not None:  # a list that cannot be read, or without its consent, leaves no folder behind
        fingerprints_in(args.list)
        _receipt(args)
    store.create(args.folder)
    return _tell(0, args) if args.list is None else _add(args)


def _add(args: argparse.Namespace) -> int:
    return _tell(
        store.add(args.folder, fingerprints_in(args.list), _receipt(args), on=now_of(args).date()), args
    )


def _tell(entries: int, args: argparse.Namespace) -> int:
    print_json({"entries": entries}) if args.json else print(f"{entries:,} entries")
    return 0


def _receipt(args: argparse.Namespace) -> Receipt:
    if args.receipt is None:
        raise WrongUse(
            words("Entries need the consent they stand on."),
            words("Give --receipt FILE.json: what, for whom, until when, how to withdraw."),
        )
    try:
        return receipt_of(json.loads(args.receipt.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise Refused(
            words("{name} could not be read as a receipt.", name=args.receipt.name),
            words("Write id, what, for_whom, how_to_withdraw, since and until (days like 2026-11-24)."),
        ) from error


def _query(args: argparse.Namespace) -> int:
    day = now_of(args).date()
    asked = list(inputs(args.pdq))
    index = store.Index(args.folder)  # after the reading: an entry may have been withdrawn meanwhile
    hits = 0
    for at in range(0, len(asked), BATCH):
        for hit in index.query(asked[at : at + BATCH], on=day):
            hits += 1
            _tell_hit(asked[at + hit.query], hit, args)
    return 0 if hits else 1


def _tell_hit(asked: str, hit: store.Hit, args: argparse.Namespace) -> None:
    question = words(ASKS.text, what=hit.receipt.what)
    said = {
        "input": asked,
        "pdq": hit.pdq,
        "distance_bits": hit.distance_bits,
        "receipt": hit.receipt.id,
        "question": question,
        "reason": words("{n} of 256 bits differ; 31 or fewer count as near.", n=hit.distance_bits),
        "contest": hit.receipt.how_to_withdraw,
    }
    if args.json:
        print_json(said)
    else:
        print(f"{asked}\n  {question}\n  {said['reason']}\n  {hit.receipt.id}: {hit.receipt.how_to_withdraw}")


def _withdraw(args: argparse.Namespace) -> int:
    store.withdraw(args.folder, args.receipt, on=now_of(args).date())
    return _tell(len(store.Index(args.folder)), args)


def _tidy(args: argparse.Namespace) -> int:
    return _tell(store.tidy(args.folder, on=now_of(args).date()), args)
