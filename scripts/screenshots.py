"""Takes the pictures of docs/screenshots: the real app in Chromium, on a desk and on an Arabic phone.

Run `make screenshots` (needs what ./test installs). Every name and address in them is made up.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.journeys.running import running  # noqa: E402 -- the path above comes first

OUT = ROOT / "docs" / "screenshots"
LINKS = """they put it here https://www.pornhub.com/view_video.php?viewkey=ph5e0000000
and https://xhamster.com/videos/example-1 , https://www.reddit.com/r/example/comments/abc/
and https://unknown-board.example/thread/17"""
NOW = "2026-11-23T10:00:00+01:00"


def go(page: Page, value: str) -> None:
    page.locator(f'form#step button[name=go][value="{value}"]:visible').first.click()


def to_plan(page: Page, origin: str, language: str) -> None:
    """Walks from the front door to the plan by what the forms are, not by what they say."""
    page.goto(f"{origin}/{language}/")
    page.locator('button[name=door][value="online"]').click()
    page.locator("form#step button.next:visible").first.click()
    page.locator('input[name="shown_under_18"][value="no"]').check()
    page.locator("form#step button.next:visible").first.click()
    page.locator("textarea[name=text]").fill(LINKS)
    page.locator("form#step button.next:visible").first.click()
    page.locator("form#step button.next:visible").first.click()
    page.locator('button[name=go][value="next"]:visible').first.click()
    page.locator('input[name="material"][value="intimate"]').check()
    if page.locator('select[name="lives_in"]').count():
        page.locator('select[name="lives_in"]').select_option("FR")
    page.locator("form#step button.next:visible").first.click()


def main() -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    program = shutil.which("chromium")
    if program is None:
        print("Chromium is missing: apt-get install chromium")
        return 1
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for language, width, name in (("en", 1000, "desk"), ("ar", 360, "phone-arabic")):
            with running(Path(folder) / name, "--now", NOW) as app:
                page = browser.new_page(viewport={"width": width, "height": 900}, device_scale_factor=1)
                page.goto(app.address)
                page.goto(f"{app.origin}/{language}/")
                page.screenshot(path=OUT / f"front-{name}.png")
                to_plan(page, app.origin, language)
                page.wait_for_load_state("networkidle")
                page.screenshot(path=OUT / f"plan-{name}.png")
                page.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
