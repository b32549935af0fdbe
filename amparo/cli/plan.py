"""`amparo plan SITUATION.json…`: the ordered steps for a situation, and the rights that do not fit."""

import argparse
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from amparo.claims import situations
from amparo.claims.plan import Plan, Step, plan
from amparo.cli.frame import each, inputs, now_of
from amparo.directory.record import Channel
from amparo.errors import CouldNot, Refused, WrongUse
from amparo.law.periods import Due
from amparo.words import words

MAX_BYTES = 5_000_000


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what this verb takes."""
    parser.add_argument("situations", nargs="*", metavar="SITUATION.json", help="file, or - for one per line")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of a situation")
    parser.add_argument("--example", action="store_true", help="print a valid situation")


def run(args: argparse.Namespace) -> int:
    """Prints one plan per situation; gives the exit code."""
    if args.schema or args.example:
        shown = situations.schema() if args.schema else situations.example()
        print(json.dumps(shown, ensure_ascii=False, indent=None if args.json else 2))
        return 0
    now = now_of(args)
    return each(inputs(args.situations), lambda path: answer(path, now), as_json=args.json, show=_show)


def answer(path: str, now: datetime) -> dict[str, Any]:
    """Gives the plan of one situation file as the contract's object."""
    return as_object(plan(situations.parse(read(path)), now=now))


def read(path: str) -> Any:
    """Gives what a JSON file holds; each way it can fail names the next step."""
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
        raise Refused(
            words("The file is longer than a situation can be."),
            words("Give at most 1,000 places in one file."),
        )
    try:
        return json.loads(body, object_pairs_hook=_each_once)
    except (ValueError, RecursionError) as error:
        where = words("line {line}", line=error.lineno) if isinstance(error, json.JSONDecodeError) else "?"
        raise WrongUse(
            words("The file is not valid JSON ({where}).", where=where),
            words("`amparo plan --example` prints a file that is."),
        ) from None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Gives the object; a field given twice is refused: the second could quietly undo "under 18"."""
    held = dict(pairs)
    if len(held) == len(pairs):
        return held
    names = [name for name, _ in pairs]
    twice = next(name for name in names if names.count(name) > 1)
    raise WrongUse(
        words("The field “{name}” stands there twice.", name=twice[:80]), words("Keep one of them.")
    )


def as_object(found: Plan) -> dict[str, Any]:
    """Gives a plan as plain data."""
    return {
        "steps": [_step(step) for step in found.steps],
        "not": [
            {"right": one.right, "why": one.why, "rule": one.rule.id if one.rule else None}
            for one in found.not_
        ],
        "protected": found.protected,
        "further": [
            {"right": one.right, "rule": one.id, "title": one.title, "why": one.why} for one in found.further
        ],
    }


def _step(step: Step) -> dict[str, Any]:
    recipient = step.recipient
    return {
        "order": step.order,
        "recipient": {"name": recipient.name, "slug": recipient.slug, "role": recipient.role},
        "right": step.right,
        "rule": step.rule,
        "channel": _channel(step.channel),
        "due": _due(step.due),
        "follow_up": step.due.follow_up if step.due else None,
        "does": step.does,
        "why": step.why,
        "price": list(step.price),
        "places": list(step.places),
        "letter": step.letter,
        "chosen": step.chosen,
        "phase": step.phase,
        "learnt": {"source": step.learnt.source, "at": step.learnt.at} if step.learnt else None,
        "own_signature": step.own_signature,
        "needs_mandate": step.needs_mandate,
    }


def _channel(channel: Channel | None) -> dict[str, Any] | None:
    if channel is None:
        return None
    return {
        "kind": channel.kind,
        "address": channel.address,
        "languages": channel.languages,
        "source": channel.source,
        "checked_on": channel.checked_on,
        "grade": channel.grade,
    }


def _due(due: Due | None) -> dict[str, Any] | None:
    """Gives the dates, or None where the law gives none."""
    if due is None or (due.answer_due is None and due.act_by is None):
        return None
    return {
        "answer_due": due.answer_due,
        "answer_due_earliest": due.answer_due_earliest,
        "act_by": due.act_by,
        "firm": due.firm,
        "reasons": due.reasons,
    }


def _show(found: dict[str, Any]) -> None:
    for step in found["steps"]:
        chosen = " " if step["chosen"] else "?"
        print(f"{step['order']:3}.{chosen} {step['does']}")
        law = step["rule"] or "-"
        until = step["due"]["answer_due"] or step["due"]["act_by"] if step["due"] else None
        print(f"      {step['right']} ({law})" + (f", due {until:%Y-%m-%d %H:%M %z}" if until else ""))
        if step["channel"]:
            print(f"      {step['channel']['kind']}: {step['channel']['address']}")
        print(f"      {step['why']}")
        for price in step["price"]:
            print(f"      - {price}")
    print("  ? = not chosen: it has a price, or another step comes first.")
