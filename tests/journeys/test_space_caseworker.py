"""A caseworker's forty links in her space: mailed with the mandate, forms noted, dates seen."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.forty import SERVICES
from tests.journeys.planted import found
from tests.journeys.running import App, MailServer, mail_server, running, start
from tests.journeys.space_steps import (
    MAIL_ADDRESS,
    Secrets,
    dues,
    keep_here,
    keep_mandate,
    mail_as_text,
    make_space,
    next_step,
    open_letter,
    open_space,
    paste_answer,
    set_mail,
)
from tests.journeys.steps import NOW, Visit, same_as_expected

pytestmark = [pytest.mark.browser, pytest.mark.mail]

BY_FORM = {name: links[:4] for name, links in SERVICES.items()}
BY_MAIL = {
    "Dailymotion": [f"https://www.dailymotion.com/video/x8abc1{n}" for n in range(4)],
    "BongaCams": [f"https://bongacams.com/profile-videos/{n}774411" for n in range(4)],
}
LINKS = [link for links in (BY_FORM | BY_MAIL).values() for link in links]
WHO = {"name": "Inés Robledo Quintana", "email": MAIL_ADDRESS, "represents": "Lucía Ferrer Montalbán"}
SIGNS = {"signature": "Inés Robledo Quintana", "good_faith": True, "describe": "the clip with the green sofa"}
CALLED = "Expediente Almendro 2291"
NOTE = "Lucia prefers to be called on Thursdays after six."
ANSWER = "Thank you, we have received your request. Our reference is DM-2026-77120."
FILE_NAME = "escaneo-mandato-lucia-ferrer.pdf"
SIGNED = b"%PDF-1.7\n% signed in ink by Lucia Ferrer Montalban on a kitchen table\n"


def messy() -> str:
    lines = [
        f"[12/11/26, 23:{n % 60:02d}] Lucia: {link.replace('https', 'hxxps') if n % 5 == 0 else link} ???"
        for n, link in enumerate(LINKS)
    ]
    lines += [f"> fwd <{link}?utm_source=share>" for link in LINKS[:8] if "?" not in link]
    return "\n".join([*lines, "llamar al 600 123 456, ver anexo informe.pdf"])


@dataclass
class Walked:
    """What the journey left behind, to be asked about."""

    app: App
    ines: Visit
    smtp: MailServer
    secrets: Secrets
    case: str
    questions: int
    sent: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Walked]:
    folder = tmp_path_factory.mktemp("caseworker")
    with running(folder, "--now", NOW) as app, mail_server() as smtp:
        context = chromium.new_context(java_script_enabled=False, locale="en-GB", accept_downloads=True)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto(app.address)
        yield _walk(Visit(page), app, smtp, folder)
        context.close()
        if app.process.poll() is None:
            app.stop()


def _walk(ines: Visit, app: App, smtp: MailServer, folder: Path) -> Walked:
    ines.begin(app, "online", age="no")
    ines.paste(messy())
    ines.press("Go on to my pictures")
    ines.press("Go on without")
    questions = ines.page.locator("main form fieldset, main form .field").count()
    ines.answer("intimate", "representative", "never", "whole", lives_in="ES")
    ines.read_letter("Let the person you act for sign a mandate.")
    ines.fill(style="legal", **WHO)
    ines.press("Keep this case in my space")
    secrets = make_space(ines, "almendro-caseworker")
    case = keep_here(ines, CALLED)
    set_mail(ines, app, smtp, MAIL_ADDRESS)
    (folder / "outside").mkdir()
    signed = folder / "outside" / FILE_NAME
    signed.write_bytes(SIGNED)
    keep_mandate(ines, case, signed, "2027-11-23")
    signed.unlink()
    done = Walked(app, ines, smtp, secrets, case, questions)
    for name in BY_MAIL:
        open_letter(ines, case, f"Tell {name} to take it down.", fill=SIGNS)
        ines.press("Send it now")
        done.sent.append(name)
    for name in BY_FORM:
        open_letter(ines, case, f"Tell {name} to take it down.", fill=SIGNS)
        ines.press("Note that it went out")
        done.sent.append(name)
    ines.page.goto(case)
    ines.unfold()
    ines.page.get_by_label("A note, or a name for the case").fill(NOTE)
    ines.press("Keep as a note")
    paste_answer(
        ines, case, "r1", ANSWER, "They say they have it", on="2026-11-23", reference="DM-2026-77120"
    )
    return done


def test_the_forty_links_took_at_most_six_questions(walked: Walked):
    assert len(LINKS) == 40
    assert len(BY_FORM | BY_MAIL) >= 8
    assert walked.questions <= 6


def test_the_mail_server_got_the_letters_as_expected_with_the_signed_mandate(walked: Walked):
    assert [mail["To"] for mail in walked.smtp.letters] == [
        "notifications@dailymotion.com",
        "support@beronata.com",
    ]
    for name, mail in zip(BY_MAIL, walked.smtp.letters, strict=True):
        same_as_expected(f"space/mail-{name.lower()}", mail_as_text(mail))
        assert next(mail.iter_attachments()).get_content() == SIGNED


def test_no_file_name_of_hers_travels_with_a_mail(walked: Walked):
    assert all(FILE_NAME.encode() not in mail.as_bytes() for mail in walked.smtp.letters)


def test_every_service_was_asked_once_and_must_answer_within_48_hours(walked: Walked):
    # Sent on Monday 23 November at 09:00 UTC; 48 hours run without a stop: Wednesday 25 November, 09:00 UTC.
    listed = dues(walked.ines, walked.app)
    waiting = sorted(line.split(" must answer by ")[0] for line in listed if " must answer by " in line)
    assert waiting == sorted(walked.sent)
    assert all(
        "must answer by Wednesday 25 November 2026." in line for line in listed if "must answer" in line
    )


def test_the_request_says_how_its_date_was_counted(walked: Walked):
    walked.ines.page.goto(f"{walked.case}r/r1")
    assert "They must answer by Wednesday 25 November 2026, 10:00" in walked.ines.text  # Paris, winter time
    assert "The law gives 48 hours." in walked.ines.text
    assert "nights, weekends and holidays count" in walked.ines.text


def planted(walked: Walked) -> list[str]:
    """Gives what must never lie on the disk in any readable form."""
    own = [
        *WHO.values(),
        SIGNS["describe"],
        CALLED,
        NOTE,
        ANSWER,
        "DM-2026-77120",
        FILE_NAME,
        SIGNED.decode(),
    ]
    opening = [
        walked.secrets.name,
        walked.secrets.words,
        walked.secrets.key,
        walked.secrets.key.replace("-", ""),
    ]
    mail = [
        walked.smtp.password,
        "Lucía Ferrer",
        "notifications@dailymotion.com",
        "leakroom",
        "Ferrer Montalb",
    ]
    return [*LINKS, *own, *opening, *mail]


def test_nothing_of_hers_lies_readable_on_the_disk_while_it_runs_nor_after_a_kill(walked: Walked):
    secrets = planted(walked)
    assert len(secrets) >= 50
    folders = [walked.app.folder / name for name in ("data", "home", "tmp")]
    log = walked.app.log
    assert found(secrets, *folders) == []
    walked.app.kill()
    assert found(secrets, *folders) == []
    assert not [secret for secret in secrets if secret in log.read_text()]


def test_after_the_kill_everything_acknowledged_is_still_there(walked: Walked, chromium: Browser):
    if walked.app.process.poll() is None:
        walked.app.kill()
    # Thursday 26 November: the 48 hours are over for all ten.
    again = start(walked.app.folder, "--now", "2026-11-26T10:00:00+01:00")
    context = chromium.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(again.address)
        ines = Visit(page)
        open_space(ines, again, walked.secrets)
        case = walked.case.replace(walked.app.origin, again.origin)
        assert next_step(ines, case) == "Send the request to Google Search and Images."
        text = ines.text
        assert "The time of Dailymotion is over. Remind them, or go further." in text
        assert CALLED in ines.heading
        assert f"Note: {NOTE}" in text
        assert all(link in text for link in LINKS)
        assert "It stands until Tuesday 23 November 2027." in text
        page.goto(f"{case}r/r1")
        assert ANSWER in ines.text
        page.goto(f"{again.origin}/en/s/set")
        assert page.get_by_label("The server that sends (SMTP)").input_value() == "127.0.0.1"
        assert page.get_by_label("Password at the server").input_value() == ""
    finally:
        context.close()
        again.stop()
