"""What a check of a case can find. A finding never stops the other records from being read."""

from dataclasses import dataclass

from amparo.errors import CouldNot, Refused
from amparo.words import Words, words


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was written; `seq` is the record it concerns, where there is one."""

    code: str
    words: Words
    seq: int | None = None


def missing(seq: int) -> Finding:
    """A record that should be there is not."""
    return Finding("missing", words("Record {seq} was taken out.", seq=seq), seq)


def damaged(seq: int) -> Finding:
    """A record does not open in its place: changed, cut, or brought from elsewhere."""
    return Finding("damaged", words("Record {seq} was changed or moved, and cannot be read.", seq=seq), seq)


def body_damaged(seq: int) -> Finding:
    """A record's content does not open; that it was there, and when, still holds."""
    return Finding(
        "body_damaged", words("What record {seq} said was changed, and cannot be read.", seq=seq), seq
    )


def body_missing(seq: int) -> Finding:
    """A record's content is gone, and the log does not say that it was erased."""
    return Finding(
        "body_missing",
        words("What record {seq} said is gone. It may have been erased after this copy was made.", seq=seq),
        seq,
    )


def came_back(seq: int) -> Finding:
    """A content that was erased has been put back; it is not shown."""
    return Finding(
        "came_back", words("What record {seq} said was erased, and someone put it back.", seq=seq), seq
    )


def out_of_chain(seq: int) -> Finding:
    """A record was written after another past than the one that is here."""
    return Finding(
        "out_of_chain", words("What came before record {seq} is not what was there.", seq=seq), seq
    )


def old_copy_of_record(seq: int) -> Finding:
    """A record is sealed under keys that the case has left behind."""
    return Finding("old_record", words("Record {seq} is an older copy that was put back.", seq=seq), seq)


def beyond(seq: int) -> Finding:
    """A record stands behind the end of the log."""
    return Finding("beyond", words("Record {seq} is not part of this case.", seq=seq), seq)


def tail_cut(seq: int) -> Finding:
    """The last record is not the one the head names."""
    return Finding("tail", words("The end of this case is not as it was written."), seq)


def head_damaged() -> Finding:
    """The case's head does not open, so its end cannot be checked."""
    return Finding("head", words("The end mark of this case was changed. Its last records may be missing."))


def older_copy() -> Finding:
    """The case is older than what this account has already seen."""
    return Finding(
        "older_copy", words("This is an older copy of the case. You have already seen a newer one.")
    )


def rewritten() -> Finding:
    """The case has another past than the one this account has seen."""
    return Finding("rewritten", words("The past of this case is not the one you have seen before."))


def forged_grant(account_id: str) -> Finding:
    """Somebody stands among the members whom no member let in."""
    return Finding(
        "forged_grant",
        words("“{id}” was put among the people on this case by no one of them.", id=account_id[:8]),
    )


def drop_key_replaced() -> Finding:
    """The public key that incoming things are sealed to is not the case's."""
    return Finding(
        "drop_key",
        words("The key for incoming things was exchanged. What came in meanwhile may be open to others."),
    )


def blob_missing(blob_id: str) -> Finding:
    """A file that a record names is not there, and no record says that it was erased."""
    return Finding("blob_missing", words("The file “{id}” was taken out.", id=blob_id[:8]))


def blob_damaged(blob_id: str) -> Finding:
    """A file does not open, or is not the one that was put in."""
    return Finding("blob_damaged", words("The file “{id}” was changed, and cannot be read.", id=blob_id[:8]))


def blob_came_back(blob_id: str) -> Finding:
    """A file that was erased has been put back."""
    return Finding(
        "blob_came_back", words("The file “{id}” was erased, and someone put it back.", id=blob_id[:8])
    )


class Conflict(Refused):
    """Somebody else wrote to the case first."""

    def __init__(self) -> None:
        super().__init__(
            words("Someone else wrote to this case at the same moment."),
            words("Look at what is new, then save yours again. Nothing you typed is lost."),
        )


def no_such_case() -> Refused:
    """The answer for a case that is not there and for one of other people: the same."""
    return Refused(
        words("There is no such case in your space."),
        words("Look at your list of cases. It may have been deleted, or you may no longer be on it."),
    )


def keys_altered() -> CouldNot:
    """The way into a case does not check out."""
    return CouldNot(
        words("The keys of this case were changed outside Amparo, so it was not opened."),
        words("Do not write in it. Put back a backup, or ask another person on the case to look."),
    )


def older_copy_refused() -> CouldNot:
    """Nothing is written onto an older copy: it would hide that the newer one was lost."""
    return CouldNot(
        words("This is an older copy of the case, so nothing was written to it."),
        words("Someone put back an old state of the database. Put back your newest backup, then go on."),
    )


def no_such_record(seq: int) -> Refused:
    """The record is not there."""
    return Refused(
        words("There is no record {seq} in this case.", seq=seq), words("Look at the log for its number.")
    )


def no_such_blob() -> Refused:
    """The file is not there."""
    return Refused(
        words("This file is not in the case."),
        words("It may have been erased. The log of the case says when."),
    )


def blob_altered() -> CouldNot:
    """The file cannot be read as it was put in."""
    return CouldNot(
        words("This file was changed outside Amparo, so it was not opened."),
        words("Put back a backup, or add the file again. The other files are not touched."),
    )
