"""The few errors that reach a person: each says what happened and what to do next."""

from amparo.words import Words


class AmparoError(Exception):
    """Something a person must be told: `what` happened, and what she can do `next`."""

    exit_code = 3

    def __init__(self, what: Words, next: Words) -> None:
        super().__init__(str(what))
        self.what = what
        self.next = next


class Refused(AmparoError):
    """The input was understood and the answer is no: not valid, nothing found, an element missing."""

    exit_code = 1


class WrongUse(AmparoError):
    """The command or form was not used as it can be: an unknown field, a time without a zone."""

    exit_code = 2


class CouldNot(AmparoError):
    """The machine could not: disk, network, a lock, a missing program."""

    exit_code = 3
