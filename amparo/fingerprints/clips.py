"""Which of my pictures and videos a picture or video shows: frame by frame, agreeing in time.

A video of mine is kept as the frames that show something new, each with the span of time it stands for. A
frame of another video proposes one of them; the video is said to match only where several such proposals run
on in the same order, neither much faster nor much slower. So one frame alike (a title, an empty stage) says
nothing, and a clip cut out, mirrored or run faster is still found.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from amparo.fingerprints.agreeing import agree
from amparo.fingerprints.features import OF_ORIGINAL, Features, distinctive, features
from amparo.fingerprints.matching import PLAIN_PLACES, Index, Match
from amparo.fingerprints.rasters import Raster
from amparo.fingerprints.telling import How
from amparo.fingerprints.video import View

LEAST_FRAMES = 2
_SLOWEST, _FASTEST = 0.4, 2.5
_SLACK_S = 1.0
_EACH_AT_FIRST = 20
_LONGEST_GAP_S = 20.0
_SAME_PLACES = 30
_SAME_COVERED = 0.5


@dataclass(frozen=True)
class Shot:
    """One frame of mine and the seconds it stands for; a picture of mine is a shot without end."""

    raster: Raster
    from_s: float
    to_s: float


@dataclass(frozen=True)
class Span:
    """Which of mine a row of the index is, and the seconds it stands for."""

    mine: int
    from_s: float
    to_s: float


@dataclass(frozen=True)
class ClipMatch:
    """One of mine that is shown. `mine`: its place in the list. `at_s`, `mine_s`: where in theirs, in mine.

    `score` reads as that of `Match`, over all frames that agree; `frames` is how many did.
    """

    mine: int
    score: float
    how: How
    frames: int
    at_s: tuple[float, float]
    mine_s: tuple[float, float]


@dataclass(frozen=True)
class _Hit:
    t: float
    span: Span
    match: Match


def shots(views: Iterable[View]) -> list[Shot]:
    """Gives the frames of a video that show something new, each for as long as it is shown."""
    found: list[Shot] = []
    last: tuple[Features, tuple[int, int]] | None = None
    for view in views:
        raster = Raster(view.pixels)
        described = distinctive(features(raster.pixels, OF_ORIGINAL))
        if last is not None and _same(described, raster.size, *last):
            found[-1] = Shot(found[-1].raster, found[-1].from_s, view.t)
            continue
        if len(described) >= PLAIN_PLACES:  # a black or blurred frame proposes nothing
            found.append(Shot(raster, view.t, view.t))
            last = described, raster.size
    return found


def picture(raster: Raster) -> list[Shot]:
    """Gives a picture of mine as the one shot of a video: it may be shown at any time."""
    return [Shot(raster, 0.0, float("inf"))]


def _same(one: Features, size: "tuple[int, int]", other: Features, other_size: "tuple[int, int]") -> bool:
    agreed = agree(one, other, size, other_size)
    return agreed.places >= _SAME_PLACES and agreed.covered >= _SAME_COVERED


class Clips:
    """My pictures and videos, made ready to be found in pictures and videos. As private as they are."""

    def __init__(self, mine: Sequence[Sequence[Shot]]) -> None:
        spans = [Span(place, shot.from_s, shot.to_s) for place, one in enumerate(mine) for shot in one]
        self._take(spans, Index.build([shot.raster for one in mine for shot in one]), len(mine))

    def _take(self, spans: "list[Span]", index: Index, count: int) -> None:
        self._spans, self._index, self._count = spans, index, count
        plain = set(index.too_plain)
        shown = {span.mine for at, span in enumerate(spans) if at not in plain}
        self.too_plain = tuple(place for place in range(count) if place not in shown)

    def kept(self) -> "tuple[list[Span], bytes, int]":
        """Gives what another process needs to have the same (`from_kept`)."""
        return self._spans, self._index.to_bytes(), self._count

    @classmethod
    def from_kept(cls, spans: "list[Span]", index: bytes, count: int) -> "Clips":
        """Gives what `kept` gave."""
        clips = cls.__new__(cls)
        clips._take(spans, Index.from_bytes(index), count)
        return clips

    def __len__(self) -> int:
        return self._count

    def in_picture(self, raster: Raster) -> list[ClipMatch]:
        """Gives which of mine a picture shows, the surest first; of a video, the frame it shows."""
        best: dict[int, ClipMatch] = {}
        for match in self._index.find(raster):
            span = self._spans[match.mine]
            if match.score > getattr(best.get(span.mine), "score", 0):
                best[span.mine] = ClipMatch(span.mine, match.score, match.how, 1, (0.0, 0.0), _whole([span]))
        return sorted(best.values(), key=lambda one: -one.score)

    def in_video(self, views: Iterable[View]) -> list[ClipMatch]:
        """Gives which of mine a video shows, the surest first.

        In a long video every other frame is passed over as long as nothing of mine is shown.
        """
        hits: dict[int, list[_Hit]] = {}
        looked, passed_over, warm = 0, None, True
        for number, view in enumerate(views):
            if number >= _EACH_AT_FIRST and number % 2 and not warm:
                passed_over = view
                continue
            warm = self._look(view, hits)
            looked += 1
            if warm and passed_over is not None:
                self._look(passed_over, hits)
            passed_over = None
        found = [self._agreed(place, some, looked) for place, some in hits.items()]
        return sorted((one for one in found if one is not None), key=lambda one: -one.score)

    def _look(self, view: View, hits: dict[int, list[_Hit]]) -> bool:
        """Adds what one frame shows; says whether it shows anything of mine."""
        found = self._index.find(Raster(view.pixels))
        for match in found:
            span = self._spans[match.mine]
            hits.setdefault(span.mine, []).append(_Hit(view.t, span, match))
        return bool(found)

    def _agreed(self, place: int, hits: list[_Hit], looked: int) -> ClipMatch | None:
        chain = _longest(hits)
        if len(chain) < min(LEAST_FRAMES, looked):
            return None
        wrong = 1.0
        for hit in chain:
            wrong *= 1 - hit.match.score
        best = max(chain, key=lambda hit: hit.match.score).match
        at = (chain[0].t, chain[-1].t)
        score = round(min(0.999, 1 - wrong), 3)
        return ClipMatch(place, score, best.how, len(chain), at, _whole([hit.span for hit in chain]))


def _whole(some: list[Span]) -> tuple[float, float]:
    last = max(span.to_s for span in some)
    return (0.0, 0.0) if last == float("inf") else (min(span.from_s for span in some), last)


def _longest(hits: list[_Hit]) -> list[_Hit]:
    """Gives the longest run of hits that follow one another in both videos."""
    hits = sorted(hits, key=lambda hit: (hit.t, hit.span.from_s))
    length, before = [1] * len(hits), [-1] * len(hits)
    for at, hit in enumerate(hits):
        for earlier in range(at - 1, -1, -1):
            if hit.t - hits[earlier].t > _LONGEST_GAP_S:
                break
            if length[earlier] >= length[at] and _follows(hits[earlier], hit):
                length[at], before[at] = length[earlier] + 1, earlier
    at = max(range(len(hits)), key=length.__getitem__)
    chain = []
    while at >= 0:
        chain.append(hits[at])
        at = before[at]
    return chain[::-1]


def _follows(one: _Hit, next_: _Hit) -> bool:
    """Whether as much time may have gone by in mine as in theirs; a shot stands for all of its seconds."""
    passed = next_.t - one.t
    if passed <= 0:
        return False
    least, most = next_.span.from_s - one.span.to_s, next_.span.to_s - one.span.from_s
    if most != most:  # both ends are open: a picture
        return True
    return least - _SLACK_S <= _FASTEST * passed and most + _SLACK_S >= _SLOWEST * passed
