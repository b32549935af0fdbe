"""What a record must hold to: one rule per check, each with a reason in the guide and a way to mend it."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from amparo.directory.desks import is_a_desk
from amparo.directory.records import SCHEMA, plain_dates, raw
from amparo.errors import CouldNot
from amparo.words import Words, words

GUIDE = "docs/how-to-write-a-record.md"
HOLDERS = ("service", "operator", "search_engine", "host", "cdn", "registrar", "archive", "payment")
FOLDERS = {
    "services": ("service",), "operators": ("operator",), "search": ("search_engine",),
    "hosts": ("host", "cdn", "registrar"), "archives": ("archive",), "payment": ("payment",),
}  # fmt: skip
KNOWN_WRONG = frozenset(
    {"content-removal@pornhub.com", "dmca@mindgeek.com", "abuse@xvideos.com", "removals@google.com"}
    | {"abuse@cloudflare.com", "https://www.xvideos.com/abuse", "https://www.xnxx.com/abuse"}
)


@dataclass(frozen=True)
class Finding:
    """What is wrong where: the file, the field, the rule it breaks, and how to mend it."""

    file: str
    field: str
    rule: str
    what: Words
    repair: Words

    @property
    def why(self) -> str:
        """Gives where the guide says why this rule is there."""
        return f"{GUIDE}#{self.rule}"


@dataclass(frozen=True)
class Seen:
    """One file and, for what only shows among all of them, the others."""

    path: Path
    slug: str
    data: Mapping[str, Any]
    all: Mapping[str, Mapping[str, Any]]
    on: date

    @property
    def file(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"

    def finding(self, rule: str, field: str, what: Words, repair: Words) -> Finding:
        return Finding(self.file, field, rule, what, repair)


def check(folder: Path, *, on: date, beside: Path | None = None) -> Iterator[Finding]:
    """Gives everything wrong with the records of a folder; `beside` holds others they may name."""
    from jsonschema import Draft202012Validator, FormatChecker  # slow to load; only checking needs it

    shape = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")), format_checker=FormatChecker())
    read: dict[Path, Mapping[str, Any]] = {}
    for path in sorted(folder.glob("*/*.yaml")):
        try:
            read[path] = plain_dates(raw(path))
        except CouldNot as broken:
            yield Finding(f"{path.parent.name}/{path.name}", "-", "yaml", broken.what, broken.next)
    others = {path.stem: plain_dates(raw(path)) for path in (beside or folder).glob("*/*.yaml") if beside}
    known = {**others, **{path.stem: data for path, data in read.items()}}
    for path, data in read.items():
        seen = Seen(path, path.stem, data, known, on)
        wrong = list(_shape(seen, shape))
        yield from wrong or (found for rule in RULES for found in rule(seen))
    yield from _domains_once(known, {path.stem: path for path in read})


def _shape(seen: Seen, shape: Any) -> Iterator[Finding]:
    for error in sorted(shape.iter_errors(seen.data), key=lambda one: list(map(str, one.absolute_path))):
        field = ".".join(map(str, error.absolute_path)) or "-"
        yield seen.finding(
            "shape",
            field,
            words("{why}", why=re.sub(r"\s+", " ", error.message)[:200]),
            words("Write it as record.schema.json says, or leave the field out."),
        )


def _slug(seen: Seen) -> Iterator[Finding]:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", seen.slug):
        yield seen.finding(
            "slug", "-", words("The file name is no slug."), words("Use small letters, digits and hyphens.")
        )


def _folder(seen: Seen) -> Iterator[Finding]:
    kinds = FOLDERS.get(seen.path.parent.name)
    if kinds and seen.data["kind"] not in kinds:
        home = next((name for name, of in FOLDERS.items() if seen.data["kind"] in of), "authorities")
        yield seen.finding(
            "folder",
            "kind",
            words("A record of kind {kind} does not lie here.", kind=seen.data["kind"]),
            words("Move the file to {folder}/.", folder=home),
        )


def _references(seen: Seen) -> Iterator[Finding]:
    named = {key: seen.data.get(key) for key in ("operator", "dsc", "successor")}
    lists = {key: seen.data.get(key, ()) for key in ("next", "hash_programmes", "decides_on")}
    pairs = [(key, name) for key, name in named.items() if name]
    pairs += [(key, name) for key, names in lists.items() for name in names]
    for key, name in pairs:
        if name not in seen.all:
            yield seen.finding(
                "references",
                key,
                words("There is no record called {slug}.", slug=name),
                words("Write that record too, or take the name out."),
            )


def _sources(seen: Seen) -> Iterator[Finding]:
    """Every key that is used is there, and every fact rests on one."""
    known = seen.data["sources"]
    used = {"source": seen.data["source"], **{f"facts.{k}": v for k, v in seen.data.get("facts", {}).items()}}
    for part in ("channels", "own_rules"):
        for at, one in enumerate(seen.data.get(part, ())):
            for key in ("source", "fields_source"):
                if key in one:
                    used[f"{part}.{at}.{key}"] = one[key]
    for field, name in used.items():
        if name not in known:
            yield seen.finding(
                "sources",
                field,
                words("No source is called {name}.", name=name),
                words("Name one of: {names}.", names=", ".join(known)),
            )


def _days(seen: Seen) -> Iterator[Finding]:
    for name, source in seen.data["sources"].items():
        checked, copied = source["checked_on"], source.get("copied_on")
        if checked > seen.on.isoformat() or (copied and copied > checked):
            yield seen.finding(
                "days",
                f"sources.{name}",
                words("This day cannot be: read before it was there, or in the future."),
                words("checked_on is the day you read it, copied_on the day of the stored copy."),
            )


def _unchecked_domains(seen: Seen) -> Iterator[Finding]:
    held = {one for key in ("domains", "media_domains", "short_domains") for one in seen.data.get(key, ())}
    for one in set(seen.data.get("unchecked_domains", ())) - held:
        yield seen.finding(
            "domains",
            "unchecked_domains",
            words("{domain} is in none of the lists of domains.", domain=one),
            words("Write it there too, or take it out here."),
        )


def _channels(seen: Seen) -> Iterator[Finding]:
    ids: set[str] = set()
    for at, one in enumerate(seen.data.get("channels", ())):
        field = f"channels.{at}"
        if one["id"] in ids:
            yield seen.finding(
                "doors", f"{field}.id", words("Two doors have one name."), words("Give each its own id.")
            )
        ids.add(one["id"])
        if one["address"].lower() in KNOWN_WRONG:
            yield seen.finding(
                "wrong-addresses",
                f"{field}.address",
                words("This address circulates, but its owner does not give it."),
                words("Take it out, or give the owner's own page as its source."),
            )


def _persons(seen: Seen) -> Iterator[Finding]:
    for at, one in enumerate(seen.data.get("channels", ())):
        if seen.data["kind"] in HOLDERS and one["kind"] == "mail" and not is_a_desk(one["address"]):
            yield seen.finding(
                "desks",
                f"channels.{at}.address",
                words("This may be the address of a person."),
                words("Find the desk's address, or leave it out."),
            )


def _prices(seen: Seen) -> Iterator[Finding]:
    for at, one in enumerate(seen.data.get("channels", ())):
        told = any("penalty of perjury" in trap for trap in one.get("traps", ()))
        if seen.data["kind"] in HOLDERS and one.get("for_rights") == ["copyright"] and not told:
            yield seen.finding(
                "prices",
                f"channels.{at}.traps",
                words("A copyright door does not say its price."),
                words("Add the sentence about the penalty of perjury that other records have."),
            )


def _sentences(seen: Seen) -> Iterator[Finding]:
    if seen.data["kind"] not in HOLDERS:
        return
    shown = [("traps", line) for line in seen.data.get("traps", ())]
    for part, keys in (("channels", ("asks", "traps", "attach", "proof")), ("own_rules", ("says",))):
        for at, one in enumerate(seen.data.get(part, ())):
            for key in keys:
                lines = one.get(key, ()) if key != "says" else (one.get(key, ""),)
                shown += [(f"{part}.{at}.{key}", line) for line in lines]
    for field, line in shown:
        if any(len(sentence.split()) > 20 for sentence in re.split(r"(?<=[.?:])\s", line)):
            yield seen.finding(
                "sentences", field, words("A sentence is longer than 20 words."), words("Make two of it.")
            )


def _domains_once(known: Mapping[str, Mapping[str, Any]], here: Mapping[str, Path]) -> Iterator[Finding]:
    claimed: dict[str, str] = {}
    for slug, data in known.items():
        for key in ("domains", "media_domains", "short_domains"):
            for domain in data.get(key) or () if isinstance(data.get(key), list) else ():
                first = claimed.setdefault(str(domain), slug)
                if first != slug and (slug in here or first in here):
                    path = here.get(slug) or here[first]
                    yield Finding(
                        f"{path.parent.name}/{path.name}",
                        key,
                        "domains",
                        words("{domain} is also of {slug}.", domain=domain, slug=first),
                        words("A domain belongs to one record: take it out of the other."),
                    )


RULES: tuple[Callable[[Seen], Iterator[Finding]], ...] = (
    _slug, _folder, _references, _sources, _days,
    _unchecked_domains, _channels, _persons, _prices, _sentences,
)  # fmt: skip
