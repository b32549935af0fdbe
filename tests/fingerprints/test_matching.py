"""Matching finds a picture however it was edited, names how, and leaves others alone."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageOps

from amparo.fingerprints.matching import Index, Match
from amparo.fingerprints.rasters import Raster, rasters
from tests.fingerprints import pictures

TURN = Image.Transpose
AS_SEEN = {  # Pillow turns against the clock
    "same_picture": (),
    "turned_90": (TURN.ROTATE_270,),
    "turned_180": (TURN.ROTATE_180,),
    "turned_270": (TURN.ROTATE_90,),
    "mirrored": (TURN.FLIP_LEFT_RIGHT,),
    "mirrored_turned_90": (TURN.FLIP_LEFT_RIGHT, TURN.ROTATE_270),
    "mirrored_turned_180": (TURN.FLIP_LEFT_RIGHT, TURN.ROTATE_180),
    "mirrored_turned_270": (TURN.FLIP_LEFT_RIGHT, TURN.ROTATE_90),
}
MINE = range(12)


def read(image: Image.Image, **options: object) -> Raster:
    (answer,) = rasters([pictures.saved(image, "JPEG", **options)])
    assert isinstance(answer, Raster), answer
    return answer


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.build([read(pictures.scene(number)) for number in MINE])


def only(index: Index, image: Image.Image, **options: object) -> Match:
    (match,) = index.find(read(image, **options))
    return match


@pytest.mark.parametrize("code", AS_SEEN)
def test_a_turned_or_mirrored_copy_is_found_and_named(index, code):
    image = pictures.scene(4)
    for turn in AS_SEEN[code]:
        image = image.transpose(turn)

    match = only(index, image, quality=70)

    assert (match.mine, match.how.code) == (4, code)
    assert match.score > 0.9


def covered(image: Image.Image) -> Image.Image:
    image = image.copy()
    ImageDraw.Draw(image).rectangle((0, 0, image.width, image.height // 2), fill=(240, 200, 60))
    return image


def in_a_screenshot(image: Image.Image) -> Image.Image:
    screen = Image.new("RGB", (540, 1100), (250, 250, 250))
    screen.paste(image.resize((540, 405)), (0, 180))
    draw = ImageDraw.Draw(screen)
    for line in range(620, 1080, 30):
        draw.rectangle((20, line, 60 + line % 400, line + 12), fill=(60, 60, 60))
    return screen


def tilted(image: Image.Image) -> Image.Image:
    return image.rotate(12, Image.Resampling.BICUBIC)


def dark_and_small(image: Image.Image) -> Image.Image:
    return image.resize((160, 120), Image.Resampling.LANCZOS).point([value // 2 for value in range(256)] * 3)


EDITS = {
    "a part of a quarter": (lambda image: image.crop((150, 90, 350, 240)), "part"),
    "half covered": (covered, "same_picture"),
    "in a screenshot": (in_a_screenshot, "inside"),
    "tilted": (tilted, "tilted"),
    "dark and small": (dark_and_small, "same_picture"),
    "blurred": (lambda image: image.filter(ImageFilter.GaussianBlur(2)), "same_picture"),
    "as a negative": (ImageOps.invert, "negative"),
    "a part, mirrored": (lambda image: ImageOps.mirror(image.crop((0, 0, 240, 200))), "part_mirrored"),
}


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("number", [2, 7])
def test_an_edited_copy_is_found_and_named(index, edit, number):
    change, code = EDITS[edit]

    match = only(index, change(pictures.scene(number)), quality=80)

    assert (match.mine, match.how.code) == (number, code)


def test_how_says_about_which_share_of_it(index):
    match = only(index, pictures.scene(3).crop((0, 0, 300, 160)))

    assert str(match.how.words) == "About 40 % of it."


@pytest.mark.slow
def test_other_pictures_do_not_match(index):
    assert [index.find(read(pictures.scene(number))) for number in range(20, 60)] == [[]] * 40


def screen_of(image: Image.Image, *, said: int) -> Image.Image:
    """The same program each time: its frame, buttons and name; another photo and other words in it."""
    screen = pictures.scene(900, width=540, height=960)
    screen.paste(image.resize((500, 375)), (20, 120))
    screen.paste(pictures.scene(said, width=500, height=380), (20, 540))
    return screen


def test_two_screens_of_one_program_do_not_match():
    mine = Index.build([read(screen_of(pictures.scene(1), said=50))])

    assert mine.find(read(screen_of(pictures.scene(2), said=51))) == []
    assert len(mine.find(read(screen_of(pictures.scene(1), said=52)))) == 1


@pytest.mark.parametrize("side", [8, 24])
def test_patterns_do_not_match_each_other(side):
    """Every place of a chessboard is every other place."""
    down, across = np.mgrid[0:300, 0:400]

    def board(size: int) -> Image.Image:
        return Image.fromarray((((down // size + across // size) % 2) * 255).astype(np.uint8)).convert("RGB")

    assert Index.build([read(board(side))]).find(read(board(side + 3))) == []


def test_a_plain_picture_is_named_as_too_plain():
    assert Index.build([read(pictures.plain()), read(pictures.scene(1))]).too_plain == (0,)


@pytest.mark.slow
def test_an_index_kept_as_bytes_finds_the_same(index):
    again = Index.from_bytes(index.to_bytes())

    picture = read(tilted(pictures.scene(5)))
    assert again.find(picture) == index.find(picture) != []


def test_bytes_that_are_no_index_are_refused():
    out = io.BytesIO()
    np.save(out, np.array([object()]), allow_pickle=True)

    with pytest.raises(ValueError):
        Index.from_bytes(out.getvalue())


def test_an_empty_index_finds_nothing():
    assert Index.build([]).find(read(pictures.scene(1))) == []


def test_another_moment_of_the_same_room_does_not_match():
    """The hand moved a little: what is near has moved further than what is far."""
    room = np.asarray(pictures.scene(31, width=600, height=400))
    down, across = np.mgrid[0:400, 0:600]
    moved = (across + np.rint(18 * np.sin(down / 70) * np.cos(across / 90)).astype(int)).clip(0, 599)
    elsewhere = Image.fromarray(room[down, moved])
    elsewhere.paste(pictures.scene(32, width=180, height=300), (60, 100))
    here = Image.fromarray(room)
    here.paste(pictures.scene(33, width=180, height=300), (330, 100))

    assert Index.build([read(here)]).find(read(elsewhere)) == []


def test_a_letter_on_the_same_paper_does_not_match():
    def letter(said: str) -> Image.Image:
        sheet = Image.new("RGB", (600, 800), "white")
        sheet.paste(pictures.scene(34, width=150, height=120), (30, 30))
        draw = ImageDraw.Draw(sheet)
        for at in range(26):
            draw.text(
                (40, 180 + at * 22), (said[at % 7 :] + " ") * 3, "black", ImageFont.load_default(size=17)
            )
        return sheet

    mine = Index.build([read(letter("rent of the room is paid on Monday"))])

    assert mine.find(read(letter("we wrote to you about another thing"))) == []


def test_a_small_picture_on_a_screen_is_found_without_the_screen(index):
    screen = Image.new("RGB", (540, 1150), (20, 20, 24))
    screen.paste(covered_in_spots(ImageOps.mirror(pictures.scene(6))).resize((300, 225)), (120, 200))

    match = only(index, screen, quality=80)

    assert (match.mine, match.how.code) == (6, "inside_mirrored")


def covered_in_spots(image: Image.Image) -> Image.Image:
    draw = ImageDraw.Draw(image)
    for x, y in ((40, 60), (170, 40), (300, 90), (110, 190), (230, 240), (350, 220)):
        draw.ellipse((x - 26, y - 26, x + 26, y + 26), fill="orange", outline="black", width=3)
    return image
