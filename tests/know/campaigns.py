"""The corpora of short texts, and one longer text per language in the manner of ministries: all ours."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "wording"


@dataclass(frozen=True)
class Short:
    """A short text and the families one reader found in it."""

    text: str
    families: frozenset[str]


@cache
def corpus(code: str, side: str) -> tuple[Short, ...]:
    """Gives the texts of a language: `campaign` or `rights`."""
    held = yaml.safe_load((FOLDER / f"{code}.yaml").read_text(encoding="utf-8"))[side]
    return tuple(Short(one["text"], frozenset(one.get("families", ()))) for one in held)


# In the manner of the European Commission's campaign (a chain for a picture, ten signs, hotlines), our words.
CAMPAIGN = {
    "en": """# End the chains of human trafficking

Trafficking is the slavery of our time. Behind closed doors, thousands of women and girls suffer in silence.
Criminal networks lure them with false promises of a better life.

## Ten signs to spot

Learn to spot the signs. A victim may:

- avoid eye contact or look frightened
- speak little of the local language
- be accompanied by an older man

## What can you do?

If you suspect a case, call the national hotline. Together we can rescue the victims and stop ruthless gangs.
""",
    "es": """# Rompamos las cadenas de la trata

La trata es la esclavitud de nuestro tiempo. A puerta cerrada, miles de mujeres y niñas sufren en silencio.
Las redes criminales las captan con falsas promesas de una vida mejor.

## Diez señales

Aprende a detectar las señales. Una víctima puede:

- evitar la mirada, parecer asustada
- no hablar el idioma

## ¿Qué puedes hacer?

Si sospechas, llama a la policía. Juntos podemos rescatar a las víctimas de las mafias sin escrúpulos.
""",
    "fr": """# Brisons les chaînes de la traite

La traite est l'esclavage de notre temps. Derrière les portes closes, des milliers de femmes et d'enfants
souffrent en silence. Des réseaux criminels les attirent par de fausses promesses d'une vie meilleure.

## Dix signes à repérer

Apprenez à repérer les signes. Une victime peut :

- éviter le regard, sembler apeurée
- être accompagnée d'un homme plus âgé

## Que faire ?

En cas de doute, appelez la police. Ensemble, nous pouvons sauver les victimes de trafiquants sans scrupules.
""",
    "ro": """# Rupem lanțurile traficului

Traficul este sclavia timpului nostru. În spatele ușilor închise, mii de femei și copii suferă în tăcere.
Rețele de traficanți îi ademenesc cu promisiuni false, cu visul unei vieți mai bune.

## Zece semne

Învață să recunoști semnele. O victimă poate:

- să evite privirea, pare speriată
- să aibă un iubit mai în vârstă

## Ce poți face?

Dacă bănuiești ceva, sună la poliție. Împreună putem salva victimele din mâinile traficanților fără scrupule.
""",
}
