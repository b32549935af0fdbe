"""The required elements: their names, the facts that must stand in the text, and what to fill in."""

from collections.abc import Callable, Iterable

from amparo.claims.letters.facts import Facts
from amparo.words import Words, words

LABELS: dict[str, Words] = {
    "who_i_am": words("Who writes"),
    "contact": words("How to reach you"),
    "signature": words("Your signature"),
    "identification": words("What it is about"),
    "location": words("Where it is"),
    "my_link_to_it": words("What it has to do with you"),
    "explanation": words("Why it must go"),
    "good_faith": words("That you say this in good faith"),
    "non_consent": words("That there is no agreement"),
    "erasure_ground": words("The ground for erasure"),
    "request": words("What you ask for"),
    "recipients_told": words("That others who got the data are told"),
    "objection_grounds": words("Why your situation weighs more"),
    "search_name": words("The name people search for"),
    "results_list": words("Each search result"),
    "work": words("The work that is yours"),
    "perjury_statement": words("Your statement under penalty of perjury"),
    "authority_to_act": words("That you may act"),
    "access_list": words("The list of what they must tell you"),
    "decision_contested": words("The decision you contest"),
    "why_wrong": words("Why the decision is wrong"),
    "prior_request": words("The request you made before"),
    "declaration_subject": words("Your declaration that it is you, or that you act for the person"),
    "own_rule_named": words("The rule they published themselves"),
}


def element_name(id: str) -> Words:
    """Gives what a required element is, in words."""
    return LABELS.get(id, Words(id))


TO_FILL: dict[str, Words] = {
    "account": words("Write the name of the account."),
    "consent": words("Say whether you agreed to this being published."),
    "contact": words("Give an e-mail address where answers can reach you."),
    "decision_on": words("Write the date of the decision."),
    "describe": words("Describe in one line what it is and how to find it there."),
    "email": words("Give an e-mail address where answers can reach you."),
    "first_recipient": words("Write who received your first request."),
    "first_request_on": words("Write the day on which you sent the first request."),
    "good_faith": words("Confirm that what the letter says is true as far as you know."),
    "identity_offer": words("Say which proof of identity you offer, for example the e-mail of the account."),
    "mandate": words("A mandate in force is needed. Write its last day, or make a new one."),
    "mandate_until": words("Write the last day of the mandate."),
    "name": words("Write the name you sign with."),
    "organisation": words("Write the name of the organisation."),
    "own_rule": words("Paste the address of the rule they published."),
    "phone": words("Write a phone number."),
    "post": words("Write a postal address."),
    "perjury": words("Confirm, under penalty of perjury, that you may act for the owner of this work."),
    "places": words("Paste at least one address."),
    "represents": words("Write the name of the person for whom you act."),
    "search_names": words("Write the name that people search for."),
    "signature": words("Type your name as your signature."),
    "what_is_wrong": words("Say what is wrong in what they hold, and what is right."),
    "what_was_asked": words("Write what they asked you for."),
    "work": words("Say in one line which picture or video is yours."),
}


def to_fill(blank: str) -> Words:
    """Gives what to do about an open blank."""
    return TO_FILL.get(blank) or words("Fill in: {blank}.", blank=blank.replace("_", " "))


def label(element: str) -> Words:
    """Gives the name of an element."""
    return LABELS.get(element) or words("Also needed: {element}", element=element.replace("_", " "))


def stands(element: str, body: str, facts: Facts) -> bool:
    """True when the facts this element rests on occur in the letter, word for word."""
    expected = tuple(KEY_FACTS[element](facts)) if element in KEY_FACTS else ()
    lines = frozenset(body.split("\n"))
    return all(fact and (fact in lines or fact in body) for fact in expected)


def _blank(*names: str) -> Callable[[Facts], Iterable[str]]:
    return lambda facts: [facts.blanks.get(name, "") for name in names]


def _places(facts: Facts) -> Iterable[str]:
    if facts.looks["held"]:  # data that somebody keeps have no address of their own
        return []
    return [f"- {place}" for place in facts.places] or [facts.blanks.get("describe", "")]


def _names(facts: Facts) -> Iterable[str]:
    return facts.search_names or [""]


def _mandate(facts: Facts) -> Iterable[str]:
    if "self" in facts.looks["acting"]:
        return []
    return [facts.blanks.get("represents", ""), facts.blanks.get("mandate_until", "")]


KEY_FACTS: dict[str, Callable[[Facts], Iterable[str]]] = {
    "who_i_am": lambda facts: [facts.blanks.get("name") or facts.blanks.get("represents", "")],
    "contact": lambda facts: [facts.blanks.get("email") or facts.blanks.get("post", "")],
    "signature": lambda facts: [f"/s/ {facts.blanks['signature']}" if "signature" in facts.blanks else ""],
    "location": _places,
    "results_list": _places,
    "search_name": _names,
    "work": _blank("work"),
    "decision_contested": _blank("decision_on"),
    "prior_request": _blank("first_request_on"),
    "authority_to_act": _mandate,
}
