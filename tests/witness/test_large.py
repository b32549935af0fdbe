"""Ten million statements with known answers, and a build that is killed."""

import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from amparo.witness.dsa import cube
from tests.witness.made import dump, statement, table, zipped

pytestmark = pytest.mark.slow

EACH = 100_000
KEYWORDS = (
    "[]",
    '["KEYWORD_NUDITY"]',
    '["KEYWORD_HUMAN_TRAFFICKING"]',
    '["KEYWORD_NUDITY","KEYWORD_PHISHING"]',
)


def many_times(folder: Path, one: bytes, times: int) -> Path:
    """Writes a dump that holds one inner zip of ten tables again and again: it is packed only once."""
    stem = "sor-example-video-2025-08-01-light"
    inner = zipped({f"{stem}-00000-{n:05}.csv": one for n in range(10)})
    path = folder / f"{stem}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as outer:
        for part in range(times // 10):
            outer.writestr(f"{stem}-{part:05}.csv.zip", inner)
    return path


def test_ten_million_statements_come_out_to_the_last_one(tmp_path):
    rows = [statement(category_specification=KEYWORDS[n % len(KEYWORDS)]) for n in range(EACH)]
    path = many_times(tmp_path, table(rows, kind="light"), 100)
    place = tmp_path / "cube.duckdb"
    (counted,) = cube.build([path], place)
    assert counted.statements == 10_000_000
    with cube.opened(place, read_only=True) as connection:
        by_keywords = connection.execute(
            "select len(keywords), sum(statements) from statements group by 1 order by 1"
        )
        assert by_keywords.fetchall() == [(0, 2_500_000), (1, 5_000_000), (2, 2_500_000)]


PROGRAM = """
import sys
from amparo.cli.main import main
sys.exit(main(["witness", "dsa", "build", sys.argv[1], "--cube", sys.argv[2]]))
"""


@pytest.mark.parametrize("after_s", [0.4, 0.8, 1.2, 1.6, 2.0])
def test_a_killed_build_leaves_whole_dumps_and_goes_on(tmp_path, after_s):
    for n in range(1, 9):
        day = f"2025-08-0{n}"
        dump(tmp_path, table([statement(created_at=f"{day} 08:00:00")] * 20_000), day=day)
    place = tmp_path / "cube.duckdb"
    building = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path), str(place)],
        stdout=subprocess.DEVNULL,
        env=dict(os.environ),
    )
    time.sleep(after_s)
    building.send_signal(signal.SIGKILL)
    building.wait()
    counted = list(cube.build(sorted(tmp_path.glob("sor-*.zip")), place))
    assert [one.statements for one in counted] == [20_000] * 8
    with cube.opened(place, read_only=True) as connection:
        assert connection.execute("select sum(statements) from statements").fetchall() == [(160_000,)]
