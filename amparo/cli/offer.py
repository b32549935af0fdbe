"""`amparo offer OFFER.json…`: what an offer pays and costs, what is a right, and what to ask."""

import argparse
import json
import textwrap
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from amparo.cli.frame import each, inputs, now_of
from amparo.errors import CouldNot, Refused, WrongUse
from amparo.know import offers
from amparo.know.offer_check import as_object, check_json
from amparo.know.offer_numbers import THREE_PLACES
from amparo.words import words

MAX_BYTES = 1_000_000
WIDTH = 100


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what this verb takes."""
    about = "file, or - for one per line: a file name, or an offer in braces"
    parser.add_argument("offers", nargs="*", metavar="OFFER.json", help=about)
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of an offer")
    parser.add_argument("--example", action="store_true", help="print a valid offer")


def run(args: argparse.Namespace) -> int:
    """Prints one answer per offer; gives the exit code. Nothing is kept."""
    if args.schema or args.example:
        shown = offers.schema() if args.schema else offers.example()
        print(json.dumps(shown, ensure_ascii=False, indent=None if args.json else 2))
        return 0
    on = now_of(args).date()
    return each(inputs(args.offers), lambda given: answer(given, on), as_json=args.json, show=_show)


def answer(given: str, on: date) -> dict[str, Any]:
    """Gives the check of one offer, a file or JSON in braces, as the contract's object."""
    body = given.encode("utf-8", "surrogateescape") if given.lstrip().startswith("{") else _bytes(given)
    return {"input": given, **as_object(check_json(_json(body), on=on))}


def _bytes(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            body = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise CouldNot(words("There is no such file."), words("Check its name and folder.")) from None
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte in it
        raise CouldNot(
            words("The file cannot be read: {why}.", why=getattr(error, "strerror", None) or "unknown"),
            words("Check that it is a file and that you may read it."),
        ) from None
    if len(body) > MAX_BYTES:
        raise Refused(words("The file is longer than an offer can be."), words("Give one offer per file."))
    return body


def _json(body: bytes) -> Any:
    try:
        return json.loads(body, object_pairs_hook=_each_once, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:  # ValueError: also a number of thousands of digits
        where = words("line {line}", line=error.lineno) if isinstance(error, json.JSONDecodeError) else "?"
        raise WrongUse(
            words("The file is not valid JSON ({where}).", where=where),
            words("`amparo offer --example` prints a file that is."),
        ) from None


def _no_number(name: str) -> str:
    return name  # NaN and Infinity become text, and so a question


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Gives the object; a field given twice is refused: one of the two figures would be lost."""
    held = dict(pairs)
    if len(held) == len(pairs):
        return held
    names = [name for name, _ in pairs]
    twice = next(name for name in names if names.count(name) > 1)
    raise WrongUse(
        words("The field “{name}” stands there twice.", name=twice[:80]), words("Keep one of them.")
    )


def _show(found: dict[str, Any]) -> None:
    print(f"{found['input'] if len(found['input']) < WIDTH else 'offer'}\n")
    print("Numbers")
    for one in found["numbers"]:
        _say(f"{_amount(one)}  {one['what']}", f"= {one['how']} {_where(one)}")
    print("\nWhat is a right")
    for one in found["rights"]:
        basis = f"{one['basis']}. " if one["basis"] else ""
        register = f"{one['url']} " if one["url"] else ""
        _say(f"{one['place']}: {one['what']}", f"{register}{basis}{_where(one)}")
    print("\nQuestions to ask first")
    for one in found["questions"]:
        _say(f"[{one['of']}] {one['ask']}", str(one["why"]))


def _say(text: str, beneath: str) -> None:
    print(textwrap.fill(text, WIDTH, initial_indent="- ", subsequent_indent="  "))
    print(
        textwrap.fill(beneath, WIDTH, initial_indent="    ", subsequent_indent="    ", break_long_words=False)
    )


def _amount(one: dict[str, Any]) -> str:
    amount = one["amount"]
    cents = 3 if one["currency"] in THREE_PLACES else 2
    plain = amount == "never" or one["unit"] != "money" or float(amount).is_integer()
    parts = [str(amount) if amount == "never" else f"{amount:,}" if plain else f"{amount:,.{cents}f}"]
    unit = one["unit"].removesuffix("s") if amount == 1 else one["unit"]
    parts.append(one["currency"] or ("" if one["unit"] == "money" else unit))
    if one["per"] and one["per"] != "once":
        parts.append(f"per {one['per']}")
    return " ".join(part for part in parts if part)


def _where(one: dict[str, Any]) -> str:
    if one["source"] == "offer":
        return ""
    return f"({one['source']}, read {one['date']}, {one['grade']})"
