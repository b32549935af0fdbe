"""`amparo know check FILE…`: wording that harms, with its reason and what to write instead. No score.

Exit 1: something was found (what is only missing does not count). `--images`: the checklist for a picture.
"""

import argparse
import locale
from dataclasses import asdict
from pathlib import Path
from typing import Any

from amparo.cli.frame import each, inputs, print_json
from amparo.errors import Refused
from amparo.know import wording_input
from amparo.know.wording import Checked, check
from amparo.know.wording_language import guessed
from amparo.know.wording_rules import LANGUAGES, images
from amparo.words import words


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what this part takes."""
    parser.add_argument("files", nargs="*", metavar="FILE", help="text, Markdown, HTML or PDF; - reads names")
    parser.add_argument("--lang", metavar="xx", help=f"language of the text: {', '.join(LANGUAGES)}")
    parser.add_argument("--images", action="store_true", help="print the checklist for a picture, to fill in")


def run(args: argparse.Namespace) -> int:
    """Checks every file; gives the exit code."""
    if args.images:
        _show_images(args.lang or _own_language(), as_json=args.json)
        if not args.files:
            return 0
    found = 0

    def answer(name: str) -> dict[str, Any]:
        nonlocal found
        checked = _checked(name, args.lang)
        found += bool(checked["findings"])
        return checked

    code = each(inputs(args.files), answer, as_json=args.json, show=_show)
    return max(code, 1 if found else 0)


def _checked(name: str, language: str | None) -> dict[str, Any]:
    document = wording_input.read(Path(name))
    language = language or guessed(document.text)
    if language is None:
        raise Refused(
            words("It is not clear in which language this is written."),
            words("Give one of {languages} with --lang.", languages=", ".join(LANGUAGES)),
        )
    return {"file": name, "language": language, **_told(check(document.text, language), document)}


def _told(checked: Checked, document: wording_input.Document) -> dict[str, Any]:
    return {
        "findings": [
            {
                "family": one.family,
                "text": one.text,
                "where": document.where(one.start),
                "why": one.why,
                "better": one.better,
                "source": one.source,
                "rule": one.rule,
                "severity": one.severity,
            }
            for one in checked.findings
        ],
        "missing": [asdict(one) for one in checked.missing],
    }


def _show(told: dict[str, Any]) -> None:
    print(f"{told['file']} ({told['language']})")
    for one in told["findings"]:
        print(f"\n  {one['where']}: {one['text']}  [{one['family']}, {one['severity']}]")
        print(f"    {one['why']}\n    {one['better']}\n    {one['source']}")
    for one in told["missing"]:
        print(f"\n  [{one['family']}] {one['better']}\n    {one['why']}")


def _show_images(language: str, *, as_json: bool) -> None:
    asked = images(language)
    if as_json:
        print_json({"language": language, "images": [{**asdict(one), "answer": None} for one in asked]})
        return
    for number, one in enumerate(asked, 1):
        print(f"{number:2}. [ ] yes  [ ] no   {one.asks}\n      {one.why}")


def _own_language() -> str:
    """The language of the machine, where the checklist is written in it; else English."""
    own = (locale.getlocale()[0] or "en")[:2].lower()
    return own if own in LANGUAGES else "en"
