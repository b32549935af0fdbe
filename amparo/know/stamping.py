"""Says in a translation which original it was made from, so that it can be seen when it falls behind."""

import re
from dataclasses import dataclass

from amparo.errors import Refused
from amparo.know.article import ORIGINAL, Article
from amparo.know.articles import PAGES, articles, parsed, print_of, text
from amparo.words import words

OF = re.compile(r"^of:.*\n", re.M)


@dataclass(frozen=True)
class Behind:
    """A text made from an older original. `easy`: its easy-read version."""

    article: Article
    language: str
    easy: bool


def behind() -> tuple[Behind, ...]:
    """Gives every translation and easy version whose original has changed since."""
    found = []
    for one in articles().values():
        held = [(language, False) for language in one.titles if language != ORIGINAL]
        held += [(language, True) for language in one.easy]
        for language, easy in held:
            said = text(one, language, easy=easy)
            if said is not None and said.is_behind(one.print):
                found.append(Behind(one, language, easy))
    return tuple(found)


def stamp(one: Article, name: str) -> str:
    """Writes into a text (`fr`, `es.easy`) the print of the original as it is now; gives that print.

    To be used when the text has been brought up to the original, never to silence the note. Refused: no file.
    """
    folder = PAGES / one.topic / one.slug
    path = folder / f"{name}.md"
    if name == ORIGINAL or not path.is_file():
        raise Refused(
            words("There is no {name}.md in {folder}.", name=name, folder=one.name),
            words("Write the translation first, beside en.md."),
        )
    original = print_of(parsed(folder / f"{ORIGINAL}.md"))
    parsed(path)
    said = OF.sub("", path.read_text(encoding="utf-8"), count=1)
    path.write_text(said.replace("---\n", f"---\nof: {original}\n", 1), encoding="utf-8")
    return original
