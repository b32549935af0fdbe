"""Dumps made by program in the published form: a zip of zips of CSV files, with its checksum beside."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from amparo.witness.dsa.published import schema

REMOVED = '["DECISION_VISIBILITY_CONTENT_REMOVED"]'
LONG = 'We took this away, because our rules say "no" to it, and a line of reasons follows. '


def statement(**given: str) -> dict[str, str]:
    """Gives one statement of reasons, ordinary where nothing else is said."""
    ordinary = {
        "uuid": "00000000-0000-4000-8000-000000000000",
        "decision_visibility": REMOVED,
        "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "incompatible_content_ground": "Community rules, part 4",
        "incompatible_content_explanation": LONG * 3,
        "incompatible_content_illegal": "No",
        "category": "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
        "category_specification": "[]",
        "content_type": '["CONTENT_TYPE_VIDEO"]',
        "content_language": "EN",
        "content_date": "2025-07-30 00:00:00",
        "territorial_scope": '["AT","BE","BG","CY","CZ","DE","DK","EE","ES","FI","FR","GR","HR","HU","IE"]',
        "application_date": "2025-08-01 00:00:00",
        "decision_facts": LONG * 2,
        "source_type": "SOURCE_VOLUNTARY",
        "automated_detection": "Yes",
        "automated_decision": "AUTOMATED_DECISION_FULLY",
        "platform_name": "Example Video",
        "platform_uid": "0000-1111",
        "created_at": "2025-08-01 10:00:00",
    }
    return ordinary | given


def table(
    statements: Sequence[Mapping[str, str]], *, kind: str = "full", first_schema: bool = False
) -> bytes:
    """Gives a CSV as the exporter writes it: commas, quotes doubled, `\\n`, no newline at the end."""
    columns = schema().columns if kind == "full" else schema().light
    if first_schema:
        columns = tuple(name for name in columns if name not in schema().came_later)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([one.get(name, "") for name in columns] for one in statements)
    return out.getvalue().rstrip("\n").encode()


def zipped(members: Mapping[str, bytes], *, stored: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def dump(
    folder: Path,
    *tables: bytes,
    slug: str = "example-video",
    day: str = "2025-08-01",
    kind: str = "full",
    checksum: bool = True,
) -> Path:
    """Writes one day's dump of these CSV files, ten to an inner zip; gives its path."""
    stem = f"sor-{slug}-{day}-{kind}"
    parts = {}
    for part in range(0, max(len(tables), 1), 10):
        inner = {f"{stem}-{part // 10:05}-{n:05}.csv": one for n, one in enumerate(tables[part : part + 10])}
        parts[f"{stem}-{part // 10:05}.csv.zip"] = zipped(inner)
    path = folder / f"{stem}.zip"
    path.write_bytes(zipped(parts, stored=True))
    if checksum:
        digest = hashlib.sha1(path.read_bytes(), usedforsecurity=False).hexdigest()
        path.with_name(path.name + ".sha1").write_text(f"{digest}  {path.name}")
    return path
