"""Drawings of the indicators as SVG files, each beside the CSV it was made from."""

import csv
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from amparo.witness.dsa.indicators import Indicator, erasure_by_day, indicators, measure
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
        written += [_table(measure(connection, name), folder / f"{name}.csv"), folder / f"{name}.svg"]
        written[-1].write_text(drawing(indicators()[name], connection), encoding="utf-8")
    return written


def _table(rows: Rows, path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]) if rows else ["platform"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def _framed(one: Indicator, height: float, body: Sequence[str], platforms: int) -> str:
    """Gives the drawing with its title above; below, how many platforms it lacks and what it cannot say."""
    left = platforms - MOST_LINES
    said = (*([f"Platforms not drawn: {left:,}. They stand in the table."] if left > 0 else []), *one.caveats)
    caveats = [_text(0, height + 24 + n * 18, caveat) for n, caveat in enumerate(said)]
    tall = height + 36 + len(said) * 18
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {tall:g}" font-family="sans-serif" '
        f'font-size="13"><title>{escape(one.title)}</title>{_text(0, 16, one.title)}{"".join(body)}'
        f"{''.join(caveats)}</svg>\n"
    )


def _text(x: float, y: float, said: object, anchor: str = "start") -> str:
    shown = "".join(one if one.isprintable() else " " for one in str(said))
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(shown)}</text>'


def _bars(one: Indicator, lines: Sequence[tuple[str, float | None, str]]) -> str:
    """Gives one bar per (name, length, what stands at its end) against the longest. None: no bar."""
    drawn = lines[:MOST_LINES]
    longest = max((length or 0 for _, length, _ in drawn), default=0) or 1
    body = []
    for n, (name, length, end) in enumerate(drawn):
        y = 34 + n * LINE
        wide = 360 * (length or 0) / longest
        body.append(_text(0, y + 14, name[:26]))
        if length is not None:
            body.append(f'<rect x="{LEFT}" y="{y}" width="{wide:g}" height="18" fill="#8aa399"/>')
        body.append(_text(LEFT + wide + 6, y + 14, end))
    return _framed(one, 34 + len(drawn) * LINE, body, len(lines))


def _distinguishability(one: Indicator, connection: Any) -> str:
    weights: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in measure(connection, one.id):
        weights[row["platform"]][0] += row["statements"]
        weights[row["platform"]][1] += row["statements"] * row["value"]
    largest = sorted(weights.items(), key=lambda line: (-line[1][0], line[0]))
    return _bars(
        one,
        [(name, told / of, f"{told / of:.2f} of 1, {of:,.0f} statements") for name, (of, told) in largest],
    )


def _legality(one: Indicator, connection: Any) -> str:
    """Gives first the platforms where nothing rests on law, which no bar could show."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in measure(connection, one.id):
        sums[row["platform"]][0] += row["by_terms"]
        sums[row["platform"]][1] += row["by_law"]
    order = sorted(sums.items(), key=lambda line: (line[1][1] > 0, -sum(line[1]), line[0]))
    return _bars(
        one,
        [
            (
                name,
                terms / law if law else None,
                f"{terms:,} on terms, {f'{law:,}' if law else 'none'} on law",
            )
            for name, (terms, law) in order
        ],
    )


def _silence(one: Indicator, connection: Any) -> str:
    sizes = dict(connection.execute("select platform, sum(statements) from named group by 1").fetchall())
    rows = sorted(measure(connection, one.id), key=lambda row: (-sizes[row["platform"]], row["platform"]))
    return _bars(
        one,
        [(row["platform"], row["never_used"], f"{row['never_used']} of {row['offered']}") for row in rows],
    )


def _erasure(one: Indicator, connection: Any) -> str:
    """Gives a line per platform over the days, against its largest day, the change of labels marked."""
    every = erasure_by_day(connection)
    series = sorted(every.items(), key=lambda line: (-sum(line[1].values()), line[0]))[:MOST_LINES]
    days = [day for _, counts in series for day in counts]
    first, last = (min(days), max(days)) if days else (schema().second_from, schema().second_from)
    span = max((last - first).days, 1)

    def x(day: date) -> float:
        return LEFT + 420 * (day - first).days / span

    body, change = [], schema().second_from
    for n, (name, counts) in enumerate(series):
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
    return _framed(one, height - 40, body, len(every))


DRAWINGS: dict[str, Callable[[Indicator, Any], str]] = {
    "distinguishability": _distinguishability,
    "erasure": _erasure,
    "legality_gap": _legality,
    "silence": _silence,
}
