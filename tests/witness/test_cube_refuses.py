"""Nothing of a broken, doubled or foreign dump is counted, and the others go on."""

from pathlib import Path

import pytest

from amparo.errors import CouldNot, Refused, WrongUse
from amparo.witness.dsa import cube, dumps
from amparo.witness.dsa.engine import duckdb
from tests.witness.cubes import build, dump_of, error_of, rows
from tests.witness.made import dump, statement, table, zipped


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "cube.duckdb"


def test_a_file_that_differs_from_its_checksum_is_refused(tmp_path, place):
    path = dump(tmp_path, table([statement()]))
    path.with_name(path.name + ".sha1").write_text("0" * 40 + "  " + path.name)
    assert "checksum differs" in str(error_of(path, place).what)


def test_without_a_checksum_beside_it_says_so(tmp_path, place):
    (counted,) = build(dump(tmp_path, table([statement()]), checksum=False), place)
    assert counted.compared is False


def cut(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:-200])
    path.with_name(path.name + ".sha1").unlink()
    return path


def test_a_zip_cut_short_is_refused(tmp_path, place):
    assert "broken or cut short" in str(error_of(cut(dump(tmp_path, table([statement()] * 50))), place).what)


@pytest.mark.parametrize("at", range(60, 400, 20))
def test_a_bit_that_flipped_is_refused_or_changes_nothing(tmp_path, place, at):
    path = dump(tmp_path, table([statement()] * 50), checksum=False)
    held = bytearray(path.read_bytes())
    held[at] ^= 0x10
    path.write_bytes(bytes(held))
    (result,) = build(path, place)
    if isinstance(result, tuple):
        assert isinstance(result[1], Refused)
        assert rows(place, "select count(*) from cells") == [(0,)]
    else:
        assert result.statements == 50


def test_the_same_file_under_another_day_is_not_counted_again(tmp_path, place):
    path = dump(tmp_path, table([]))
    other = tmp_path / "sor-example-video-2025-08-02-full.zip"
    other.write_bytes(path.read_bytes())
    _, (_, error) = build([path, other], place)
    assert "already counted, from sor-example-video-2025-08-01-full.zip" in str(error.what)


def test_a_checksum_of_another_name_is_refused(tmp_path, place):
    path = dump(tmp_path, table([statement()]))
    beside = path.with_name(path.name + ".sha1")
    beside.write_text(beside.read_text().replace("08-01", "08-09"))
    assert "is that of sor-example-video-2025-08-09-full.zip" in str(error_of(path, place).what)


def test_statements_of_another_day_are_refused_and_a_few_are_not(tmp_path, place):
    other = statement(created_at="2025-07-31 23:59:59")
    (counted,) = build(dump(tmp_path, table([statement()] * 9 + [other])), place)
    assert counted.statements == 10
    ((_, error),) = build(dump(tmp_path, table([statement()] * 9), day="2025-08-03"), place)
    assert "are of another day" in str(error.what)


@pytest.mark.parametrize("without", [(), ("X",)])
def test_two_slugs_of_one_platform_are_counted_once(tmp_path, place, without):
    twitter = dump_of(tmp_path, "2025-08-01", 3, slug="twitter", platform_name="Twitter")
    x = dump_of(tmp_path, "2025-08-01", 3, slug="x", platform_name="X")
    next_day = dump_of(tmp_path, "2025-08-02", 3, slug="x", platform_name="X")
    _, second, third = build([twitter, x, next_day], place, without=without)
    if without:
        assert (third.statements, third.left_out) == (0, 3)
    else:
        assert third.statements == 3
    assert "already counted, from sor-twitter-2025-08-01-full.zip" in str(second[1].what)


def test_a_zip_without_a_table_is_refused_and_the_real_one_counted(tmp_path, place):
    path = tmp_path / "sor-example-video-2025-08-01-full.zip"
    path.write_bytes(zipped({"readme.txt": b"x", "__MACOSX/._a.csv": b"junk"}))
    assert "holds no table" in str(error_of(path, place).what)
    path.write_bytes(zipped({"A.CSV": table([statement()]), "__MACOSX/._A.CSV": b"junk"}))
    (counted,) = build(path, place)
    assert counted.statements == 1


def test_a_day_without_statements_is_counted_as_none(tmp_path, place):
    (counted,) = build(dump(tmp_path, table([])), place)
    assert (counted.statements, counted.already) == (0, False)


def test_another_list_of_platforms_left_out_is_refused(tmp_path, place):
    path = dump(tmp_path, table([statement(), statement(platform_name="Shop")]))
    build(path, place, without=["Shop"])
    for without in ([], ["Shop", "Other"]):
        ((_, error),) = build(path, place, without=without)
        assert "another list" in str(error.what)
    (again,) = build(path, place, without=["Shop", "Shop"])
    assert again.already
    with cube.opened(place, read_only=True) as connection:
        assert cube.left_out(connection) == [("Shop", 1)]


def encrypted(path: Path) -> None:
    held = bytearray(zipped({"a.csv": table([statement()])}))
    held[held.find(b"PK\x01\x02") + 8] |= 1
    held[6] |= 1
    path.write_bytes(bytes(held))


def holding(**given: str):
    return lambda path: path.write_bytes(zipped({"a.csv": table([statement(**given)])}))


@pytest.mark.parametrize(
    "make",
    [
        encrypted,
        Path.mkdir,
        lambda path: path.symlink_to("/nowhere/at/all"),
        holding(category_specification="[" * 90_000),
        holding(category_specification='["\\ud800"]'),
    ],
)
def test_one_dump_that_cannot_be_read_leaves_the_others(tmp_path, place, make):
    bad = tmp_path / "sor-bad-2025-08-01-full.zip"
    make(bad)
    (_, error), counted = build([bad, dump(tmp_path, table([statement()]))], place)
    assert isinstance(error, Refused)
    assert counted.statements == 1


def by_php(value: str) -> bytes:
    """Writes a field as PHP's fputcsv does."""
    out, protected = '"', False
    for one in value:
        if one == "\\":
            protected = True
        elif one == '"' and not protected:
            out += '"'
        else:
            protected = False
        out += one
    return (out + '"').encode()


PHP_VALUES = [
    r"say \"hi\" x",
    r"say \"hi, x",
    "C:\\",
    "C:\\\\",
    r"a\",b",
    r'"\"',
    r"\"",
    r'\""',
    r"a \"b\"",
    'x\\"\n,y',
    'a\rb\\"',
    '""',
    "plain",
]


@pytest.mark.parametrize("kind", ["full", "light"])
@pytest.mark.parametrize("value", PHP_VALUES)
def test_a_table_written_by_php_is_read(tmp_path, place, value, kind):
    odd = statement(category_specification_other="QQQ", platform_name="RRR")
    one = table([odd, statement(), odd], kind=kind)
    one = one.replace(b"QQQ", by_php(value)).replace(b"RRR", by_php(value))
    build(dump(tmp_path, one, kind=kind), place)
    found = dict(rows(place, "select platform, sum(statements) from statements group by 1"))
    assert {name.replace("\r", " "): count for name, count in found.items()} == {
        value.replace("\r", " "): 2,
        "Example Video": 1,
    }


def test_a_table_that_is_none_by_php_is_refused(tmp_path, place):
    odd = table([statement(decision_facts="QQQ")] * 3).replace(b"QQQ", b'"a " b"')
    assert "cut short" in str(error_of(dump(tmp_path, odd), place).what)


def test_another_database_is_left_as_it_is(tmp_path, place):
    with duckdb().connect(str(place)) as connection:
        connection.execute("create table dumps (slug varchar)")
    before = place.read_bytes()
    for read_only in (True, False):
        with pytest.raises(CouldNot) as error, cube.opened(place, read_only=read_only):
            pass
        assert "another database" in str(error.value.what)
    assert place.read_bytes() == before


def test_only_folders_of_a_killed_build_are_taken_away(tmp_path, place):
    own = [tmp_path / "cube.duckdb.unpacked", tmp_path / "cube.duckdb.unpacked-mine"]
    for folder in own:
        folder.mkdir()
        (folder / "mine.txt").touch()
    left = tmp_path / "cube.duckdb.unpacked-left"
    left.mkdir()
    (left / cube.MARKER).touch()
    build(dump(tmp_path, table([statement()])), place)
    assert all((folder / "mine.txt").exists() for folder in own)
    assert sorted(one for one in tmp_path.iterdir() if one.is_dir()) == own


def test_export_overwrites_nothing(tmp_path, place):
    build(dump(tmp_path, table([statement()])), place)
    with cube.opened(place, read_only=True) as connection:
        for path in (place, tmp_path):
            with pytest.raises(Refused):
                cube.export(connection, path)
        with pytest.raises(CouldNot):
            cube.export(connection, tmp_path / "no" / "all.parquet")
        cube.export(connection, tmp_path / "all.parquet")
    assert rows(place, "select sum(statements) from statements") == [(1,)]
    assert not list(tmp_path.glob("*.part-*"))


def test_a_broken_inner_zip_is_refused(tmp_path, place):
    path = tmp_path / "sor-example-video-2025-08-01-full.zip"
    path.write_bytes(zipped({"sor-example-video-2025-08-01-full-00000.csv.zip": b"PK\x03\x04 no"}))
    assert "broken or cut short" in str(error_of(path, place).what)


def test_a_csv_cut_short_is_refused_whole(tmp_path, place):
    whole = table([statement()] * 40)
    assert "cut short" in str(error_of(dump(tmp_path, table([statement()]), whole[:-900]), place).what)


def test_a_line_without_a_day_is_refused(tmp_path, place):
    assert "has no day" in str(error_of(dump(tmp_path, table([statement(created_at="soon")])), place).what)


def test_a_third_schema_is_named_with_its_columns(tmp_path, place):
    newer = (
        table([statement()]).replace(b"uuid,", b"uuid,minor_involved,", 1).replace(b",platform_uid", b"", 1)
    )
    error = error_of(dump(tmp_path, newer), place)
    assert "new: minor_involved; missing: platform_uid" in str(error.what)
    assert "newer schema" in str(error.next)


@pytest.mark.parametrize(
    "name", ["sor-x.zip", "sor-x-2025-02-30-full.zip", "report.zip", "sor-x-2025-08-01-all.zip"]
)
def test_a_file_of_another_name_is_refused(tmp_path, place, name):
    path = tmp_path / name
    path.write_bytes(b"")
    assert "sor-global-2025-08-01-light.zip" in str(error_of(path, place).next)


def test_one_broken_dump_does_not_stop_the_others(tmp_path, place):
    bad = cut(dump(tmp_path, table([statement()] * 50), slug="bad"))
    good = dump(tmp_path, table([statement()]))
    results = build([bad, good], place)
    assert [type(one) for one in results] == [tuple, cube.Counted]


def test_a_folder_gives_its_dumps_by_day_and_an_empty_one_is_told(tmp_path):
    later = dump(tmp_path, table([statement()]), day="2025-08-02")
    earlier = dump(tmp_path, table([statement()]), slug="zoo")
    assert dumps.found_in([str(tmp_path)]) == [earlier, later]
    (tmp_path / "empty").mkdir()
    with pytest.raises(WrongUse):
        dumps.found_in([str(tmp_path / "empty")])
    with pytest.raises(CouldNot):
        dumps.found_in([str(tmp_path / "nowhere")])
