"""The dossier: complete, checkable with sha256sum alone, other people covered."""

import io
import json
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdf
import pytest

from amparo.claims import events
from amparo.claims.case import Case, fold
from amparo.claims.chronology import chronology
from amparo.claims.dossier import Choices, build
from amparo.claims.masking import Mask
from amparo.claims.render import Attachment

DAY = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
NOW = DAY + timedelta(days=40)
URL = "https://tube.example.com/v?id=1"
REPLY = """Dear Ana Pérez,
we cannot remove it. Ask Bob at bob@tube-legal.com or call +44 20 7946 0958.
Your reference is T-2026-10-01-77. See https://tube.example.com/v?id=1

Kind regards,
Jane Doe"""


def _case() -> Case:
    return fold(
        [
            events.Opened(at=DAY),
            events.SituationGiven(
                at=DAY,
                situation={"places": [URL], "sender": {"name": "Ana Pérez", "email": "ana@example.org"}},
            ),
            events.Sent(
                at=DAY, request="r1", recipient="Tube Ltd", right="erasure", rule="eu/gdpr/erasure",
                place="FR", channel="mail", address="dpo@tube.example.com", subject="Request", places=(URL,),
                sent=DAY,
                text="Please erase.\n\nAna Pérez\nana@example.org",
            ),
            events.Replied(
                at=DAY + timedelta(days=3), request="r1", reply="refused", received=DAY + timedelta(days=3),
                sender="Jane Doe <jane.doe@tube-legal.com>", subject="Re: Request", text=REPLY,
            ),
            events.Checked(at=DAY + timedelta(days=5), url=URL, state="there"),
            events.Noted(at=DAY, text="my own note"),
        ]
    )  # fmt: skip


def _files(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as held:
        return {name: held.read(name) for name in held.namelist()}


def _pdf(archive: bytes) -> str:
    reader = pypdf.PdfReader(io.BytesIO(_files(archive)["dossier.pdf"]))
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed")
def test_a_stranger_checks_it_with_sha256sum_alone(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(build(_case(), now=NOW))) as held:
        held.extractall(tmp_path)
    check = ["sha256sum", "--strict", "-c", "SHA256SUMS"]
    assert subprocess.run(check, cwd=tmp_path, capture_output=True).returncode == 0
    listed = {line.split("  ")[1] for line in (tmp_path / "SHA256SUMS").read_text().splitlines()}
    there = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert there - listed == {"SHA256SUMS"}
    letter = tmp_path / "letters" / "01-letter.txt"
    letter.write_bytes(letter.read_bytes().replace(b"erase", b"erasE"))
    assert subprocess.run(check, cwd=tmp_path, capture_output=True).returncode == 1


def test_the_recipe_stands_inside() -> None:
    files = _files(build(_case(), now=NOW))
    assert b"sha256sum -c SHA256SUMS" in files["README.txt"]
    assert "sha256sum -c SHA256SUMS" in _pdf(build(_case(), now=NOW))


def test_it_tells_what_was_asked_until_when_and_why_that_date() -> None:
    text = _pdf(build(_case(), now=NOW))
    assert "Request to Tube Ltd" in text
    assert "GDPR Art. 17" in text
    assert "Counted by Regulation 1182/71" in text
    (request,) = json.loads(_files(build(_case(), now=NOW))["dossier.json"])["requests"]
    assert request["answer_due"].startswith("2026-11-02")
    assert request["reasons"]


def test_letters_go_in_as_they_were_sent() -> None:
    letter = _files(build(_case(), now=NOW))["letters/01-letter.txt"].decode()
    assert letter.endswith("Please erase.\n\nAna Pérez\nana@example.org\n")


def test_other_people_are_covered_and_she_is_not() -> None:
    whole = build(_case(), now=NOW)
    reply = _files(whole)["replies/01-01-reply.txt"].decode()
    for others in ("Jane", "Doe", "bob@", "jane.doe@", "7946"):
        assert others not in reply
        assert others not in _pdf(whole)
        assert others.encode() not in _files(whole)["dossier.json"]
    assert "Ana Pérez" in reply
    assert "T-2026-10-01-77" in reply
    assert URL in reply


def test_others_are_shown_if_she_chooses_so_and_the_page_says_it() -> None:
    whole = build(_case(), now=NOW, choices=Choices(cover_others=False))
    assert "Jane Doe" in _files(whole)["replies/01-01-reply.txt"].decode()
    assert "Nobody is covered" in _pdf(whole)


def test_names_she_adds_are_covered_everywhere() -> None:
    whole = build(_case(), now=NOW, choices=Choices(names_to_cover=("Bob",)))
    assert "Ask [name" in _files(whole)["replies/01-01-reply.txt"].decode()


def test_her_notes_stay_out_unless_chosen() -> None:
    assert "my own note" not in _pdf(build(_case(), now=NOW))
    assert "my own note" in _pdf(build(_case(), now=NOW, choices=Choices(notes=True)))


def test_a_request_left_out_leaves_no_trace() -> None:
    whole = build(_case(), now=NOW, choices=Choices(requests=frozenset()))
    assert "Tube Ltd" not in _pdf(whole)
    assert b"Tube Ltd" not in _files(whole)["dossier.json"]


def test_attachments_go_in_only_by_name_and_under_safe_names() -> None:
    given = [Attachment("../a b.pdf", "application/pdf", b"%PDF"), Attachment("x.txt", "text/plain", b"x")]
    whole = build(_case(), now=NOW, choices=Choices(attachments=frozenset({"../a b.pdf"})), attachments=given)
    names = [name for name in _files(whole) if name.startswith("attachments/")]
    assert names == ["attachments/01-_a_b.pdf"]


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_it_is_made_in_every_language_and_twice_the_same(language: str) -> None:
    assert build(_case(), now=NOW, language=language) == build(_case(), now=NOW, language=language)


def test_an_empty_case_gives_a_dossier_too() -> None:
    assert "dossier.pdf" in _files(build(Case(), now=NOW))


def test_a_destroyed_and_an_unknown_entry_are_shown_as_such() -> None:
    unknown = events.Unknown(at=DAY, named="later", of_version=9)
    case = fold([events.Noted(at=DAY, text="secret"), events.Erased(at=NOW, entry=1), unknown])
    said = [str(line.what) for line in chronology(case, notes=True)]
    assert "The content of this entry was destroyed." in said
    assert "An entry that this program does not know." in said
    assert not any("secret" in one for one in said)


def test_a_correction_stands_beside_the_entry_and_not_in_its_place() -> None:
    sent = _case().requests["r1"].sent
    case = fold([sent, events.Corrected(at=NOW, entry=1, field="sent", value="2026-10-02")])
    line = chronology(case, notes=False)[0]
    assert line.at == DAY
    assert "reads 2026-10-02" in str(line.beside[0])


def test_the_same_address_has_the_same_mark_everywhere() -> None:
    mask = Mask(keep=["me@example.org"])
    assert mask("a@x.com b@x.com A@X.com me@example.org") == (
        "[mail address 1] [mail address 2] [mail address 1] me@example.org"
    )


@pytest.mark.parametrize(
    "text", ["2026-11-23 10:00", "23.11.2026 to 24.11.2026", "case 1234567", "https://x.com/12345678901"]
)
def test_dates_numbers_and_links_are_no_phone_numbers(text: str) -> None:
    assert Mask()(text) == text


@pytest.mark.parametrize("number", ["+33 6 12 34 56 78", "(020) 7946 0958", "0049-30-1234567"])
def test_phone_numbers_are_covered(number: str) -> None:
    assert Mask()(f"call {number} now") == "call [phone number 1] now"
