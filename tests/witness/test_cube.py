"""Daily dumps become a cube: everything is counted, once, and nothing of a broken file is."""

from pathlib import Path

import pytest

from amparo.errors import CouldNot, Refused
from amparo.witness.dsa import cube
from amparo.witness.dsa.published import schema
from tests.witness.cubes import build, dump_of, rows
from tests.witness.made import dump, statement, table


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "cube.duckdb"


def test_statements_are_counted_by_their_labels(tmp_path, place):
    nudity = statement(category_specification='["KEYWORD_NUDITY"]')
    build(dump(tmp_path, table([nudity, nudity, statement()])), place)
    found = rows(place, "select keywords, restriction, statements from statements order by 3")
    assert found == [
        ([], "DECISION_VISIBILITY_CONTENT_REMOVED", 1),
        (["KEYWORD_NUDITY"], "DECISION_VISIBILITY_CONTENT_REMOVED", 2),
    ]


def test_two_keywords_on_one_statement_count_one_statement(tmp_path, place):
    both = statement(category_specification='["KEYWORD_NUDITY","KEYWORD_ADULT_SEXUAL_MATERIAL"]')
    turned = statement(category_specification='["KEYWORD_ADULT_SEXUAL_MATERIAL","KEYWORD_NUDITY"]')
    build(dump(tmp_path, table([both, turned])), place)
    assert rows(place, "select keywords, statements from statements") == [
        (["KEYWORD_ADULT_SEXUAL_MATERIAL", "KEYWORD_NUDITY"], 2)
    ]


def test_every_restriction_of_a_statement_is_kept(tmp_path, place):
    one = statement(
        decision_account="DECISION_ACCOUNT_TERMINATED", decision_monetary="DECISION_MONETARY_TERMINATION"
    )
    build(dump(tmp_path, table([one])), place)
    assert rows(place, "select restriction from statements") == [
        ("DECISION_VISIBILITY_CONTENT_REMOVED|DECISION_MONETARY_TERMINATION|DECISION_ACCOUNT_TERMINATED",)
    ]


def test_light_and_full_give_the_same_cube(tmp_path):
    statements = [statement(), statement(source_type="SOURCE_ARTICLE_16")]
    found = []
    for kind in ("full", "light"):
        place = tmp_path / f"{kind}.duckdb"
        build(dump(tmp_path, table(statements, kind=kind), kind=kind), place)
        found.append(rows(place, "select * from statements order by all"))
    assert found[0] == found[1] != []


def test_a_dump_of_the_first_schema_is_read(tmp_path, place):
    old = statement(
        category="STATEMENT_CATEGORY_PORNOGRAPHY_OR_SEXUALIZED_CONTENT", created_at="2024-02-29 01:02:03"
    )
    build(dump(tmp_path, table([old], first_schema=True), day="2024-02-29"), place)
    assert rows(place, "select category, day::varchar from statements") == [
        ("STATEMENT_CATEGORY_PORNOGRAPHY_OR_SEXUALIZED_CONTENT", "2024-02-29")
    ]


def test_a_value_of_no_schema_is_kept_and_named(tmp_path, place):
    odd = statement(category="STATEMENT_CATEGORY_NEW", category_specification='["KEYWORD_NEWER"]')
    build(dump(tmp_path, table([odd, odd])), place)
    with cube.opened(place, read_only=True) as connection:
        assert cube.unknown_values(connection) == [("KEYWORD_NEWER", 2), ("STATEMENT_CATEGORY_NEW", 2)]


def test_other_labels_of_no_schema_are_named_too(tmp_path, place):
    odd = statement(
        decision_ground="GROUND_NEW",
        source_type="SOURCE_NEW",
        automated_decision="Maybe",
        decision_visibility='["DECISION_VISIBILITY_CONTENT_REMOVED","DECISION_NEW"]',
        incompatible_content_illegal="Yes",
    )
    build(dump(tmp_path, table([odd, odd, statement()])), place)
    with cube.opened(place, read_only=True) as connection:
        assert cube.unknown_values(connection) == [
            ("DECISION_NEW", 2),
            ("GROUND_NEW", 2),
            ("Maybe", 2),
            ("SOURCE_NEW", 2),
        ]


def test_a_list_that_is_no_list_is_kept_as_it_is(tmp_path, place):
    build(dump(tmp_path, table([statement(category_specification='["KEYWORD_NUDITY')])), place)
    assert rows(place, "select keywords from statements") == [(['["KEYWORD_NUDITY'],)]


def test_the_same_dump_twice_is_counted_once(tmp_path, place):
    path = dump(tmp_path, table([statement()]))
    (first,) = build(path, place)
    (second,) = build(path, place)
    assert (first.already, second.already) == (False, True)
    assert rows(place, "select sum(statements) from statements") == [(1,)]


def test_full_after_light_is_refused_and_not_counted(tmp_path, place):
    build(dump(tmp_path, table([statement()], kind="light"), kind="light"), place)
    ((_, error),) = build(dump(tmp_path, table([statement()])), place)
    assert isinstance(error, Refused)
    assert "already counted, from sor-example-video-2025-08-01-light.zip" in str(error.what)
    assert rows(place, "select sum(statements) from statements") == [(1,)]


@pytest.mark.parametrize("order", [("global", "example-video"), ("example-video", "global")])
def test_a_platform_inside_the_whole_is_not_counted_again(tmp_path, place, order):
    paths = [dump(tmp_path, table([statement()]), slug=slug) for slug in order]
    first, (_, error) = build(paths, place)
    assert first.statements == 1
    assert isinstance(error, Refused)


def test_two_days_and_two_platforms_add_up(tmp_path, place):
    build(
        [
            dump(tmp_path, table([statement()])),
            dump(tmp_path, table([statement(created_at="2025-08-02 00:00:01")] * 2), day="2025-08-02"),
            dump(tmp_path, table([statement(platform_name="Other")] * 4), slug="other"),
        ],
        place,
    )
    assert rows(place, "select sum(statements) from statements") == [(7,)]


def test_a_platform_can_be_left_out_and_how_many_is_kept(tmp_path, place):
    shop = statement(platform_name="A Marketplace")
    (counted,) = build(
        dump(tmp_path, table([shop, shop, shop, statement()])), place, without=["A Marketplace"]
    )
    assert (counted.statements, counted.left_out) == (1, 3)
    assert rows(place, "select left_out, without from dumps") == [(3, "A Marketplace")]


def test_the_cube_holds_no_statement(tmp_path, place):
    build(
        dump(tmp_path, table([statement(decision_facts="a very private reason", platform_uid="uid-4711")])),
        place,
    )
    held = place.read_bytes()
    assert b"very private" not in held
    assert b"uid-4711" not in held


def test_a_build_that_was_stopped_goes_on_where_it_was(tmp_path, place):
    paths = [dump_of(tmp_path, f"2025-08-0{n}", 3) for n in (1, 2, 3)]
    building = cube.build(paths, place)
    next(building)
    building.close()
    counted = build(paths, place)
    assert [one.already for one in counted] == [True, False, False]
    assert rows(place, "select count(*), sum(statements) from dumps") == [(3, 9)]


def test_the_same_dumps_in_another_order_give_the_same_parquet(tmp_path):
    paths = [
        dump_of(tmp_path, day, 3, category_specification=one)
        for day, one in [
            ("2025-08-01", '["KEYWORD_NUDITY"]'),
            ("2025-08-02", "[]"),
            ("2025-08-03", '["KEYWORD_OTHER"]'),
        ]
    ]
    made = []
    for name, order in (("a", paths), ("b", paths[::-1])):
        build(order, tmp_path / f"{name}.duckdb")
        with cube.opened(tmp_path / f"{name}.duckdb", read_only=True) as connection:
            cube.export(connection, tmp_path / f"{name}.parquet")
        made.append((tmp_path / f"{name}.parquet").read_bytes())
    assert made[0] == made[1]


def test_a_cube_that_is_none_is_told(tmp_path):
    path = tmp_path / "cube.duckdb"
    path.write_bytes(b"not a database at all, but long enough to look like one" * 100)
    with pytest.raises(CouldNot), cube.opened(path):
        pass


def test_the_table_of_changes_joins_both_schemas():
    known = schema()
    for former, present in known.renamed.items():
        kind = known.categories if former.startswith("STATEMENT") else known.keywords
        assert former in kind["v1"]
        assert former not in kind["v2"]
        assert present in kind["v2"]
    for ended in known.ended:
        assert ended in known.categories["v1"] | known.keywords["v1"]
        assert ended not in known.categories["v2"] | known.keywords["v2"]
    assert not known.began & (known.categories["v1"] | known.keywords["v1"])
    kept = (known.categories["v1"] | known.keywords["v1"]) - known.ended - set(known.renamed)
    assert kept <= known.categories["v2"] | known.keywords["v2"]
