"""The plots of docs/plots: recall of each edit, and recall against errors among pictures that are alike.

Run: AMPARO_PHOTOS=FOLDER python benchmarks/curves.py [--outside FOLDER]

Without photos nothing is drawn. `--outside` is a folder with manifest.json: originals [file], queries [{file,
source: place of its original or null, transform}]. The curves hold the edits of `matching.py` against the
families of `distractors.py`, once by the number of agreeing places alone and once with what `match` asks
besides; the dots are least numbers of places, from 3 to 60.
"""

import argparse
import json
import os
import random
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[1]))

from amparo.fingerprints import matching
from amparo.fingerprints.comparing import Overlap
from amparo.fingerprints.matching import Index
from amparo.fingerprints.rasters import Raster, rasters
from benchmarks import distractors
from benchmarks.drawing import bars, curves
from benchmarks.matching import EASY, HARD, photos, read

PLOTS = Path(__file__).parents[1] / "docs/plots"
LEAST = (3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 30, 40, 60)


@contextmanager
def loosened(*, alone: bool) -> Iterator[None]:
    """`match` with three places enough; `alone`: and nothing else asked."""
    changed = {"LEAST_PLACES": 3}
    if alone:
        changed |= {"LEAST_SHARE": 0, "LEAST_SPREAD": -1, "MOST_SLID": 2}
    same = property(lambda self: True) if alone else Overlap.same
    with patch.multiple(matching, **changed), patch.object(Overlap, "same", same):
        yield


def of_edits(mine: list, edits: dict) -> Iterator[tuple[str, int, Raster]]:
    for name, edit in edits.items():
        copies = (edit(image, random.Random(f"{name}:{at}")) for at, image in enumerate(mine))
        for at, raster in enumerate(read(copies)):
            yield name, at, raster


def recall(index: Index, asked: list[tuple[str, int, Raster]]) -> dict[str, float]:
    right = defaultdict(list)
    for name, at, raster in asked:
        found = index.find(raster)
        right[name].append(bool(found) and found[0].mine == at)
    return {name: statistics.mean(each) for name, each in right.items()}


def outside(folder: Path) -> None:
    said = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))

    def all_of(files: list[str]) -> Iterator[Raster]:
        for answer in rasters(Path(file).read_bytes() for file in files):
            assert isinstance(answer, Raster), answer
            yield answer

    index = Index.build(list(all_of(said["originals"])))
    false, right = 0, defaultdict(list)
    queries = said["queries"]
    for query, raster in zip(queries, all_of([query["file"] for query in queries]), strict=True):
        found = index.find(raster)
        false += sum(match.mine != query["source"] for match in found)
        if query["source"] is not None:
            right[query["transform"]].append(bool(found) and found[0].mine == query["source"])
    shares = {name: statistics.mean(each) for name, each in right.items()}
    pairs = len(queries) * len(index) - sum(map(len, right.values()))
    mean, least = statistics.mean(shares.values()), min(shares.values())
    print(
        f"outside: {len(shares)} edits, mean {mean:.2%}, least {least:.1%}; {false} false in {pairs:,} pairs"
    )
    title = f"{len(shares)} edits of {len(index)} photos: mean {mean:.2%}; {false} false in {pairs:,} pairs"
    bars(PLOTS / "recall-outside.svg", title, shares, goal=0.95)


def families() -> list[tuple[Index, list[int], list[tuple[int, Raster]]]]:
    given, made = distractors.photos(), []
    for name, make in distractors.FAMILIES.items():
        family = make(given, random.Random(name))
        queries = list(distractors.asked(family))
        asked = [who for who, *_ in queries], read(image for *_, image in queries)
        index = Index.build(list(read(image for _, image in family)))
        made.append((index, [who for who, _ in family], list(zip(*asked, strict=True))))
    return made


def curve(index: Index, copies: list, alike: list) -> list[tuple[float, float]]:
    """Gives for each least number of places the share of false pairs, and of copies found."""
    right, wrong, pairs = [], [], 0
    for _, at, raster in copies:
        found = [match for match in index.find(raster) if match.mine == at]
        right.append(max((match.places for match in found), default=0))
    for family, who, queries in alike:
        pairs += len(queries) * (len(family) - 1)
        for of, raster in queries:
            wrong += [match.places for match in family.find(raster) if who[match.mine] != of]
    return [
        (sum(one >= least for one in wrong) / pairs, sum(one >= least for one in right) / len(right))
        for least in LEAST
    ]


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--outside", type=Path)
    args = given.parse_args()
    if not os.environ.get("AMPARO_PHOTOS"):
        return print(__doc__)
    if args.outside:
        outside(args.outside)
    shown = photos(os.environ.get("AMPARO_PHOTOS"))
    mine = shown[: len(shown) // 2]
    index = Index.build(list(read(mine)))
    copies = list(of_edits(mine, {**EASY, **HARD}))
    shares = recall(index, copies)
    for name, share in shares.items():
        print(f"| {name} | {share:.1%} |")
    title = (
        f"Recall of {len(shares)} edits of {len(mine)} photos, mean {statistics.mean(shares.values()):.2%}"
    )
    bars(PLOTS / "recall.svg", title, shares, goal=0.9)
    alike, lines = families(), {}
    for name, alone in {"agreeing places alone": True, "as `match` decides": False}.items():
        with loosened(alone=alone):
            lines[name] = curve(index, copies, alike)
        print(
            name, [(least, f"{x:.1e}", f"{y:.3f}") for least, (x, y) in zip(LEAST, lines[name], strict=True)]
        )
    curves(
        PLOTS / "roc.svg",
        "Copies found, and pictures that are only alike called the same",
        lines,
        "false matches for each pair of pictures that are alike (1e-5: none in 49,920)",
        "copies found (21 edits)",
        low=-5,
        top=-1,
    )


if __name__ == "__main__":
    main()
