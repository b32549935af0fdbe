"""Every text of the project passes its own check: articles, letters, every sentence of the interface."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from amparo.know.articles import PAGES
from amparo.know.wording import LANGUAGES, Finding, check
from scripts import collect_words

ROOT = Path(__file__).resolve().parents[2]
LETTERS = ROOT / "amparo" / "claims" / "letters"
EXCEPTIONS = yaml.safe_load(
    (Path(__file__).parent / "wording" / "exceptions.yaml").read_text(encoding="utf-8")
)


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


@cache
def sentences(code: str) -> tuple[tuple[str, str], ...]:
    """The interface in a language: (file, sentence), plural forms each by itself."""
    catalog = collect_words.source()
    held = catalog if code == "en" else collect_words._read(code)
    found = []
    for message in catalog:
        other = held.get(message.id) if message.id else None
        said = other and (other.id if code == "en" else other.string)
        for text in (said,) if isinstance(said, str) else said or ():
            if text:
                found.append((message.locations[0][0], text))
    return tuple(found)


def excepted(where: str, code: str, one: Finding) -> bool:
    return any(
        held["where"] == where and code in held["languages"] and held["text"] == one.text
        for held in EXCEPTIONS
    )


def left(where: str, text: str, code: str, *, whole: bool = True) -> list[str]:
    """What speaks in a text and has no written reason. A sentence by itself cannot name all doors."""
    return [
        f"{where}: {one.rule}: {one.text}"
        for one in check(text, code).findings
        if (whole or one.family != "police_only") and not excepted(where, code, one)
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_article_passes(code):
    files = [path for path in sorted(PAGES.glob("*/*/*.md")) if path.name.partition(".")[0] == code]
    found = [
        said for path in files for said in left(path.parent.name, path.read_text(encoding="utf-8"), code)
    ]
    assert found == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_paragraph_of_an_article_passes_by_itself(code):
    """Stricter than for others: what a text names elsewhere does not excuse a word here."""
    found = []
    for path in sorted(PAGES.glob("*/*/*.md")):
        if path.name.partition(".")[0] == code:
            for paragraph in path.read_text(encoding="utf-8").split("\n\n"):
                found += left(path.parent.name, paragraph, code, whole=False)
    assert found == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_letter_passes(code):
    files = sorted((LETTERS / code).glob("*.yaml"))
    assert files
    found = []
    for path in files:
        text = "\n\n".join(strings(yaml.safe_load(path.read_text(encoding="utf-8"))))
        found += left(path.name, text, code)
    assert found == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_sentence_of_the_interface_passes(code):
    assert len(sentences(code)) > 1000
    assert [said for where, text in sentences(code) for said in left(where, text, code, whole=False)] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_interface_as_a_whole_names_other_doors_than_the_police(code):
    whole = "\n\n".join(text for _, text in sentences(code))
    assert not [one for one in check(whole, code).findings if one.family == "police_only"]


@pytest.mark.parametrize("held", EXCEPTIONS, ids=lambda one: f"{one['where']}-{one['text']}")
def test_an_exception_has_a_reason_and_is_still_needed(held):
    assert len(held["reason"]) > 40
    for code in held["languages"]:
        texts = [text for where, text in sentences(code) if where == held["where"]]
        texts += [path.read_text(encoding="utf-8") for path in PAGES.glob(f"*/{held['where']}/{code}*.md")]
        assert any(one.text == held["text"] for text in texts for one in check(text, code).findings)
