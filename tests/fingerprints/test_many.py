"""Many pictures are read by a few workers and answered in order."""

import hashlib

import pytest

from amparo.errors import Refused
from amparo.fingerprints import limits, rasters
from amparo.fingerprints.many import read_many
from tests.fingerprints import pictures

pytestmark = pytest.mark.slow


def test_answers_come_in_the_order_asked_and_a_bad_one_spoils_no_other(tmp_path):
    for number in range(8):
        (tmp_path / str(number)).write_bytes(pictures.saved(pictures.scene(number, width=100 + 50 * number)))
    (tmp_path / "3").write_bytes(b"Dear sir or madam")
    (tmp_path / "5").write_bytes((tmp_path / "5").read_bytes()[:500])

    said = [answer for _, answer in read_many(str(tmp_path / str(number)) for number in range(8))]

    assert (str(said[3].what), str(said[5].what)) == (
        "This is a text, not a photo.",
        "This picture is damaged or cut off.",
    )
    widths = [one.raster.size[0] for at, one in enumerate(said) if at not in (3, 5)]
    assert widths == [100, 150, 200, 300, 400, 450]
    assert said[0].sha256 == hashlib.sha256((tmp_path / "0").read_bytes()).hexdigest()


def test_a_file_that_is_not_there_is_told_in_its_turn(tmp_path):
    (tmp_path / "here").write_bytes(pictures.saved(pictures.scene(1)))

    said = [answer for _, answer in read_many([str(tmp_path / name) for name in ("nowhere", "here")])]

    assert isinstance(said[0], Refused)
    assert said[1].raster.size == (400, 300)


def test_asking_stops_when_nobody_listens(tmp_path):
    """A folder of a thousand photos is not read ahead to its end."""
    asked = []

    def files():
        for number in range(100):
            asked.append(number)
            yield str(tmp_path / "nowhere")

    next(read_many(files()))

    assert len(asked) < 10


def test_a_picture_that_takes_too_long_costs_only_its_own_answer(monkeypatch):
    """Each scan goes over every block again; nothing in the format limits how many there are."""
    whole = pictures.saved(pictures.plain(width=4000, height=4000), "JPEG", progressive=True)
    last = whole.rindex(b"\xff\xda")
    slow = whole[:last] + whole[last:-2] * 3000 + whole[-2:]
    good = pictures.saved(pictures.scene(1))
    monkeypatch.setattr(limits, "WALL_S", 2.0)

    first, second, third = rasters.rasters([good, slow, good])

    assert isinstance(second, Refused)
    assert "took too long" in str(second.what)
    assert first.size == third.size == (400, 300)


def test_a_worker_is_replaced_after_some_hundred_pictures(monkeypatch):
    monkeypatch.setattr(rasters, "_RENEWED_AFTER", 3)
    started = []
    monkeypatch.setattr(rasters, "started", lambda order: started.append(1) or real(order))
    from amparo.fingerprints.running import started as real

    answers = list(rasters.rasters([pictures.saved(pictures.scene(1))] * 12))

    assert [one.size for one in answers] == [(400, 300)] * 12
    assert len(started) > 2


@pytest.mark.parametrize("size", [(4000, 3000), (200, 3000), (40, 30)])
def test_a_raster_is_at_most_160_000_pixels_and_never_enlarged(size):
    image = pictures.scene(1).resize(size)

    (raster,) = rasters.rasters([pictures.saved(image)])

    width, height = raster.size
    assert width * height <= min(limits.RASTER_PIXELS * 1.01, size[0] * size[1])
    assert abs(width / height - size[0] / size[1]) < 0.02 * size[0] / size[1]
