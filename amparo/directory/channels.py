"""Which door: of a recipient's channels the most specific one for a right, a material and who asks."""

from amparo.directory.places import lies_in
from amparo.directory.record import GRADES, Channel, Record

# Rights whose requests the same desk reads: a door made for one of them serves the others.
DATA_DESK = frozenset({"access", "erasure", "objection", "restriction", "consent_withdrawal", "delete"})
REMOVAL_DESK = frozenset({"notice", "removal", "recipient_policy"})
APPEAL_DESK = frozenset({"internal_complaint", "statement_of_reasons"})
DESKS = (DATA_DESK, REMOVAL_DESK, APPEAL_DESK)
# A data protection letter goes best by mail, a report of an item best through the form made for it.
LETTER_FIRST = ("mail", "form", "post", "in_app", "phone")
FORM_FIRST = ("form", "mail", "in_app", "post", "phone")


def channel_for(
    record: Record, *, right: str, material: str | None, who: str, lives_in: str | None
) -> Channel | None:
    """Gives the door for this request, or None when none is known. Same facts, same door.

    A door that names the right comes before one of the same desk, that before a general one. Then removal
    and data protection stand in for each other; a copyright agent never does. Last comes the post, when an
    address is known. Among equals: made for who asks, for the material; confirmed; for her country; then the
    kind that suits the right, the better source, the order of the record. `lives_in` None (skipped) keeps
    the doors of single countries shut.
    """
    open_ones = [c for c in record.channels if _serves(c, material=material, who=who, lives_in=lives_in)]
    for rights in (frozenset({right}), _same_desk(right), frozenset[str](), _next_desk(right)):
        fitting = [c for c in open_ones if rights.intersection(c.for_rights) or not rights | {*c.for_rights}]
        if fitting:
            return min(fitting, key=lambda c: _rank(c, right=right))
    return _post(record)


def channels_for(
    record: Record, *, right: str, material: str | None, who: str, lives_in: str | None
) -> tuple[Channel, ...]:
    """Gives every open door that names this right, best first: what to try when one stays silent."""
    fitting = [
        c
        for c in record.channels
        if right in c.for_rights and _serves(c, material=material, who=who, lives_in=lives_in)
    ]
    return tuple(sorted(fitting, key=lambda c: _rank(c, right=right)))


def _serves(channel: Channel, *, material: str | None, who: str, lives_in: str | None) -> bool:
    if channel.for_material and material is not None and material not in channel.for_material:
        return False
    if channel.for_who and who not in channel.for_who:
        return False
    return not channel.only_in or (lives_in is not None and lies_in(lives_in, channel.only_in))


def _same_desk(right: str) -> frozenset[str]:
    return next((desk for desk in DESKS if right in desk), frozenset({right}))


def _next_desk(right: str) -> frozenset[str]:
    """The desk next door, for a recipient of whom one address only is known."""
    beside = {DATA_DESK: REMOVAL_DESK, REMOVAL_DESK: DATA_DESK}
    return beside.get(_same_desk(right), frozenset({right}))


def _rank(channel: Channel, *, right: str) -> tuple[bool, bool, bool, bool, int, int]:
    kinds = LETTER_FIRST if right in DATA_DESK else FORM_FIRST
    return (
        not channel.for_who,
        not channel.for_material,
        channel.grade == "unchecked",
        not channel.only_in,
        kinds.index(channel.kind),
        GRADES.index(channel.grade),
    )


def _post(record: Record) -> Channel | None:
    """A letter to the seat is a door too, the slowest."""
    if not record.post:
        return None
    source = record.source_of("post")
    return Channel(
        id="post",
        kind="post",
        address=record.post,
        source=source.where,
        checked_on=source.checked_on,
        grade=source.grade,
    )
