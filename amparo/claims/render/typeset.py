"""Sets a document as an accessible PDF (PDF/UA-1). Texts go in as JSON data, never as template source."""

import json
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import typst

from amparo.errors import CouldNot
from amparo.words import words

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
NO_GLYPH = "could not be displayed"
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
_ONE_AT_A_TIME = threading.Lock()  # typst's caches grow with every parallel run

Block = Mapping[str, Any]


def typeset(*, title: str, language: str, blocks: Sequence[Block]) -> bytes:
    """Gives the PDF of blocks of one `kind` each, as document.typ reads them.

    heading (level, text), lines (lines), list (items), table (widths, head, rows), rule, space. Every block
    may carry its own `language`. The same input gives the same bytes. CouldNot when a sign has no font on
    this machine: PDF/UA-1 refuses a document with a missing glyph.
    """
    data = {"title": title, "language": language, "rtl": language in RIGHT_TO_LEFT, "blocks": list(blocks)}
    given = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        return _compile(given, own_fonts_only=True)
    except typst.TypstError as error:
        if NO_GLYPH not in str(error):
            raise  # a fault of ours, not of her text
        # Chinese, Thai, Ethiopic …: too large to bring along, but this machine may have them.
        return _with_system_fonts(given)


def _with_system_fonts(given: dict[str, str]) -> bytes:
    try:
        return _compile(given, own_fonts_only=False)
    except typst.TypstError as error:
        if NO_GLYPH not in str(error):
            raise
        raise CouldNot(
            words("No font on this machine can show some of the signs in this letter."),
            words(
                "Install the fonts (on Debian: fonts-noto-core and fonts-noto-cjk), or take the plain text."
            ),
        ) from error


def _compile(given: dict[str, str], *, own_fonts_only: bool) -> bytes:
    with _ONE_AT_A_TIME:
        made = typst.compile(
            str(HERE / "document.typ"),
            root=str(HERE),
            font_paths=[str(FONTS)],
            ignore_system_fonts=own_fonts_only,
            format="pdf",
            sys_inputs=given,
            pdf_standards="ua-1",
        )
    return bytes(made)
