"""One person's case from the first letter to the end: answers, silence, looking again, the dossier."""

import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.journeys.planted import found
from tests.journeys.running import App, MailServer, mail_server, start, web_site
from tests.journeys.space_steps import (
    Secrets,
    keep_here,
    mail_as_text,
    make_space,
    next_step,
    open_letter,
    open_space,
    paste_answer,
    set_mail,
    upload_answer,
)
from tests.journeys.steps import NOW, Visit, same_as_expected

pytestmark = [pytest.mark.browser, pytest.mark.mail]

RECRUITER, VENDOR = "privacy@northline-recruiting.ie", "dpo@speakline-hotline.com"
WHO = {"name": "Rosa Lim Castellan", "email": "rosa.4713@example.org"}
ASKS_ID = "Dear Ms Lim, before we can help you we need a copy of your passport. Case NR-88120."
REFUSES = (
    "We cannot comply with your request: our records are confidential. D. Keane, donal@northline.example."
)
NAMES = ("northline-recruiting.ie", "speakline-hotline.com")
ACCESS = "Ask {} what it holds about you."


@dataclass
class Life:
    """What happened, in its order."""

    folder: Path
    browser: Browser
    smtp: MailServer
    app: App | None = None
    secrets: Secrets | None = None
    path: str = ""
    sites: str = ""
    seen: dict[str, str] = field(default_factory=dict)
    context: BrowserContext | None = None

    @property
    def case(self) -> str:
        return self.app.origin + self.path

    def at(self, now: str) -> Visit:
        """Kills the program where it runs, starts it on another day, and lets her in."""
        if self.app is not None:
            self.context.close()
            self.app.kill()
        self.app = start(self.folder, "--now", now)
        self.context = self.browser.new_context(java_script_enabled=False, accept_downloads=True)
        page = self.context.new_page()
        page.set_default_timeout(15_000)
        page.goto(self.app.address)
        rosa = Visit(page)
        if self.secrets is not None:
            open_space(rosa, self.app, self.secrets)
        return rosa


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Life]:
    folder = tmp_path_factory.mktemp("rosa")
    pages = {"/one.html": b"<title>One</title>A page about Rosa"}
    others = {"/two.html": b"<title>Two</title>Another page about Rosa"}
    with mail_server() as smtp, web_site(pages) as first, web_site(others) as second:
        lived = Life(folder, chromium, smtp)
        try:
            _november(lived)
            _later(lived)
            _looks(lived, first, second.replace("127.0.0.1", "localhost"), pages)
            yield lived
        finally:
            lived.context.close()
            if lived.app.process.poll() is None:
                lived.app.stop()


def _november(lived: Life) -> None:
    """Monday 23 November: two requests by mail. Wednesday 25: the recruiter asks for a passport."""
    rosa = lived.at(NOW)
    rosa.begin(lived.app, "data")
    rosa.paste(f"{RECRUITER}\n{VENDOR}")
    rosa.press("Go on")
    rosa.answer("worker", lives_in="IE")
    rosa.read_letter(ACCESS.format(NAMES[0]))
    rosa.fill(style="legal", **WHO)
    rosa.press("Keep this case in my space")
    lived.secrets = make_space(rosa, "linden-and-rain")
    lived.path = "/" + keep_here(rosa, "The agency and the line").split("/", 3)[3]
    set_mail(rosa, lived.app, lived.smtp, WHO["email"])
    for name in NAMES:
        open_letter(rosa, lived.case, ACCESS.format(name))
        rosa.press("Send it now")
    lived.seen["after sending"] = rosa.text
    rosa = lived.at("2026-11-25T10:00:00+01:00")
    lived.seen["guess"] = paste_answer(
        rosa, lived.case, "r1", ASKS_ID, "They ask who I am", on="2026-11-25", reference="NR-88120"
    )
    lived.seen["identity"] = next_step(rosa, lived.case)
    rosa.page.goto(f"{lived.case}r/r1")
    rosa.press("Read this letter", inside=_way(rosa, f"Answer {NAMES[0]} about who you are."))
    rosa.press("Send it now")


def _later(lived: Life) -> None:
    """Thursday 10 December: a refusal, as a mail file. Thursday 24 December: the vendor has been silent."""
    rosa = lived.at("2026-12-10T10:00:00+01:00")
    mail = lived.folder / "outside.eml"
    mail.write_bytes(_refusal())
    upload_answer(rosa, lived.case, "r1", mail)
    mail.unlink()
    lived.seen["refusal"] = next_step(rosa, lived.case)
    rosa.page.goto(f"{lived.case}r/r1")
    lived.seen["ways"] = rosa.text
    rosa.press("Read this letter", inside=_way(rosa, "Complain to "))
    lived.seen["complaint before"] = rosa.text
    blanks = {"why_wrong": "They gave no reason.", "signature": WHO["name"], "good_faith": True}
    shown = {one: value for one, value in blanks.items() if rosa.page.locator(f"[name='x-{one}']").count()}
    if shown:
        rosa.fill(**shown)
    lived.seen["complaint"] = rosa.letter
    rosa.press("Note that it went out")
    lived.seen["after complaint"] = rosa.text
    rosa = lived.at("2026-12-24T10:00:00+01:00")
    lived.seen["silence"] = next_step(rosa, lived.case)
    rosa.page.goto(f"{lived.case}r/r2")
    rosa.press("Read this letter", inside=_way(rosa, f"Remind {NAMES[1]} of your request."))
    rosa.press("Send it now")


def _looks(lived: Life, first: str, second: str, pages: dict[str, bytes]) -> None:
    """Two pages of hers, on two sites. One goes away; she looks herself and says what she sees."""
    rosa = lived.at("2026-12-28T10:00:00+01:00")
    rosa.begin(lived.app, "online", age="no")
    one, two = f"{first}/one.html", f"{second}/two.html"
    rosa.paste(f"{one}\n{two}")
    rosa.press("Go on to my pictures")
    rosa.press("Go on without")
    rosa.answer("intimate", "shown", "never", "whole", lives_in="IE")
    rosa.press("Read the first letter")
    rosa.press("Keep this case in my space")
    lived.sites = "/" + keep_here(rosa, "Two pages").split("/", 3)[3]
    del pages["/one.html"]
    her_own = lived.context.new_page()
    states = {}
    for address in (one, two):
        answer = her_own.goto(address)
        states[address] = "Gone" if answer.status == 404 else "Still there"
    her_own.close()
    rosa.page.goto(f"{lived.app.origin}{lived.sites}again")
    for address, state in states.items():
        at = rosa.page.locator("form .card").filter(has_text=address)
        at.get_by_label("What it shows now").select_option(label=state)
    rosa.press("Keep what I found")
    lived.seen["looked"] = rosa.text
    pages["/one.html"] = b"<title>One</title>back again"
    rosa = lived.at("2027-01-04T10:00:00+01:00")
    rosa.page.goto(lived.app.origin + lived.sites)
    lived.seen["a week later"] = rosa.text
    rosa.page.goto(f"{lived.app.origin}{lived.sites}again")
    at = rosa.page.locator("form .card").filter(has_text=one)
    at.get_by_label("What it shows now").select_option(label="Still there")
    rosa.press("Keep what I found")
    lived.seen["came back"] = rosa.text


def _way(rosa: Visit, does: str):
    return rosa.page.locator("ul.steps > li").filter(has_text=does)


def _refusal() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = f"Northline <{RECRUITER}>", WHO["email"]
    mail["Subject"], mail["Message-ID"] = "Your request NR-88120", "<nr88120@northline-recruiting.ie>"
    mail.set_content(REFUSES)
    mail.add_attachment(
        b"MZ\x90\x00 not a policy", maintype="application", subtype="pdf", filename="policy.pdf.exe"
    )
    return mail.as_bytes()


def test_both_requests_were_mailed_and_run_for_a_month(life: Life):
    """Received Monday 23 November 2026: one month ends on Wednesday 23 December 2026 (GDPR 12(3))."""
    assert [mail["To"] for mail in life.smtp.letters[:2]] == [RECRUITER, VENDOR]
    assert life.seen["after sending"].count("Wednesday 23 December 2026") >= 2


def test_a_demand_for_a_passport_is_recognised_and_answered_without_one(life: Life):
    assert life.seen["guess"] == "They ask who I am"
    assert life.seen["identity"] == f"{NAMES[0]} asks who you are."
    same_as_expected("space/mail-identity", mail_as_text(life.smtp.letters[2]))


def test_a_refusal_leads_to_the_data_protection_commission(life: Life):
    assert life.seen["refusal"] == f"{NAMES[0]} refused. Choose what comes next."
    assert "Complain to Data Protection Commission" in life.seen["ways"]
    same_as_expected("space/complaint", life.seen["complaint"])
    assert "Taken further" in life.seen["after complaint"]


def test_silence_after_a_month_leads_to_a_reminder(life: Life):
    assert life.seen["silence"] == f"The time of {NAMES[1]} is over. Remind them, or go further."
    same_as_expected("space/mail-reminder", mail_as_text(life.smtp.letters[3]))
    assert life.smtp.letters[3]["To"] == VENDOR


def test_one_page_is_gone_and_is_looked_at_once_more_after_a_week(life: Life):
    assert "Look once more at 1 page." in life.seen["looked"]
    assert "Still there" in life.seen["looked"]
    assert "Monday 4 January 2027" in life.seen["looked"]  # seven days after Monday 28 December 2026
    assert "Look once more at 1 page." in life.seen["a week later"]


def test_what_was_gone_and_stands_there_again_came_back(life: Life):
    assert "Came back" in life.seen["came back"]


def test_a_stranger_checks_the_dossier_with_sha256sum_only(life: Life, tmp_path: Path):
    rosa = Visit(life.context.pages[0])
    rosa.page.goto(f"{life.case}file")
    saved = rosa.save("Make the file", tmp_path)
    assert saved.name == "file.zip"
    folder = tmp_path / "stranger"
    with zipfile.ZipFile(saved) as archive:
        archive.extractall(folder)
    check = ["sha256sum", "-c", "--strict", "SHA256SUMS"]
    assert subprocess.run(check, cwd=folder, capture_output=True).returncode == 0
    held = "".join(one.read_text() for one in folder.rglob("*.txt"))
    assert "We cannot comply with your request" in held
    assert "donal@northline.example" not in held  # somebody else, covered
    letter = sorted((folder / "letters").iterdir())[0]
    letter.write_text(letter.read_text() + " ")
    assert subprocess.run(check, cwd=folder, capture_output=True).returncode == 1


def test_nothing_of_her_lies_readable_on_the_disk(life: Life):
    opening = [life.secrets.name, life.secrets.words, life.secrets.key, life.smtp.password]
    own = [*WHO.values(), RECRUITER, VENDOR, *NAMES, ASKS_ID, REFUSES, "NR-88120", "The agency and the line"]
    files = ["policy.pdf.exe", "donal@northline", "They gave no reason.", "/one.html", "/two.html"]
    folders = [life.folder / name for name in ("data", "home", "tmp")]
    assert found([*opening, *own, *files], *folders) == []
    assert life.app.log.read_text() == ""
