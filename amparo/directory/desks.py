"""Whether a mail address is a desk's or a person's. In doubt it counts as a person's and is left out."""

import re

# Words of desks in the languages of the sources, as they stand in the part before the @.
WORDS = (
    "abuse", "admin", "anfrage", "appeal", "auskunft", "betroffenen", "buergerservice", "care", "cnil",
    "complain", "compliance", "contact", "content", "copyright", "customer", "data", "daten", "desk",
    "dispute", "dmca", "dpa", "dpo", "dsa", "dsb", "dsgvo", "email", "enquir", "feedback", "frag", "gdpr",
    "general", "grievance", "hallo", "hello", "help", "imprint", "impressum", "info", "inquir", "iod",
    "kontakt", "kunden", "legal", "mail", "mentions", "moderation", "notice", "notification", "office",
    "optout", "opt-out", "poststelle", "press", "privac", "privat", "protecciondedatos", "reach-us",
    "recht", "redaktion", "removal", "rep_", "report", "representative", "request", "rgpd", "rights",
    "security", "sekretariat", "service", "shop", "support", "takedown", "team", "tos", "trust", "user",
    "violation", "webmaster", "zentrale", "safety",
)  # fmt: skip
SHORT = frozenset({"dsar", "dsr", "ip", "rgo", "sar"})  # as the whole name only: too short to look for inside
# Firms that stand in for others: each of their boxes is a desk, named after whom it is for.
STAND_INS = re.compile(r"@(?:gdpr-rep|prighter)\.com$")
# Mailboxes anybody can open: a firm with one uses a person's. The provider's own desks are none.
FREE = re.compile(
    r"(?<!^abuse)(?<!^dpo)@(?:gmail|googlemail|gmx|web|t-online|freenet|hotmail|outlook|live|yahoo|icloud|aol"
    r"|proton(?:mail)?|posteo|mailbox|arcor|orange|wanadoo|libero|mail)\.[a-z]{2,3}(?:\.[a-z]{2})?$"
)


def is_a_desk(mail: str) -> bool:
    """Says whether an address is surely that of a desk: `privacy@…` is, `first.last@…` is not."""
    mail = mail.lower()
    box, _, domain = mail.partition("@")
    if not domain or FREE.search(mail):
        return False
    if box in SHORT or STAND_INS.search(mail):
        return True
    named_after_itself = len(box) > 3 and re.sub(r"\W", "", box) == domain.partition(".")[0]
    return named_after_itself or any(word in box for word in WORDS)
