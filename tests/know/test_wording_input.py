"""Text, Markdown, HTML and PDF come in as one kind of text, with places; hostile ones end clearly."""

import io
import zlib
from pathlib import Path

import pytest
import typst
from pypdf import PdfReader, PdfWriter

from amparo.errors import Refused
from amparo.know import wording_input
from amparo.know.wording import check
from amparo.know.wording_input import from_html, from_text, read
from amparo.know.wording_language import guessed
from tests.know.campaigns import CAMPAIGN


def found(document: wording_input.Document, code: str = "en") -> list[tuple[str, str]]:
    return [(one.text, document.where(one.start)) for one in check(document.text, code).findings]


def kept(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def pdf(*pages: str) -> bytes:
    return typst.compile("\n#pagebreak()\n".join(pages).encode(), format="pdf")


def test_a_finding_of_a_text_has_line_and_column():
    assert found(from_text("One.\n\nHe said: victims.\n")) == [("victims", "line 3, column 10")]


def test_line_ends_of_every_system_count_the_same():
    assert found(from_text("One.\r\n\r\nHe said: victims.")) == [("victims", "line 3, column 10")]


def test_signs_nobody_sees_do_not_hide_a_word(tmp_path):
    assert found(from_text("vic\u00adtims and sla\u200bves")) == [
        ("victims", "line 1, column 1"),
        ("slaves", "line 1, column 13"),
    ]
    decomposed = kept(tmp_path / "a.txt", "Las vi\u0301ctimas".encode())
    assert found(read(decomposed), "es") == [("víctimas", "line 1, column 5")]


class TestPages:
    def test_what_a_reader_sees_is_checked_with_its_line(self):
        page = "<html>\n<body>\n<p>Workers.</p>\n<p>Many\nvictims here.</p></body></html>"
        assert found(from_html(page)) == [("victims", "line 5")]

    def test_scripts_styles_and_names_of_classes_are_not_seen(self):
        page = "<style>.victim{}</style><script>rescue()</script><p class=victim>Work</p><svg>slaves</svg>"
        assert found(from_html(page)) == []

    def test_quotations_of_a_page_are_quotations(self):
        page = (
            "<blockquote><p>Victims.</p><p>Slaves.</p></blockquote><p><q>Rescue</q>, <cite>Victims</cite></p>"
        )
        assert found(from_html(page)) == []
        assert found(from_html(page + "<p>We rescue.</p>")) == [("rescue", "line 1")]

    def test_the_title_the_description_and_alternative_texts_are_read_too(self):
        page = (
            "<head><title>Victims</title>\n<meta name='description' content='Slaves'></head>\n"
            "<p>x</p><img alt='A girl in chains'>"
        )
        assert [text for text, _ in found(from_html(page))] == ["Victims", "Slaves", "in chains"]

    def test_the_mark_of_a_mention_works_in_a_page(self):
        assert found(from_html("<!-- amparo-mention --><p>Victims.</p>")) == []

    def test_a_word_cut_by_tags_is_one_word_and_two_paragraphs_are_two(self):
        assert found(from_html("<p>vic<b>tims</b></p>")) == [("victims", "line 1")]
        assert found(from_html("<p>modern</p><p>day</p>")) == []

    def test_lists_and_headings_keep_their_sense(self):
        page = "<h2>Words we avoid</h2><ul><li>rescue<li>slaves</ul><h2>What we do</h2><p>We rescue.</p>"
        assert found(from_html(page)) == [("rescue", "line 1")]

    def test_entities_are_letters(self):
        assert found(from_html("<p>v&iacute;ctimas</p>"), "es") == [("víctimas", "line 1")]

    @pytest.mark.parametrize(
        "broken", ["<p", "<p><p></b></q></blockquote>x", "<!--", "&#xFFFFFFFF;", "<" * 9999]
    )
    def test_a_broken_page_is_read_as_far_as_it_goes(self, broken):
        assert found(from_html(broken)) == []

    def test_a_page_is_known_by_its_beginning_or_its_name(self, tmp_path):
        page = b"<!DOCTYPE html><style>.slaves{}</style><p>Work.</p>"
        assert found(read(kept(tmp_path / "a.txt", page))) == []
        assert found(read(kept(tmp_path / "a.html", page[15:]))) == []

    def test_a_page_in_another_coding_says_which(self, tmp_path):
        page = '<meta charset="iso-8859-1"><p>víctimas</p>'.encode("iso-8859-1")
        assert found(read(kept(tmp_path / "a.html", page)), "es") == [("víctimas", "line 1")]


class TestPdf:
    def test_the_text_of_a_pdf_is_checked_page_by_page(self, tmp_path):
        path = kept(tmp_path / "a.pdf", pdf("Workers of the farm.", "Many victims here."))
        assert found(read(path)) == [("victims", "page 2")]

    def test_a_whole_campaign_as_pdf_speaks_as_its_text_does(self, tmp_path):
        text = CAMPAIGN["ro"].replace("#", "=")
        path = kept(tmp_path / "a", pdf(text))
        document = read(path)
        assert guessed(document.text) == "ro"
        said = {one.family for one in check(CAMPAIGN["ro"], "ro").findings}
        assert len({one.family for one in check(document.text, "ro").findings} & said) >= len(said) - 1

    def test_a_locked_pdf_is_refused_in_words(self, tmp_path):
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("Victims."))))
        writer.encrypt("secret", algorithm="RC4-128")
        writer.write(tmp_path / "a.pdf")
        with pytest.raises(Refused, match="password"):
            read(tmp_path / "a.pdf")

    def test_a_pdf_of_pictures_points_to_the_image_checklist(self, tmp_path):
        with pytest.raises(Refused, match="only pictures") as told:
            read(kept(tmp_path / "a.pdf", pdf("#rect()")))
        assert "--images" in str(told.value.next)

    def test_too_many_pages_too_many_bytes_and_too_long_a_time_are_refused(self, tmp_path, monkeypatch):
        path = kept(tmp_path / "a.pdf", pdf("One.", "Two.", "Three."))
        monkeypatch.setattr(wording_input, "PAGES_MOST", 2)
        with pytest.raises(Refused, match="more than 2 pages"):
            read(path)
        monkeypatch.setattr(wording_input, "SECONDS", 0.001)
        with pytest.raises(Refused, match="too long"):
            read(path)
        monkeypatch.setattr(wording_input, "PDF_MOST", 100)
        with pytest.raises(Refused, match="too big"):
            read(path)

    @pytest.mark.parametrize(
        "broken", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"x" * 5000, b"%PDF-1.4\n1 0 obj<</Kids[1 0 R]>>"]
    )
    def test_a_broken_pdf_is_refused_in_words(self, tmp_path, broken):
        with pytest.raises(Refused, match=r"cannot be read|no text"):
            read(kept(tmp_path / "a.pdf", broken))

    def test_a_pdf_that_unpacks_to_more_than_memory_ends_only_its_own_process(self, tmp_path):
        body = zlib.compress(b"(a) Tj " * 30_000_000, 9)
        objects = [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
            b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(body), body),
        ]
        made = b"%PDF-1.4\n" + b"".join(b"%d 0 obj%s endobj\n" % pair for pair in enumerate(objects, 1))
        with pytest.raises(Refused):
            read(kept(tmp_path / "a.pdf", made + b"trailer<</Root 1 0 R/Size 5>>\n"))


def test_what_is_no_text_is_refused_with_what_to_give(tmp_path):
    for content in (b"\x89PNG\r\n\x1a\n\x00\x00", b"abc\x00def", b"\xff\xfe\x00", "Straße".encode("latin-1")):
        with pytest.raises(Refused, match="no text") as told:
            read(kept(tmp_path / "a", content))
        assert "UTF-8" in str(told.value.next)


def test_a_text_that_is_too_big_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(wording_input, "TEXT_MOST", 10)
    with pytest.raises(Refused, match="too big"):
        read(kept(tmp_path / "a.txt", b"Workers and wages."))


def test_a_text_of_windows_notepad_is_read(tmp_path):
    for coding in ("utf-16", "utf-8-sig"):
        assert [
            text for text, _ in found(read(kept(tmp_path / "a.txt", "víctimas".encode(coding))), "es")
        ] == ["víctimas"]
