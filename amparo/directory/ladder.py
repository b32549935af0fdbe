"""From what the registers say to who can act: the network's owner, then the registrar, each with its door."""

import re
from datetime import date

from amparo.directory import hosts
from amparo.directory.recipients import CARRIERS, Recipient, acting
from amparo.directory.record import Channel, Record
from amparo.directory.records import of_kind, records
from amparo.directory.registration import Domain, Network
from amparo.words import words

# Endings of company names that say nothing: the same firm is registered with and without them.
_LEGAL_FORM = re.compile(
    r"\b(?:inc|llc|ltd|limited|gmbh|ag|bv|b v|s a|sa|sas|sarl|srl|oy|ab|corp|corporation|co|company|plc)\b"
)


def of_network(one: Network, *, source: str, on: date) -> Recipient | None:
    """Gives the owner of the network a site lies in; None when the register names nobody."""
    record = _by_mail(one.abuse) or _by_name(one.holder, ("host", "cdn")) or _by_name(one.name, ("cdn",))
    if record is not None:
        return acting(record)
    name = one.holder or one.name
    if name is None and one.abuse is None:
        return None
    return _unknown(name or str(one.abuse), one.abuse, source=source, on=on)


def of_registrar(one: Domain, *, source: str, on: date) -> Recipient | None:
    """Gives the registrar of a name, the last step; None when the register names none."""
    record = _by_mail(one.abuse, ("registrar", "host")) or _by_name(one.registrar, ("registrar",))
    if record is not None:
        return acting(record)
    if one.registrar is None and one.abuse is None:
        return None
    return _unknown(one.registrar or str(one.abuse), one.abuse, source=source, on=on)


def _by_mail(mail: str | None, kinds: tuple[str, ...] = CARRIERS) -> Record | None:
    slug = hosts.host(mail.rpartition("@")[2].lower()).slug if mail else None
    one = records()[slug] if slug else None
    return one if one is not None and one.kind in kinds and one.ended is None else None


def _by_name(name: str | None, kinds: tuple[str, ...]) -> Record | None:
    """The same name but for its legal form; a name that only begins alike is another firm."""
    wanted = _bare(name or "")
    if not wanted:
        return None
    for kind in kinds:
        for one in of_kind(kind):
            if one.ended is None and wanted in (_bare(one.name), _bare(one.operator_name or "")):
                return one
    return None


def _bare(name: str) -> str:
    plain = re.sub(r"[^\w]+", " ", name.lower())
    return re.sub(r"\s+", " ", _LEGAL_FORM.sub(" ", plain)).strip()


def _unknown(name: str, abuse: str | None, *, source: str, on: date) -> Recipient:
    if abuse is None:
        how = words("The register gives no address for abuse. Look on its own site.")
        return Recipient(name=name, role="infrastructure", how=how, source=source, checked_on=on)
    door = Channel(
        id="register", kind="mail", address=abuse, source=source, checked_on=on, grade="primary",
        for_rights=("notice", "removal", "recipient_policy"),
    )  # fmt: skip
    return Recipient(
        name=name, role="infrastructure", channel=door, address=abuse,
        source=source, checked_on=on, grade="primary",
    )  # fmt: skip
