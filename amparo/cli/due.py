"""`amparo due`: until when an answer is due, and until when I may act.

Exit 1: unknown rule, clock or place.
"""

import argparse
import shlex
from datetime import date, datetime
from typing import Any, NoReturn

from amparo.cli.frame import each, inputs, instant, now_of, plain, print_json
from amparo.errors import WrongUse
from amparo.law.clocks import Clock, Value
from amparo.law.periods import due
from amparo.law.rules import Rule, rules
from amparo.words import Words, words


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what this verb takes; a line read by `-` takes the same after its rule."""
    parser.add_argument("rules", nargs="*", metavar="RULE", help="ID or ID#clock; - reads one per line")
    parser.add_argument(
        "--list", action="store_true", help="every rule: id, place, right, clocks, dates in force"
    )
    _moments(parser)


def run(args: argparse.Namespace) -> int:
    """Prints the dates of each rule given; gives the exit code."""
    if args.list:
        return _list(as_json=args.json)
    # "--event a=… RULE" reads the rule as one more event: what holds no "=" is a rule
    given = args.rules + [word for word in args.event if "=" not in word]
    args.event = [word for word in args.event if "=" in word]
    return each(inputs(given), lambda line: _dates(line, args), as_json=args.json, show=_show)


class _Line(argparse.ArgumentParser):
    """Reads one line of a batch; what is wrong with it is told, and the others go on."""

    def error(self, message: str) -> NoReturn:
        raise WrongUse(
            words("This line was not understood: {why}", why=message),
            words("Write a rule, then --received, --place or --event if they differ."),
        )


def _moments(parser: argparse.ArgumentParser, defaults: argparse.Namespace | None = None) -> None:
    parser.add_argument(
        "--received",
        type=instant,
        metavar="ISO",
        default=defaults.received if defaults else None,
        help="when the request reached them, with its zone",
    )
    parser.add_argument(
        "--place",
        metavar="CODE",
        default=defaults.place if defaults else None,
        help="where they act: FR, DE-BY, US-CA",
    )
    parser.add_argument(
        "--event",
        nargs="+",
        action="extend",
        metavar="NAME=ISO",
        default=list(defaults.event) if defaults else [],
        help="what happened since, such as extension_told=2026-03-02T09:00+01:00",
    )


def _dates(line: str, args: argparse.Namespace) -> dict[str, Any]:
    given = _of_line(line, args)
    if given.received is None:
        raise WrongUse(
            words("It is not told when the request was received."),
            words("Add --received with date, time and zone, like 2026-11-23T09:30:00+01:00."),
        )
    events = dict(_event(word) for word in given.event)
    found = due(given.rule, given.received, given.place, events, now=now_of(args))
    return {
        "rule": found.rule,
        "clock": found.clock,
        "place": found.place,
        "answer_due": found.answer_due,
        "answer_due_earliest": found.answer_due_earliest,
        "act_by": found.act_by,
        "firm": found.firm,
        "reasons": list(found.reasons),
        "follow_up": found.follow_up,
    }


def _of_line(line: str, args: argparse.Namespace) -> argparse.Namespace:
    if " " not in line:
        return argparse.Namespace(rule=line, received=args.received, place=args.place, event=args.event)
    parser = _Line(add_help=False)
    parser.add_argument("rule")
    _moments(parser, args)
    try:
        return parser.parse_args(shlex.split(line))
    except ValueError:
        raise WrongUse(
            words("This line has a quotation mark that is never closed."),
            words("Write a rule, then --received, --place or --event if they differ."),
        ) from None


def _event(word: str) -> tuple[str, datetime]:
    name, _, moment = word.partition("=")
    try:
        return name, instant(moment)
    except argparse.ArgumentTypeError as error:
        raise WrongUse(
            words("The event {name} has no time we can read.", name=name),
            words("{why}", why=str(error)),
        ) from None


def _list(*, as_json: bool) -> int:
    for rule in rules().values():
        if as_json:
            print_json(_row(rule))
        else:
            until = f" until {rule.to}" if rule.to else ""
            clocks = ", ".join(rule.clocks)
            print(f"{rule.id}  {rule.place}  {rule.right}  [{clocks}]  from {rule.from_}{until}")
    return 0


def _row(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "title": rule.title,
        "place": rule.place,
        "right": rule.right,
        "basis": rule.basis,
        "from": rule.from_,
        "to": rule.to,
        "grade": rule.grade,
        "clocks": {name: _clock(clock) for name, clock in rule.clocks.items()},
    }


def _clock(clock: Clock) -> dict[str, Any]:
    return {
        "side": clock.side,
        "events": sorted(clock.events),
        "values": [_value(value) for value in clock.values],
    }


def _value(value: Value) -> dict[str, Any]:
    length = {value.period.unit: value.period.n} if value.period else {}
    return {"from": value.from_, "to": value.to, **length, "grade": value.grade}


def _show(found: dict[str, Any]) -> None:
    print(f"{found['rule']}#{found['clock']}" + (f" ({found['place']})" if found["place"] else ""))
    for label in ("answer_due", "answer_due_earliest", "act_by", "follow_up"):
        if found[label] is not None:
            print(f"  {label}: {plain(found[label])}")
    print(f"  firm: {'yes' if found['firm'] else 'no'}")
    for reason in found["reasons"]:
        print(f"  - {_said(reason)}")


def _said(reason: Words) -> str:
    return reason.say(show=lambda value: value.isoformat() if isinstance(value, date) else str(value))
