"""A record that breaks a rule is refused with its file, its field, and how to mend it."""

import copy
from datetime import date
from pathlib import Path

import pytest
import yaml

from amparo.directory.checking import GUIDE, check
from amparo.directory.records import FOLDER

TODAY = date(2026, 11, 24)
GOOD = {
    "name": "Some Site",
    "kind": "service",
    "roles": ["controller"],
    "domains": ["some-site.test"],
    "offered_in": ["*"],
    "channels": [
        {"id": "mail", "kind": "mail", "address": "privacy@some-site.test", "for_rights": ["erasure"]}
    ],
    "sources": {"own": {"url": "https://some-site.test/terms", "checked_on": TODAY, "grade": "primary"}},
    "source": "own",
}


def _found(folder: Path, change, *, name: str = "services/some-site.yaml"):
    data = copy.deepcopy(GOOD)
    change(data)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data, sort_keys=False))
    return list(check(folder, on=TODAY))


def _door(**more: object):
    return lambda data: data["channels"].append(
        {"id": "more", "kind": "mail", "address": "legal@some-site.test", **more}
    )


def test_our_own_records_break_no_rule():
    assert list(check(FOLDER, on=date.today())) == []


def test_a_good_record_is_not_refused(tmp_path):
    assert _found(tmp_path, lambda data: None) == []


@pytest.mark.parametrize(
    ("change", "field", "rule"),
    [
        (lambda data: data.pop("name"), "-", "shape"),
        (lambda data: data.update(seat="Germany"), "seat", "shape"),
        (_door(address="no address"), "channels.1.address", "shape"),
        (lambda data: data.update(kind="host"), "kind", "folder"),
        (lambda data: data.update(operator="nobody"), "operator", "references"),
        (lambda data: data.update(source="other"), "source", "sources"),
        (_door(source="other"), "channels.1.source", "sources"),
        (lambda data: data["sources"]["own"].update(checked_on=date(2030, 1, 1)), "sources.own", "days"),
        (lambda data: data.update(unchecked_domains=["b.test"]), "unchecked_domains", "domains"),
        (_door(id="mail"), "channels.1.id", "doors"),
        (_door(address="abuse@xvideos.com"), "channels.1.address", "wrong-addresses"),
        (_door(address="anna.muster@some-site.test"), "channels.1.address", "desks"),
        (_door(for_rights=["copyright"]), "channels.1.traps", "prices"),
        (lambda data: data.update(traps=["A " + "very " * 20 + "long one."]), "traps", "sentences"),
    ],
)
def test_each_rule_names_file_field_and_repair(tmp_path, change, field, rule):
    (found,) = _found(tmp_path, change)
    assert (found.file, found.field, found.rule) == ("services/some-site.yaml", field, rule)
    assert str(found.what)
    assert str(found.repair)


def test_a_file_that_is_no_yaml_is_named_and_the_others_are_checked(tmp_path):
    (tmp_path / "services").mkdir()
    (tmp_path / "services" / "a.yaml").write_text("name: [broken")
    found = _found(tmp_path, lambda data: data.pop("name"))
    assert [(one.file, one.rule) for one in found] == [
        ("services/a.yaml", "yaml"), ("services/some-site.yaml", "shape"),
    ]  # fmt: skip


def test_a_domain_of_two_records_is_refused(tmp_path):
    _found(tmp_path, lambda data: None)
    (found,) = _found(tmp_path, lambda data: None, name="services/other.yaml")
    assert (found.rule, found.field) == ("domains", "domains")


def test_the_guide_says_why_for_every_rule():
    rules = {"yaml", "shape", "slug", "folder", "references", "sources", "days", "domains", "doors"}
    rules |= {"wrong-addresses", "desks", "prices", "sentences"}
    guide = (Path(__file__).parents[2] / GUIDE).read_text("utf-8")
    assert not [rule for rule in rules if f"\n### {rule}\n" not in guide]
