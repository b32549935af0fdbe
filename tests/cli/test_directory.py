"""`amparo directory`: import, check, stale, coverage."""

import json

import pytest

from amparo.cli.main import main
from tests.directory.test_importing import COMPANY


def _lines(capsys: pytest.CaptureFixture[str]) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_second_import_writes_nothing(tmp_path, capsys):
    file = tmp_path / "companies.jsonl"
    file.write_text(json.dumps(COMPANY) + "\n")
    for _ in range(2):
        assert main(["directory", "import", str(file), "--out", str(tmp_path / "out"), "--json"]) == 0
    told = _lines(capsys)
    assert [one["summary"]["written"] for one in told if "summary" in one] == [1, 0]
    assert (tmp_path / "out" / "services" / "some-shop.yaml").is_file()
    assert main(["directory", "check", str(tmp_path / "out"), "--json"]) == 0


def test_without_a_folder_nothing_is_written(tmp_path, capsys):
    file = tmp_path / "companies.json"
    file.write_text(json.dumps([COMPANY]))
    assert main(["directory", "import", str(file)]) == 0
    assert "new: 1" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["companies.json"]


def test_a_broken_record_is_told_with_file_field_and_repair(tmp_path, capsys):
    (tmp_path / "services").mkdir()
    (tmp_path / "services" / "a.yaml").write_text("name: A\nkind: service\n")
    assert main(["directory", "check", str(tmp_path), "--json"]) == 1
    first = _lines(capsys)[0]
    assert (first["file"], first["rule"]) == ("services/a.yaml", "shape")
    assert first["repair"]
    assert first["why"].startswith("docs/")


def test_what_was_read_long_ago_is_listed(capsys):
    assert main(["directory", "stale", "--now", "2029-01-01T00:00:00Z", "--json"]) == 0
    told = _lines(capsys)
    assert told[-1]["summary"]["stale"] == len(told) - 1 > 100
    assert main(["directory", "stale", "--now", "2026-11-24T00:00:00Z", "--json"]) == 0
    assert _lines(capsys)[-1]["summary"]["stale"] == 0


def test_coverage_counts_known_domains_and_names_the_others(tmp_path, capsys):
    (tmp_path / "list").write_text("pornhub.com\nhttps://www.x.com/a\nunknown-site.org\n\nnot one\n")
    assert main(["directory", "coverage", str(tmp_path / "list")]) == 0
    said = capsys.readouterr().out
    assert said.startswith("unknown-site.org\n")
    assert "known: 2, unknown: 1, no address: 1, share: 66.7%" in said


@pytest.mark.parametrize("given", [["import"], ["coverage"], ["check", "/nowhere/at/all"]])
def test_a_missing_file_has_a_next_step(given, capsys):
    assert main(["directory", *given]) in (1, 2)
    assert len(capsys.readouterr().err.splitlines()) == 2
