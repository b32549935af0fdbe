"""Takes over companies in the Datenanfragen format (CC0), one JSON object per line or a list.

What a record of ours already says stays; only what it leaves open is added. Addresses that look like a
person's, telephone numbers and free remarks are left out.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from amparo.directory.addresses import address
from amparo.directory.channels import DATA_DESK
from amparo.directory.desks import is_a_desk
from amparo.directory.records import raw
from amparo.errors import CouldNot, Refused
from amparo.words import Words, words

SOURCE = "datenanfragen"
WHERE = "https://github.com/datenanfragen/data"
RIGHTS = ("access", "erasure", "objection", "restriction", "consent_withdrawal")
_TO_A_PERSON = re.compile(r"\b(?:z\.? ?h(?:d|\.)|frau|herr|mr|mrs|ms|dr|attn|att)\b\.?|c/o", re.I)
MOST_BYTES = 50_000_000


@dataclass(frozen=True)
class Outcome:
    """What became of one company. `did`: new, added, same, left or refused; `data`: what is to be written."""

    name: str
    did: str
    slug: str | None = None
    folder: str = "services"
    data: dict[str, Any] | None = None
    why: Words | None = None
    dropped: tuple[str, ...] = ()


def companies(path: Path) -> Iterator[tuple[int, Any]]:
    """Gives (line number, object) of a file; what is no JSON comes as CouldNot in the object's place."""
    if path.stat().st_size > MOST_BYTES:
        raise CouldNot(
            words("{file} is too large.", file=path.name), words("Give a file of at most 50 megabytes.")
        )
    text = path.read_text("utf-8", errors="replace").strip()
    if text.startswith("["):
        yield from enumerate(_parsed(text, path.name, 1), start=1)
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                yield number, _parsed(line, path.name, number)
            except CouldNot as broken:
                yield number, broken


def _parsed(text: str, file: str, line: int) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CouldNot(
            words("{file}, line {line} is not JSON.", file=file, line=line),
            words("Give the companies one per line, or as one list."),
        ) from error


class Importing:
    """Merges companies into what lies in some folders of records; the first folder is the one written to."""

    def __init__(self, *folders: Path, on: date) -> None:
        self.on = on
        self.files: dict[str, Path] = {}
        self.domains: dict[str, str] = {}
        self.references: dict[str, str] = {}
        for folder in reversed(folders):
            for path in sorted(folder.glob("*/*.yaml")):
                self.files[path.stem] = path
        self.data = {slug: raw(path) for slug, path in self.files.items()}
        for slug, data in self.data.items():
            self._note_domains(slug, data)

    def take(self, untrusted_company: Any) -> Outcome:
        """Gives what is to be written for one company; a second time the same company changes nothing."""
        if isinstance(untrusted_company, CouldNot):
            return Outcome("-", "refused", why=untrusted_company.what)
        try:
            return self._take(_checked(untrusted_company))
        except Refused as refused:
            name = untrusted_company.get("name", "-") if isinstance(untrusted_company, dict) else "-"
            return Outcome(str(name), "refused", why=refused.what)

    def _take(self, company: Mapping[str, Any]) -> Outcome:
        domain = _domain(company.get("web"))
        slug = self._imported_before(company) or self.domains.get(domain or "")
        if slug is not None and self._is_of_another(slug, company):
            slug, domain = None, None  # two companies of one site: the domain stays with the first
        dropped = tuple(_dropped(company))
        if slug is not None and self.data[slug].get("ended"):
            return Outcome(company["name"], "left", slug, why=words("This record has ended."))
        doors = list(_doors(company))
        if slug is None and not doors and not company.get("address"):
            return Outcome(company["name"], "left", why=words("It names no door."), dropped=dropped)
        if slug is None:
            return self._new(company, domain, doors, dropped)
        return self._added(company, slug, doors, dropped)

    def _new(
        self,
        company: Mapping[str, Any],
        domain: str | None,
        doors: list[dict[str, Any]],
        dropped: tuple[str, ...],
    ) -> Outcome:
        slug = company["slug"]
        while slug in self.data:
            slug += "-imported"
        data: dict[str, Any] = {"name": company["name"], "kind": "service" if domain else "operator"}
        data["roles"] = ["controller", "business"]
        if domain:
            data["domains"] = [domain]
            data["offered_in"] = _offered_in(company)
        if post := _post(company):
            data["post"] = post
        if doors:
            data["channels"] = doors
        data["sources"] = {SOURCE: self._source(company)}
        data["source"] = SOURCE
        self.data[slug] = data
        self._note_domains(slug, data)
        return Outcome(
            company["name"], "new", slug, "services" if domain else "operators", data, dropped=dropped
        )

    def _added(
        self, company: Mapping[str, Any], slug: str, doors: list[dict[str, Any]], dropped: tuple[str, ...]
    ) -> Outcome:
        data = self.data[slug]
        known = {str(one["address"]).lower() for one in data.get("channels", ())}
        has_desk = any(DATA_DESK & set(one.get("for_rights", ())) for one in data.get("channels", ()))
        new = [] if has_desk else [one for one in doors if one["address"].lower() not in known]
        post = None if data.get("post") or data.get("operator") else _post(company)
        if not new and not post:
            return Outcome(company["name"], "same", slug, dropped=dropped)
        ids = {one["id"] for one in data.get("channels", ())}
        added = [{**one, "id": _free(one["id"], ids), "source": SOURCE} for one in new]
        data = {**data, "channels": [*data.get("channels", ()), *added]}
        if post:
            data["post"] = post
            data["facts"] = {**data.get("facts", {}), "post": SOURCE}
        sources = {**data.pop("sources"), SOURCE: self._source(company)}
        source = data.pop("source")
        self.data[slug] = {**data, "sources": sources, "source": source}
        self._note_domains(slug, self.data[slug])
        folder = self.files[slug].parent.name if slug in self.files else "services"
        return Outcome(company["name"], "added", slug, folder, self.data[slug], dropped=dropped)

    def _source(self, company: Mapping[str, Any]) -> dict[str, Any]:
        grade = "secondary" if company.get("quality") in ("verified", "tested") else "unchecked"
        return {
            "url": WHERE,
            "archived": _reference(company),
            "checked_on": self.on,
            "grade": grade,
        }

    def _imported_before(self, company: Mapping[str, Any]) -> str | None:
        """A company is known again by the reference of its source, whatever else changed."""
        return self.references.get(_reference(company))

    def _is_of_another(self, slug: str, company: Mapping[str, Any]) -> bool:
        taken = self.data[slug]["sources"].get(SOURCE, {}).get("archived")
        return taken is not None and taken != _reference(company)

    def _note_domains(self, slug: str, data: Mapping[str, Any]) -> None:
        reference = data["sources"].get(SOURCE, {}).get("archived")
        if reference:
            self.references.setdefault(reference, slug)
        for key in ("domains", "media_domains", "short_domains"):
            for domain in data.get(key, ()):
                self.domains.setdefault(domain, slug)


def as_yaml(data: Mapping[str, Any]) -> str:
    """Gives a record as the text of its file."""
    import yaml

    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=120)


def _checked(company: Any) -> Mapping[str, Any]:
    """Gives a company whose fields have the shapes we rely on; Refused names the field."""
    if not isinstance(company, dict):
        raise Refused(words("This is not a company."), words("Give one JSON object per company."))
    texts = {key: company.get(key) for key in ("slug", "name", "web", "email", "webform", "address")}
    for key, value in texts.items():
        if (value is not None or key in ("slug", "name")) and not (isinstance(value, str) and value.strip()):
            raise Refused(words("{field} is no text.", field=key), words("Mend it in the source."))
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", company["slug"]):
        raise Refused(words("{field} is no slug.", field="slug"), words("Mend it in the source."))
    return company


def _reference(company: Mapping[str, Any]) -> str:
    return f"datenanfragen/data: companies/{company['slug']}.json"


def _domain(web: str | None) -> str | None:
    try:
        place = address(web) if web else None
    except Refused:
        return None
    if place is None or place.mail or place.is_ip or place.inside_only:
        return None
    return place.host.removeprefix("www.")


def _offered_in(company: Mapping[str, Any]) -> list[str]:
    given = [str(one).upper() for one in company.get("relevant-countries", ()) if isinstance(one, str)]
    if "ALL" in given or not given:
        return ["*"]
    return sorted(one for one in given if re.fullmatch(r"[A-Z]{2}", one)) or ["*"]


def _doors(company: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    mail, form = (company.get("email") or "").strip(), (company.get("webform") or "").strip()
    languages = company.get("request-language")
    more = {"languages": [languages]} if isinstance(languages, str) and len(languages) == 2 else {}
    if mail and is_a_desk(mail) and re.fullmatch(r"[^@\s]+@[^@\s]+\.[a-z]+", mail):
        yield {"id": "mail-privacy", "kind": "mail", "address": mail, "for_rights": list(RIGHTS), **more}
    if urlsplit(form).scheme in ("http", "https") and not re.search(r"\s", form):
        yield {"id": "form-privacy", "kind": "form", "address": form, "for_rights": list(RIGHTS), **more}


def _dropped(company: Mapping[str, Any]) -> Iterator[str]:
    """What was left out because it may be a person's: the kind of it, never the text."""
    if company.get("email") and not is_a_desk(company["email"].strip()):
        yield "email"
    if company.get("address") and any(_TO_A_PERSON.search(line) for line in company["address"].splitlines()):
        yield "address"


def _post(company: Mapping[str, Any]) -> str | None:
    lines = [line.strip() for line in (company.get("address") or "").splitlines() if line.strip()]
    if any(_TO_A_PERSON.search(line) for line in lines):
        return None
    if lines and lines[0] != company["name"]:
        lines = [company["name"], *lines]
    return ", ".join(lines) if len(lines) > 1 else None


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "-2"
    return name
