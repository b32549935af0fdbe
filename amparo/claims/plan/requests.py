"""The common plan: who runs each place, each asked once by the best right; then who keeps it findable."""

from collections.abc import Iterable
from dataclasses import replace

from amparo.claims.plan import parties, prices, routes
from amparo.claims.plan.overseers import overseers
from amparo.claims.plan.parties import Party
from amparo.claims.plan.routes import Outlook, Route, is_home
from amparo.claims.plan.step import Learnt, Recipient, Step
from amparo.directory.authorities import by_kind
from amparo.directory.lookup import Found
from amparo.directory.record import Record
from amparo.law.situation import Situation
from amparo.words import Words, words

PICTURES = ("intimate", "intimate_synthetic", "sexual_work")
_CARD_GROUPS = ("tube", "cam", "fan", "escort")


def requests(known: Outlook, found: tuple[Found, ...]) -> list[Step]:
    """Gives the requests for places that are online, not yet ordered."""
    sites = parties.sites(found, known.situation)
    steps = [*_holders(known, sites), *ordering_authority(known, found), *_findable(known, found)]
    return [*steps, *overseers(known, steps), *_behind(known, sites)]


def access_later(known: Outlook, found: tuple[Found, ...]) -> list[Step]:
    """Gives the question what is held, as a second request to each company: it can name the source."""
    asked = (
        routes.best(known, party, ("access",))
        for party in parties.operators(parties.sites(found, known.situation))
    )
    return [routes.later(routes.step(known, route), _SOURCE) for route in asked if route]


def ordering_authority(known: Outlook, found: tuple[Found, ...]) -> list[Step]:
    """Gives the authority of her place that can itself order a removal, where her law has one.

    The eSafety Commissioner, the Garante, the AEPD: the rule says that it may, the directory by which door.
    """
    near = _takes_removals(known.situation)
    if near is None:
        return []
    places = tuple(one.url for one in found if one.kind != "address")
    party = parties.authority_party(near, places)
    steps = []
    for right in known.rights.applies:
        rule = right.rule
        if rule.right == "removal" and rule.is_for_public_bodies and is_home(rule, near.place):
            step = routes.step(known, Route(rule, party, right.why))
            if "decide" in rule.clocks:  # the other clock runs only from the authority's own order
                step = replace(step, due=known.due(f"{rule.id}#decide", near.seat or near.place))
            steps.append(step if step.letter else _by_form(step))
    return steps[:1]


def _by_form(step: Step) -> Step:
    """Gives a step that is only a form, with what the form asks: no letter page says it later."""
    asks = (*step.channel.asks, *step.channel.traps) if step.channel else ()
    return replace(step, price=(*step.price, *(Words(one) for one in asks)))


def _takes_removals(situation: Situation) -> Record | None:
    """Gives the authority of where she lives that is made for such pictures, or has a door for them."""
    for one in by_kind("authority", situation.lives_in or "ZZ"):
        doors = (door for door in one.channels if "removal" in door.for_rights)
        fits = any(
            not door.for_material or situation.material in (None, *door.for_material) for door in doors
        )
        if one.place is not None and (fits or "image_based_abuse" in one.covers):
            return one
    return None


def access_first(known: Outlook, found: tuple[Found, ...]) -> list[Step]:
    """Gives the requests of somebody who first wants to know what is held: access, then erasure.

    Erasure comes second and is not chosen at once: what is erased can no longer be told.
    """
    steps: list[Step] = []
    for party in parties.operators(parties.sites(found, known.situation, with_engines=True)):
        asked = routes.best(known, party, ("access",))
        erased = routes.best(known, party, routes.DATA)
        if asked:
            steps.append(routes.step(known, asked, phase="now"))
        if erased and asked:
            steps.append(routes.later(routes.step(known, erased), _AFTER_ANSWER))
        elif erased:
            steps.append(routes.step(known, erased, phase="now"))
        steps += _beside_access(known, party)
        if not asked and not erased:
            steps += _plain_questions(known, party)
    return [*steps, *overseers(known, steps)]


def _beside_access(known: Outlook, party: Party) -> list[Step]:
    """Gives the two rights over data that are neither known nor gone: to correct them, to take them along."""
    found = ((routes.best(known, party, (right,)), why) for right, why in _BESIDE.items())
    return [routes.later(routes.step(known, route), why) for route, why in found if route]


def _plain_questions(known: Outlook, party: Party) -> list[Step]:
    """Gives the same two questions where no law that we know gives a right to an answer."""
    ask = Step(
        recipient=Recipient(party.slug, party.name, party.role),
        right="access",
        letter="access",
        channel=routes.door(known, party, "access"),
        places=party.places,
        does=words("Ask {name} what it holds about you.", name=party.name),
        why=words("No law that we know makes them answer you. Many do all the same."),
        price=(prices.shown_name(known.situation, party.name),),
        strength=routes.OWN_RULES_STRENGTH,
    )
    erase = replace(
        ask,
        right="erasure",
        letter="erasure",
        channel=routes.door(known, party, "erasure"),
        does=words("Ask {name} to erase your data.", name=party.name),
    )
    return [ask, routes.later(erase, _AFTER_ANSWER)]


def _holders(known: Outlook, sites: tuple[Party, ...]) -> list[Step]:
    """Gives the requests to the sites and to the companies behind them; one of each party comes first."""
    steps: list[Step] = []
    for company in parties.operators(sites):
        own = [site for site in sites if (site.operator or site.key) == company.key]
        data = routes.best(known, company, routes.DATA)
        removals = {site.key: _removals(known, site) for site in own}
        data_first = data is not None and (_takes_back(known) or _leads(data, removals.values()))
        for site in own:
            steps += _of_site(known, site, removals[site.key], covered=data_first)
        if data is not None:
            steps += _of_data(known, data, first=data_first)
        asked = routes.best(known, company, ("access",))
        if asked and known.situation.material == "personal_data":
            steps.append(routes.later(routes.step(known, asked), _SOURCE))
    return steps


def _removals(known: Outlook, site: Party) -> list[Route]:
    rights = [r for r in routes.REMOVAL if r != "copyright" or known.situation.role == "author"]
    return routes.each(known, site, rights)


def _takes_back(known: Outlook) -> bool:
    """Says whether she takes back consent to sexual work: then her data right leads (GDPR 7(3))."""
    return known.situation.material == "sexual_work" and known.situation.consent == "withdrawn"


def _leads(data: Route, removals: Iterable[list[Route]]) -> bool:
    """Says whether the data request is faster than whatever each of the sites can be asked."""
    return all(not each or data.strength < each[0].strength for each in removals)


def _of_site(known: Outlook, site: Party, removals: list[Route], *, covered: bool) -> list[Step]:
    """Gives the first request to a site and what is left for later; nothing by law: its own rules."""
    if not removals:
        return [] if covered else [routes.own_rules(known, site)]
    steps = [routes.step(known, route) for route in removals]
    if covered:
        return [routes.later(step) for step in steps]
    mild = next((n for n, route in enumerate(removals) if _leads_at_once(known, route)), None)
    if any(step.needs_mandate for step in steps):  # what needs no mandate can go out today
        mild = next(
            (n for n, step in enumerate(steps) if step.right == "notice" and not step.needs_mandate), mild
        )
    if mild is None:  # every right has a price: her own choice, the free door stands before it
        return [routes.own_rules(known, site, why=_FREE_FIRST), *(routes.later(step) for step in steps)]
    return [step if n == mild else _beside(known, routes.later(step)) for n, step in enumerate(steps)]


def _leads_at_once(known: Outlook, route: Route) -> bool:
    """Says whether a request can go out first: no heavy price, no signature that must still be got."""
    waits = known.acts_for_other and route.rule.own_signature
    return prices.is_mild(route.rule.price) and not waits


def _beside(known: Outlook, step: Step) -> Step:
    """Gives a request that only waits for her own signature its place among the first ones."""
    waits = known.acts_for_other and step.own_signature and step.right == "removal"
    return replace(step, phase="now") if waits else step


def _of_data(known: Outlook, data: Route, *, first: bool) -> list[Step]:
    step = routes.step(known, data)
    dated = step.due is not None and step.due.answer_due is not None
    return [step if first else routes.later(step, _DATA_LATER if dated else None)]


def _findable(known: Outlook, found: tuple[Found, ...]) -> list[Step]:
    """Gives the search engines: by the law on results for a name, else by their own rules for pictures."""
    steps: list[Step] = []
    for engine in parties.engines(found, known.situation):
        law = routes.best(known, engine, _OF_AN_ENGINE)
        agreed = known.situation.consent == "given"
        pictures = known.situation.material in ("intimate", "intimate_synthetic") and not agreed
        by_name = bool(known.situation.search_names)
        if law is None and agreed:
            continue  # their rules are for what she did not agree to
        if law is None:
            steps.append(routes.own_rules(known, engine, phase="around"))
        elif pictures and not by_name and _takes_pictures(known, engine):
            steps.append(routes.own_rules(known, engine, phase="around", why=_NO_NAME_NEEDED))
            steps.append(routes.later(routes.step(known, law), _by_name(law)))
        else:
            step = routes.step(known, law, phase="around")
            if law.rule.right == "delisting" and not by_name:
                step = replace(step, chosen=False, price=(*step.price, prices.NEEDS_NAME))
            steps.append(step)
    return steps


def _by_name(law: Route) -> Words | None:
    return _BY_NAME if law.rule.right == "delisting" else None


def _takes_pictures(known: Outlook, engine: Party) -> bool:
    """Says whether the engine has a door of its own for such pictures."""
    door = routes.door(known, engine, "recipient_policy")
    return door is not None and "recipient_policy" in door.for_rights


def _behind(known: Outlook, sites: tuple[Party, ...]) -> list[Step]:
    """Gives host, CDN and payment firm: for when the site itself does nothing."""
    steps = [_carrier(known, party) for party in parties.carriers(sites, known.situation)]
    pictures = known.situation.material in PICTURES
    unknown = tuple(site for site in sites if site.record is None and site.kinds & {"hosting_service"})
    steps += _learnt(known, unknown)
    told = {one.domain for one in known.situation.carriers if one.kind == "network"}
    if still := tuple(site for site in unknown if site.key not in told):
        steps.append(_look_up_host(still))
    paid = [site for site in sites if site.record is not None and site.record.group in _CARD_GROUPS]
    if pictures and (paid or unknown):
        firms = parties.payment(sites, known.situation)
        steps += [_payment(known, party) for party in firms] or [_look_up_payment((*paid, *unknown))]
    return steps


def _learnt(known: Outlook, sites: tuple[Party, ...]) -> list[Step]:
    """Gives the carriers the registers named: the network first, the registrar when nothing else helps."""
    steps = []
    for kind, why in (("network", None), ("registrar", _LAST)):
        for party, told in parties.learnt(sites, known.situation, kind).values():
            step = replace(_carrier(known, party), learnt=Learnt(told.source, told.at))
            steps.append(replace(step, why=why, strength=step.strength + 50) if why else step)
    return steps


def _carrier(known: Outlook, party: Party) -> Step:
    route = routes.best(known, party, ("notice", "removal"))
    why = words("Only if the site does nothing. They carry it and can press the site.")
    step = routes.step(known, route) if route else routes.own_rules(known, party)
    return _if_needed(step, why, prices.PASSED_ON)


def _payment(known: Outlook, party: Party) -> Step:
    why = words("Only if the site does nothing. Card rules ask paid adult sites to take such pages down.")
    return _if_needed(routes.own_rules(known, party), why, prices.PRESSES_ALL)


def _if_needed(step: Step, why: Words, price: Words) -> Step:
    return replace(step, why=why, price=(*step.price, price), chosen=False, phase="if_needed")


def _look_up_payment(sites: Iterable[Party]) -> Step:
    """Gives the card firms' way, for paid sites of which we do not know who takes the payments."""
    names = [
        one.name for one in by_kind("payment") if any(PICTURES[0] in rule.about for rule in one.own_rules)
    ]
    return Step(
        recipient=PAYMENT,
        right="recipient_policy",
        letter="own_rules",
        places=tuple(dict.fromkeys(place for site in sites for place in site.places)),
        does=words("Find out who takes the payments for the site, and report it there."),
        why=words(
            "Only if the site does nothing. Card rules ask paid adult sites to take such pages down. "
            "Look for a name at the foot of its payment page, like {names}.",
            names=", ".join(names),
        ),
        price=(prices.PRESSES_ALL,),
        chosen=False,
        phase="if_needed",
        strength=450,
    )


def _look_up_host(sites: tuple[Party, ...]) -> Step:
    return Step(
        recipient=HOST,
        right="recipient_policy",
        letter="own_rules",
        places=tuple(place for site in sites for place in site.places),
        does=words("Find out who hosts the site, and report it there."),
        why=words(
            "Only if the site does nothing. Look its address up at https://lookup.icann.org; "
            "the company named there has an abuse address."
        ),
        price=(prices.PASSED_ON,),
        chosen=False,
        phase="if_needed",
    )


PAYMENT = Recipient(None, "payment company", "infrastructure", words("the site's payment company"))
HOST = Recipient(None, "host or CDN", "infrastructure", words("the site's host"))
# What California lets her have deleted was collected from her; an index was not.
_OF_AN_ENGINE = ("delisting", *(right for right in routes.DATA if right != "delete"))
_LAST = words("The last step: a registrar can only switch off the whole site.")
_AFTER_ANSWER = words("After their answer: you then know what to name.")
_BESIDE = {"rectification": _AFTER_ANSWER, "portability": None}
_FREE_FIRST = words("It costs nothing but a report. The other ways have a price, so they come after.")
_DATA_LATER = words("If the first request is not enough: this one has a fixed time to answer.")
_NO_NAME_NEEDED = words("Their form for intimate pictures works for every search, not only for your name.")
_SOURCE = words("It can tell you who gave it to them, and who else has it.")
_BY_NAME = words("It unlinks your name from the page. For that they need the name.")
