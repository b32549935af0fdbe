"""The whole way on a 320 px phone with script off; then every file is searched for what was given."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fingerprints.pictures import PLACE_MARK, scene, with_planted_place
from tests.journeys.planted import found
from tests.journeys.running import App, running
from tests.journeys.steps import NOW, Visit
from tests.journeys.watching import watched

pytestmark = pytest.mark.browser

PAGES = ["pornhub.com/view_video.php?viewkey=", "xvideos.com/video.", "reddit.com/r/"]
LINKS = [f"https://www.{page}{n}-tabernacle-{n * 7919}" for page in PAGES for n in range(12)]
BLANKS = {
    "name": "Philippine Desrosiers-Quint",
    "email": "ph.desrosiers.quint@posteo-planted.net",
    "signature": "Philippine D. Quint-Signed",
    "describe": "the third picture, turquoise raincoat by the lighthouse",
}
NAMES = ["Nightjar Philippine", "@nightjar_phi_88", "The Lighthouse Tapes vol 3"]
TYPED = "My neighbour Barnabé Quellinek at 14 rue des Tanneurs posted them, call +33 6 98 76 54 321"
PASSPHRASE = "umbrella cactus ribbon anvil saffron quarry"
FILE = "IMG_philippine_private_0042.jpg"


def secrets(number: str) -> list[str]:
    """Gives what was planted, and the pieces a log or a temporary file could hold of it."""
    typed = [*LINKS, *BLANKS.values(), *NAMES, TYPED, PASSPHRASE]
    pieces = ["Desrosiers-Quint", "posteo-planted", "turquoise raincoat", "Quellinek", "Tanneurs"]
    planted = [*typed, *pieces, FILE, PLACE_MARK.decode(), number]
    assert len(planted) >= 50
    return planted


def whole_way(person: Visit, app: App, folder: Path) -> str:
    """Walks every screen there is, takes every file there is, and gives the picture's number."""
    photo = folder / FILE
    photo.write_bytes(with_planted_place(scene(21)))
    person.begin(app, "online", age="no")
    person.paste("\n".join([TYPED, *LINKS]))
    person.press("Look for more")
    person.page.get_by_label("What to look for, one per line").fill("\n".join(NAMES))
    person.press("Make the links")
    person.press("Add these and go on")
    person.press("Go on to my pictures")
    person.choose_pictures(photo, show=True)
    number = person.page.get_by_label("The numbers, one per line").input_value().strip()
    person.press("Go on")
    person.answer("intimate", "shown", "never", "whole", lives_in="FR")
    person.press("Read the first letter")
    person.fill(style="legal", good_faith=True, **BLANKS)
    assert person.still_open == []
    for button in ("PDF", "Mail draft (.eml)"):
        person.save(button, folder)
    person.press("Carry this away as a sealed file")
    person.page.get_by_label("Six words, made just now for you").fill(PASSPHRASE)
    person.save("Save the sealed file", folder)
    person.page.goto(f"{app.origin}/exit")
    return number


def test_after_the_whole_way_no_file_holds_anything_of_hers(visit: Callable[..., Visit], tmp_path: Path):
    hers = tmp_path / "hers"
    hers.mkdir()
    under, trace = watched(tmp_path / "trace")
    with running(tmp_path / "app", "--now", NOW, under=under) as app:
        number = whole_way(visit(app, phone=True), app, hers)
        assert found(secrets(number), app.folder) == []  # while it runs: database, WAL, temporary files, log
    assert found(secrets(number), app.folder) == []  # and after it has stopped
    outside = {path for path in trace.written if path.is_absolute() and not path.is_relative_to(app.folder)}
    ours = {path for path in outside if not path.is_relative_to("/dev") and not path.is_relative_to("/proc")}
    assert {path for path in ours if path.parent.name != "__pycache__"} == set()  # Python's own compiled code


def test_the_search_sees_what_is_planted_in_that_very_folder(tmp_path: Path):
    (tmp_path / "data.sqlite3-wal").write_bytes(b"\0\1" + TYPED.encode("utf-16-le"))
    assert found(secrets("ab" * 32), tmp_path)


def test_a_killed_app_leaves_nothing_either(visit: Callable[..., Visit], tmp_path: Path):
    with running(tmp_path / "app", "--now", NOW) as app:
        person = visit(app, phone=True)
        person.begin(app, "online", age="no")
        person.paste("\n".join([TYPED, *LINKS]))
        person.press("Go on to my pictures")
        app.kill()
    assert found(secrets("ab" * 32), app.folder) == []


def test_the_sealed_file_holds_nothing_readable_and_opens_again(
    visit: Callable[..., Visit], dated: App, tmp_path: Path
):
    person = visit(phone=True)
    person.begin(dated, "online", age="no")
    person.paste("\n".join([TYPED, *LINKS]))
    person.press("Go on to my pictures")
    person.press("Go on without")
    person.answer("intimate", "shown", "never", "whole", lives_in="FR")
    person.press("Carry this away as a sealed file")
    person.page.get_by_label("Six words, made just now for you").fill(PASSPHRASE)
    file = person.save("Save the sealed file", tmp_path)
    assert file.name == "notes.bin"
    assert found(secrets("ab" * 32), tmp_path) == []

    again = visit(phone=True)
    again.enter(dated)
    again.open_door("online")
    again.press("I carried a case away as a file")
    again.page.get_by_label("The sealed file").set_input_files(file)
    again.page.get_by_label("Its passphrase").fill(PASSPHRASE)
    again.press("Open it")
    assert again.heading == "Your plan"
    assert LINKS[0] in again.page.content().replace("&amp;", "&")


def test_no_cookie_but_the_door_is_set_and_no_address_shows_what_was_typed(
    visit: Callable[..., Visit], dated: App, tmp_path: Path
):
    person = visit(phone=True)
    person.begin(dated, "online", age="no")
    person.paste("\n".join([TYPED, *LINKS]))
    assert len(person.page.context.cookies()) == 1
    assert person.page.url == f"{dated.origin}/en/n/"
    assert not any("tabernacle" in url for url in person.requests)
