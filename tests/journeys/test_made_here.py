"""On a server, with scripts on: the number is made in the browser, the picture never leaves her device."""

import base64
import io
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Request

from amparo.fingerprints.box import pdq
from amparo.fingerprints.fingerprint import read_fingerprint
from tests.fingerprints.pictures import lying_down, plain, saved, scene
from tests.journeys.steps import Visit

pytestmark = pytest.mark.browser
STATIC = Path(__file__).parents[2] / "amparo" / "web" / "static" / "look"
LINK = "https://www.pornhub.com/view_video.php?viewkey=ph63a1b2c3d4e5f"


@pytest.fixture
def team_server(settings) -> Iterator[str]:
    """A server open to all, in this process. `localhost` counts as safe for browsers, as TLS does."""
    from django.core.wsgi import get_wsgi_application

    from amparo.web.serving import server_on

    server = server_on(get_wsgi_application(), port=0)
    settings.HOSTS = [f"localhost:{server.effective_port}"]
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://localhost:{server.effective_port}"
    server.close()


def at_pictures(page: Page, address: str) -> None:
    person = Visit(page)
    person.begin(SimpleNamespace(origin=address), "online", age="no")
    person.paste(LINK)
    person.press("Go on to my pictures")


def the_numbers(page: Page) -> list[str]:
    return page.get_by_label("The numbers, one per line").input_value().split()


def choose(page: Page, *pictures: tuple[str, bytes]) -> list[Request]:
    """Chooses files and presses the button; gives every request that followed."""
    sent: list[Request] = []
    page.on("request", lambda one: sent.append(one))
    page.get_by_label("Choose").set_input_files(
        [{"name": name, "mimeType": "image/png", "buffer": content} for name, content in pictures]
    )
    with page.expect_navigation():
        page.get_by_role("button", name="Make the numbers and show them").click()
    return sent


def bodies(sent: list[Request]) -> bytes:
    return b"".join(one.post_data_buffer or b"" for one in sent)


def transparent(image: Image.Image) -> Image.Image:
    holes = image.convert("RGBA")
    holes.putalpha(Image.new("L", image.size, 128))
    return holes


def test_no_byte_of_the_picture_is_sent_and_the_number_is_the_servers(team_server, open_page):
    page = open_page()
    at_pictures(page, team_server)
    assert page.get_by_text("The pictures stay on your device. Only their numbers are sent.").is_visible()
    assert page.get_by_text("The pictures are sent to this server.").is_hidden()
    picture = saved(scene(7), "PNG")
    sent = choose(page, ("IMG_2041.png", picture))
    body = bodies(sent)
    assert 0 < len(body) < 4000 < len(picture)
    assert b"IMG_2041" not in body
    assert b"filename" not in body
    assert b"PNG" not in body
    found = read_fingerprint(picture)
    assert the_numbers(page) == [found.pdq]
    (number,) = json.loads(page.locator("input[name=state]").first.get_attribute("value"))["pictures"]
    assert number == [found.pdq, found.sha256, found.quality]


def test_without_scripts_the_form_says_that_the_picture_is_sent(team_server, open_page):
    page = open_page(scripts=False)
    at_pictures(page, team_server)
    assert page.get_by_text("The pictures are sent to this server.").is_visible()
    assert page.get_by_text("The pictures stay on your device. Only").is_hidden()
    picture = saved(scene(7), "PNG")
    choose(page, ("a.png", picture))
    assert the_numbers(page) == [read_fingerprint(picture).pdq]


def test_what_was_not_read_is_told_and_the_others_have_their_numbers(team_server, open_page):
    page = open_page()
    at_pictures(page, team_server)
    good = saved(scene(3), "PNG")
    sent = choose(
        page,
        ("broken.jpg", b"\xff\xd8\xff\xe0 cut"),
        ("flat.png", saved(plain(), "PNG")),
        ("holes.png", saved(transparent(scene(4)), "PNG")),
        ("empty.png", b""),
        ("good.png", good),
    )
    alerts = " ".join(page.get_by_role("alert").all_inner_texts())
    for place, said in enumerate(
        (
            "Your browser cannot open this picture.",
            "too little detail to be recognised (quality 0",
            "Parts of this picture are transparent.",
            "This file is empty.",
        ),
        1,
    ):
        assert f"Picture {place}: " in alerts
        assert said in alerts
    assert the_numbers(page) == [read_fingerprint(good).pdq]
    assert len(bodies(sent)) < 4000


def test_a_photo_lying_on_its_side_is_turned_upright_first(team_server, open_page):
    page = open_page()
    at_pictures(page, team_server)
    photo = lying_down(scene(5))
    choose(page, ("a.jpg", photo))
    (number,) = the_numbers(page)
    assert (int(number, 16) ^ int(read_fingerprint(photo).pdq, 16)).bit_count() <= 10


def test_in_the_local_app_the_program_makes_the_number(visit, dated):
    person = visit(scripts=True)
    person.begin(dated, "online", age="no")
    person.paste(LINK)
    person.press("Go on to my pictures")
    assert "pdq.js" not in person.page.content()
    assert person.page.locator("input[type=file][name=pictures]").count() == 1


def some_pixels(number: int) -> np.ndarray:
    """Pixels of a random size, from smooth to noise, flat and patterned: `(height, width, 3) uint8`."""
    random = np.random.default_rng(number)
    width, height = (int(n) for n in random.integers(5, 420, 2))
    if number % 10 == 0:
        width = height = 64
    if number % 7 == 0:
        return random.integers(0, 256, (height, width, 3), np.uint8)
    if number % 11 == 0:
        return np.full((height, width, 3), number % 256, np.uint8)
    if number % 13 == 0:
        down, across = np.mgrid[0:height, 0:width]
        return np.repeat(((down // 3 + across // 5) % 2 * 255).astype(np.uint8)[..., None], 3, 2)
    cells = random.integers(0, 256, (int(random.integers(2, 30)), int(random.integers(2, 30)), 3), np.uint8)
    return np.asarray(Image.fromarray(cells).resize((width, height), Image.Resampling.BICUBIC))


def test_300_pictures_have_the_same_bits_and_quality_in_the_browser(chromium: Browser):
    page = chromium.new_page()
    page.add_script_tag(content=(STATIC / "pdq.js").read_text(encoding="utf-8"))
    page.evaluate(
        """() => { window.hashed = ([width, height, text]) => {
            const rgba = Uint8Array.from(atob(text), one => one.charCodeAt(0));
            const bright = new Float32Array(width * height);
            amparoPdq.brighten(rgba, bright, 0);
            return amparoPdq.compute(bright, width, height); } }"""
    )
    different = []
    for number in range(300):
        pixels = some_pixels(number)
        image = Image.fromarray(pixels)
        quality, turned = pdq.compute(pdq.brightness(image))
        rgba = base64.b64encode(image.convert("RGBA").tobytes()).decode()
        found = page.evaluate("given => hashed(given)", [image.width, image.height, rgba])
        if found != {"pdq": turned[0].hex(), "quality": quality}:
            different.append((number, image.size))
    page.close()
    assert different == []


def test_a_picture_of_12_million_pixels_has_the_same_bits(team_server, open_page):
    page = open_page()
    at_pictures(page, team_server)
    out = io.BytesIO()
    scene(9, width=800, height=600).resize((4000, 3000)).save(out, "PNG", compress_level=1)
    choose(page, ("large.png", out.getvalue()))
    assert the_numbers(page) == [read_fingerprint(out.getvalue()).pdq]


def test_what_the_browser_loads_for_it_is_small():
    assert sum((STATIC / name).stat().st_size for name in ("pdq.js", "pictures.js")) <= 20_000
