"""Sense and shape of the records: one small check each, and the file it fails on."""

import json
import re
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker

from amparo import packing
from amparo.directory import records as room
from amparo.directory.authorities import coordinator
from amparo.directory.desks import is_a_desk
from amparo.directory.record import GRADES
from amparo.directory.records import FOLDER, SCHEMA, as_json, record, records
from amparo.errors import CouldNot, Refused
from tests.bundled import for_each

FILES = sorted(FOLDER.glob("*/*.yaml"))
HOLDERS = ("service", "operator", "search_engine", "host", "cdn", "registrar", "archive", "payment")
ROOMS = {
    "services": ("service",),
    "operators": ("operator",),
    "search": ("search_engine",),
    "hosts": ("host", "cdn", "registrar"),
    "archives": ("archive",),
    "payment": ("payment",),
}


def held_by_us() -> list[room.Record]:
    return [one for one in records().values() if one.kind in HOLDERS]


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


@for_each(FILES, by=lambda path: f"{path.parent.name} {path.stem[0]}")
def test_every_record_has_the_shape_of_the_schema(path, validator):
    data = room.plain_dates(room.raw(path))
    wrong = [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in validator.iter_errors(data)]
    assert not wrong, f"{path.parent.name}/{path.name}: {wrong}"


def test_a_slug_stands_once():
    twice = [slug for slug, n in Counter(path.stem for path in FILES).items() if n > 1]
    assert not twice


def test_a_slug_is_plain():
    assert not [path.name for path in FILES if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", path.stem)]


def test_each_kind_lies_in_its_folder():
    for path in FILES:
        if path.parent.name in ROOMS:
            assert records()[path.stem].kind in ROOMS[path.parent.name], path.name


def test_there_are_at_least_ninety_services():
    assert sum(one.kind == "service" for one in records().values()) >= 90


def test_no_two_records_claim_one_domain():
    claimed: dict[str, str] = {}
    for slug, one in records().items():
        for domain in (*one.domains, *one.media_domains, *one.short_domains):
            assert claimed.setdefault(domain, slug) == slug, f"{domain}: {slug} and {claimed[domain]}"


def test_unconfirmed_domains_are_among_the_domains():
    for slug, one in records().items():
        known = {*one.domains, *one.media_domains, *one.short_domains}
        assert set(one.unchecked_domains) <= known, slug


def test_slugs_named_in_a_record_exist():
    for slug, one in records().items():
        named = [one.operator, one.dsc, one.successor, *one.next, *one.hash_programmes, *one.decides_on]
        missing = [name for name in named if name is not None and name not in records()]
        assert not missing, f"{slug} names {missing}"


def test_hash_programmes_and_operators_are_of_their_kind():
    for slug, one in records().items():
        assert all(records()[name].kind == "hash_programme" for name in one.hash_programmes), slug
        assert one.operator is None or records()[one.operator].kind == "operator", slug


def test_known_hosts_are_hosts_or_the_place_a_mirror_copies():
    for slug, one in records().items():
        kinds = {records()[name].kind for name in one.next}
        assert kinds <= {"host", "cdn", "registrar", "payment", "service"}, slug


def test_channels_of_a_record_have_their_own_names():
    for slug, one in records().items():
        ids = [channel.id for channel in one.channels]
        assert len(ids) == len(set(ids)), f"{slug}: {ids}"


def test_addresses_known_to_be_wrong_are_not_there():
    """They circulate, but stand on none of the owners' pages; letters to them are lost."""
    wrong = {"content-removal@pornhub.com", "dmca@mindgeek.com", "abuse@xvideos.com", "removals@google.com"}
    wrong |= {"abuse@cloudflare.com", "https://www.xvideos.com/abuse", "https://www.xnxx.com/abuse"}
    there = {channel.address.lower() for one in records().values() for channel in one.channels}
    assert not wrong & there


def test_mail_goes_to_desks_and_not_to_persons():
    for one in held_by_us():
        for channel in one.channels:
            if channel.kind == "mail":
                assert is_a_desk(channel.address), f"{one.slug}: {channel.address}"


def test_a_firm_fact_has_a_place_where_it_was_read():
    for slug, one in records().items():
        for source in (one.source, *one.facts.values()):
            assert source.grade == "unchecked" or source.where, slug
        for channel in one.channels:
            assert channel.grade in GRADES, slug
            assert channel.grade == "unchecked" or channel.source, f"{slug}: {channel.id}"


def test_nothing_was_checked_before_it_was_written_or_in_the_future():
    for slug, one in records().items():
        for source in (one.source, *one.facts.values()):
            assert source.checked_on <= date.today(), slug
            assert source.copied_on is None or source.copied_on <= source.checked_on, slug


def test_a_copyright_door_says_its_price():
    for one in held_by_us():
        for channel in one.channels:
            if channel.for_rights == ("copyright",):
                assert any("penalty of perjury" in trap for trap in channel.traps), (
                    f"{one.slug}: {channel.id}"
                )


def test_a_face_search_door_is_never_filled():
    for one in records().values():
        if one.group == "face_search" and any("face" in word for c in one.channels for word in c.asks):
            assert any("never fill" in trap for trap in one.traps), one.slug
            assert not any(channel.fields for channel in one.channels), one.slug


def test_sentences_shown_are_short():
    for slug, one in records().items():
        shown = [*one.traps, *(r.says for r in one.own_rules)]
        shown += [line for c in one.channels for line in (*c.asks, *c.traps)]
        for text in shown if one.kind in HOLDERS else ():
            for sentence in re.split(r"(?<=[.?:])\s", text):
                assert len(sentence.split()) <= 20, f"{slug}: {sentence}"


def test_services_can_be_reached_by_law():
    for slug, one in records().items():
        if one.kind == "service":
            assert "controller" in one.roles, slug
            assert one.offered_in, slug


FOR_PEOPLE = ("helper", "hotline", "hash_programme")


def test_everybody_who_helps_says_with_what():
    for one in records().values():
        if one.kind in FOR_PEOPLE:
            assert one.needs, one.slug
        else:
            assert not one.needs, one.slug


def test_who_runs_a_helper_and_what_the_police_hear_is_always_said_in_one_of_a_few_sentences():
    """Labels on the pages of help hang on these very words."""
    live = [one for one in records().values() if one.kind in FOR_PEOPLE and not one.ended]
    assert not [one.slug for one in live if not (one.run_by and one.police and one.anonymous)]
    assert len({one.run_by for one in live}) <= 12
    assert len({one.police for one in live}) <= 10


def test_a_helper_that_nobody_read_of_prints_no_number_as_fact():
    for one in records().values():
        if one.kind in FOR_PEOPLE and one.source.grade == "unchecked" and not one.source.where:
            told = [trap for channel in one.channels for trap in channel.traps]
            assert not one.channels or "This number could not be confirmed." in told, one.slug


def test_the_coordinator_follows_the_seat_or_the_representative():
    assert coordinator(record("pornhub")).place == "CY"
    assert coordinator(record("xvideos")).place == "CZ"
    assert coordinator(record("telegram")).place == "BE"
    assert coordinator(record("fansly")) is None


def test_what_a_service_does_not_say_comes_from_its_operator():
    assert record("pornhub").seat == "CY"
    assert record("pornhub").operator_name == "Aylo Freesites Ltd"
    assert "Dali" in record("youporn").post


def test_the_representative_in_the_union_of_a_british_operator_is_known():
    assert record("bumble").eu_representative_place == "IE"
    assert coordinator(record("bumble")).place == "IE"


def test_the_grade_of_a_record_is_that_of_its_best_door():
    assert record("pornhub").grade == "primary"
    assert record("xhamster").grade == "secondary"
    assert record("spankbang").grade == "unchecked"


def test_an_unknown_slug_names_the_nearest():
    with pytest.raises(Refused) as refused:
        record("pornhubb")
    assert "pornhub" in str(refused.value.next)


@pytest.mark.parametrize(
    "text",
    [
        "name: [broken",
        "name: A\nkind: service\n",
        "just words",
        "name: A\nkind: service\nsurprise: 1\nsource: a\n",
    ],
)
def test_a_broken_record_names_its_file(tmp_path, text):
    (tmp_path / "services").mkdir()
    (tmp_path / "services" / "some-site.yaml").write_text(text)
    with pytest.raises(CouldNot) as could_not:
        room.read(tmp_path)
    assert "services/some-site.yaml" in str(could_not.value.what)


def test_the_export_is_json_and_whole():
    exported = json.loads(json.dumps(as_json()))
    assert exported.keys() == records().keys()
    assert exported["pornhub"]["sources"]["terms"]["checked_on"] == "2026-11-23"


def test_a_release_carries_every_record_ready_to_open(tmp_path):
    room.ship(tmp_path / "records.pack")
    listing, index, where = json.loads((tmp_path / "records.pack").read_bytes().partition(b"\n")[0])
    assert where.keys() == records().keys()
    assert index["domains"]["pornhub.com"] == "pornhub"
    assert str(FOLDER) not in listing


def test_a_record_from_the_pack_is_the_one_in_its_file():
    read = room.read(FOLDER)
    assert all(read[slug] == one for slug, one in records().items())


def _best(work) -> float:
    took = []
    for _ in range(3):
        before = time.perf_counter()
        work()
        took.append(time.perf_counter() - before)
    return min(took)


def test_all_files_are_read_in_less_than_a_second():
    assert _best(lambda: room.read(Path(FOLDER))) < 1


def test_the_packed_records_open_in_a_few_milliseconds():
    records()

    def opened() -> None:
        room.Records(packing.opened(FOLDER, room._made, code=Path(room.__file__)))["pornhub"]

    assert _best(opened) < 0.05


def test_the_record_in_the_guide_is_a_valid_record(validator):
    guide = (Path(__file__).parents[2] / "docs" / "how-to-write-a-record.md").read_text("utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    assert not list(validator.iter_errors(room.plain_dates(yaml.safe_load(example))))


def test_sixty_recipients_have_the_fields_of_their_own_form():
    """A card with fields says where they were read, and how the form is known to have arrived."""
    cards = [
        (one, channel)
        for one in records().values()
        if one.ended is None
        for channel in one.channels
        if channel.kind == "form" and channel.fields
    ]
    assert len({one.slug for one, _ in cards}) >= 60
    for one, channel in cards:
        assert any(field.required for field in channel.fields), f"{one.slug}: {channel.id}"
