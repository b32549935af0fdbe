"""Companies of the Datenanfragen format: what we know better stays, and no person's address comes in."""

import json
from datetime import date
from pathlib import Path

import pytest
import yaml

from amparo.directory.checking import check
from amparo.directory.desks import is_a_desk
from amparo.directory.importing import Importing, as_yaml, companies
from amparo.directory.records import FOLDER, read
from amparo.errors import CouldNot

TODAY = date(2026, 11, 24)
COMPANY = {
    "slug": "some-shop",
    "relevant-countries": ["de", "at"],
    "name": "Some Shop GmbH",
    "address": "Some Street 1\n10115 Berlin\nGermany",
    "phone": "+49 30 1",
    "email": "datenschutz@some-shop.example",
    "web": "https://www.some-shop.de/start",
    "comments": ["Ask for Ms Somebody."],
    "sources": ["https://www.some-shop.de/privacy"],
    "quality": "verified",
}


def _write(folder: Path, outcome) -> None:
    target = folder / outcome.folder / f"{outcome.slug}.yaml"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(as_yaml(outcome.data), "utf-8")


def test_an_unknown_company_becomes_a_record_with_its_source(tmp_path):
    made = Importing(FOLDER, on=TODAY).take(COMPANY)
    assert (made.did, made.slug) == ("new", "some-shop")
    _write(tmp_path, made)
    (one,) = read(tmp_path).values()
    assert (one.domains, one.offered_in) == (("some-shop.de",), ("AT", "DE"))
    assert one.post == "Some Shop GmbH, Some Street 1, 10115 Berlin, Germany"
    (door,) = one.channels
    assert (door.address, door.grade, door.checked_on) == (
        "datenschutz@some-shop.example",
        "secondary",
        TODAY,
    )
    assert "companies/some-shop.json" in one.source.archived
    assert list(check(tmp_path, on=TODAY, beside=FOLDER)) == []


def test_telephone_and_remarks_are_left_out():
    said = as_yaml(Importing(FOLDER, on=TODAY).take(COMPANY).data)
    assert "+49" not in said
    assert "Somebody" not in said


@pytest.mark.parametrize(
    "mail",
    ["anna.muster@some-shop.de", "amuster@some-shop.de", "datenschutz.muster@gmail.com", "m.m@web.de"],
)
def test_an_address_that_looks_like_a_persons_is_dropped(mail):
    made = Importing(FOLDER, on=TODAY).take({**COMPANY, "email": mail})
    assert made.dropped == ("email",)
    assert mail not in as_yaml(made.data)


def test_a_postal_address_to_a_person_is_dropped():
    to_somebody = {**COMPANY, "address": "z. Hd. Frau Muster\nSome Street 1\nBerlin"}
    made = Importing(FOLDER, on=TODAY).take(to_somebody)
    assert made.dropped == ("address",)
    assert "post" not in made.data


@pytest.mark.parametrize("mail", ["privacy@a.de", "DPO@a.de", "konzern.datenschutz@a.de", "focus@focus.de"])
def test_desks_are_known(mail):
    assert is_a_desk(mail)


def _ours(folder: Path, **more: object) -> None:
    data = {
        "name": "Some Shop",
        "kind": "service",
        "roles": ["controller"],
        "domains": ["some-shop.de"],
        "offered_in": ["*"],
        **more,
        "sources": {"own": {"url": "https://some-shop.de/privacy", "checked_on": TODAY, "grade": "primary"}},
        "source": "own",
    }
    (folder / "services").mkdir(parents=True)
    (folder / "services" / "shop.yaml").write_text(yaml.safe_dump(data, sort_keys=False))


def test_what_we_know_better_stays(tmp_path):
    door = {"id": "p", "kind": "mail", "address": "privacy@some-shop.de", "for_rights": ["erasure"]}
    _ours(tmp_path, channels=[door], post="Our Street 2, Berlin")
    assert Importing(tmp_path, on=TODAY).take(COMPANY).did == "same"


def test_what_we_do_not_know_is_added_with_its_own_source(tmp_path):
    _ours(tmp_path)
    made = Importing(tmp_path, on=TODAY).take(COMPANY)
    assert (made.did, made.slug) == ("added", "shop")
    _write(tmp_path, made)
    one = read(tmp_path)["shop"]
    assert (one.name, one.channels[0].grade, one.source.grade) == ("Some Shop", "secondary", "primary")
    assert one.source_of("post").archived
    assert Importing(tmp_path, on=TODAY).take(COMPANY).did == "same"


def test_two_companies_of_one_site_stay_two():
    importing = Importing(FOLDER, on=TODAY)
    first, second = importing.take(COMPANY), importing.take({**COMPANY, "slug": "some-shop-at", "name": "B"})
    assert [one.did for one in (first, second)] == ["new", "new"]
    assert (second.folder, second.data.get("domains")) == ("operators", None)


def test_a_slug_of_ours_is_never_taken_by_another():
    made = Importing(FOLDER, on=TODAY).take({**COMPANY, "slug": "pornhub"})
    assert made.slug == "pornhub-imported"


def test_a_site_that_ended_is_left():
    made = Importing(FOLDER, on=TODAY).take({**COMPANY, "web": "https://mrdeepfakes.com"})
    assert made.did == "left"


@pytest.mark.parametrize(
    "broken",
    [
        None,
        1,
        [],
        {},
        {**COMPANY, "slug": "../x"},
        {**COMPANY, "name": None},
        {**COMPANY, "email": ["a@b.de"]},
    ],
)
def test_what_is_no_company_is_refused_and_the_others_go_on(broken):
    importing = Importing(FOLDER, on=TODAY)
    assert importing.take(broken).did == "refused"
    assert importing.take(COMPANY).did == "new"


def test_a_line_that_is_no_json_is_named_by_its_number(tmp_path):
    file = tmp_path / "companies.jsonl"
    file.write_text(json.dumps(COMPANY) + "\n{broken\n")
    (_, first), (number, second) = companies(file)
    assert (first["slug"], number) == ("some-shop", 2)
    assert isinstance(second, CouldNot)
    assert "line 2" in str(second.what)
