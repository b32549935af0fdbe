"""Logs hold the type and place of an error, never a value or an address."""

import logging

from amparo.web.quiet import OnlyTypeAndPlace, place


def record(
    error: BaseException | None, message: str = "Failed for %s at %s", args: tuple = ("Ana", "/en/n/")
):
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord(
        "django.request", logging.ERROR, "/x/amparo/web/views.py", 12, message, args, info
    )


def caught() -> ValueError:
    try:
        raise ValueError("ana@example.org")
    except ValueError as error:
        return error


def test_an_error_is_logged_by_type_and_place():
    said = OnlyTypeAndPlace().format(record(caught()))
    assert "ValueError at test_quiet.py:" in said
    assert "ana" not in said.lower()
    assert "/en/" not in said


def test_a_message_is_logged_by_place_only():
    said = OnlyTypeAndPlace().format(record(None, "secret %s %s"))
    assert said.endswith("error django.request at views.py:12")


def test_an_error_without_a_trace_has_an_unknown_place():
    assert place(ValueError("x")) == "an unknown place"


def test_a_failing_page_writes_one_quiet_line(browser, monkeypatch, capsys, settings):
    logging.config.dictConfig(settings.LOGGING)

    def fail(*_, **__):
        raise ValueError("ana@example.org")

    monkeypatch.setattr("amparo.web.public.render", fail)
    browser.get("/en/kept/?secret=1")
    said = capsys.readouterr().err
    assert "ValueError" in said
    assert "ana@example.org" not in said
    assert "kept" not in said
    assert said.count("\n") == 1


def test_a_missing_page_writes_nothing(browser, capsys, settings):
    logging.config.dictConfig(settings.LOGGING)
    browser.get("/en/my-private-address/")
    assert capsys.readouterr().err == ""
