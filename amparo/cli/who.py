"""`amparo who`: who can act on an address, and through which door. Nothing is asked but with --look-up."""

import argparse
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any

from amparo.cli.frame import each, inputs, now_of
from amparo.directory.lookup import Found, who
from amparo.directory.recipients import Recipient
from amparo.errors import WrongUse
from amparo.words import words

if TYPE_CHECKING:  # it brings the network with it: only what asks for it waits for it
    from amparo.claims.registers import Ladder


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what `who` takes."""
    parser.add_argument("url", nargs="+", metavar="URL", help="addresses, or - to read one per line")
    parser.add_argument(
        "--look-up",
        action="store_true",
        help="ask the public registers who carries an unknown site: they see its name and this connection",
    )
    parser.add_argument(
        "--open-short",
        action="store_true",
        help="open a short link to see where it leads: its owner sees a visit from this connection",
    )
    parser.add_argument(
        "--pasted", action="store_true", help="read a WHOIS or RDAP answer from standard input, for one URL"
    )


def run(args: argparse.Namespace) -> int:
    """Answers every address in order; refused ones are told and the others go on (exit 1)."""
    if args.pasted and (len(args.url) != 1 or args.url == ["-"]):
        raise WrongUse(
            words("One answer is about one address."), words("Give one URL, and the answer as the input.")
        )
    pasted = sys.stdin.read() if args.pasted else None

    def answer(url: str) -> dict[str, Any]:
        return _answer(url, args, pasted=pasted, now=now_of(args))

    return each(inputs(args.url), answer, as_json=args.json, show=_show)


def _answer(url: str, args: argparse.Namespace, *, pasted: str | None, now: datetime) -> dict[str, Any]:
    found = who(url)
    if args.open_short and found.kind == "short_link" and found.original is None:
        from amparo.net.short_links import leads_to

        found = who(leads_to(found.url))
    if pasted is None and not (args.look_up and found.service is None and found.kind != "address"):
        return found_as_json(found)
    from amparo.claims import registers

    got = registers.look_up(found.url) if pasted is None else registers.read(pasted, now=now)
    return {**found_as_json(registers.found_with(found.url, got)), "looked_up": _ladder_as_json(got)}


def _ladder_as_json(got: "Ladder") -> dict[str, Any]:
    domain = got.domain
    return {
        "asked": [{"source": source, "at": at.isoformat()} for source, at in got.asked],
        "registrar": domain.registrar if domain else None,
        "registered_on": domain.created.isoformat() if domain and domain.created else None,
        "expires_on": domain.expires.isoformat() if domain and domain.expires else None,
        "networks": [one.holder or one.name for one in got.networks],
        "failed": [str(one) for one in got.failed],
    }


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
        "looks_like": found.looks_like,
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
    for one in found.get("looked_up", {}).get("asked", ()):
        print(f"  asked {one['source']} at {one['at']}")
    for failed in found.get("looked_up", {}).get("failed", ()):
        print(f"  {failed}")
    if found["original"]:
        print("  It shows:")
        print(f"    {found['original']['url']}")
