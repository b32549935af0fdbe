"""`amparo letter SITUATION.json --step N`: the letter of one step, and what it still lacks."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from amparo.claims import letters, render, situations
from amparo.claims.letters import Letter
from amparo.claims.plan import Step, plan
from amparo.cli.files import write_whole
from amparo.cli.frame import each, inputs, now_of
from amparo.cli.plan import read
from amparo.errors import Refused, WrongUse
from amparo.law.situation import Situation
from amparo.words import words

FORMS = ("text", "eml", "pdf")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what this verb takes."""
    parser.add_argument("situations", nargs="+", metavar="SITUATION.json", help="file, or - for one per line")
    parser.add_argument("--step", type=int, required=True, metavar="N", help="number of the step in the plan")
    parser.add_argument(
        "--lang", choices=letters.LANGUAGES, help="language of the letter (else the recipient's)"
    )
    parser.add_argument("--as", dest="form", choices=FORMS, default="text", help="what to write to FILE")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="write the letter here, only for you"
    )


def run(args: argparse.Namespace) -> int:
    """Prints one letter per situation; gives the exit code (1 when something is missing)."""
    if args.form != "text" and args.output is None:
        raise WrongUse(
            words("A {form} is not for the screen.", form=args.form), words("Say where it goes: -o FILE")
        )
    if args.output is not None and (len(args.situations) > 1 or args.situations == ["-"]):
        raise WrongUse(words("One file holds one letter."), words("Give one situation with -o FILE."))
    now = now_of(args)
    incomplete: list[str] = []

    def answer(path: str) -> dict[str, Any]:
        situation = situations.parse(read(path))
        letter = letters.letter(situation, _step(situation, args.step, now), language=args.lang, now=now)
        incomplete.extend(letter.missing)
        if letter.ready and args.output is not None:
            write_whole(args.output, _written(letter, args.form, situation, now))
        return as_object(letter)

    worst = each(inputs(args.situations), answer, as_json=args.json, show=_show)
    return max(worst, 1 if incomplete else 0)


def as_object(letter: Letter) -> dict[str, Any]:
    """Gives a letter as the contract's object; one that may not go out also says so and what comes next."""
    told = {
        "language": letter.language,
        "subject": letter.subject,
        "to": letter.to,
        "body": letter.body,
        "elements": [{"element": one.id, "present": one.present} for one in letter.elements],
        "missing": list(letter.missing),
        "kind": letter.kind,
        "reviewed": letter.reviewed,
        "own_signature": letter.own_signature,
        "version": letter.version,
    }
    if letter.ready:
        return told
    return {
        **told,
        "error": words("The letter is not complete: {missing}.", missing=", ".join(letter.missing)),
        "next": " ".join(str(one.words) for one in letter.to_fill) or words("Complete the situation."),
        "to_fill": {one.blank: one.words for one in letter.to_fill},
    }


def _step(situation: Situation, number: int, now: datetime) -> Step:
    steps = plan(situation, now=now).steps
    for step in steps:
        if step.order == number:
            return step
    raise Refused(
        words("The plan has no step {number}.", number=number),
        words("Its steps are 1 to {last}. `amparo plan` shows them.", last=len(steps)),
    )


def _written(letter: Letter, form: str, situation: Situation, now: datetime) -> bytes:
    if form == "eml":
        return render.eml(letter, from_address=situation.sender.email, now=now)
    return render.pdf(letter, now=now) if form == "pdf" else render.text(letter).encode()


def _show(told: dict[str, Any]) -> None:
    print(f"To: {told['to'] or '-'}\nSubject: {told['subject']}\n\n{told['body']}\n")
    for one in told["elements"]:
        print(f"[{'x' if one['present'] else ' '}] {one['element']}")
    if told["missing"]:
        print(f"\n{told['error']}\n{told['next']}")
    if not told["reviewed"]:
        print("\nNo fluent reader has checked this text yet.")
