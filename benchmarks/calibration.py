"""How often `match` errs, counted: other photos under edits against 1,000 originals, and how far pairs came.

Run: python benchmarks/calibration.py FOLDER [FOLDER ...] [--pairs 10000000] [--same-scene]

The folders hold photos (JPEG). Some, whole and in parts, become 1,000 originals; the others, whole and in
parts, are asked for under all edits of `matching.py`, in turn, until so many pairs were held against each
other. Told are: pairs that the look-up proposed (only these are described finely and compared place by
place), pairs whose places agreed, and pairs called a match. With no match in n pairs the rate is below 3/n
with 95 % confidence (rule of three), for pictures like those asked for. Without a folder nothing is done:
pictures of our own are no measure of photos.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageOps

sys.path.insert(0, str(Path(__file__).parents[1]))

from amparo.fingerprints import matching
from amparo.fingerprints.matching import Index
from benchmarks.matching import EASY, HARD, read, windows

ORIGINALS = 1000
SAME_SCENE = {"108041", "108082", "134008", "160067", "160068", "198023", "246009", "69007"}
"""Photos of BSDS500 that show one scene or one backdrop twice: asked for apart, in `--same-scene`."""


def photos(folders: list[str], *, same_scene: bool) -> list[tuple[str, Image.Image]]:
    found = {}
    for file in sorted(file for folder in folders for file in Path(folder).glob("*.jpg")):
        name = file.stem.removeprefix("bsds_")
        if (name in SAME_SCENE) == same_scene:
            with Image.open(file) as image:
                found[name] = ImageOps.contain(image.convert("RGB"), (1024, 1024))
    names = sorted(found)
    random.Random(17).shuffle(names)
    return [(name, found[name]) for name in names]


def asked(others: list[tuple[str, Image.Image]]) -> Iterator[Image.Image]:
    chance = random.Random(3)
    edits = [*EASY.values(), *HARD.values()]
    parts = [part for _, image in others for part in windows(image)]
    for turn in range(len(edits)):
        for at, part in enumerate(parts):
            yield edits[(at + turn) % len(edits)](part, chance)


def counting(stages: Counter[str]) -> None:
    """Counts each pair that reaches a step; what the steps do stays the same."""
    decided, compared = Index._decided, matching.overlap

    def proposed(self, look, proposal):
        stages["proposed"] += 1
        return decided(self, look, proposal)

    def agreed(*given, **more):
        stages["agreed in places"] += 1
        return compared(*given, **more)

    Index._decided, matching.overlap = proposed, agreed


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("folders", nargs="*")
    given.add_argument("--pairs", type=float, default=1e7)
    given.add_argument("--same-scene", action="store_true", help="only the photos known to be of one scene")
    args = given.parse_args()
    if not args.folders:
        return print(__doc__)
    stages: Counter[str] = Counter()
    counting(stages)
    if args.same_scene:
        return scenes(photos(args.folders, same_scene=True))
    shown = photos(args.folders, same_scene=False)
    half = max(1, ORIGINALS // 6 + 1)
    mine, others = shown[:half], shown[half:]
    index = Index.build(list(read(part for _, image in mine for part in windows(image)))[:ORIGINALS])
    print(f"{len(index)} originals of {half} photos, {len(others)} other photos", flush=True)
    count, began = 0, time.perf_counter()
    for raster in read(asked(others)):
        count += 1
        for match in index.find(raster):
            stages["match"] += 1
            print(
                f"  match: query {count}, original {match.mine}, {match.places} places, {match.alike} alike"
            )
        if count % 2000 == 0:
            print(f"  {count:,} asked, {dict(stages)}, {time.perf_counter() - began:.0f} s", flush=True)
        if count * len(index) >= args.pairs:
            break
    pairs = count * len(index)
    print(f"{count:,} pictures x {len(index):,} originals = {pairs:,} pairs")
    for stage in ("proposed", "agreed in places", "match"):
        print(f"| {stage} | {stages[stage]:,} | {stages[stage] / pairs:.1e} |")
    if not stages["match"]:
        print(f"below {3 / pairs:.1e} a pair with 95 % confidence")


def scenes(found: list[tuple[str, Image.Image]]) -> None:
    """Which photos of one scene are called the same: said by name, since there are so few."""
    index = Index.build(list(read(image for _, image in found)))
    for at, raster in enumerate(read(image for _, image in found)):
        for match in index.find(raster):
            if match.mine != at:
                print(
                    f"{found[at][0]} shows {found[match.mine][0]}: {match.places} places, {match.alike} alike"
                )


if __name__ == "__main__":
    main()
