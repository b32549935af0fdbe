"""What is sealed today must read the same for ever: frozen samples, and what a newer program wrote."""

from datetime import UTC, date, datetime

import pytest

from amparo.claims import events
from amparo.errors import CouldNot

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
AT = '"at":"2026-11-23T09:30:00+00:00"'

# The bytes as they were first written. A change here breaks every case on disk: make a new version.
FROZEN = [
    (events.Opened(at=NOW, language="fr"), '{"kind":"opened","version":1,%s,"language":"fr"}'),
    (events.NameGiven(at=NOW, name="M."), '{"kind":"name_given","version":1,%s,"name":"M."}'),
    (
        events.SituationGiven(at=NOW, situation={"published": "threatened"}),
        '{"kind":"situation_given","version":1,%s,"situation":{"published":"threatened"}}',
    ),
    (
        events.SightingAdded(at=NOW, url="https://x.com/é"),
        '{"kind":"sighting_added","version":1,%s,"url":"https://x.com/é","how":"pasted"}',
    ),
    (
        events.SightingSetAside(at=NOW, url="https://x.com/a"),
        '{"kind":"sighting_set_aside","version":1,%s,"url":"https://x.com/a"}',
    ),
    (
        events.Fingerprinted(at=NOW, sha256="00", pdq="0f", quality=100),
        '{"kind":"fingerprinted","version":1,%s,"sha256":"00","pdq":"0f","quality":100}',
    ),
    (
        events.Planned(at=NOW, steps=({"right": "notice", "places": ["https://x.com/a"]},)),
        '{"kind":"planned","version":1,%s,"steps":[{"right":"notice","places":["https://x.com/a"]}]}',
    ),
    (
        events.Drafted(
            at=NOW, recipient="X", right="notice", letter="dsa_notice", language="en", subject="S"
        ),
        '{"kind":"drafted","version":1,%s,"recipient":"X","right":"notice","letter":"dsa_notice",'
        '"language":"en","subject":"S"}',
    ),
    (
        events.Sent(
            at=NOW,
            request="r1",
            recipient="X",
            slug="x",
            right="notice",
            rule="eu/dsa/notice",
            rule_version="2024-02-17",
            place="IE",
            letter="dsa_notice",
            language="en",
            channel="mail",
            address="a@x.com",
            subject="S",
            text="T",
            places=("https://x.com/a",),
            sent=NOW,
        ),
        '{"kind":"sent","version":1,%s,"request":"r1","recipient":"X","slug":"x","right":"notice",'
        '"rule":"eu/dsa/notice","rule_version":"2024-02-17","place":"IE","letter":"dsa_notice","language":"en",'
        '"channel":"mail","address":"a@x.com","subject":"S","text":"T","places":["https://x.com/a"],'
        '"sent":"2026-11-23T09:30:00+00:00"}',
    ),
    (
        events.Delivered(at=NOW, request="r1", on=NOW),
        '{"kind":"delivered","version":1,%s,"request":"r1","on":"2026-11-23T09:30:00+00:00"}',
    ),
    (
        events.Bounced(at=NOW, request="r1", on=NOW, why="no such box"),
        '{"kind":"bounced","version":1,%s,"request":"r1","on":"2026-11-23T09:30:00+00:00",'
        '"why":"no such box"}',
    ),
    (
        events.Replied(at=NOW, request="r1", reply="refused", received=NOW, text="no", attachments=("b1",)),
        '{"kind":"replied","version":1,%s,"request":"r1","reply":"refused",'
        '"received":"2026-11-23T09:30:00+00:00","text":"no","attachments":["b1"]}',
    ),
    (
        events.Extended(at=NOW, request="r1", told=NOW),
        '{"kind":"extended","version":1,%s,"request":"r1","told":"2026-11-23T09:30:00+00:00"}',
    ),
    (
        events.Supplied(at=NOW, request="r1", what="identity", on=NOW),
        '{"kind":"supplied","version":1,%s,"request":"r1","what":"identity","on":"2026-11-23T09:30:00+00:00"}',
    ),
    (
        events.Checked(at=NOW, url="https://x.com/a", state="removed"),
        '{"kind":"checked","version":1,%s,"url":"https://x.com/a","state":"removed","how":"by_hand"}',
    ),
    (
        events.Escalated(at=NOW, request="r1", to="cnil", right="complaint"),
        '{"kind":"escalated","version":1,%s,"request":"r1","to":"cnil","right":"complaint"}',
    ),
    (events.Noted(at=NOW, text="called"), '{"kind":"noted","version":1,%s,"text":"called"}'),
    (
        events.MandateGiven(at=NOW, by="A", to="B", scope="all", until=date(2027, 1, 31)),
        '{"kind":"mandate_given","version":1,%s,"by":"A","to":"B","scope":"all","until":"2027-01-31"}',
    ),
    (
        events.MandateWithdrawn(at=NOW, on=date(2026, 12, 1)),
        '{"kind":"mandate_withdrawn","version":1,%s,"on":"2026-12-01"}',
    ),
    (
        events.Corrected(at=NOW, entry=3, field="sent", value="2026-11-20"),
        '{"kind":"corrected","version":1,%s,"entry":3,"field":"sent","value":"2026-11-20"}',
    ),
    (events.Erased(at=NOW, entry=4), '{"kind":"erased","version":1,%s,"entry":4}'),
    (events.OutcomesAgreed(at=NOW, yes=False), '{"kind":"outcomes_agreed","version":1,%s,"yes":false}'),
    (events.Closed(at=NOW), '{"kind":"closed","version":1,%s}'),
    (events.Reopened(at=NOW, why="came back"), '{"kind":"reopened","version":1,%s,"why":"came back"}'),
]


@pytest.mark.parametrize(("event", "frozen"), FROZEN, ids=lambda one: getattr(one, "kind", ""))
def test_an_event_is_written_and_read_as_it_was_first_written(event, frozen):
    body = (frozen % AT).encode()
    assert events.to_bytes(event) == body
    assert events.from_bytes(body) == event


def test_every_kind_has_a_frozen_sample():
    assert {event.kind for event, _ in FROZEN} == set(events.KINDS)


@pytest.mark.parametrize(
    "newer",
    [
        '{"kind":"captured","version":1,%s,"package":"b7"}',
        '{"kind":"noted","version":2,%s,"html":"x"}',
        '{"kind":"noted","version":1,%s,"text":"x","mood":"y"}',
    ],
)
def test_what_a_newer_program_wrote_is_kept_word_for_word(newer):
    body = (newer % AT).encode()
    read = events.from_bytes(body)
    assert isinstance(read, events.Unknown)
    assert events.to_bytes(read) == body


@pytest.mark.parametrize("body", [b"", b"\xff", b"[]", b"{}", b'{"kind":"noted","version":1}'])
def test_bytes_that_are_no_event_are_told(body):
    with pytest.raises(CouldNot, match="cannot be read"):
        events.from_bytes(body)


def test_a_moment_without_a_zone_is_never_written():
    with pytest.raises(ValueError, match="no time zone"):
        events.to_bytes(events.Delivered(at=NOW, request="r1", on=datetime(2026, 1, 1)))
