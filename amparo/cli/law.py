"""`amparo law`: what rules there are, what each says, and which are old or not firm.

Exit 1: unknown rule, or `stale` found something.
"""

import argparse
from datetime import date
from typing import Any

from amparo.cli.frame import each, inputs, now_of, print_json
from amparo.errors import WrongUse
from amparo.law.clocks import Clock, Value
from amparo.law.explaining import length
from amparo.law.rules import Rule, rule, rules
from amparo.law.sources import FRESH_DAYS, stands
from amparo.words import words


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what this verb takes."""
    parser.add_argument(
        "what", choices=("list", "show", "stale"), help="all rules, one, or what needs a reader"
    )
    parser.add_argument("rules", nargs="*", metavar="RULE", help="for show: its id; - reads one per line")
    parser.add_argument("--place", metavar="FOLDER", help="only the law of this place: eu, uk, us-ca")


def run(args: argparse.Namespace) -> int:
    """Prints the rules asked for; gives the exit code."""
    if args.what == "show":
        if not args.rules:
            raise WrongUse(words("No rule was named."), words("`amparo law list` shows every id."))
        today = now_of(args).date()
        return each(inputs(args.rules), lambda line: _whole(rule(line), today), as_json=args.json, show=_show)
    chosen = [one for one in rules().values() if args.place in (None, one.place)]
    if not chosen:
        known = ", ".join(sorted({one.place for one in rules().values()}))
        raise WrongUse(
            words("There is no law of {place} here.", place=args.place),
            words("Use one of: {near}.", near=known),
        )
    if args.what == "list":
        return _list(chosen, now_of(args).date(), as_json=args.json)
    return _stale(chosen, now_of(args).date(), as_json=args.json)


def _list(chosen: list[Rule], today: date, *, as_json: bool) -> int:
    for one in chosen:
        if as_json:
            print_json(_row(one, today))
        else:
            print(f"{one.id}  {one.right}  {one.grade}  {one.basis}{_when(_row(one, today))}")
    return 0


def _row(one: Rule, today: date) -> dict[str, Any]:
    return {
        "id": one.id,
        "place": one.place,
        "right": one.right,
        "title": one.title,
        "basis": one.basis,
        "from": one.from_,
        "to": one.to,
        "state": one.state(today),
        "grade": one.grade,
        "checked_on": min(source.checked_on for source in one.sources),
    }


def _whole(one: Rule, today: date) -> dict[str, Any]:
    return {
        **_row(one, today),
        "who": list(one.who),
        "against": list(one.against),
        "why": one.why,
        "clocks": {name: _clock(clock) for name, clock in one.clocks.items()},
        "request_elements": list(one.request_elements),
        "answer_contains": list(one.answer_contains),
        "need_not": list(one.need_not),
        "escalation": list(one.escalation),
        "sources": [
            {"url": source.url, "checked_on": source.checked_on, "grade": source.grade, "says": source.says}
            for source in one.sources
        ],
    }


def _clock(clock: Clock) -> list[dict[str, Any]]:
    return [
        {
            "from": value.from_,
            "to": value.to,
            "length": length(value.period) if value.period else None,
            "counted_by": clock.counting.title,
            "grade": value.grade,
        }
        for value in clock.values
    ]


def _stale(chosen: list[Rule], today: date, *, as_json: bool) -> int:
    """Prints each number that carries no firm date today; a suggestion without a number is no number."""
    found = [
        {"rule": one.id, "clock": clock.name, "place": one.place, **why}
        for one in chosen
        for clock in one.clocks.values()
        if (why := _weak(clock, clock.values[-1], today)) is not None
    ]
    for row in found:
        if as_json:
            print_json(row)
        else:
            print(f"{row['rule']}#{row['clock']}  {row['why']}  {row['grade']}  read {row['checked_on']}")
    if not as_json:
        places = sorted({str(row["place"]) for row in found})
        print(f"{len(found)} numbers in {len(places)} places carry no firm date: {', '.join(places)}")
    return 1 if found else 0


def _weak(clock: Clock, value: Value, today: date) -> dict[str, Any] | None:
    """Gives what is wrong with a number: not read well (`unfirm`), read long ago (`old`), or counting."""
    if value.period is None:
        return None
    newest = max(source.checked_on for source in value.sources)
    row = {"grade": value.grade, "checked_on": newest}
    if not stands(value.grade, value.sources, today):
        fresh = (today - newest).days <= FRESH_DAYS.get(value.grade, 0) or value.grade not in FRESH_DAYS
        return {"why": "unfirm" if fresh else "old", **row}
    convention = clock.counting
    if not stands(convention.grades[value.period.unit], convention.sources, today):
        return {"why": "counting", **row}
    return None


def _show(found: dict[str, Any]) -> None:
    print(f"{found['id']}: {found['title']} ({found['basis']})")
    print(f"  {found['why']}")
    print(f"  against: {', '.join(found['against'])}; {_dates(found)}; {found['grade']}{_when(found)}")
    for name, values in found["clocks"].items():
        for value in values:
            said = f"{value['length'] or 'no number'} ({value['counted_by']}), {value['grade']}"
            print(f"  {name}: {said}{', ' + _dates(value) if len(values) > 1 else ''}")
    for source in found["sources"]:
        print(f"  - {source['url']} ({source['grade']}, {source['checked_on']})")


def _dates(row: dict[str, Any]) -> str:
    return f"from {row['from']}" + (f" to {row['to']}" if row["to"] else "")


def _when(row: dict[str, Any]) -> str:
    """Gives what to add to a rule that does not hold today."""
    ways = {
        "in_force": "",
        "ended": f"  ENDED on {row['to']}",
        "to_come": f"  NOT YET: begins on {row['from']}",
    }
    return ways[row["state"]]
