"""Drawings of the indicators as SVG files, each beside the CSV it was made from."""

import csv
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from amparo.witness.dsa.indicators import Indicator, indicators, measure
from amparo.witness.dsa.published import schema

WIDE = 720
LINE = 26
LEFT = 190
MOST_LINES = 40
Rows = Sequence[Mapping[str, Any]]


def draw(connection: Any, folder: Path) -> list[Path]:
    """Writes one SVG and one CSV per indicator of the cube; gives the files in order. Made folders stay."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, drawing in DRAWINGS.items():
        rows = measure(connection, name)
        written += [_table(rows, folder / f"{name}.csv"), folder / f"{name}.svg"]
        written[-1].write_text(drawing(indicators()[name], rows), encoding="utf-8")
    return written


def _table(rows: Rows, path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]) if rows else ["platform"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def _framed(one: Indicator, height: float, body: Sequence[str]) -> str:
    """Gives the drawing with its title above and what it cannot say below."""
    caveats = [_text(0, height + 24 + n * 18, caveat) for n, caveat in enumerate(one.caveats)]
    tall = height + 36 + len(one.caveats) * 18
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {tall:g}" font-family="sans-serif" '
        f'font-size="13"><title>{escape(one.title)}</title>{_text(0, 16, one.title)}{"".join(body)}'
        f"{''.join(caveats)}</svg>\n"
    )


def _text(x: float, y: float, said: object, anchor: str = "start") -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(str(said))}</text>'


def _bars(one: Indicator, lines: Sequence[tuple[str, float, str]]) -> str:
    """Gives one bar per (name, length, what stands at its end); lengths are drawn against the longest."""
    lines = lines[:MOST_LINES]
    longest = max((length for _, length, _ in lines), default=0) or 1
    body = []
    for n, (name, length, end) in enumerate(lines):
        y = 34 + n * LINE
        body += [
            _text(0, y + 14, name[:26]),
            f'<rect x="{LEFT}" y="{y}" width="{360 * length / longest:g}" height="18" fill="#8aa399"/>',
            _text(LEFT + 360 * length / longest + 6, y + 14, end),
        ]
    return _framed(one, 34 + len(lines) * LINE, body)


def _distinguishability(one: Indicator, rows: Rows) -> str:
    weights: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in rows:
        weights[row["platform"]][0] += row["statements"]
        weights[row["platform"]][1] += row["statements"] * row["value"]
    lines = [
        (name, told / of, f"{told / of:.2f} of 1, {of:,.0f} statements")
        for name, (of, told) in weights.items()
    ]
    return _bars(one, sorted(lines))


def _legality(one: Indicator, rows: Rows) -> str:
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        sums[row["platform"]][0] += row["by_terms"]
        sums[row["platform"]][1] += row["by_law"]
    lines = [
        (name, terms / law if law else 0.0, f"{terms:,} on terms, {law:,} on law")
        for name, (terms, law) in sums.items()
    ]
    return _bars(one, sorted(lines))


def _silence(one: Indicator, rows: Rows) -> str:
    lines = [(row["platform"], row["never_used"], f"{row['never_used']} of {row['offered']}") for row in rows]
    return _bars(one, sorted(lines))


def _erasure(one: Indicator, rows: Rows) -> str:
    """Gives a line per platform over the days, against its largest day, the change of labels marked."""
    series: dict[str, dict[date, int]] = defaultdict(dict)
    for row in rows:
        series[row["platform"]][row["day"]] = row["statements"]
    days = [row["day"] for row in rows]
    first, last = (min(days), max(days)) if days else (schema().second_from, schema().second_from)
    span = max((last - first).days, 1)

    def x(day: date) -> float:
        return LEFT + 420 * (day - first).days / span

    body, change = [], schema().second_from
    for n, (name, counts) in enumerate(sorted(series.items())[:MOST_LINES]):
        bottom = 70 + n * 50
        top = max(counts.values())
        points = " ".join(f"{x(day):.1f},{bottom - 34 * counts[day] / top:.1f}" for day in sorted(counts))
        body += [
            _text(0, bottom - 8, name[:26]),
            f'<polyline points="{points}" fill="none" stroke="#1d5c40"/>',
            _text(LEFT + 424, bottom - 8, f"{top:,}"),
        ]
    height = 70 + max(len(series), 1) * 50
    if first <= change <= last:
        body.append(
            f'<line x1="{x(change):.1f}" x2="{x(change):.1f}" y1="28" y2="{height - 50}" stroke="#5d574b"/>'
        )
        body.append(_text(x(change), 26, change.isoformat(), "middle"))
    return _framed(one, height - 40, body)


DRAWINGS: dict[str, Callable[[Indicator, Rows], str]] = {
    "distinguishability": _distinguishability,
    "erasure": _erasure,
    "legality_gap": _legality,
    "silence": _silence,
}
