"""Words, dates and waiting times in the reader's language."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import translation

from amparo.web.saying import day, in_days, lines, opens, say
from amparo.words import many, words

FRIDAY = datetime(2026, 12, 4, 17, 0, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Friday 4 December 2026"),
        ("fr", "vendredi 4 décembre 2026"),
        ("es", "viernes 4 de diciembre de 2026"),
    ],
)
def test_a_date_has_its_weekday_in_the_order_of_the_language(lang, said):
    with translation.override(lang):
        assert day(FRIDAY).lower() == said.lower()


def test_a_date_is_the_day_at_its_own_place():
    late = datetime(2026, 12, 4, 23, 59, tzinfo=ZoneInfo("America/Los_Angeles"))
    assert day(late) == "Friday 4 December 2026"


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (datetime(2026, 12, 4, 0, 30, tzinfo=UTC), "today"),
        (datetime(2026, 12, 3, 12, 0, tzinfo=UTC), "in 1 day"),
        (datetime(2026, 12, 3, 23, 30, tzinfo=UTC), "today"),
        (datetime(2026, 11, 22, 12, 0, tzinfo=UTC), "in 12 days"),
        (datetime(2026, 12, 7, 12, 0, tzinfo=UTC), "3 days ago"),
    ],
)
def test_waiting_is_counted_in_calendar_days_at_the_place_of_the_date(now, said):
    assert in_days(FRIDAY, now) == said


def test_words_are_said_with_their_values_and_escaped_in_a_page():
    template = Template("{{ what|say }}")
    said = words("{name} must answer by {when}.", name="<b>", when=date(2026, 12, 4))
    assert template.render(Context({"what": said})) == "&lt;b&gt; must answer by Friday 4 December 2026."


def test_words_inside_words_and_forms_by_number():
    assert say(words("It is {inner}.", inner=words("late"))) == "It is late."
    assert say(many("{n} page", "{n} pages", n=2)) == "2 pages"
    assert say(many("{n} page", "{n} pages", n=1)) == "1 page"


def test_nothing_is_said_for_nothing():
    assert say(None) == ""
    assert say("") == ""
    assert day(None) == ""
    assert in_days(None, FRIDAY) == ""


def test_a_text_becomes_paragraphs_and_nothing_else():
    assert lines("a\nb\n\n<script>") == "<p>a<br>b</p><p>&lt;script&gt;</p>"


@pytest.mark.parametrize(
    ("address", "opened"),
    [
        ("https://stopncii.org", "https://stopncii.org"),
        ("dpo@example.org", "mailto:dpo@example.org"),
        ("Merrion Road, Dublin 4", ""),
        ("javascript:alert(1)", ""),
        ("a@b.c?bcc=x@y.z", ""),
        (None, ""),
    ],
)
def test_only_a_page_or_a_mail_address_can_be_opened(address, opened):
    assert opens(address) == opened
