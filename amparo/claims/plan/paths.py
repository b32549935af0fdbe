"""The paths for other days: under 18 or not sure, a threat, something only heard of, a removed account."""

from collections.abc import Iterable
from dataclasses import replace

from amparo.claims.plan import parties, routes
from amparo.claims.plan.parties import Party
from amparo.claims.plan.requests import access_first, access_later, ordering_authority, requests
from amparo.claims.plan.routes import Outlook, Route
from amparo.claims.plan.step import Recipient, Step
from amparo.claims.plan.talk import police
from amparo.directory.authorities import authority, by_kind, programmes
from amparo.directory.lookup import Found
from amparo.directory.record import Channel, Record
from amparo.law.situation import Situation
from amparo.words import Words, words

YOU = Recipient(None, "you", "person", words("you"))


def protected(known: Outlook, found: tuple[Found, ...]) -> list[Step]:
    """Gives only the ways made for pictures of people under 18: addresses only, no letter, no picture."""
    lives_in = known.situation.lives_in
    steps = [
        _programme(one, "now") for one in programmes() if one.ages == "under_18" and _open(one, lives_in)
    ]
    steps += [_under_18_door(known, site) for site in _with_engines(known, found)]
    steps += [_hotline(one, found) for one in _hotlines(lives_in)]
    threatened = known.situation.published == "threatened"
    return [*steps, *([_DO_NOT_PAY] if threatened else []), _KEEP_NO_COPY]


def _hotlines(lives_in: str | None) -> tuple[Record, ...]:
    """Gives the hotlines of her country, else the network that knows the one of each country."""
    hotlines = by_kind("hotline", lives_in or "ZZ")
    home = (lives_in or "").partition("-")[0]
    own = tuple(one for one in hotlines if one.place is not None or (one.seat and one.seat[:2] == home))
    return own or tuple(one for one in hotlines if one.slug == "intl-inhope") or hotlines[:1]


def threat(known: Outlook, found: tuple[Found, ...]) -> list[Step]:
    """Gives what helps before anything is online: no pay, keep the messages, block, report the account."""
    steps = [_DO_NOT_PAY, _KEEP_MESSAGES, *block_before_posting(known.situation)]
    sites = parties.sites(found, known.situation, with_engines=True)
    for site in sites:
        law = routes.best(known, site, ("removal", "notice"))
        steps.append(routes.step(known, law) if law else routes.own_rules(known, site, why=_REPORT_WHY))
    if not sites:
        steps.append(_REPORT_IN_APP)
    ordering = [replace(step, why=_ACTS_ON_THREATS) for step in ordering_authority(known, found)]
    return [*steps, *ordering, police()]


def heard_of(known: Outlook, found: tuple[Found, ...]) -> list[Step]:
    """Gives what helps when she was only told, or cannot get in: look, block, ask what they hold."""
    steps = [_LOOK_FOR_MORE, *block_before_posting(known.situation)]
    if not found:
        return [*steps, _ASK_WHERE]
    if asks_what_is_held(known.situation):
        return [*steps, *access_first(known, found)]
    return [*steps, *requests(known, found), *access_later(known, found)]


def asks_what_is_held(situation: Situation) -> bool:
    """Says whether she first wants to know what somebody holds: employer, recruiter, behind an account."""
    behind_account = situation.role == "account_holder" and situation.material == "personal_data"
    at_work = situation.role == "worker" or situation.relation in ("employer", "recruiter")
    return at_work or (behind_account and situation.decision is None)


def removed_account(known: Outlook, found: tuple[Found, ...]) -> list[Step]:
    """Gives the way back for an account or post taken down: reasons, complaint, outside body, coordinator."""
    steps: list[Step] = []
    for site in parties.sites(found, known.situation, with_engines=True):
        reasons = routes.best(known, site, ("statement_of_reasons",))
        complaint = _complaint(known, site)
        if reasons:
            step = routes.step(known, reasons)
            steps.append(replace(step, chosen=False, why=_HAS_REASONS) if _knows_ground(known) else step)
        if complaint:
            steps.append(_within_time(known, complaint, site))
        else:
            steps.append(routes.own_rules(known, site, why=_APPEAL_BY_RULES))
        if reasons or complaint:
            steps += _outside(known, site)
    return steps


def _complaint(known: Outlook, site: Party) -> Route | None:
    """Gives the complaint to the platform itself; a sworn answer to a copyright notice is no such thing."""
    found = routes.routes(known, site, ("internal_complaint",))
    return next((route for route in found if "perjury" not in route.rule.price), None)


def _knows_ground(known: Outlook) -> bool:
    return known.situation.decision is not None and bool(known.situation.decision.ground)


def block_before_posting(situation: Situation) -> list[Step]:
    """Gives the programmes that block a picture before it is posted; only for adults who said so.

    Skipping the age question keeps them away: they need a picture in the hand.
    """
    if situation.shown_under_18 != "no" or situation.material not in (None, "intimate", "intimate_synthetic"):
        return []
    if situation.consent == "given" and situation.published != "threatened":
        return []
    phase = "first" if situation.published == "threatened" else "around"
    adult = (one for one in programmes() if one.ages in ("adult", "any"))
    return [_programme(one, phase) for one in adult if _open(one, situation.lives_in)]


def _programme(one: Record, phase: str) -> Step:
    about = Words(one.takes) if one.takes else words("It takes a fingerprint, not the picture.")
    costs = (*one.limits[:2], *one.traps[:1]) if one.on_device else (*one.traps[:2], *one.limits[:1])
    own_device = words("The fingerprint is made on your own device. The picture stays with you.")
    return Step(
        recipient=Recipient(one.slug, one.name, "hash_programme"),
        right="under_18_route" if one.ages == "under_18" else "recipient_policy",
        channel=next(iter(one.channels), None),
        does=words("Let {name} block the picture on the sites that take part.", name=one.name),
        why=words("{about} {device}", about=about, device=own_device) if one.on_device else about,
        price=tuple(Words(cost) for cost in costs),
        chosen=one.on_device is True,
        phase=phase,
        strength=100 if one.on_device else 190,
    )


def _open(one: Record, lives_in: str | None) -> bool:
    """Says whether a programme is open where she lives; one tied to a country only if she told it."""
    return one.place is None or (lives_in or "").partition("-")[0] == one.place.partition("-")[0]


def _with_engines(known: Outlook, found: tuple[Found, ...]) -> list[Party]:
    """Gives the sites, and the engines that have a door for it; an engine she named with all pages."""
    named = {site.key: site for site in parties.sites(found, known.situation, with_engines=True)}
    for engine in parties.engines(found, known.situation):
        if engine.key in named or _has_under_18_door(engine.record):
            named[engine.key] = engine
    return list(named.values())


_MAY_ASK_NAME = words("We know only their form for other reports. It may ask for a name all the same.")


def _has_under_18_door(record: Record | None) -> bool:
    return record is not None and any("under_18_route" in c.for_rights for c in record.channels)


def _under_18_door(known: Outlook, site: Party) -> Step:
    """Gives the site's own door for such pictures; the law needs no name for them (DSA 16(2)(c)).

    Where no door made for it is known, the one for other reports is named, and that it may ask for a name.
    """
    made_for_it = _has_under_18_door(site.record)
    return Step(
        recipient=Recipient(site.slug, site.name, site.role),
        right="under_18_route",
        channel=_their_door(known, site),
        places=site.places,
        does=words("Give {name} the address, and say a person under 18 is shown.", name=site.name),
        why=words("Give the address only. You need not give your name, and never send the picture."),
        price=() if made_for_it else (_MAY_ASK_NAME,),
        strength=200,
    )


def _their_door(known: Outlook, site: Party) -> Channel | None:
    """Gives the door made for it, else the one for reports; never the post."""
    doors = (routes.door(known, site, right) for right in ("under_18_route", "notice"))
    return next((door for door in doors if door is not None and door.kind != "post"), None)


def _hotline(one: Record, found: Iterable[Found]) -> Step:
    places = tuple(place.url for place in found if place.kind != "address")
    return Step(
        recipient=Recipient(one.slug, one.name, "helper"),
        right="under_18_route",
        channel=next(iter(one.channels), None),
        places=places,
        does=words("Give the address to {name}.", name=one.name),
        why=words("They look for you, and have it taken down with the police of that place if needed."),
        price=(
            words("They pass what they find illegal to the police. You can stay without a name."),
            *(Words(trap) for trap in one.traps[:1]),
        ),
        chosen=False,  # it leads to the police: hers to choose
        strength=300,
    )


def _within_time(known: Outlook, complaint: Route, site: Party) -> Step:
    """Gives the complaint to the platform, dated from the day she was told; too late is told, not hidden."""
    step = routes.step(known, complaint)
    decision = known.situation.decision
    if decision is None or decision.on is None:
        return step
    due = known.due_since(complaint.rule.id, site.addressee.seat, told=decision.on)
    last = due.act_by
    step = replace(step, due=due)
    if last is not None and last < known.now:
        late = words(
            "The six months were over on {day}. The outside body may still hear you.", day=last.date()
        )
        return replace(step, chosen=False, why=late, phase="later")
    return step


def _outside(known: Outlook, site: Party) -> list[Step]:
    """Gives the independent body and the coordinator: later steps, each with what must come before."""
    steps: list[Step] = []
    outside = _of_right(known, site, "out_of_court")
    body = body_for(site.slug, known.situation)
    if outside and body:
        steps.append(_at(known, outside, body, site, "later", _AFTER_COMPLAINT))
    complaint = _of_right(known, site, "complaint", "dsa")
    lives_in = known.situation.lives_in
    coordinator = authority("dsa", lives_in) if lives_in else None
    if complaint and coordinator:
        steps.append(_at(known, complaint, coordinator, site, "if_needed", _COORDINATOR))
    return steps


def _of_right(known: Outlook, site: Party, right: str, named: str = "") -> Route | None:
    """Gives a right whose addressee is not the site itself but somebody about it."""
    reached = routes.best(known, site, (right,))
    if reached and named in reached.rule.id:
        return reached
    hers = (one for one in known.rights.applies if one.rule.right == right and named in one.rule.id)
    return next((Route(one.rule, site, one.why) for one in hers), None)


def body_for(slug: str | None, situation: Situation) -> Record | None:
    """Gives the nearest body that hears a platform's decisions, else one that names no platforms."""
    bodies = by_kind("out_of_court")
    hears = [one for one in bodies if slug in one.decides_on] or [one for one in bodies if not one.decides_on]
    home = (situation.lives_in or "").partition("-")[0]

    def near(one: Record) -> tuple[bool, bool, int, str]:
        speaks = bool(set(one.languages) & set(situation.languages))
        return (one.place != home, not speaks, -len(one.languages), one.slug)

    return min(hears, key=near, default=None)


def _at(known: Outlook, route: Route, where: Record, site: Party, phase: str, why: Words) -> Step:
    party = parties.authority_party(where, site.places)
    step = routes.step(known, Route(route.rule, party, route.why))
    return replace(step, why=why, chosen=False, phase=phase)


def _advice(does: Words, why: Words, phase: str = "first") -> Step:
    return Step(recipient=YOU, right="advice", does=does, why=why, phase=phase, strength=0)


_DO_NOT_PAY = _advice(
    words("Do not pay, and do not send more."),
    words("Who pays once is usually asked again. Paying does not delete a picture."),
)
_KEEP_MESSAGES = _advice(
    words("Keep the messages, then stop answering."),
    words("Save names, dates and account addresses. They prove the threat. Block only after that."),
)
_REPORT_IN_APP = Step(
    recipient=Recipient(None, "the app or site of the threat", "online_platform", words("the app or site")),
    right="recipient_policy",
    letter="own_rules",
    does=words("Report the account in the app or site where the threat came."),
    why=words("Nearly all forbid threats to publish. Give us its address, and we name their form."),
    price=(words("The platform sees who reports. The other person is usually not told."),),
    strength=150,
)
_ACTS_ON_THREATS = words("It acts on threats too, before anything is online.")
_REPORT_WHY = words("Threats to publish are against their rules. Report the account, not only the message.")
_LOOK_FOR_MORE = _advice(
    words("Look for it, if you wish."),
    words("We make search links from your names and titles. Your own browser opens them, or nobody does."),
)
_ASK_WHERE = _advice(
    words("Ask who told you for the exact address, or the name of the group."),
    words("With an address we can say who can act. You need not look at it yourself."),
    "now",
)
_KEEP_NO_COPY = _advice(
    words("Keep only the address. Make no copy and no screenshot."),
    words("Copies of such pictures can be a crime for anyone, even to prove what happened."),
)
_HAS_REASONS = words("You have their reasons already. Ask only if they are not clear.")
_APPEAL_BY_RULES = words("Most platforms have an appeal of their own. No law that we know dates it here.")
_AFTER_COMPLAINT = words("If the complaint does not help, or instead of it. It is free or nearly so.")
_COORDINATOR = words("If the platform breaks the rules themselves: no reasons, no way to complain.")
