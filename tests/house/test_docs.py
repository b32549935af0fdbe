"""What the documents say is what the program does."""

import re
import subprocess
from pathlib import Path

import pytest

from amparo.cli.main import VERBS

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(path for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_is_shown_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    shown = re.findall(r"^ {4}(?:\.venv/bin/)?amparo ([a-z-]+)", text, re.M)
    assert [verb for verb in shown if verb not in VERBS] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_that_is_shown_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    shown = re.findall(r"(?:^ {4}|`)make ([a-z]+)", page.read_text(encoding="utf-8"), re.M)
    assert [target for target in shown if target not in targets] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_of_ours_that_is_named_exists(page: Path) -> None:
    named = re.findall(
        r"`((?:amparo|tests|docs|scripts|benchmarks)/[\w./-]+)`", page.read_text(encoding="utf-8")
    )
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_test_command_is_what_ci_runs() -> None:
    assert "./test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "./test" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("script", ["test", ".ci/run"])
def test_the_scripts_can_be_read_by_the_shell(script: str) -> None:
    assert subprocess.run(["bash", "-n", script], cwd=ROOT, check=False, timeout=10).returncode == 0
