"""What holds for every plan, whatever she answered or skipped."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from amparo.claims.plan import plan
from amparo.law import situation as facts
from amparo.law.situation import Sender, Situation

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PLACES = (
    "https://www.pornhub.com/view_video.php?viewkey=1", "https://x.com/a/status/1", "https://t.me/a/1",
    "https://www.google.com/search?q=a", "https://web.archive.org/web/2020/https://gone.somewhere.net/p",
    "https://bit.ly/abc", "https://leaks.somewhere.net/t/1", "https://1.1.1.1/a", "jobs@agency.example.org",
    "dpo@pornhub.com", "https://www.instagram.com/a", "http://abcdefghijklmnop.onion/x",
)  # fmt: skip
LIVES = (None, "FR", "DE-BY", "GB-SCT", "US", "US-CA", "CA-QC", "IN", "AU", "BR", "JP", "CH", "XK")

situations = some.builds(
    Situation,
    places=some.lists(some.sampled_from(PLACES), max_size=5, unique=True).map(tuple),
    material=some.sampled_from((None, *facts.MATERIALS)),
    role=some.sampled_from((None, *facts.ROLES)),
    lives_in=some.sampled_from(LIVES),
    consent=some.sampled_from(facts.CONSENTS),
    shown_under_18=some.sampled_from(facts.UNDER_18),
    published=some.sampled_from(facts.PUBLISHED),
    name_style=some.sampled_from(facts.NAME_STYLES),
    relation=some.sampled_from((None, *facts.RELATIONS)),
    search_names=some.sampled_from(((), ("N.",))),
    sender=some.builds(
        Sender, kind=some.sampled_from(facts.SENDER_KINDS), represents=some.sampled_from((None, "M."))
    ),
)


@given(situations)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_plan_is_never_empty_never_twice_and_ends_with_somebody_to_talk_to(situation: Situation) -> None:
    found = plan(situation, now=NOW)
    assert found.steps[-1].right == "talk"
    keys = [step.key for step in found.steps if step.right != "advice"]
    assert len(keys) == len(set(keys))
    assert [step.order for step in found.steps] == list(range(1, len(keys) + 1 + _advice(found.steps)))


@given(situations)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_costs_more_than_her_name_is_never_chosen_for_her(situation: Situation) -> None:
    for step in plan(situation, now=NOW).steps:
        said = " ".join(str(price) for price in step.price)
        if "perjury" in said or "handed to who uploaded" in said or "identity document" in said:
            assert not step.chosen
        assert not (step.right == "police" and step.chosen)


@given(situations)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_under_18_or_not_sure_is_always_the_protected_path(situation: Situation) -> None:
    found = plan(situation, now=NOW)
    under = situation.shown_under_18 in ("yes", "not_sure")
    assert found.protected is under
    if under:
        assert {step.right for step in found.steps} <= {"advice", "under_18_route", "talk"}
        assert not any(step.letter for step in found.steps)
    elif situation.shown_under_18 == "skip":
        assert "stopncii" not in {step.recipient.slug for step in found.steps}


@given(situations)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_place_is_in_some_step(situation: Situation) -> None:
    found = plan(situation, now=NOW)
    held = {place for step in found.steps for place in step.places}
    assert set(situation.places) <= held


def _advice(steps: object) -> int:
    return sum(step.right == "advice" for step in steps)  # type: ignore[attr-defined]
