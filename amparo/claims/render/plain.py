"""The letter as plain text to copy."""

from amparo.claims.letters.shapes import Letter


def text(letter: Letter) -> str:
    """Gives subject and body, as one pastes them. UTF-8, lines ended by a newline."""
    return f"{letter.subject}\n\n{letter.body}\n"
