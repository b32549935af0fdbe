"""A bundled check still fails, and says for which one."""

import pytest

from tests.bundled import for_each


def test_a_check_that_fails_for_one_of_many_names_it():
    @for_each([("a", 1), ("a", 2), ("b", 3)], by=lambda pair: pair[0])
    def check(name: str, number: int) -> None:
        assert number != 2

    check(group="b")
    with pytest.raises(AssertionError, match="a 2: AssertionError"):
        check(group="a")


@for_each(["x", "y"], by=lambda one: one)
def test_fixtures_reach_a_bundled_check(one, tmp_path):
    assert tmp_path.is_dir()
    assert one in "xy"
