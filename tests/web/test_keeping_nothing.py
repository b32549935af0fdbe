"""The way that keeps nothing, from the front door to letters, as a browser without scripts walks it."""

import json
import re

import pytest

from amparo.web.notes import away
from tests.web.flow import PORNHUB, REDDIT, SIGNED, SMALL, Walk

FORTY = [f"https://www.pornhub.com/view_video.php?viewkey=ph{n:013x}" for n in range(20)] + [
    f"https://www.reddit.com/r/example/comments/abc{n:03d}/" for n in range(20)
]


def test_from_the_front_door_to_a_ready_letter_in_under_ten_screens(browser):
    walk = Walk(browser)
    walk.to_letter(PORNHUB, REDDIT)
    screen = walk.fill(**SIGNED)
    assert "Before it can go out" not in screen.text
    assert 'class="lacks"' not in screen.text
    assert walk.screens - 1 < 10, "the last screen is the same letter, filled in"


def test_forty_links_take_as_many_screens_as_one_and_give_grouped_letters(browser):
    one, forty = Walk(browser), Walk(browser)
    one.to_letter(PORNHUB)
    one.fill(**SIGNED)
    forty.to_letter(*FORTY)
    letter = forty.fill(**SIGNED)
    assert forty.screens == one.screens
    body = re.search(r'<textarea class="copy" id="text".*?>(.*?)</textarea>', letter.text, re.S).group(1)
    assert sum(link.split("=")[-1] in body for link in FORTY[:20]) == 20
    assert "reddit.com" not in body


def test_no_cookie_is_set_on_the_whole_way(browser):
    walk = Walk(browser)
    walk.to_letter(PORNHUB)
    walk.fill(**SIGNED)
    assert not browser.cookies


def test_nothing_she_gives_is_ever_in_an_address(browser):
    walk = Walk(browser)
    screen = walk.to_letter(PORNHUB)
    own = re.findall(r'(?:href|action|formaction|src)="(/[^"]*)"', screen.text)
    assert own
    assert all("?" not in address and "pornhub" not in address.lower() for address in own)


def test_each_place_says_what_it_is_and_who_runs_it(browser):
    walk = Walk(browser)
    walk.to_places()
    screen = walk.go(text=f"{PORNHUB}&utm_source=x {SMALL} and again {PORNHUB}, ftp://old.example/x")
    assert screen.heading == "2 places, and who can act there"
    assert "Aylo" in screen.text
    assert "a picture or video file" in screen.text
    assert "1 repeat was folded into one." in screen.text
    assert "ftp://old.example/x" in screen.text
    assert "utm_source" not in screen.state


def test_ten_thousand_links_are_refused_and_the_text_is_kept(browser):
    walk = Walk(browser)
    walk.to_places()
    text = "\n".join(f"https://www.example.org/v/{n}" for n in range(10_000))
    screen = walk.go(text=text)
    assert screen.status == 422
    assert "We handle" in screen.text
    assert (
        "https://www.example.org/v/9999\n" in screen.text or "https://www.example.org/v/9999<" in screen.text
    )


def test_a_text_longer_than_we_read_is_kept_too(browser):
    walk = Walk(browser)
    walk.to_places()
    screen = walk.go(text="a" * 1_500_000)
    assert screen.status == 422
    assert "a" * 1_500_000 in screen.text


@pytest.mark.parametrize(
    ("text", "told"), [("", "The box is empty."), ("nothing here", "No address was found in this text.")]
)
def test_a_text_without_an_address_is_told_with_the_next_step(browser, text, told):
    walk = Walk(browser)
    walk.to_places()
    screen = walk.go(text=text)
    assert screen.status == 422
    assert told in screen.text
    assert 'role="alert"' in screen.text


def test_what_she_typed_is_never_taken_as_markup(browser):
    walk = Walk(browser)
    walk.to_letter(PORNHUB)
    evil = '"><script>alert(1)</script>'
    screen = walk.fill(**{**SIGNED, "name": evil, "describe": evil})
    assert "<script>alert" not in screen.text
    assert "&lt;script&gt;alert" in screen.text


def test_a_threat_without_a_link_is_served(browser):
    walk = Walk(browser)
    screen = walk.to_places("threat")
    assert "Do not pay." in screen.text
    assert walk.go(text="").at == "pictures"
    walk.go()
    plan = walk.go(material="intimate", role="shown")
    assert plan.at == "plan"
    assert "StopNCII" in plan.text


def test_under_18_leads_to_the_ways_made_for_it(browser):
    walk = Walk(browser)
    walk.to_places(under_18="not_sure")
    walk.go(text=PORNHUB)
    walk.go()
    plan = walk.go(lives_in="GB")
    assert "These are the ways made for this." in plan.text
    assert "Report Remove" in plan.text or "Take It Down" in plan.text
    assert "StopNCII" not in plan.text


def test_under_18_is_never_sent_looking(browser):
    walk = Walk(browser)
    walk.to_places(under_18="yes")
    assert 'value="look"' not in walk.go(text=PORNHUB).text


def test_acting_for_somebody_begins_with_the_mandate(browser):
    walk = Walk(browser)
    plan = walk.to_plan(SMALL, role="representative")
    assert plan.values("chosen", checked=True)[0].endswith("/mandate")
    walk.go(chosen=plan.values("chosen", checked=True))
    assert "represents" in walk.now.values("blank")
    notice = walk.fill("letter:example.net/notice", name="Casa Abierta", represents="Ana Belém")
    assert "mandate_until" in notice.values("blank")
    assert "A mandate in force is needed." in notice.text


def test_a_closed_group_or_hearsay_needs_no_link(browser):
    for which in ("group", "told"):
        walk = Walk(browser)
        walk.to_places()
        assert walk.go(f"none:{which}").at == "pictures"
        walk.go()
        assert walk.go().values("chosen"), "a plan is never empty"


def test_my_data_goes_to_whoever_holds_it(browser):
    walk = Walk(browser)
    screen = walk.to_places("data")
    assert screen.heading == "Who holds your data?"
    walk.go(text="privacy@recruiter-example.de")
    questions = walk.go()
    assert "Who holds the data?" in questions.text
    assert "under 18" not in questions.text
    plan = walk.go(role="worker", relation="recruiter", lives_in="ES")
    assert "recruiter-example.de" in plan.text


def test_a_removed_account_is_asked_when_it_was_told(browser):
    walk = Walk(browser)
    walk.to_places("account")
    walk.go(text="https://www.instagram.com/some.name/")
    walk.go()
    assert 'type="date"' in walk.now.text
    bad = walk.go(lives_in="ES", decision_on="23/11/2026")
    assert bad.status == 422
    assert "Write the day like 2026-11-23" in bad.text
    assert 'value="ES" selected' in bad.text
    plan = walk.go(lives_in="ES", decision_on="2026-10-01")
    assert plan.carried["situation"]["decision"] == {"on": "2026-10-01"}


def test_steps_with_a_price_are_not_chosen_for_her(browser):
    plan = Walk(browser).to_plan(PORNHUB)
    all_of_them, chosen = plan.values("chosen"), plan.values("chosen", checked=True)
    assert "pornhub/removal" in chosen
    assert set(chosen) < set(all_of_them)


def test_unticking_everything_keeps_the_plan_on_the_screen(browser):
    walk = Walk(browser)
    walk.to_plan(PORNHUB)
    screen = walk.go()
    assert screen.at == "plan"
    assert screen.values("chosen", checked=True) == []


def test_a_letter_that_lacks_something_does_not_leave(browser):
    walk = Walk(browser)
    walk.to_letter(PORNHUB)
    assert "Before it can go out" in walk.now.text
    assert "mailto:" not in walk.now.text
    screen = walk.fill("pdf")
    assert screen.status == 422
    assert screen.type.startswith("text/html")
    assert "cannot go out yet" in screen.text


@pytest.mark.parametrize(
    ("kind", "type", "starts"), [("pdf", "application/pdf", b"%PDF"), ("eml", "message/rfc822", b"")]
)
def test_a_ready_letter_is_given_as_a_file_with_a_neutral_name(browser, kind, type, starts):
    walk = Walk(browser)
    walk.to_letter(PORNHUB)
    response = browser.post(
        "/en/n/",
        {
            "state": walk.now.state,
            "at": "letter",
            "go": kind,
            "key": walk.now.carried["step"],
            "blank": walk.now.values("blank"),
            **{f"x-{name}": value for name, value in SIGNED.items()},
        },
    )
    assert response["Content-Type"] == type
    assert response.content.startswith(starts)
    assert response["Content-Disposition"] in (
        'attachment; filename="letter.pdf"',
        'attachment; filename="draft.eml"',
    )


def test_a_mail_address_that_is_none_is_told_and_stays_in_its_field(browser):
    walk = Walk(browser)
    walk.to_letter(PORNHUB)
    screen = walk.fill(**{**SIGNED, "email": "not an address"})
    assert screen.status == 422
    assert 'value="not an address"' in screen.text
    assert 'value="Ana Belém"' in screen.text


def test_the_letter_stands_beside_the_same_in_her_language(browser):
    walk = Walk(browser, "fr")
    walk.to_letter(PORNHUB)
    assert 'class="paper" lang="en"' in walk.now.text
    assert 'class="paper" lang="fr"' in walk.now.text


def test_the_next_letter_is_one_click_away_and_keeps_what_was_filled_in(browser):
    walk = Walk(browser)
    walk.to_letter(PORNHUB, REDDIT)
    following = re.search(r'class="(?:next|quiet)" name="go" value="(letter:[^"]+)"', walk.now.text).group(1)
    screen = walk.fill(following, **SIGNED)
    assert screen.carried["step"] == following.removeprefix("letter:")
    assert screen.carried["situation"]["sender"]["email"] == "ana@example.org"


def test_looking_for_more_makes_links_that_only_her_browser_opens(browser):
    walk = Walk(browser)
    walk.to_places()
    walk.go(text=PORNHUB)
    walk.go("look")
    screen = walk.go("links", names="Star Light\nstar_light_99", text="")
    links = re.findall(r'<a href="(https://[^"]+)" rel="noreferrer noopener" target="_blank">', screen.text)
    assert "https://duckduckgo.com/?q=%22Star%20Light%22&amp;kp=-2" in links
    assert "https://www.google.com/search?q=%22star_light_99%22&amp;safe=off" in links
    assert screen.text.count("Its price:") == 4
    found = walk.go(names="Star Light", text=f"result one {REDDIT}")
    assert found.carried["situation"]["places"] == [PORNHUB, REDDIT]


def test_going_back_keeps_the_answers(browser):
    walk = Walk(browser)
    walk.to_plan(PORNHUB)
    questions = walk.go("back")
    assert questions.at == "questions"
    assert 'value="intimate" checked' in questions.text
    assert 'value="FR" selected' in questions.text
    assert walk.go("back").at == "pictures"
    assert walk.go("back").at == "found"
    places = walk.go("back")
    assert PORNHUB in places.text.split("<textarea")[1]


def test_at_most_six_questions_and_none_asked_twice(browser):
    walk = Walk(browser)
    walk.to_places()
    walk.go(text=PORNHUB)
    walk.go()
    screen = walk.go()
    asked = screen.text.count("<legend>") + screen.text.count("<select")
    assert 1 <= asked <= 6
    assert "under 18" not in screen.text


def test_a_case_carried_away_comes_back_with_its_passphrase(browser):
    walk = Walk(browser)
    walk.to_plan(PORNHUB)
    offered = walk.go("away")
    words = re.search(r'name="passphrase" type="text" value="([^"]+)"', offered.text).group(1)
    assert len(words.split()) == 6
    sealed = walk.send(state=offered.state, at="away", go="seal", passphrase=words)
    assert sealed.type == "application/octet-stream"
    assert b"pornhub" not in sealed.content
    back = Walk(browser)
    back.door("online")
    back.go("open")
    plan = back.go(sealed=_file(sealed.content), passphrase=words.upper())
    assert plan.at == "plan"
    assert plan.carried["situation"]["places"] == [PORNHUB]


def test_a_sealed_file_with_other_words_stays_closed(browser):
    walk = Walk(browser)
    walk.to_plan(PORNHUB)
    walk.go("away")
    sealed = walk.go("seal", passphrase="six words that only I can know")
    back = Walk(browser)
    back.door("online")
    back.go("open")
    screen = back.go(sealed=_file(sealed.content), passphrase="six words that nobody can know")
    assert screen.status == 422
    assert screen.at == "open"


def test_a_short_passphrase_is_refused_and_kept_in_its_field(browser):
    walk = Walk(browser)
    walk.to_plan(PORNHUB)
    walk.go("away")
    screen = walk.go("seal", passphrase="abc")
    assert screen.status == 422
    assert 'value="abc"' in screen.text


def _file(content: bytes):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(away.FILE_NAME, content, "application/octet-stream")


@pytest.mark.parametrize(
    "state",
    [
        "x",
        "[]",
        "[" * 100_000,
        '{"situation": 3}',
        '{"situation": {"age": 3}}',
        '{"situation": {"places": ["javascript:alert(1)"]}}',
        '{"pictures": [["<", "x", 3]]}',
        '{"pictures": "x"}',
        '{"chosen": {"a": 1}}',
        '{"text": 3}',
        '{"step": null}',
        json.dumps({"names": "x" * 20_000}),
    ],
)
def test_a_state_that_is_not_ours_is_told_and_never_breaks(browser, state):
    response = browser.post("/en/n/", {"state": state, "at": "plan", "go": "next"})
    assert response.status_code == 400
    assert "<h1>" in response.content.decode()


def test_a_bookmark_of_the_way_leads_to_the_front_door(browser):
    assert browser.get("/ar/n/")["Location"] == "/ar/"


def test_an_unknown_screen_or_step_leads_somewhere(browser):
    walk = Walk(browser)
    walk.to_plan(PORNHUB)
    assert walk.send(state=walk.now.state, at="nowhere", go="x").at == "ways"
    walk.to_plan(PORNHUB)
    assert walk.go("letter:nobody/nothing").at == "plan"
