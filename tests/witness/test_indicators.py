"""The indicators on dumps whose answers are known, worked out by hand beside each test."""

import math
import re
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from amparo.errors import WrongUse
from amparo.witness.dsa import cube
from amparo.witness.dsa.drawing import draw
from amparo.witness.dsa.indicators import indicators, measure, per_million, prepare, steps_at
from amparo.witness.dsa.published import schema
from amparo.witness.dsa.steps import step
from tests.witness.made import dump, statement, table

PORNOGRAPHY = "STATEMENT_CATEGORY_PORNOGRAPHY_OR_SEXUALIZED_CONTENT"


def keyword(*names: str) -> str:
    return "[" + ",".join(f'"KEYWORD_{name}"' for name in names) + "]"


@pytest.fixture
def measured(tmp_path: Path):
    """Gives what an indicator says of statements filed on one day."""

    def measure_of(which: str, *statements: dict[str, str], first_schema: bool = False):
        day = "2024-05-01" if first_schema else "2025-08-01"
        dated = [one | {"created_at": f"{day} 12:00:00"} for one in statements]
        place = tmp_path / "cube.duckdb"
        list(cube.build([dump(tmp_path, table(dated, first_schema=first_schema), day=day)], place))
        with cube.opened(place, read_only=True) as connection:
            prepare(connection)
            return measure(connection, which)

    return measure_of


def test_a_record_that_says_which_tells_them_apart(measured):
    (row,) = measured(
        "distinguishability",
        statement(category_specification=keyword("ADULT_SEXUAL_MATERIAL")),
        statement(category_specification=keyword("HUMAN_TRAFFICKING")),
        statement(category_specification=keyword("NON_CONSENSUAL_IMAGE_SHARING")),
    )
    assert (row["statements"], row["value"]) == (3, 1.0)


def test_the_old_category_alone_tells_nothing(measured):
    (row,) = measured("distinguishability", statement(category=PORNOGRAPHY), first_schema=True)
    assert row["value"] == pytest.approx(0)


def test_half_clear_and_half_silent_is_a_half(measured):
    (row,) = measured(
        "distinguishability",
        statement(category=PORNOGRAPHY),
        statement(category=PORNOGRAPHY, category_specification=keyword("ADULT_SEXUAL_MATERIAL")),
        first_schema=True,
    )
    assert row["value"] == pytest.approx(0.5)


def test_two_of_three_labels_leave_two_possible(measured):
    (row,) = measured(
        "distinguishability", statement(category_specification=keyword("NUDITY", "HUMAN_EXPLOITATION"))
    )
    assert row["value"] == pytest.approx(1 - math.log(2) / math.log(3))


def test_what_is_about_minors_is_no_part_of_it(measured):
    about = statement(category_specification=keyword("NUDITY", "CHILD_SEXUAL_ABUSE_MATERIAL"))
    assert measured("distinguishability", about) == []


def test_other_statements_are_no_part_of_it(measured):
    assert (
        measured("distinguishability", statement(), statement(category_specification=keyword("PHISHING")))
        == []
    )


def test_erasure_counts_removed_content_and_ended_accounts(measured):
    sexual = keyword("ADULT_SEXUAL_MATERIAL")
    (row,) = measured(
        "erasure",
        statement(category_specification=sexual),
        statement(
            category_specification=sexual,
            decision_visibility="[]",
            decision_account="DECISION_ACCOUNT_TERMINATED",
        ),
        statement(
            category_specification=sexual, decision_visibility='["DECISION_VISIBILITY_CONTENT_DEMOTED"]'
        ),
        statement(category_specification=keyword("HUMAN_TRAFFICKING")),
    )
    assert (row["statements"], row["day"]) == (2, date(2025, 8, 1))
    assert per_million(row["statements"], 4_000_000) == 0.5


def test_the_legality_gap_is_terms_over_law(measured):
    sexual = keyword("NUDITY")
    terms = statement(category_specification=sexual)
    law = statement(category_specification=sexual, decision_ground="DECISION_GROUND_ILLEGAL_CONTENT")
    (row,) = measured("legality_gap", terms, terms, terms, law)
    assert (row["by_terms"], row["by_law"], row["value"]) == (3, 1, 3.0)


def test_where_nothing_rests_on_law_there_is_no_ratio(measured):
    (row,) = measured("legality_gap", statement(category_specification=keyword("NUDITY")))
    assert (row["by_law"], row["value"]) == (0, None)


def test_an_empty_or_new_ground_is_neither_terms_nor_law(measured):
    sexual = keyword("NUDITY")
    grounds = ("", "DECISION_GROUND_NEW", "DECISION_GROUND_ILLEGAL_CONTENT")
    some = [statement(category_specification=sexual, decision_ground=ground) for ground in grounds]
    also = statement(category_specification=sexual, incompatible_content_illegal="Yes")
    (row,) = measured("legality_gap", *some, also)
    assert (row["by_terms"], row["by_law"]) == (1, 1)


def test_a_restriction_that_only_begins_like_removal_is_none(measured):
    later = statement(
        category_specification=keyword("NUDITY"),
        decision_visibility='["DECISION_VISIBILITY_CONTENT_REMOVED_LATER"]',
    )
    assert measured("erasure", later) == []


def test_silence_names_the_keywords_that_were_never_used(measured):
    (row,) = measured("silence", statement(category_specification=keyword("NUDITY", "PHISHING")), statement())
    assert row["offered"] == len(schema().keywords["v2"])
    assert row["never_used"] == row["offered"] - 2
    assert "KEYWORD_RIGHT_TO_BE_FORGOTTEN" in row["keywords"]
    assert "KEYWORD_NUDITY" not in row["keywords"]


def test_a_renamed_platform_is_one_platform(tmp_path):
    place = tmp_path / "cube.duckdb"
    sexual = keyword("NUDITY")
    for name, day in (("Twitter", "2025-08-01"), ("X", "2025-08-02")):
        one = statement(platform_name=name, category_specification=sexual, created_at=f"{day} 08:00:00")
        list(cube.build([dump(tmp_path, table([one]), slug=name.lower(), day=day)], place))
    with cube.opened(place, read_only=True) as connection:
        prepare(connection)
        (row,) = measure(connection, "distinguishability")
    assert (row["platform"], row["statements"]) == ("X", 2)


def test_an_unknown_indicator_names_those_there_are(tmp_path):
    with cube.opened(tmp_path / "cube.duckdb") as connection, pytest.raises(WrongUse) as refused:
        measure(connection, "happiness")
    assert "distinguishability" in str(refused.value.next)


def test_every_indicator_has_words_one_line_of_sql_and_caveats():
    for one in indicators().values():
        assert one.says
        assert "\n" not in one.sql
        assert one.caveats


# The step

CHANGE = date(2025, 7, 1)


def series(level: float, after: float, *, days: int = 120, seed: int | None = None) -> dict[date, int]:
    random = np.random.default_rng(seed)
    weekly = [1.0, 1.1, 1.2, 1.1, 1.0, 0.7, 0.6]
    counts = {}
    for n in range(-days, days):
        day = CHANGE + timedelta(days=n)
        mean = weekly[day.weekday()] * (after if n >= 0 else level)
        counts[day] = round(mean) if seed is None else int(random.negative_binomial(mean / 4, 1 / 5))
    return counts


def test_a_fall_to_a_tenth_is_found_with_its_interval():
    found = step(series(1000, 100, seed=3), CHANGE)
    assert found.low < 0.1 < found.high
    assert found.ratio == pytest.approx(0.1, rel=0.3)
    assert found.dispersion > 2


def test_no_step_has_one_inside_its_interval_about_nineteen_times_in_twenty():
    inside = 0
    for seed in range(60):
        found = step(series(300, 300, seed=seed), CHANGE)
        inside += found.low <= 1 <= found.high
    assert inside >= 52


def test_the_days_of_the_week_are_no_step():
    assert step(series(10_000, 10_000), CHANGE).ratio == pytest.approx(1, abs=0.001)


def test_down_to_nothing_is_said_in_counts_and_not_as_a_ratio():
    found = step(series(50, 0), CHANGE)
    assert (found.ratio, found.why, found.after) == (None, "none_after", (120, 0))


def test_too_few_days_give_no_ratio():
    assert step(series(50, 40, days=20), CHANGE).why == "too_few_days"


def test_nothing_before_gives_no_ratio():
    assert step(series(0, 40), CHANGE).why == "no_statements"


def test_a_day_with_statements_but_none_of_these_is_a_zero(tmp_path):
    place = tmp_path / "cube.duckdb"
    for n in range(-30, 30):
        day = (CHANGE + timedelta(days=n)).isoformat()
        labels = keyword("NUDITY") if n < 0 else "[]"
        one = statement(created_at=f"{day} 08:00:00", category_specification=labels)
        list(cube.build([dump(tmp_path, table([one] * 3), day=day)], place))
    with cube.opened(place, read_only=True) as connection:
        prepare(connection)
        found = steps_at(connection)["Example Video"]
    assert (found.before, found.after, found.why) == ((30, 90), (30, 0), "none_after")


def test_each_indicator_is_drawn_beside_its_table_with_its_caveats(tmp_path):
    place = tmp_path / "cube.duckdb"
    for n in range(-3, 3):
        day = (CHANGE + timedelta(days=n)).isoformat()
        one = statement(
            created_at=f"{day} 08:00:00", category_specification=keyword("NUDITY"), platform_name="A & <B>"
        )
        list(cube.build([dump(tmp_path, table([one] * (n + 4)), day=day)], place))
    with cube.opened(place, read_only=True) as connection:
        prepare(connection)
        files = draw(connection, tmp_path / "drawn")
    drawn = {path.name: path.read_text(encoding="utf-8") for path in files}
    assert set(drawn) == {
        f"{name}.{kind}"
        for name in ("distinguishability", "erasure", "legality_gap", "silence")
        for kind in ("svg", "csv")
    }
    assert drawn["erasure.csv"].count("\n") == 7
    assert "2025-07-01" in drawn["erasure.svg"]
    for name, text in drawn.items():
        if name.endswith("svg"):
            assert "A &amp; &lt;B&gt;" in text
            assert "Platforms file these statements about themselves." in text


def drawn_of(tmp_path, *days: list[dict[str, str]]) -> dict[str, str]:
    """Gives the drawings of dumps of the first days of August 2025."""
    place = tmp_path / "cube.duckdb"
    for n, some in enumerate(days, 1):
        day = f"2025-08-{n:02}"
        dated = [one | {"created_at": f"{day} 08:00:00"} for one in some]
        list(cube.build([dump(tmp_path, table(dated), day=day)], place))
    with cube.opened(place, read_only=True) as connection:
        prepare(connection)
        files = draw(connection, tmp_path / "drawn")
    return {path.stem: path.read_text(encoding="utf-8") for path in files if path.suffix == ".svg"}


def sexual(platform: str, **given: str) -> dict[str, str]:
    return statement(platform_name=platform, category_specification=keyword("NUDITY"), **given)


def test_the_largest_are_drawn_and_how_many_are_not_is_said(tmp_path):
    some = [sexual(f"P{n:02}") for n in range(45)] + [sexual("Z")] * 9
    for text in drawn_of(tmp_path, some).values():
        assert "Platforms not drawn: 6." in text
        assert len(re.findall(r">P\d\d<", text)) == 39
        assert text.index(">Z<") < text.index(">P00<")


def test_nothing_on_law_is_said_first_and_is_no_bar(tmp_path):
    law = sexual("Law", decision_ground="DECISION_GROUND_ILLEGAL_CONTENT")
    text = drawn_of(tmp_path, [law, law, sexual("Law"), sexual("None")])["legality_gap"]
    assert text.index("1 on terms, none on law") < text.index("1 on terms, 2 on law")
    assert text.count("<rect") == 1


def test_a_covered_day_without_these_is_drawn_as_zero(tmp_path):
    other = statement(platform_name="P")
    text = drawn_of(tmp_path, [sexual("P")], [other], [sexual("P")])["erasure"]
    assert 'points="190.0,36.0 400.0,70.0 610.0,36.0"' in text


def test_a_drawing_holds_no_control_characters(tmp_path):
    for text in drawn_of(tmp_path, [sexual("a\x01b\u202ec")]).values():
        assert ">a b c<" in text
        ElementTree.fromstring(text)


def test_an_empty_cube_is_drawn_empty(tmp_path):
    with cube.opened(tmp_path / "cube.duckdb") as connection:
        prepare(connection)
        assert len(draw(connection, tmp_path / "drawn")) == 8
