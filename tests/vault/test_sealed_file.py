"""A case carried away under a passphrase: it opens whole, or says why not."""

import pytest

from amparo.errors import Refused
from amparo.vault import sealed_file

pytestmark = pytest.mark.usefixtures("data")
WORDS = "river lamp seven orange quiet table"


@pytest.mark.parametrize("size", [0, 1, 255, 65_535, 65_536, 200_000])
def test_what_was_carried_away_comes_back(size: int) -> None:
    content = bytes(index % 251 for index in range(size))
    assert sealed_file.open_(sealed_file.seal(content, WORDS), WORDS.upper()) == content


def test_two_files_of_the_same_content_are_unlike_and_of_the_same_size() -> None:
    one, other, longer = (sealed_file.seal(content, WORDS) for content in (b"case", b"case", b"longer case"))
    assert one != other
    assert len(one) == len(longer)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not a sealed file"),
        (b"%PDF-1.7", "not a sealed file"),
        (b"AMPARO SEALED FILE\x09" + bytes(80), "newer Amparo"),
        (b"AMPARO SEALED FILE\x01" + b"\xff" * 80, "cut or was changed"),
    ],
)
def test_what_is_no_file_of_ours_is_said_before_any_work(content: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        sealed_file.open_(content, WORDS)


def test_every_cut_and_every_changed_byte_is_noticed() -> None:
    whole = sealed_file.seal(bytes(70_000), WORDS)
    for at in [*range(0, 120, 5), 30_000, 65_700, len(whole) - 1]:
        for changed in (whole[:at], whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :], whole + b"x"):
            with pytest.raises(Refused):
                sealed_file.open_(changed, WORDS)


def test_a_wrong_passphrase_says_what_to_look_at() -> None:
    with pytest.raises(Refused) as refused:
        sealed_file.open_(sealed_file.seal(b"case", WORDS), "not these words at all")
    assert "keyboard language" in str(refused.value.next)
