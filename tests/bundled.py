"""One test for many records of a kind: a thousand tests of a microsecond each cost seconds of their own."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Any

import pytest


def for_each(held: Iterable[Any], *, by: Callable[[Any], str]) -> Callable[[Callable[..., None]], Any]:
    """Runs a check on every one, in one test for each group `by` names; a failure says which one it was.

    The check takes one of them (a tuple spread over as many arguments), then fixtures.
    """
    groups: Mapping[str, list[Any]] = {
        name: list(some) for name, some in groupby(sorted(held, key=by), key=by)
    }

    def bundled(check: Callable[..., None]) -> Callable[..., None]:
        takes = list(inspect.signature(check).parameters)
        spread = (
            len(next(iter(groups.values()))[0]) if isinstance(next(iter(groups.values()))[0], tuple) else 1
        )
        own = spread if len(takes) >= spread > 1 else 1

        def test(group: str, **fixtures: Any) -> None:
            failed = []
            for one in groups[group]:
                given = one if isinstance(one, tuple) else (one,)
                try:
                    check(*given, **fixtures)
                except Exception as error:
                    failed.append(f"{_said(given)}: {type(error).__name__}: {error}")
            assert not failed, "\n".join(failed)

        wanted = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in takes[own:]]
        group = inspect.Parameter("group", inspect.Parameter.POSITIONAL_OR_KEYWORD)
        test.__signature__ = inspect.Signature([group, *wanted])  # type: ignore[attr-defined]
        test.__name__, test.__doc__, test.__module__ = check.__name__, check.__doc__, check.__module__
        return pytest.mark.parametrize("group", list(groups))(test)

    return bundled


def _said(given: tuple[Any, ...]) -> str:
    return " ".join(str(getattr(one, "id", one)) for one in given)[:200]
