"""Drawings of the ledger as SVG, each with the table it was made from. No colour carries a meaning alone."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from amparo.witness.codebook import fields
from amparo.witness.ledger import Measure
from amparo.words import Words, words

Say = Callable[[object], str]
Cell = Words | int | str
Rows = tuple[tuple[Cell, ...], ...]
SIDES = {
    "security": words("more security marks"),
    "neither": words("as many of both"),
    "rights": words("more rights marks"),
}
WIDTH = 400  # as a telephone shows it: letters stay readable
HIGH = 5  # marks per sum
YEARS_A_BAR = 5


@dataclass(frozen=True)
class Plot:
    """`head` and `rows` are the table beside the drawing; the first cell of a row is its name."""

    id: str
    title: Words
    head: tuple[Words, ...]
    rows: Rows
    svg: str


def plots(measures: Sequence[Measure], say: Say) -> list[Plot]:
    """Gives all drawings; `say` gives Words in the language of the page."""
    return [
        timeline(measures, say),
        plane(measures, say),
        who_controls(measures, say),
        by_actor(measures, say),
    ]


def _svg(title: str, height: float, body: Iterable[str]) -> str:
    return (
        f'<svg class="plot" role="img" viewBox="0 0 {WIDTH} {height:g}" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{escape(title)}</title>{''.join(body)}</svg>"
    )


def _text(x: float, y: float, said: object, *, anchor: str = "start", small: bool = False) -> str:
    size = ' class="s"' if small else ""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}"{size}>{escape(str(said))}</text>'


def _bar(x: float, y: float, width: float, height: float, side: str) -> str:
    return f'<rect class="{side}" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"/>'


def _legend(y: float, say: Say) -> Iterable[str]:
    for n, (side, said) in enumerate(SIDES.items()):
        yield _bar(n * 134, y, 12, 12, side)
        yield _text(n * 134 + 17, y + 11, say(said), small=True)


def timeline(measures: Sequence[Measure], say: Say) -> Plot:
    """Gives how many measures began in each five years, by which sum is larger."""
    title = words("When they began")
    counts: Counter[tuple[int, str]] = Counter(
        (one.codes["start"] // YEARS_A_BAR * YEARS_A_BAR, one.orientation.leans)
        for one in measures
        if one.codes.get("start")
    )
    starts = [start for start, _ in counts]
    spans = list(range(min(starts), max(starts) + 1, YEARS_A_BAR)) if starts else []
    rows: Rows = tuple(
        (f"{at}–{at + YEARS_A_BAR - 1}", *(counts[at, side] for side in SIDES)) for at in spans
    )
    most = max((sum(counts[at, side] for side in SIDES) for at in spans), default=1)
    body = list(_legend(4, say))
    wide = WIDTH / max(len(spans), 1)
    for n, at in enumerate(spans):
        y = 230.0
        for side in SIDES:
            high = 180 * counts[at, side] / most
            y -= high
            body.append(_bar(n * wide + 3, y, wide - 6, high, side))
        body.append(_text(n * wide + wide / 2, 248, at, anchor="middle", small=True))
    return Plot("timeline", title, (words("Years"), *SIDES.values()), rows, _svg(say(title), 256, body))


def plane(measures: Sequence[Measure], say: Say) -> Plot:
    """Gives how many measures carry so many security and so many rights marks."""
    title = words("Security marks and rights marks, side by side")
    counts = Counter(one.orientation.sums for one in measures)
    most = max(counts.values(), default=1)
    body = [
        _text(220, 362, say(words("security marks")), anchor="middle"),
        _text(0, 14, say(words("rights marks"))),
    ]
    for (security, rights), count in sorted(counts.items()):
        x, y = 60 + security * 64, 310 - rights * 52
        side = "security" if security > rights else "rights" if rights > security else "neither"
        body.append(f'<circle class="{side}" cx="{x}" cy="{y}" r="{6 + 18 * (count / most) ** 0.5:.1f}"/>')
        body.append(_text(x, y + 5, count, anchor="middle", small=True))
    for n in range(HIGH + 1):
        body += [
            _text(60 + n * 64, 344, n, anchor="middle", small=True),
            _text(8, 314 - n * 52, n, small=True),
        ]
    rows: Rows = tuple((security, rights, count) for (security, rights), count in sorted(counts.items()))
    head = (words("security marks"), words("rights marks"), words("Measures"))
    return Plot("plane", title, head, rows, _svg(say(title), 370, body))


def who_controls(measures: Sequence[Measure], say: Say) -> Plot:
    """Gives who does it against who can switch it off."""
    title = words("Who does it, and who can switch it off")
    controls, actors = fields()["control"].values, fields()["actor"].values
    counts = Counter((one.codes["actor"], one.codes["control"]) for one in measures)
    most = max(counts.values(), default=1)
    used = [code for code in actors if any(counts[code, control] for control in controls)]
    rows: Rows = tuple((actors[code], *(counts[code, control] for control in controls)) for code in used)
    body = []
    for n, control in enumerate(controls):
        body.append(_text(246 + n * 36, 14, n + 1, anchor="middle"))
        body.append(_text(0, 52 + len(used) * 36 + n * 18, f"{n + 1}: {say(controls[control])}", small=True))
    for line, code in enumerate(used):
        body.append(_text(0, 46 + line * 36, say(actors[code])[:36], small=True))
        for n, control in enumerate(controls):
            count = counts[code, control]
            if count:
                body.append(
                    f'<circle class="neither" cx="{246 + n * 36}" cy="{41 + line * 36}" '
                    f'r="{6 + 10 * (count / most) ** 0.5:.1f}"/>'
                )
                body.append(_text(246 + n * 36, 45 + line * 36, count, anchor="middle", small=True))
    height = 60 + len(used) * 36 + len(controls) * 18
    return Plot(
        "who-controls",
        title,
        (words("Who does it"), *controls.values()),
        rows,
        _svg(say(title), height, body),
    )


def by_actor(measures: Sequence[Measure], say: Say) -> Plot:
    """Gives, for each kind of actor, how many measures lean to which side."""
    title = words("Each kind of actor by itself")
    actors = fields()["actor"].values
    counts = Counter((one.codes["actor"], one.orientation.leans) for one in measures)
    used = [code for code in actors if any(counts[code, side] for side in SIDES)]
    rows: Rows = tuple((actors[code], *(counts[code, side] for side in SIDES)) for code in used)
    most = max(counts.values(), default=1)
    body = list(_legend(4, say))
    for n, code in enumerate(used):
        top = 30 + n * 84
        body.append(_text(0, top + 12, say(actors[code]), small=True))
        for line, side in enumerate(SIDES):
            count = counts[code, side]
            body.append(_bar(0, top + 20 + line * 18, 350 * count / most, 14, side))
            body.append(_text(350 * count / most + 6, top + 31 + line * 18, count, small=True))
    head = (words("Who does it"), *SIDES.values())
    return Plot("by-actor", title, head, rows, _svg(say(title), 34 + len(used) * 84, body))
