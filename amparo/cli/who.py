"""`amparo who`: who can act on an address, and through which door. Nothing is looked up on the network."""

import argparse
from typing import Any

from amparo.cli.frame import each, inputs
from amparo.directory.lookup import Found, who
from amparo.directory.recipients import Recipient


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what `who` takes."""
    parser.add_argument("url", nargs="+", metavar="URL", help="addresses, or - to read one per line")


def run(args: argparse.Namespace) -> int:
    """Answers every address in order; refused ones are told and the others go on (exit 1)."""
    return each(inputs(args.url), lambda url: found_as_json(who(url)), as_json=args.json, show=_show)


def found_as_json(found: Found) -> dict[str, Any]:
    """Gives what was found as the contract's object; `original` is the page a copy or a result shows."""
    return {
        "url": found.url,
        "kind": found.kind,
        "domain": found.domain,
        "service": found.service.slug if found.service else None,
        "operator": found.operator,
        "recipients": [_recipient_as_json(one) for one in found.recipients],
        "original": found_as_json(found.original) if found.original else None,
        "notes": [str(note) for note in found.notes],
    }


def _recipient_as_json(one: Recipient) -> dict[str, Any]:
    return {
        "name": one.name,
        "role": one.role,
        "channel": one.channel.kind if one.channel else None,
        "address": one.address,
        "languages": list(one.languages),
        "source": one.source,
        "checked_on": one.checked_on,
        "grade": one.grade,
        "slug": one.slug,
        "how": str(one.how) if one.how else None,
    }


def _show(found: dict[str, Any]) -> None:
    by = f" · {found['operator']}" if found["operator"] else ""
    print(f"{found['url']}\n  {found['kind']} · {found['service'] or found['domain']}{by}")
    for note in found["notes"]:
        print(f"  {note}")
    for number, one in enumerate(found["recipients"], start=1):
        door = f"{one['channel']} {one['address']}" if one["channel"] else one["how"]
        doubt = "  (not confirmed)" if one["channel"] and one["grade"] == "unchecked" else ""
        print(f"  {number}. {one['name']} ({one['role']}): {door}{doubt}")
    if found["original"]:
        print("  It shows:")
        print(f"    {found['original']['url']}")
