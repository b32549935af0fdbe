"""Many pictures are read side by side and answered in order."""

import pytest

from amparo.errors import Refused
from amparo.fingerprints.many import read_many
from tests.fingerprints import pictures


def test_answers_come_in_the_order_asked_and_a_bad_one_spoils_no_other(tmp_path):
    for number in range(8):
        (tmp_path / str(number)).write_bytes(pictures.saved(pictures.scene(number, width=100 + 50 * number)))
    (tmp_path / "3").write_bytes(b"Dear sir or madam")

    said = list(read_many(str(tmp_path / str(number)) for number in range(8)))

    with pytest.raises(Refused, match="This is a text"):
        said[3][1].result()
    widths = [found.result().width for at, (_, found) in enumerate(said) if at != 3]
    assert widths == [100, 150, 200, 300, 350, 400, 450]


def test_asking_stops_when_nobody_listens(tmp_path):
    """A folder of a thousand photos is not read ahead to its end."""
    asked = []

    def files():
        for number in range(100):
            asked.append(number)
            yield str(tmp_path / "nowhere")

    next(read_many(files()))

    assert len(asked) < 10
