"""Cases in a real vault: written, read, listed without their logs, found, erased."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amparo.claims import events, store, summary
from amparo.claims.acts import next_acts
from amparo.errors import Refused
from amparo.vault import accounts, backoff, sessions, summaries
from amparo.vault.findings import Conflict
from amparo.vault.keyring import Keyring

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
PAGE = "https://x.com/a/status/1"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def cheap_passphrases(tmp_path: Path, settings: object) -> None:
    settings.DATA = tmp_path / "data"  # type: ignore[attr-defined]
    settings.DATA.mkdir(mode=0o700)  # type: ignore[attr-defined]
    settings.AMPARO_ARGON2 = {"memory_kib": 8, "passes": 1, "below_the_floor_for_tests": True}  # type: ignore[attr-defined]
    backoff.clear()
    sessions._sessions.clear()


@pytest.fixture
def noor() -> Keyring:
    """Noor holds her own cases."""
    return accounts.create(name="Noor", passphrase="river lamp seven orange quiet table", now=NOW).keyring


def sent(recipient: str = "X", **given: object) -> events.Sent:
    held = {
        "request": "r1", "right": "erasure", "rule": "eu/gdpr/erasure", "place": "FR", "letter": "erasure",
        "channel": "mail", "places": (PAGE,), "reference": "A-77", "sent": NOW,
    }  # fmt: skip
    return events.Sent(at=NOW, recipient=recipient, **{**held, **given})  # type: ignore[arg-type]


def opened(noor: Keyring, *first: events.Event) -> str:
    return store.open_case(noor, language="fr", now=NOW, first=first)


def test_what_was_written_is_read_and_folded(noor):
    case_id = opened(
        noor, events.NameGiven(at=NOW, name="M."), events.SightingAdded(at=NOW, url=PAGE), sent()
    )
    loaded = store.case(noor, case_id)
    assert (loaded.count, loaded.case.name, loaded.case.language) == (4, "M.", "fr")
    assert loaded.case.requests["r1"].sent.recipient == "X"
    assert not loaded.findings
    assert not store.check(noor, case_id)


def test_a_list_shows_names_and_acts_without_reading_the_log(noor, monkeypatch):
    opened(noor, events.NameGiven(at=NOW, name="M."), sent())
    monkeypatch.setattr(store.log, "open_case", lambda *a, **k: pytest.fail("the log was read"))
    (one,) = store.list_cases(noor, now=NOW)
    assert one.short is not None
    assert one.short.name == "M."
    assert [act.kind for act in one.short.next_acts(NOW)] == ["wait"]
    assert [act.kind for act in one.short.next_acts(NOW + timedelta(days=60))] == ["remind"]


def test_a_summary_says_what_the_log_says(noor):
    case_id = opened(noor, sent(), events.Replied(at=NOW, request="r1", reply="refused", received=NOW))
    case = store.case(noor, case_id).case
    (one,) = store.list_cases(noor, now=NOW)
    assert one.short is not None
    assert one.short.next_acts(NOW) == next_acts(case, NOW)


def test_a_lost_or_foreign_summary_is_made_again_from_the_log(noor):
    case_id = opened(noor, events.NameGiven(at=NOW, name="M."))
    summaries.put(store.SHELF, noor, case_id, 2, b'{"version":99}')
    (one,) = store.list_cases(noor, now=NOW)
    assert one.short is not None
    assert one.short.name == "M."
    assert summary.from_bytes(summaries.get(store.SHELF, noor, case_id).body or b"") == one.short


def test_acts_of_all_cases_come_in_order_of_time(noor):
    opened(noor, events.NameGiven(at=NOW, name="later"), sent())
    early = sent(sent=NOW - timedelta(days=20))
    opened(noor, events.NameGiven(at=NOW, name="sooner"), early)
    due = store.next_acts(store.list_cases(noor, now=NOW), NOW)
    assert [one.name for one in due] == ["sooner", "later"]


@pytest.mark.parametrize("text", ["x.com/a/STATUS", "mariam", "a-77", "Hammy"])
def test_a_case_is_found_by_link_name_reference_or_recipient(noor, text):
    wanted = opened(
        noor,
        events.NameGiven(at=NOW, name="Mariam"),
        events.SightingAdded(at=NOW, url=PAGE),
        sent("Hammy Media"),
    )
    opened(noor, events.NameGiven(at=NOW, name="other"))
    assert [one.id for one in store.find(store.list_cases(noor, now=NOW), text)] == [wanted]


def test_who_writes_onto_news_not_seen_is_refused(noor):
    case_id = opened(noor)
    store.append(noor, case_id, events.Noted(at=NOW, text="one"), now=NOW, expected=1)
    with pytest.raises(Conflict):
        store.append(noor, case_id, events.Noted(at=NOW, text="two"), now=NOW, expected=1)


def test_several_events_are_written_all_or_none(noor):
    case_id = opened(noor)
    wrong = events.Delivered(at=NOW, request="r1", on=datetime(2026, 1, 1))
    with pytest.raises(ValueError, match="no time zone"):
        store.append(noor, case_id, events.Noted(at=NOW, text="one"), wrong, now=NOW)
    assert store.case(noor, case_id).count == 1


def test_an_erased_entry_is_gone_and_its_place_stays(noor):
    case_id = opened(noor, events.Noted(at=NOW, text="a secret"))
    store.erase_entry(noor, case_id, 2, why="asked for", now=NOW)
    loaded = store.case(noor, case_id)
    assert isinstance(loaded.case.log[1].event, events.Gone)
    assert loaded.case.log[1].erased
    assert isinstance(loaded.case.log[2].event, events.Erased)
    assert not store.check(noor, case_id)


def test_a_file_is_kept_read_and_erased(noor):
    case_id = opened(noor)
    blob = store.keep_file(noor, case_id, io.BytesIO(b"a signed page"), now=NOW)
    mandate = events.MandateGiven(at=NOW, by="M.", to="A", scope="all", blob=blob)
    store.append(noor, case_id, mandate, now=NOW)
    assert b"".join(store.file(noor, case_id, blob)) == b"a signed page"
    store.erase_file(noor, case_id, blob, now=NOW)
    with pytest.raises(Refused):
        b"".join(store.file(noor, case_id, blob))
    assert not store.check(noor, case_id)


def test_everything_can_be_erased(noor):
    for _ in range(3):
        opened(noor)
    assert store.erase_all(noor, now=NOW) == 3
    assert store.list_cases(noor, now=NOW) == []


def test_a_list_asks_the_database_as_often_for_forty_cases_as_for_two(noor, django_assert_num_queries):
    def cases(count: int) -> None:
        for _ in range(count):
            opened(noor)

    cases(2)
    with CaptureQueriesContext(connection) as few:
        store.list_cases(noor, now=NOW)
    cases(38)
    with django_assert_num_queries(len(few)):
        assert len(store.list_cases(noor, now=NOW)) == 40
