"""The ledger as files: CSV, JSON and JSON-LD, each with its licence and how to cite it."""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from amparo.witness.codebook import fields
from amparo.witness.ledger import Measure

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
CITATION = "Amparo, Witness: ledger of measures against trafficking (CC BY 4.0)"
NO_SAMPLE = (
    "A seed list and no sample: no share of it is a share of all measures. Codes are one reader's first pass."
)


def rows(measures: Iterable[Measure]) -> list[dict[str, Any]]:
    """Gives one flat row per measure: id, name, the fifteen fields, both sums, grade and sources."""
    return [
        {
            "id": one.id,
            "name": one.name,
            "group": one.group,
            "does": str(one.does),
            "actor_name": one.actor_name,
        }
        | {name: _flat(one.codes.get(name)) for name in fields()}
        | {"evidence": one.evidence}
        | dict(zip(("security_marks", "rights_marks"), one.orientation.sums, strict=True))
        | {"grade": one.grade, "sources": _flat([source.url for source in one.sources])}
        for one in measures
    ]


def _flat(value: Any) -> Any:
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else value


def as_csv(measures: Iterable[Measure]) -> str:
    """Gives the rows as CSV; licence and caveat have columns of their own: a sheet travels alone."""
    found = [row | {"licence": LICENCE, "caveat": NO_SAMPLE} for row in rows(measures)]
    out = io.StringIO()
    writer = csv.DictWriter(out, list(found[0]) if found else ["id"], lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _safe(value) for name, value in row.items()} for row in found)
    return out.getvalue()


def _safe(value: Any) -> Any:
    """Keeps a spreadsheet from taking text for a formula."""
    return "'" + value if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t") else value


def as_json(measures: Iterable[Measure]) -> str:
    """Gives the rows as JSON with licence, citation and caveat."""
    said = {"licence": LICENCE, "citation": CITATION, "caveat": NO_SAMPLE, "measures": rows(measures)}
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def as_jsonld(measures: Iterable[Measure]) -> str:
    """Gives the ledger as a schema.org Dataset; each measure with its codes as property values."""
    said = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": CITATION,
        "license": LICENCE,
        "creditText": CITATION,
        "disambiguatingDescription": NO_SAMPLE,
        "variableMeasured": [
            {
                "@type": "PropertyValue",
                "propertyID": one.id,
                "name": str(one.title),
                "description": str(one.definition),
            }
            for one in fields().values()
        ],
        "hasPart": [_part(one) for one in measures],
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _part(one: Measure) -> dict[str, Any]:
    start, end = one.codes.get("start"), one.codes.get("end")
    return {
        "@type": "CreativeWork",
        "identifier": one.id,
        "name": one.name,
        "abstract": str(one.does),
        "creator": {"@type": "Organization", "name": one.actor_name},
        "temporalCoverage": f"{start or '..'}/{end or '..'}",
        "spatialCoverage": list(one.codes.get("place", ())),
        "citation": [source.url for source in one.sources],
        "additionalProperty": [
            {"@type": "PropertyValue", "propertyID": name, "value": one.codes.get(name)} for name in fields()
        ],
    }
