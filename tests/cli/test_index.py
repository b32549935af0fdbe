"""`amparo index` on the command line."""

import json

import pytest

from amparo.cli.main import main
from amparo.fingerprints.index import tables
from tests.fingerprints.test_index import apart, some

RECEIPT = {
    "id": "hers",
    "what": "three photos of 2024",
    "for_whom": "Example Images",
    "how_to_withdraw": "Write to consent@example.org with the id.",
    "since": "2026-01-01",
    "until": "2026-12-31",
}
NOW = "2026-11-24T09:00:00Z"


@pytest.fixture
def index(tmp_path):
    listed, receipt = tmp_path / "list.txt", tmp_path / "receipt.json"
    listed.write_text("# hers\n" + "\n".join(tables.to_hex(some(20))) + "\n")
    receipt.write_text(json.dumps(RECEIPT))
    folder = tmp_path / "index"
    assert main(["index", "build", str(folder), str(listed), "--receipt", str(receipt), "--now", NOW]) == 0
    return folder


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_hit_is_a_question_with_a_reason_and_a_way_to_contest(index, capsys):
    capsys.readouterr()
    (near,) = tables.to_hex(apart(some(20)[2], 12)[None, :])
    assert main(["index", "query", str(index), near, "--json", "--now", NOW]) == 0
    (hit,) = lines(capsys)
    assert hit["distance_bits"] == 12
    assert hit["question"].endswith("A person must look at it and decide.")
    assert "12 of 256 bits" in hit["reason"]
    assert "consent@example.org" in hit["contest"]


def test_nothing_near_exits_1(index):
    assert main(["index", "query", str(index), "0" * 64, "--now", NOW]) == 1


def test_after_withdrawing_nothing_is_found(index, capsys):
    (text,) = tables.to_hex(some(20)[:1])
    assert main(["index", "withdraw", str(index), "hers", "--json", "--now", NOW]) == 0
    assert lines(capsys)[-1] == {"entries": 0}
    assert main(["index", "query", str(index), text, "--now", NOW]) == 1


def test_after_its_last_day_nothing_is_found_and_tidy_takes_it_out(index, capsys):
    (text,) = tables.to_hex(some(20)[:1])
    later = "2027-01-01T00:00:00Z"
    assert main(["index", "query", str(index), text, "--now", later]) == 1
    assert main(["index", "tidy", str(index), "--json", "--now", later]) == 0
    assert lines(capsys)[-1] == {"entries": 0}


def test_a_list_without_a_receipt_is_refused_and_leaves_no_folder(tmp_path, capsys):
    listed = tmp_path / "list.txt"
    listed.write_text("\n".join(tables.to_hex(some(2))))
    assert main(["index", "build", str(tmp_path / "new"), str(listed)]) == 2
    assert not (tmp_path / "new").exists()
    assert "--receipt" in capsys.readouterr().err


def test_a_programme_s_table_is_read_and_other_kinds_passed_over(index, tmp_path, capsys):
    (pdq,) = tables.to_hex(some(1, seed=77))
    table, receipt = tmp_path / "list.csv", tmp_path / "list.json"
    table.write_text(f"signal_type,signal,added\nmd5,{'0' * 32},2026\nPDQ,{pdq.upper()},2026\n")
    receipt.write_text(json.dumps(RECEIPT | {"id": "list", "hotline": "ncmec", "until": None}))
    assert main(["index", "add", str(index), str(table), "--receipt", str(receipt), "--json"]) == 0
    assert lines(capsys)[-1] == {"entries": 21}


def test_a_line_that_is_no_fingerprint_is_named_and_nothing_is_added(index, tmp_path, capsys):
    bad, receipt = tmp_path / "bad.txt", tmp_path / "other.json"
    bad.write_text("\n".join([*tables.to_hex(some(2)), "hello"]))
    receipt.write_text(json.dumps(RECEIPT | {"id": "other"}))
    assert main(["index", "add", str(index), str(bad), "--receipt", str(receipt)]) == 1
    assert "bad.txt, line 3" in capsys.readouterr().err


def test_a_folder_that_is_no_index_is_told(tmp_path, capsys):
    assert main(["index", "query", str(tmp_path), "0" * 64]) == 3
    assert "amparo index build" in capsys.readouterr().err


def test_a_list_that_cannot_be_read_leaves_no_folder(tmp_path):
    bad, receipt = tmp_path / "bad.txt", tmp_path / "receipt.json"
    bad.write_text("hello")
    receipt.write_text(json.dumps(RECEIPT))
    assert main(["index", "build", str(tmp_path / "new"), str(bad), "--receipt", str(receipt)]) == 1
    assert not (tmp_path / "new").exists()
