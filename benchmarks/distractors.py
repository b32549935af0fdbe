"""Pictures that are alike and are not copies: how many `match` calls the same. Wanted: none.

Run: [AMPARO_PHOTOS=FOLDER[:FOLDER]] python benchmarks/distractors.py

Eight families, made by program with a fixed seed: two moments of one session, memes on one template, screens
of one program, logos, pages of text on one letterhead, flat pictures, patterns, and one motif behind other
photos. In a family every picture is asked for against every other, as it is and edited. With AMPARO_PHOTOS
photos stand in these pictures; without it, scenes of our own. A picture is never asked for against itself.
"""

import itertools
import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageOps

sys.path.insert(0, str(Path(__file__).parents[1]))

from amparo.fingerprints.matching import Index
from benchmarks.matching import mirrored, part, read, thumbnail
from tests.fingerprints import pictures

EACH = 40
_WIDE, _HIGH = 540, 960
_WORDS = "the of and to paid room house agreed contract day week light open sun green again never Monday form"
_EDITS = {
    "saved again": lambda image, _: image,
    "mirrored": mirrored,
    "part of 60 %": part(0.6),
    "thumbnail of 200 px": thumbnail(200),
}

Photos = list[Image.Image]
Set = list[tuple[int, Image.Image]]
"""What the picture is of, and the picture: two with the same number are not held against each other."""


def photos() -> Photos:
    """Gives photos of at most 800 pixels a side, no two of one scene; scenes of our own without a folder."""
    given = os.environ.get("AMPARO_PHOTOS")
    if not given:
        return [pictures.scene(number, width=640, height=420) for number in range(300, 300 + 3 * EACH)]
    files = sorted(file for folder in given.split(":") for file in Path(folder).glob("*.jpg"))
    found = []
    for file in files:
        with Image.open(file) as image:
            found.append(ImageOps.contain(image.convert("RGB"), (800, 800)))
    random.Random(5).shuffle(found)
    return found


def said(chance: random.Random, count: int) -> str:
    return " ".join(chance.choice(_WORDS.split()) for _ in range(count))


def letters(size: float) -> "ImageFont.FreeTypeFont | ImageFont.ImageFont":
    return ImageFont.load_default(size=size)


# One session: the same room seen again a moment later, from a hand a little to the side.


_HANDS = (0.0, 1 / 200, 1 / 80, 1 / 40)
"""How far the hand moved: by which share of the width the nearest thing is seen elsewhere; 0 is a stand."""


def sessions(given: Photos, chance: random.Random) -> Set:
    """Two moments each. What is nearer moves further as the hand moves, somebody else stands in front."""
    found: Set = []
    for at in range(EACH):
        # Nobody is seen twice: the same cut-out in two pictures would be a copy of a part.
        people = given[EACH // 2 + 2 * at : EACH // 2 + 2 * at + 2]
        found.append((at, _moment(given[at // 2], people, _HANDS[at // 2 % len(_HANDS)], chance)))
    return found


def _moment(room: Image.Image, people: Photos, hand: float, chance: random.Random) -> Image.Image:
    width, height = room.size
    seed = np.random.default_rng(chance.getrandbits(32))
    seen = Image.fromarray(_from_elsewhere(np.asarray(room), hand, seed))
    for one in people:
        size = int(width * chance.uniform(0.25, 0.4)), int(height * chance.uniform(0.6, 0.9))
        shape = Image.new("L", size, 0)
        ImageDraw.Draw(shape).ellipse((0, 0, *size), fill=255)
        place = chance.randint(0, width - size[0]), height - size[1]
        seen.paste(ImageOps.fit(one, size), place, shape.filter(ImageFilter.GaussianBlur(2)))
    grain = seed.normal(0, 4, (height, width, 3))
    lit = (np.asarray(seen) * chance.uniform(0.85, 1.15) + grain).clip(0, 255)
    return Image.fromarray(lit.astype(np.uint8))


def _from_elsewhere(room: np.ndarray, hand: float, seed: np.random.Generator) -> np.ndarray:
    """Parallax: a smooth depth moves each point by up to `hand` of the width."""
    height, width = room.shape[:2]
    fields = seed.uniform(-1, 1, (2, 5, 7))
    down, across = np.mgrid[0:height, 0:width]
    moved = [
        np.asarray(Image.fromarray(one.astype(np.float32)).resize((width, height), Image.Resampling.BICUBIC))
        for one in fields
    ]
    y = (down + moved[0] * width * hand).round().clip(0, height - 1).astype(int)
    x = (across + moved[1] * width * hand).round().clip(0, width - 1).astype(int)
    return room[y, x]


# One frame around different photos.


def memes(given: Photos, chance: random.Random) -> Set:
    """Four templates: caption bars, a quote, a drawn figure beside the photo, a frame of stickers."""
    return [(at, _meme(at % 4, given[at], chance)) for at in range(EACH)]


def _meme(kind: int, photo: Image.Image, chance: random.Random) -> Image.Image:
    sheet = Image.new("RGB", (600, 640), ("white", "black", "white", (250, 214, 60))[kind])
    draw = ImageDraw.Draw(sheet)
    box = ((0, 90, 600, 550), (20, 20, 580, 440), (0, 220, 600, 640), (70, 90, 530, 560))[kind]
    sheet.paste(ImageOps.fit(photo, (box[2] - box[0], box[3] - box[1])), box[:2])
    if kind == 0:
        draw.text((30, 20), "WHEN THE SHIFT ENDS AT SIX", "black", letters(38))
        draw.text((40, 570), "AND THE BUS LEFT AT FIVE", "black", letters(38))
    elif kind == 1:
        draw.text((40, 460), "NOBODY TOLD ME", "white", letters(60))
        draw.text((60, 550), said(chance, 5), "white", letters(26))
    elif kind == 2:
        for at, face in enumerate((120, 300, 480)):
            draw.ellipse(
                (face - 70, 40, face + 70, 180), fill=(250, 210, 60 + 60 * at), outline="black", width=5
            )
            for side in (-28, 28):
                draw.ellipse((face + side - 10, 80, face + side + 10, 104), fill="black")
            draw.arc((face - 40, 90, face + 40, 160), 20, 160 + 8 * at, "black", 6)
    else:
        for at in range(14):
            x, y = (at * 97) % 600, (10, 580)[at % 2]
            draw.regular_polygon((x, y + 25, 26), 3 + at % 4, rotation=at * 20, fill=(200, 30 + at * 14, 90))
        draw.text((110, 570), "happy birthday", (90, 20, 60), letters(44))
    return sheet


def screens(given: Photos, chance: random.Random) -> Set:
    """Two programs, light and dark: bars, signs, buttons and names stay, photo and words change."""
    return [(at, _screen(at % 2 == 1, given[at], given[EACH + at % 7], chance)) for at in range(EACH)]


def _screen(dark: bool, photo: Image.Image, face: Image.Image, chance: random.Random) -> Image.Image:
    ground, ink = ((22, 22, 26), (225, 225, 225)) if dark else ((250, 250, 250), (30, 30, 30))
    sheet = Image.new("RGB", (_WIDE, _HIGH), ground)
    draw = ImageDraw.Draw(sheet)
    draw.text((14, 6), f"{chance.randrange(24)}:{chance.randrange(60):02d}", ink, letters(15))
    draw.rectangle((480, 9, 520, 20), outline=ink)
    draw.text((120, 40), "Picturebook", ink, letters(30))
    sheet.paste(ImageOps.fit(face, (44, 44)), (16, 90))
    draw.text((72, 96), said(chance, 2), ink, letters(18))
    high = int(_WIDE * chance.choice((0.6, 0.75, 1.0)))
    sheet.paste(ImageOps.fit(photo, (_WIDE, high)), (0, 150))
    top = 150 + high + 12
    for x in (20, 70, 120, 490):
        draw.ellipse((x, top, x + 28, top + 28), outline=ink, width=3)
        draw.line((x + 6, top + 20, x + 22, top + 8), ink, 3)
    for y in range(top + 46, _HIGH - 90, 26):
        draw.text((16, y), said(chance, chance.randint(3, 7)), ink, letters(17))
    draw.line((0, _HIGH - 70, _WIDE, _HIGH - 70), ink, 2)
    for at, name in enumerate(("Home", "Search", "Add", "You")):
        draw.rounded_rectangle(
            (30 + at * 135, _HIGH - 60, 80 + at * 135, _HIGH - 26), 8, outline=ink, width=3
        )
        draw.text((34 + at * 135, _HIGH - 22), name, ink, letters(14))
    return sheet


def logos(given: Photos, chance: random.Random) -> Set:
    """Six marks: each on paper with other words, and large and small over different photos."""
    marks = [_mark(number) for number in range(6)]
    found: Set = []
    for at in range(EACH):
        mark = marks[at % 6]
        if at % 3 == 0:
            sheet = Image.new("RGB", (600, 400), "white")
            sheet.paste(mark.resize((220, 220)), (30, 40), mark.resize((220, 220)))
            draw = ImageDraw.Draw(sheet)
            for line in range(5):
                draw.text((275, 60 + line * 44), said(chance, 3), "black", letters(24))
        else:
            sheet = ImageOps.fit(given[at], (600, 400))
            size = chance.choice((90, 150, 210))
            place = chance.randint(0, 600 - size), chance.randint(0, 400 - size)
            sheet.paste(mark.resize((size, size)), place, mark.resize((size, size)))
        found.append((at, sheet))
    return found


def _mark(number: int) -> Image.Image:
    chance = random.Random(f"mark {number}")
    mark = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    draw = ImageDraw.Draw(mark)
    colours = [tuple(chance.randrange(30, 230) for _ in range(3)) for _ in range(4)]
    draw.ellipse((10, 10, 390, 390), fill=colours[0])
    for at in range(5):
        x, y, size = chance.randint(90, 310), chance.randint(90, 310), chance.randint(30, 90)
        draw.regular_polygon((x, y, size), 3 + at, rotation=chance.randrange(360), fill=colours[1 + at % 3])
    draw.text((90, 170), chance.choice(("ARBA", "Nuvo", "KILO", "Tesa")), "white", letters(80))
    return mark


def pages(given: Photos, chance: random.Random) -> Set:
    """Three letterheads and sizes of print: the words differ, the form does not."""
    del given
    return [(at, _page(at % 3, chance)) for at in range(EACH)]


def _page(kind: int, chance: random.Random) -> Image.Image:
    sheet = Image.new("RGB", (620, 877), "white")
    draw = ImageDraw.Draw(sheet)
    size = (15, 19, 24)[kind]
    draw.rectangle((40, 30, 110, 100), fill=(30, 60, 120))
    draw.text((130, 40), ("Office for Work", "Harbour Court", "Clinic North")[kind], "black", letters(34))
    draw.line((40, 112, 580, 112), "black", 3)
    for y in range(140, 790, int(size * 1.45)):
        if chance.random() < 0.85:
            draw.text((50, y), said(chance, int(75 / size * 1.6)), "black", letters(size))
    if kind == 1:
        for y in range(140, 790, 52):
            draw.line((40, y, 580, y), (120, 120, 120), 2)
    draw.text((50, 840), "Page 1 of 1    form 27 B", "black", letters(13))
    return sheet


# Little to see, or the same again and again.


def flat(given: Photos, chance: random.Random) -> Set:
    """One colour, slow gradients, grain, skies, and one small thing on nothing."""
    del given
    return [(at, _flat(at % 5, chance)) for at in range(EACH)]


def _flat(kind: int, chance: random.Random) -> Image.Image:
    seed = np.random.default_rng(chance.getrandbits(32))
    down, across = np.mgrid[0:400, 0:600]
    level = np.full((400, 600), float(chance.randint(30, 220)))
    if kind == 1:
        level = 255 * (down * chance.random() + across * chance.random()) / 1000
    if kind in (2, 3):
        level += seed.normal(0, (0, 0, 12, 2)[kind], level.shape)
    if kind == 3:
        coarse = seed.uniform(-40, 40, (4, 6)).astype(np.float32)
        level += np.asarray(Image.fromarray(coarse).resize((600, 400), Image.Resampling.BICUBIC))
    image = Image.fromarray(level.clip(0, 255).astype(np.uint8)).convert("RGB")
    if kind == 4:
        x, y, size = chance.randint(80, 520), chance.randint(80, 320), chance.randint(15, 60)
        ImageDraw.Draw(image).ellipse((x - size, y - size, x + size, y + size), fill="white", outline="black")
    return image


def patterns(given: Photos, chance: random.Random) -> Set:
    """Boards, stripes, dots, bricks and weaves; each in its own size, so that no two are the same."""
    del given
    return [(at, _pattern(at % 6, 7 + at // 6 * 3 + at % 2, chance)) for at in range(EACH)]


def _pattern(kind: int, side: int, chance: random.Random) -> Image.Image:
    down, across = np.mgrid[0:420, 0:560]
    row = down // side
    turn = chance.uniform(0, 3)
    tone = (
        lambda: (row + across // side) % 2,
        lambda: np.sin((across * np.cos(turn) + down * np.sin(turn)) * 3 / side) > 0,
        lambda: (down % (2 * side) - side) ** 2 + (across % (2 * side) - side) ** 2 < (side * 0.6) ** 2,
        lambda: (down % side > 1) & ((across + row % 2 * side) % (2 * side) > 1),
        lambda: np.where((row + across // side) % 2, down % side > side // 3, across % side > side // 3),
        lambda: (np.sin(down / side * 2) + np.sin(across / side * 2) + np.sin((down + across) / side)) > 0,
    )[kind]()
    return Image.fromarray((np.asarray(tone) * 190 + 30).astype(np.uint8)).convert("RGB")


def motifs(given: Photos, chance: random.Random) -> Set:
    """One wallpaper of four, drawn again and again, behind different photos cut round."""
    found: Set = []
    for at in range(EACH):
        tile = pictures.scene(7000 + at % 4, width=96, height=96)
        sheet = Image.new("RGB", (620, 460))
        for x, y in itertools.product(range(-96, 620, 96), range(-96, 460, 96)):
            sheet.paste(tile, (x + at * 13 % 96, y + at * 29 % 96))
        shape = Image.new("L", (380, 380), 0)
        ImageDraw.Draw(shape).ellipse((0, 0, 380, 380), fill=255)
        place = chance.randint(0, 240), chance.randint(0, 80)
        sheet.paste(ImageOps.fit(given[at], (380, 380)), place, shape)
        found.append((at, sheet))
    return found


FAMILIES: dict[str, Callable[[Photos, random.Random], Set]] = {
    "one session": sessions,
    "memes on one template": memes,
    "screens of one program": screens,
    "logos": logos,
    "pages of text": pages,
    "flat": flat,
    "patterns": patterns,
    "one motif": motifs,
}


def asked(family: Set) -> Iterator[tuple[int, str, Image.Image]]:
    for name, edit in _EDITS.items():
        for who, image in family:
            yield who, name, edit(image, random.Random(f"{name} {who}"))


def main() -> None:
    given = photos()
    total = wrong_total = 0
    print("| family | pairs | false | of itself |\n|---|---|---|---|")
    for name, make in FAMILIES.items():
        family = make(given, random.Random(name))
        index = Index.build(list(read(image for _, image in family)))
        queries = list(asked(family))
        wrong: Counter[str] = Counter()
        right = 0
        for (who, edit, _), raster in zip(queries, read(image for *_, image in queries), strict=True):
            found = {family[match.mine][0] for match in index.find(raster)}
            right += who in found
            wrong[edit] += len(found - {who})
        pairs, false = len(queries) * (len(family) - 1), wrong.total()
        total, wrong_total = total + pairs, wrong_total + false
        print(
            f"| {name} | {pairs:,} | {false} | {right / len(queries):.0%} |",
            dict(wrong + Counter()),
            flush=True,
        )
    print(f"| all | {total:,} | {wrong_total} | |")


if __name__ == "__main__":
    main()
