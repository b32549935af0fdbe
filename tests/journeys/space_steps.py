"""A person's way through her space: the selectors of its screens, by the words on them."""

from dataclasses import dataclass
from pathlib import Path

from tests.journeys.running import App, MailServer
from tests.journeys.steps import Visit

MAIL_ADDRESS = "casos.4715@example.org"


@dataclass
class Secrets:
    """What opens her space."""

    name: str
    words: str
    key: str


def make_space(her: Visit, name: str) -> Secrets:
    """Makes a space on the page that offers one, and reads the recovery key back."""
    words = " ".join(her.page.locator("ol.words li").all_inner_texts())
    her.page.get_by_label("A name for the space").fill(name)
    her.page.get_by_label("Type the six words here").fill(words)
    her.press("Make the space")
    groups = her.page.locator("ol.words code").all_inner_texts()
    her.page.get_by_label("The first group").fill(groups[0])
    her.page.get_by_label("The last group").fill(groups[-1])
    her.press("I wrote it down")
    return Secrets(name, words, "-".join(groups))


def open_space(her: Visit, app: App, secrets: Secrets) -> None:
    her.page.goto(f"{app.origin}/en/s/")
    her.page.get_by_label("The name of your space").fill(secrets.name)
    her.page.get_by_label("Your words").fill(secrets.words)
    her.press("Open")


def keep_here(her: Visit, called: str) -> str:
    """Keeps what was brought under a name; gives the case's address."""
    her.page.get_by_label("A name for this").fill(called)
    her.press("Keep it in my space")
    return her.page.url


def set_mail(her: Visit, app: App, smtp: MailServer, address: str) -> None:
    her.page.goto(f"{app.origin}/en/s/set")
    her.page.get_by_label("Your mail address").fill(address)
    her.page.get_by_label("The server that sends (SMTP)").fill("127.0.0.1")
    her.page.get_by_label("Port", exact=True).fill(str(smtp.port))
    her.page.get_by_label("Encryption").select_option("plain")
    her.page.get_by_label("User name at the server").fill(smtp.user)
    her.page.get_by_label("Password at the server").fill(smtp.password)
    her.press("Save", inside=her.page.locator("form").filter(has=her.page.get_by_label("Port", exact=True)))


def open_letter(her: Visit, case: str, does: str, *, fill: dict[str, str | bool] | None = None) -> None:
    """Opens a letter of the case by what it does, and fills what it asks for."""
    her.page.goto(case)
    her.unfold()
    her.press(does)
    if fill:
        shown = {one: value for one, value in fill.items() if her.page.locator(f"[name='x-{one}']").count()}
        her.fill(**shown)


def keep_mandate(her: Visit, case: str, signed: Path, until: str) -> None:
    her.page.goto(case)
    her.page.get_by_label("The signed page (PDF, JPEG or PNG)").set_input_files(signed)
    her.page.get_by_label("Its last day").fill(until)
    her.press("Keep the signed mandate")


def paste_answer(
    her: Visit, case: str, request: str, text: str, kind: str, *, on: str, reference: str = ""
) -> str:
    """Pastes an answer to a request and says what it is; gives what the page had guessed."""
    her.page.goto(f"{case}r/{request}")
    her.press("An answer came in")
    her.page.get_by_label("Paste the answer").fill(text)
    her.press("Read it")
    guessed = her.page.locator("label:has(input[name=kind]:checked)").inner_text().strip()
    her.page.get_by_label(kind, exact=True).check()
    her.page.get_by_label("The day it came in").fill(on)
    her.page.get_by_label("Their reference, if there is one").fill(reference)
    her.press("Keep it")
    return guessed


def upload_answer(her: Visit, case: str, request: str, mail: Path) -> None:
    her.page.goto(f"{case}r/{request}")
    her.press("An answer came in")
    her.page.get_by_label("Or choose the saved mail (.eml)").set_input_files(mail)
    her.press("Read it")
    her.press("Keep it")


def next_step(her: Visit, case: str) -> str:
    """Gives what the case says to do next."""
    her.page.goto(case)
    return her.page.locator("section[aria-labelledby=next] strong").inner_text()


def dues(her: Visit, app: App) -> list[str]:
    """Gives what stands under "What now", in its order: what, which case, when."""
    her.page.goto(f"{app.origin}/en/s/")
    return [" | ".join(one.inner_text().split("\n\n")) for one in her.page.locator("ol.steps > li").all()]


def mail_as_text(mail) -> str:
    """Gives a mail as the server got it, without what differs from one sending to the next."""
    body = mail.get_body(("plain",))
    files = [f"{part.get_filename()} ({part.get_content_type()})" for part in mail.iter_attachments()]
    head = [
        f"From: {mail['From']}",
        f"To: {mail['To']}",
        f"Date: {mail['Date']}",
        f"Subject: {mail['Subject'].strip()}",
    ]
    return "\n".join(
        [*head, *(f"File: {one}" for one in files), "", body.get_content().replace("\r\n", "\n")]
    )
