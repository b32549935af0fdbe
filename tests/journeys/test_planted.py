"""The search for planted secrets finds them in every coding: otherwise finding none would say nothing."""

from pathlib import Path

import pytest

from tests.journeys.planted import codings, found

SECRET = "Violeta Ángel-Prüfer 4711"


@pytest.mark.parametrize("name", [name for name, _ in codings(SECRET)])
def test_a_secret_is_found_in_each_coding(name: str, tmp_path: Path) -> None:
    needle = dict(codings(SECRET))[name]
    (tmp_path / "page.db").write_bytes(b"\x00\x01before" + needle + b"after\xff")
    assert (SECRET, name, "page.db") in found([SECRET], tmp_path)


@pytest.mark.parametrize("before", [b"", b"a", b"ab", b"abc", b"abcd"])
def test_a_secret_inside_longer_base64_is_found(before: bytes, tmp_path: Path) -> None:
    import base64

    (tmp_path / "mail").write_bytes(base64.b64encode(before + SECRET.encode() + b"and more"))
    assert found([SECRET], tmp_path)


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"nothing of hers" * 1000)
    assert found([SECRET], tmp_path) == []
