"""How many edited copies `match` finds, how often it errs, and how fast: one run, our own edits.

Run: AMPARO_PHOTOS=FOLDER python benchmarks/matching.py [--others FOLDER] [--jpeg FILE]

FOLDER holds photos (JPEG): half of them become originals, the others are asked for and must not be found.
With --others, each photo of that folder, whole and in parts, is asked for as well, against 1,000 originals:
that is the calibration. Without AMPARO_PHOTOS generated pictures stand in for photos.
"""

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

sys.path.insert(0, str(Path(__file__).parents[1]))

from amparo.fingerprints.matching import Index
from amparo.fingerprints.rasters import Raster, rasters
from tests.fingerprints import pictures

Edit = Callable[[Image.Image, random.Random], Image.Image]


def part(share: float) -> Edit:
    def edit(image: Image.Image, chance: random.Random) -> Image.Image:
        side = share**0.5
        width, height = int(image.width * side), int(image.height * side)
        x, y = chance.randint(0, image.width - width), chance.randint(0, image.height - height)
        return image.crop((x, y, x + width, y + height))

    return edit


def thumbnail(side: int) -> Edit:
    return lambda image, _: ImageOps.contain(image, (side, side), Image.Resampling.LANCZOS)


def covered(image: Image.Image, chance: random.Random) -> Image.Image:
    """Half of the area under flat bars and discs."""
    image = image.copy()
    draw = ImageDraw.Draw(image)
    half = (
        (0, 0, image.width, image.height // 2)
        if chance.random() < 0.5
        else (0, 0, image.width // 2, image.height)
    )
    draw.rectangle(half, fill=tuple(chance.randrange(256) for _ in range(3)))
    return image


def stickers(image: Image.Image, chance: random.Random) -> Image.Image:
    image = image.copy()
    draw = ImageDraw.Draw(image)
    for _ in range(9):
        x, y, size = chance.randrange(image.width), chance.randrange(image.height), image.width // 11
        colour = tuple(chance.randrange(256) for _ in range(3))
        draw.ellipse((x - size, y - size, x + size, y + size), fill=colour, outline="black", width=3)
        draw.line((x - size // 2, y, x + size // 2, y), fill="black", width=4)
    return image


def filtered(image: Image.Image, chance: random.Random) -> Image.Image:
    del chance
    warm = image.point(
        [min(255, round(255 * (level / 255) ** gamma)) for gamma in (0.7, 1, 1.5) for level in range(256)]
    )
    return ImageEnhance.Contrast(ImageEnhance.Color(warm).enhance(1.8)).enhance(1.4)


def sharpened(image: Image.Image, chance: random.Random) -> Image.Image:
    del chance
    return image.filter(ImageFilter.UnsharpMask(4, 300, 0))


def refilmed(image: Image.Image, chance: random.Random) -> Image.Image:
    """A photo of a screen: in perspective, striped, soft, darker to one side, with the room around it."""
    width, height = image.size
    shift = [chance.uniform(0, 0.1) for _ in range(4)]
    left, top, right, low = -0.1 * width, -0.1 * height, 1.1 * width, 1.1 * height
    corners = (left * (1 + shift[0]), top * (1 + shift[1]), left, low * (0.95 + shift[2]))
    corners += (right * (0.95 + shift[3]), low, right, top)
    seen = np.asarray(image.transform(image.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC))
    down, across = np.mgrid[0:height, 0:width]
    lines = (1 + 0.1 * np.sin(across * 2.1 + down * 0.3)) * (0.6 + 0.4 * across / width)
    striped = (seen * lines[..., None]).clip(0, 255).astype(np.uint8)
    return Image.fromarray(striped).filter(ImageFilter.GaussianBlur(0.8))


def screenshot(image: Image.Image, chance: random.Random) -> Image.Image:
    screen = Image.new("RGB", (540, 1150), (20, 20, 24) if chance.random() < 0.5 else (250, 250, 250))
    screen.paste(ImageOps.contain(image, (540, 600)), (0, chance.randint(60, 300)))
    draw = ImageDraw.Draw(screen)
    for line in range(920, 1120, 26):
        draw.text(
            (16, line),
            " ".join(chance.choice(["see", "all", "link", "12:41"]) for _ in range(6)),
            (130, 130, 130),
        )
    return screen


def several(*edits: Edit) -> Edit:
    def edit(image: Image.Image, chance: random.Random) -> Image.Image:
        for one in edits:
            image = one(image, chance)
        return image

    return edit


def mirrored(image: Image.Image, chance: random.Random) -> Image.Image:
    del chance
    return ImageOps.mirror(image)


def tilted(image: Image.Image, chance: random.Random) -> Image.Image:
    return image.rotate(chance.choice((-14, -7, 7, 14)), Image.Resampling.BICUBIC)


def negative(image: Image.Image, chance: random.Random) -> Image.Image:
    del chance
    return ImageOps.invert(image)


EASY: dict[str, Edit] = {
    "saved again": lambda image, _: image,
    "part of 70 %": part(0.7),
    "part of 50 %": part(0.5),
    "mirrored": mirrored,
    "tilted": tilted,
    "screenshot": screenshot,
    "stretched": lambda image, _: image.resize((int(image.width * 1.35), image.height)),
    "mirrored, part of 50 %, tilted": several(mirrored, part(0.5), tilted),
}
HARD: dict[str, Edit] = {
    "thumbnail of 160 px": thumbnail(160),
    "thumbnail of 128 px": thumbnail(128),
    "thumbnail of 100 px": thumbnail(100),
    "part of 30 %": part(0.3),
    "part of 20 %": part(0.2),
    "half covered": covered,
    "stickers": stickers,
    "colour filter": filtered,
    "sharpened hard": sharpened,
    "re-filmed screen": refilmed,
    "negative": negative,
    "mirrored, stickers, screenshot": several(mirrored, stickers, screenshot),
    "part of 50 %, filter, thumbnail 160": several(part(0.5), filtered, thumbnail(160)),
}


def photos(folder: str | None) -> list[Image.Image]:
    """Gives photos of at most 1,024 pixels a side; generated pictures where there is no folder."""
    if folder is None:
        return [pictures.scene(number, width=480, height=320) for number in range(60)]
    found = []
    for path in sorted(Path(folder).glob("*.jpg")):
        with Image.open(path) as image:
            found.append(ImageOps.contain(image.convert("RGB"), (1024, 1024)))
    random.Random(11).shuffle(found)
    return found


def read(images: Iterable[Image.Image]) -> Iterator[Raster]:
    for answer in rasters(pictures.saved(image, "JPEG", quality=80) for image in images):
        assert isinstance(answer, Raster), answer
        yield answer


def recall(index: Index, mine: list[Image.Image], edits: dict[str, Edit]) -> None:
    shares = []
    for name, edit in edits.items():
        copies = [edit(image, random.Random(f"{name}:{at}")) for at, image in enumerate(mine)]
        right = [
            bool(found) and found[0].mine == at for at, found in enumerate(map(index.find, read(copies)))
        ]
        shares.append(statistics.mean(right))
        print(f"| {name} | {shares[-1]:.1%} |", flush=True)
    print(f"| mean | {statistics.mean(shares):.1%} |")


def windows(image: Image.Image) -> Iterator[Image.Image]:
    """The whole, its quarters and its middle: pictures of their own for the calibration."""
    width, height = image.size
    yield image
    for x, y in ((0, 0), (1, 0), (0, 1), (1, 1), (0.5, 0.5)):
        left, top = int(x * width / 2), int(y * height / 2)
        yield image.crop((left, top, left + width // 2, top + height // 2))


def false_matches(index: Index, others: list[Image.Image], edits: list[Edit]) -> None:
    chance = random.Random(3)
    asked = (edit(one, chance) for image in others for one in windows(image) for edit in edits)
    count, wrong, most = 0, 0, 0
    for picture in read(asked):
        found = index.find(picture)
        count += 1
        wrong += bool(found)
        most = max([most, *(match.places for match in found)])
    pairs = count * len(index)
    print(f"{count:,} other pictures x {len(index):,} originals = {pairs:,} pairs: {wrong} false ({most})")


def rate(act: Callable[[], int]) -> float:
    began = time.perf_counter()
    return act() / (time.perf_counter() - began)


def speed(index: Index, given: list[Image.Image]) -> None:
    """Pictures a second in the box and in this process; give `taskset -c 0` for one core."""
    for name, size in {"0.15": (480, 320), "2": (1632, 1224), "12": (4000, 3000)}.items():
        files = [pictures.saved(image.resize(size), quality=85) for image in given[:12]]
        many = files * max(1, int(360 / (1 + float(name)) / len(files)))
        decoded = rate(lambda many=many: sum(1 for _ in rasters(many)))
        whole = rate(lambda many=many: sum(1 for one in rasters(many) if index.find(one) is not None))
        print(f"| {name} megapixels | {decoded:,.0f}/s decoded small | {whole:,.0f}/s searched as well |")


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--others")
    args = given.parse_args()
    shown = photos(os.environ.get("AMPARO_PHOTOS"))
    mine, others = shown[: len(shown) // 2], shown[len(shown) // 2 :]
    index = Index.build(list(read(mine)))
    print(f"{len(mine)} originals, {len(others)} others\n\n| edit | found |\n|---|---|")
    recall(index, mine, EASY)
    print("\n| harder edit | found |\n|---|---|")
    recall(index, mine, HARD)
    false_matches(index, others, [*EASY.values(), *HARD.values()])
    if args.others:
        more = [one for image in photos(args.others) for one in windows(image)]
        large = Index.build(list(read([*mine, *more][:1000])))
        false_matches(large, others, [*EASY.values(), *HARD.values()])
        speed(large, others)
    else:
        speed(index, others)


if __name__ == "__main__":
    main()
