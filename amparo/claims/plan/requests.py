"""The common plan: who runs each place, each asked once by the best right; then who keeps it findable."""

from collections.abc import Iterable
from dataclasses import replace

from amparo.claims.plan import parties, prices, routes
from amparo.claims.plan.parties import Party
from amparo.claims.plan.routes import Outlook, Route
from amparo.claims.plan.step import Recipient, Step
from amparo.directory.authorities import authority, by_kind
from amparo.directory.lookup import Found
from amparo.words import Words, words

PICTURES = ("intimate", "intimate_synthetic", "sexual_work")
_CARD_GROUPS = ("tube", "cam", "fan", "escort")


def requests(known: Outlook, found: tuple[Found, ...]) -> list[Step]:
    """Gives the requests for places that are online, not yet ordered."""
    sites = parties.sites(found, known.situation)
    return [
        *_holders(known, sites),
        *ordering_authority(known, found),
        *_findable(known, found),
        *_behind(known, sites),
    ]


def access_later(known: Outlook, found: tuple[Found, ...]) -> list[Step]:
    """Gives the question what is held, as a second request to each company: it can name the source."""
    asked = (
        routes.best(known, party, ("access",))
        for party in parties.operators(parties.sites(found, known.situation))
    )
    return [routes.later(routes.step(known, route), _SOURCE) for route in asked if route]


def ordering_authority(known: Outlook, found: tuple[Found, ...]) -> list[Step]:
    """Gives the authority that can itself order a removal, where her law has one (eSafety)."""
    hers = [
        one for one in known.rights.applies if one.rule.right == "removal" and "authority" in one.rule.against
    ]
    lives_in = known.situation.lives_in
    near = authority("image_based_abuse", lives_in) if lives_in else None
    if near is None or not hers:
        return []
    places = tuple(one.url for one in found if one.kind != "address")
    party = parties.authority_party(near, places)
    step = routes.step(known, Route(hers[0].rule, party, hers[0].why))
    if "decide" in hers[0].rule.clocks:  # the other clock runs only from the authority's own order
        step = replace(step, due=known.due(f"{hers[0].rule.id}#decide", near.seat or near.place))
    return [step]


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
            first = words("After their answer: you then know what to name.")
            steps.append(routes.later(routes.step(known, erased), first))
        elif erased:
            steps.append(routes.step(known, erased, phase="now"))
        if not asked and not erased:
            steps.append(routes.own_rules(known, party))
    return [*steps, *complaints(known, steps)]


def complaints(known: Outlook, steps: Iterable[Step]) -> list[Step]:
    """Gives the authority to turn to when a data request stays without answer; never chosen beforehand."""
    asked = [step for step in steps if step.right in (*routes.DATA, "access", "delisting") and step.rule]
    lives_in = known.situation.lives_in
    near = authority("gdpr", lives_in) if lives_in else None
    if not asked or near is None:
        return []
    party = parties.authority_party(near, ())
    route = routes.best(known, party, ("complaint",)) or next(
        (
            Route(right.rule, party, right.why)
            for right in known.rights.applies
            if right.rule.right == "complaint" and "gdpr" in right.rule.id
        ),
        None,
    )
    if route is None:
        return []
    why = words("Only if they refuse, or their time is over. Until then there is nothing to complain of.")
    return [
        Step(
            recipient=Recipient(near.slug, near.name, "authority"),
            right="complaint",
            rule=route.rule.id,
            letter="complaint",
            channel=routes.door(known, party, "complaint"),
            places=tuple(dict.fromkeys(place for step in asked for place in step.places)),
            does=words("Complain to {name}, if they do not answer in time.", name=near.name),
            why=why,
            price=prices.prices(route.rule.price, known.situation, to=near.name, places=0),
            chosen=False,
            phase="if_needed",
            strength=route.rule.strength,
        )
    ]


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
    return [*steps, *complaints(known, steps)]


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
    return [step if first else routes.later(step, _DATA_LATER)]


def _findable(known: Outlook, found: tuple[Found, ...]) -> list[Step]:
    """Gives the search engines: by the law on results for a name, else by their own rules for pictures."""
    steps: list[Step] = []
    for engine in parties.engines(found):
        law = routes.best(known, engine, ("delisting", *routes.DATA))
        pictures = known.situation.material in ("intimate", "intimate_synthetic")
        by_name = bool(known.situation.search_names)
        if law is None:
            steps.append(routes.own_rules(known, engine, phase="around"))
        elif pictures and not by_name and _takes_pictures(known, engine):
            steps.append(routes.own_rules(known, engine, phase="around", why=_NO_NAME_NEEDED))
            steps.append(routes.later(routes.step(known, law), _BY_NAME))
        else:
            step = routes.step(known, law, phase="around")
            if law.rule.right == "delisting" and not by_name:
                step = replace(step, chosen=False, price=(*step.price, prices.NEEDS_NAME))
            steps.append(step)
    return steps


def _takes_pictures(known: Outlook, engine: Party) -> bool:
    """Says whether the engine has a door of its own for such pictures."""
    door = routes.door(known, engine, "recipient_policy")
    return door is not None and "recipient_policy" in door.for_rights


def _behind(known: Outlook, sites: tuple[Party, ...]) -> list[Step]:
    """Gives host, CDN and payment firm: for when the site itself does nothing."""
    steps = [_carrier(known, party) for party in parties.carriers(sites)]
    pictures = known.situation.material in PICTURES
    unknown = tuple(site for site in sites if site.record is None and site.kinds & {"hosting_service"})
    if unknown:
        steps.append(_look_up_host(unknown))
    paid = [site for site in sites if site.record is not None and site.record.group in _CARD_GROUPS]
    if pictures and (paid or unknown):
        firms = parties.payment(sites)
        steps += [_payment(known, party) for party in firms] or [_look_up_payment((*paid, *unknown))]
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
_FREE_FIRST = words("It costs nothing but a report. The other ways have a price, so they come after.")
_DATA_LATER = words("If the first request is not enough: this one has a fixed time to answer.")
_NO_NAME_NEEDED = words("Their form for intimate pictures needs no name and works for every search.")
_SOURCE = words("It can tell you who gave it to them, and who else has it.")
_BY_NAME = words("It unlinks your name from the page. For that they need the name.")
