"""Articles become HTML and plain text; each fact keeps its source, and its doubt is seen."""

from datetime import date

from amparo.know.showing import cited, plain, shown
from tests.know.made import ON, made_article, made_text


def page(**parts: str) -> dict[str, str]:
    said = shown(made_article(), made_text(**parts), on=ON, address=lambda target: f"/to/{target}", say=str)
    return dict(said.parts)


def test_a_source_has_one_number_wherever_it_is_cited():
    assert cited(made_text()) == {"law": 1, "old": 2, "unread": 3}
    assert page()["right"].count('<sup><a href="#s-law">1</a></sup>') == 2


def test_a_fact_past_its_day_and_one_nobody_read_say_so_beside_it():
    said = page()["right"]

    assert "2 (not checked again yet)" in said
    assert "3 (not confirmed)" in said


def test_the_same_fact_says_nothing_before_its_day():
    said = shown(made_article(), made_text(), on=date(2025, 12, 31), address=str, say=str)

    assert "not checked again" not in said.parts["right"]


def test_links_lead_where_the_caller_says():
    said = page()["do"]

    assert '<a href="/to/F3">the page on fees</a>' in said
    assert '<a href="/to/law:eu/gdpr/erasure">this rule</a>' in said


def test_html_in_an_article_is_shown_as_text_and_a_picture_is_not_loaded():
    said = page(usual='<script>alert(1)</script> ![x](https://else.example/x.png) <b onclick="x()">b</b>')[
        "usual"
    ]

    assert "<script>" not in said
    assert "<img" not in said
    assert "<b " not in said


def test_a_link_with_a_program_in_it_is_no_link():
    assert "javascript:" not in page(usual="[x](javascript:alert(1))")["usual"].replace("(javascript:", "")


def test_a_citation_that_about_does_not_have_vanishes_instead_of_misleading():
    assert "[^" not in page(usual="So it is.[^nowhere]")["usual"]


def test_plain_text_keeps_the_numbers_of_its_sources():
    text = made_text()

    assert plain(text.parts["right"], cited(text)).startswith("Terms within seven days. [1] It was so. [2]")
    assert plain(text.parts["answer"]) == "You get it in writing. Ask by Friday."
