"""One person's way through the pages that keep nothing: every selector of the journeys stands here.

Only roles, labels and the words on the screen are used, as a person or a screen reader would; no ids but
those of the letter's text. What a letter says is compared with a file under `expected/`.
"""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Download, Locator, Page, Response

from tests.journeys.running import App

EXPECTED = Path(__file__).parent / "expected"
NOW = "2026-11-23T10:00:00+01:00"  # a Monday

DOORS = {
    "online": "Something of mine is online",
    "threat": "Someone threatens to post something",
    "account": "My account or my work was taken down",
    "data": "Someone holds my data",
}
AGE = {
    "no": "No, everybody was 18 or older",
    "not_sure": "I am not sure",
    "yes": "Yes",
    "skip": "Skip",
}
ANSWERS = {
    "intimate": "An intimate picture or video of me, not meant to be public",
    "sexual_work": "Pictures or videos from sexual work or performing",
    "personal_data": "My name, address, documents or other data",
    "shown": "I am shown, or it is about me",
    "account_holder": "It is my account",
    "worker": "I work or worked there, or applied for work",
    "representative": "I act for somebody else",
    "never": "No, never",
    "withdrawn": "I did, and I take it back",
    "whole": "All of it",
    "parts": "Only the parts that show me",
    "employer": "Somebody I work or worked for",
    "recruiter": "A recruiter or an agency",
    "controller": "Another company or organisation",
}
FIELDS = {
    "name": "The name you sign with",
    "organisation": "The organisation that writes",
    "email": "A mail address for the answer",
    "post": "A postal address",
    "phone": "A telephone number",
    "describe": "What it is, and how to find it there",
    "account": "The name of the account",
    "represents": "The person you act for",
    "mandate_until": "The last day of the mandate",
    "decision_on": "The day of the decision",
    "decision_reference": "Its reference, if it has one",
    "decision_ground": "The reason they gave",
    "first_recipient": "Who received the first request",
    "search_names": "The names people search for, one per line",
    "signature": "Your signature: type your name",
    "good_faith": "What the letter says is true, as far as I know",
}
STYLES = {"legal": "With my legal name", "stage": "With a stage name"}


@dataclass
class Step:
    """One step of the plan as it stands on the page."""

    does: str
    text: str
    ticked: bool
    at: Locator

    @property
    def date(self) -> str:
        """Gives the line that says until when, or that the law gives no date."""
        said = [line for line in self.text.splitlines() if "answer" in line or "no date" in line]
        return said[0].strip() if said else ""


@dataclass
class Visit:
    """One browser window. `screens` holds each different screen that was shown, in order, by its heading."""

    page: Page
    screens: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda said: self.console.append(said.text))
        self.page.on("pageerror", lambda error: self.console.append(str(error)))

    # Moving

    @property
    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text().strip()

    @property
    def text(self) -> str:
        """Gives all words of the page's middle part, folded ones too, each line without its indent."""
        said = self.page.locator("main").text_content() or ""
        return "\n".join(re.sub(r"[ \t]+", " ", line).strip() for line in said.splitlines() if line.strip())

    def enter(self, app: App, lang: str = "en") -> None:
        self.page.goto(f"{app.origin}/{lang}/")
        self._seen()

    def press(self, name: str, *, inside: Locator | None = None) -> Response | None:
        """Presses a button by its exact words and gives the answer of the page that follows."""
        button = (inside or self.page).get_by_role("button", name=name, exact=True)
        with self.page.expect_navigation() as moved:
            button.click()
        self._seen()
        return moved.value

    def open_door(self, door: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=DOORS[door]).click()
        self._seen()

    def _seen(self) -> None:
        heading = self.heading
        if heading not in self.screens:
            self.screens.append(heading)

    # Screens

    def begin(self, app: App, door: str, *, age: str | None = None) -> None:
        """Goes from the front door past "how", and past the question of age where it is asked."""
        self.enter(app)
        self.open_door(door)
        self.press("Do it now")
        if age is not None:
            self.page.get_by_label(AGE[age], exact=age != "skip").check()
            self.press("Go on")

    def paste(self, text: str) -> Response | None:
        # Set at once: typing a megabyte would test the browser, not the page.
        self.page.get_by_role("textbox").first.evaluate("(box, text) => { box.value = text }", text)
        return self.press("Go on")

    def no_link(self, which: str) -> None:
        self.press(which)

    def choose_pictures(self, *files: Path, show: bool = False) -> Response | None:
        """Chooses files and goes on to the questions; with `show` she looks at the numbers first."""
        self.page.get_by_label("Choose").set_input_files(list(files))
        return self.press("Make the numbers and show them" if show else "Make the numbers and go on")

    def answer(self, *answers: str, lives_in: str | None = None, on: str | None = None) -> None:
        """Answers what the page asks by its own words, skips the rest, and goes to the plan."""
        for one in answers:
            self.page.get_by_label(ANSWERS[one], exact=True).check()
        if lives_in:
            self.page.get_by_label("Which country do you live in?").select_option(lives_in)
        if on:
            self.page.get_by_label("On which day were you told of the decision?").fill(on)
        self.press("Show me the plan")

    def unfold(self) -> None:
        """Opens everything that is folded, as a tap on each would."""
        self.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")

    def plan(self) -> list[Step]:
        """Gives the steps of the plan, folded ones too."""
        self.unfold()
        found = self.page.locator("li.step").evaluate_all(
            """steps => steps.map(step => [
                step.querySelector('strong').textContent,
                step.textContent,
                Boolean(step.querySelector('input[type=checkbox]:checked')),
            ])"""
        )
        items = self.page.locator("li.step").all()
        return [
            Step(does.strip(), _tidy(text), ticked, at)
            for (does, text, ticked), at in zip(found, items, strict=True)
        ]

    def step(self, does: str) -> Step:
        """Gives the one step that says this."""
        found = [step for step in self.plan() if step.does == does]
        assert len(found) == 1, (does, [step.does for step in self.plan()])
        return found[0]

    def read_letter(self, does: str) -> None:
        """Opens the letter of a step of the plan."""
        self.press("Read this letter", inside=self.step(does).at)

    def fill(self, *, style: str | None = None, **blanks: str | bool) -> None:
        """Fills the blanks of a letter and puts them in."""
        if style:
            self.page.get_by_label(STYLES[style]).check()
        for name, value in blanks.items():
            place = self.page.get_by_label(FIELDS[name])
            if isinstance(value, bool):
                place.set_checked(value)
            else:
                place.fill(value)
        self.press("Put it in the letter")

    # The letter

    @property
    def letter(self) -> str:
        """Gives the text to copy: only a letter that can go out has one."""
        return self.page.locator("textarea#text").input_value().replace("\r\n", "\n")

    @property
    def still_open(self) -> list[str]:
        """Gives the required elements that are not in the letter yet."""
        return [text.strip() for text in self.page.locator(".ticks .lacks").all_inner_texts()]

    @property
    def door(self) -> str:
        """Gives the address the letter goes to."""
        return self.page.locator("main form bdi.addr").first.inner_text()

    def save(self, name: str, to: Path) -> Path:
        """Presses a button that gives a file, and keeps the file."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("button", name=name, exact=True).click()
        got: Download = waiting.value
        path = to / got.suggested_filename
        got.save_as(path)
        return path

    def card(self) -> dict[str, str]:
        """Gives the form card: each field of the recipient's form, and what to put in it."""
        rows = self.page.locator("main table tbody tr").all()
        return {
            row.get_by_role("rowheader").inner_text(): row.get_by_role("cell").inner_text() for row in rows
        }


def _tidy(text: str) -> str:
    return "\n".join(re.sub(r"\s+", " ", line).strip() for line in text.splitlines() if line.strip())


def same_as_expected(name: str, letter: str) -> None:
    """Compares a letter with `expected/<name>.txt`. AMPARO_WRITE_EXPECTED=1 writes the file to be read."""
    file = EXPECTED / f"{name}.txt"
    if os.environ.get("AMPARO_WRITE_EXPECTED"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(letter, encoding="utf-8")
    assert letter == file.read_text(encoding="utf-8"), name
