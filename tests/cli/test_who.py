"""`amparo who`: the contract of the command."""

import io
import json

import pytest

from amparo.cli.main import main

FIELDS = {"name", "role", "channel", "address", "languages", "source", "checked_on", "grade"}


def answers(capsys: pytest.CaptureFixture[str]) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_one_object_with_the_fields_of_the_contract(capsys):
    assert main(["who", "https://www.pornhub.com/view_video.php?viewkey=1", "--json"]) == 0
    (found,) = answers(capsys)
    assert found["service"] == "pornhub"
    assert found["operator"] == "Aylo Freesites Ltd"
    assert set(found["recipients"][0]) >= FIELDS
    assert found["recipients"][0]["channel"] == "form"
    assert found["recipients"][0]["address"] == "https://www.pornhub.com/content-removal"
    assert found["recipients"][0]["checked_on"] == "2026-11-23"


def test_a_refused_address_is_told_and_the_others_go_on(capsys):
    assert main(["who", "https://x.com/a", "javascript:1", "https://t.me/a", "--json"]) == 1
    first, refused, last = answers(capsys)
    assert (first["service"], last["service"]) == ("x", "telegram")
    assert set(refused) == {"input", "error", "next"}
    assert refused["input"] == "javascript:1"


def test_a_batch_comes_from_standard_input(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("https://x.com/a\n\nhttps://t.me/a\n"))
    assert main(["who", "-", "--json"]) == 0
    assert [found["service"] for found in answers(capsys)] == ["x", "telegram"]


def test_an_archived_copy_shows_what_it_copied(capsys):
    main(["who", "https://web.archive.org/web/2020/https://x.com/a", "--json"])
    (found,) = answers(capsys)
    assert (found["kind"], found["original"]["service"]) == ("archive_copy", "x")


def test_unconfirmed_doors_are_marked_for_people_too(capsys):
    assert main(["who", "https://spankbang.com/1"]) == 0
    said = capsys.readouterr().out
    assert "archive.today" in said
    assert "(not confirmed)" in said


def test_nothing_given_is_wrong_use(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["who"])
    assert ended.value.code == 2


def test_the_network_is_asked_only_with_look_up(monkeypatch, capsys):
    from amparo.net import registries

    asked: list[str] = []
    monkeypatch.setattr(
        registries, "look_up", lambda host, domain, **how: asked.append(host) or _nothing(host)
    )
    assert main(["who", "https://forum.some-site.org/t/1", "--json"]) == 0
    assert asked == []
    assert main(["who", "https://forum.some-site.org/t/1", "--look-up", "--json"]) == 0
    assert asked == ["forum.some-site.org"]
    assert json.loads(capsys.readouterr().out.splitlines()[1])["looked_up"]["asked"] == []


def test_a_known_service_is_not_looked_up(monkeypatch):
    from amparo.net import registries

    monkeypatch.setattr(registries, "look_up", lambda *_, **__: pytest.fail("asked"))
    assert main(["who", "https://x.com/some_name", "--look-up"]) == 0


def _nothing(host):
    from amparo.net.registries import LookedUp

    return LookedUp(host, (), None, (), ())


def test_a_pasted_answer_takes_the_place_of_asking(monkeypatch, capsys):
    answer = "Domain Name: SOME-SITE.ORG\nRegistrar: NameCheap, Inc.\nCreation Date: 2019-05-06T00:00:00Z\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    assert main(["who", "https://some-site.org/", "--pasted", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["looked_up"]["registrar"] == "NameCheap, Inc."
    assert [one["slug"] for one in told["recipients"][:3]] == [None, None, "namecheap"]


def test_pasting_is_for_one_address():
    assert main(["who", "a.org", "b.org", "--pasted"]) == 2


def test_a_short_link_is_opened_only_when_allowed(monkeypatch, capsys):
    from amparo.net import short_links

    monkeypatch.setattr(short_links, "leads_to", lambda url: "https://x.com/some_name")
    main(["who", "https://bit.ly/AbC", "--json"])
    main(["who", "https://bit.ly/AbC", "--open-short", "--json"])
    kinds = [json.loads(line)["kind"] for line in capsys.readouterr().out.splitlines()]
    assert kinds == ["short_link", "profile"]
