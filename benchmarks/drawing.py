"""Plots as SVG: bars for shares, and curves over a logarithmic axis. No library, no script in them."""

from collections.abc import Mapping, Sequence
from html import escape
from math import log10
from pathlib import Path

_INK, _GROUND, _FAINT = "#1f2328", "#ffffff", "#d0d7de"
_COLOURS = ("#0b6e4f", "#9a3412", "#1d4ed8")
_TEXT = "font-family='sans-serif' font-size='12'"


def bars(path: Path, title: str, shares: Mapping[str, float], *, goal: float) -> None:
    """Draws one bar for each share, 0 to 1; the goal is a line."""
    row, left, wide = 17, 250, 420
    high = 60 + row * len(shares)
    parts = [_said(12, 24, title, weight="bold")]
    for at, (name, share) in enumerate(shares.items()):
        y = 44 + at * row
        colour = _COLOURS[0] if share >= goal else _COLOURS[1]
        parts.append(
            f"<rect x='{left}' y='{y}' width='{wide * share:.1f}' height='{row - 4}' fill='{colour}'/>"
        )
        parts.append(_said(left - 8, y + 11, name, anchor="end"))
        parts.append(_said(left + wide + 8, y + 11, f"{share:.1%}"))
    x = left + wide * goal
    parts.append(f"<line x1='{x}' y1='36' x2='{x}' y2='{high - 12}' stroke='{_INK}' stroke-dasharray='4 3'/>")
    parts.append(_said(x, 34, f"goal {goal:.0%}", anchor="end"))
    _written(path, left + wide + 70, high, title, parts)


Points = Sequence[tuple[float, float]]
"""Across (above 0) and up (0 to 1)."""


def curves(
    path: Path, title: str, lines: Mapping[str, Points], across: str, up: str, *, low: int, top: int
) -> None:
    """Draws curves; across is logarithmic from 10^low to 10^top; what is lower stands at the left edge."""
    left, wide, head, tall = 70, 520, 50, 340
    parts = [_said(12, 24, title, weight="bold")]

    def at(x: float, y: float) -> tuple[float, float]:
        share = (max(low, log10(x) if x > 0 else low) - low) / (top - low)
        return left + wide * share, head + tall * (1 - y)

    for power in range(low, top + 1):
        x, _ = at(10.0**power, 0)
        parts.append(f"<line x1='{x}' y1='{head}' x2='{x}' y2='{head + tall}' stroke='{_FAINT}'/>")
        parts.append(_said(x, head + tall + 18, "none" if power == low else f"1e{power}", anchor="middle"))
    for tenth in range(0, 11, 2):
        _, y = at(1, tenth / 10)
        parts.append(f"<line x1='{left}' y1='{y}' x2='{left + wide}' y2='{y}' stroke='{_FAINT}'/>")
        parts.append(_said(left - 8, y + 4, f"{tenth * 10} %", anchor="end"))
    for number, (name, points) in enumerate(lines.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        track = " ".join("{:.1f},{:.1f}".format(*at(*point)) for point in sorted(points))
        parts.append(f"<polyline points='{track}' fill='none' stroke='{colour}' stroke-width='2'/>")
        for point in points:
            x, y = at(*point)
            parts.append(f"<circle cx='{x:.1f}' cy='{y:.1f}' r='2.5' fill='{colour}'/>")
        y = head + tall - 14 - 18 * number
        parts.append(f"<rect x='{left + 200}' y='{y - 9}' width='14' height='4' fill='{colour}'/>")
        parts.append(_said(left + 220, y, name))
    parts.append(_said(left + wide / 2, head + tall + 38, across, anchor="middle"))
    parts.append(_said(left, head - 8, up))
    _written(path, left + wide + 30, head + tall + 52, title, parts)


def _said(x: float, y: float, text: str, *, anchor: str = "start", weight: str = "normal") -> str:
    return (
        f"<text x='{x:.1f}' y='{y:.1f}' {_TEXT} font-weight='{weight}' fill='{_INK}' "
        f"text-anchor='{anchor}'>{escape(text)}</text>"
    )


def _written(path: Path, wide: float, high: float, title: str, parts: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    head = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {wide:.0f} {high:.0f}' role='img'>"
    ground = f"<rect width='{wide:.0f}' height='{high:.0f}' fill='{_GROUND}'/>"
    path.write_text("\n".join([head, f"<title>{escape(title)}</title>", ground, *parts, "</svg>", ""]))
