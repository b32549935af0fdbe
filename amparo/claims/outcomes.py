"""What may be counted of a case, if she agreed: recipient, right, days, result. No person, no address."""

from dataclasses import dataclass
from datetime import datetime

from amparo.claims.case import Case
from amparo.claims.status import RequestStatus, status

# Whether a recipient did what was asked is only known once somebody looked, or they said no.
_RESULTS = {
    "gone": "removed",
    "gone_from_search": "delisted",
    "came_back": "came_back",
    "not_all_gone": "partly_removed",
    "refused": "refused",
    "taken_further": "refused",
    "answered": "answered",
    "overdue": "no_answer_in_time",
}


@dataclass(frozen=True)
class Outcome:
    """One request as it is counted. `days`: whole days from receipt to the first answer, None without one."""

    recipient: str
    right: str
    rule: str | None
    days: int | None
    result: str


def outcomes(case: Case, now: datetime) -> tuple[Outcome, ...]:
    """Gives the outcomes of a case; none unless she agreed, none of a recipient without a public record."""
    if not case.outcomes_agreed:
        return ()
    found = (_outcome(one) for recipient in status(case, now).recipients for one in recipient.requests)
    return tuple(one for one in found if one is not None)


def _outcome(one: RequestStatus) -> Outcome | None:
    sent = one.request.sent
    result = _RESULTS.get(one.state)
    if sent.slug is None or result is None or sent.answers is not None:
        return None
    replies = [reply.received for reply in one.request.replies if reply.reply != "acknowledged"]
    days = (min(replies) - one.request.received).days if replies else None
    return Outcome(sent.slug, sent.right, sent.rule, max(days, 0) if days is not None else None, result)
