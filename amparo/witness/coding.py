"""Coding by two people who do not see each other's codes, and what both settle on afterwards.

A folder holds `sample.json` and one `<coder>.jsonl` per person; a line is never changed or taken away, and a
later one of the same person stands for the earlier. What both settle on is a third record, `consensus.jsonl`.
"""

import json
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from amparo.errors import CouldNot, Refused, WrongUse
from amparo.witness.agreement import Agreement, Disagreement, agreement, disagreements
from amparo.witness.codebook import Codes, faults, fields
from amparo.words import words

CODER = re.compile(r"^[a-z0-9][a-z0-9-]{1,39}$")
CONSENSUS = "consensus"


@dataclass(frozen=True)
class Drawn:
    """One measure of a frame: its id, its name, its stratum (kind of actor), and where it is described."""

    id: str
    name: str
    stratum: str
    url: str = ""


@dataclass(frozen=True)
class Sample:
    """What was drawn: from which frame of how many, with which seed, on which day."""

    frame: str
    frame_size: int
    seed: int
    drawn_on: date
    measures: tuple[Drawn, ...]


def draw(frame: Sequence[Drawn], n: int, *, name: str, seed: int, on: date) -> Sample:
    """Gives `n` measures at random, each stratum in proportion (largest remainder); one seed, one draw."""
    if not 0 < n <= len(frame):
        raise WrongUse(
            words("{n} measures cannot be drawn from a frame of {size}.", n=n, size=len(frame)),
            words("Give a number from 1 to {size}.", size=len(frame)),
        )
    strata: dict[str, list[Drawn]] = {}
    for one in sorted(frame, key=lambda item: item.id):
        strata.setdefault(one.stratum, []).append(one)
    chance = random.Random(seed)  # noqa: S311 -- a draw that others can repeat, not a secret
    drawn = [one for stratum, k in _shares(strata, n).items() for one in chance.sample(strata[stratum], k)]
    chance.shuffle(drawn)
    return Sample(name, len(frame), seed, on, tuple(drawn))


def _shares(strata: Mapping[str, Sequence[Drawn]], n: int) -> dict[str, int]:
    total = sum(map(len, strata.values()))
    exact = {stratum: n * len(some) / total for stratum, some in sorted(strata.items())}
    whole = {stratum: int(share) for stratum, share in exact.items()}
    by_rest = sorted(exact, key=lambda stratum: (whole[stratum] - exact[stratum], stratum))
    for stratum in by_rest[: n - sum(whole.values())]:
        whole[stratum] += 1
    return whole


def begin(folder: Path, sample: Sample) -> None:
    """Writes the sample into a new folder. Raises Refused where one is there: it is never drawn again."""
    path = folder / "sample.json"
    if path.exists():
        raise Refused(
            words("A sample was already drawn in {folder}.", folder=str(folder)),
            words("Choose a new folder. A draw is never repeated until it pleases."),
        )
    folder.mkdir(parents=True, exist_ok=True)
    said = asdict(sample) | {"drawn_on": sample.drawn_on.isoformat()}
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def sample_of(folder: Path) -> Sample:
    """Gives the sample of a folder. Raises CouldNot where there is none."""
    try:
        said = json.loads((folder / "sample.json").read_text(encoding="utf-8"))
        drawn = tuple(Drawn(**one) for one in said.pop("measures"))
        return Sample(**(said | {"drawn_on": date.fromisoformat(said["drawn_on"]), "measures": drawn}))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise CouldNot(
            words("There is no sample in {folder}.", folder=str(folder)),
            words("Draw one with: amparo witness code draw."),
        ) from error


def record(folder: Path, coder: str, measure: str, codes: Codes, *, at: datetime) -> None:
    """Adds one person's codes of one measure. Raises Refused for codes that the codebook does not have."""
    check_name(coder)
    if measure not in {one.id for one in sample_of(folder).measures}:
        raise Refused(
            words("{id} is not in the sample.", id=measure), words("Code only the measures that were drawn.")
        )
    _checked(codes)
    _add(
        folder / f"{coder}.jsonl", {"measure": measure, "codes": codes, "coder": coder, "at": at.isoformat()}
    )


def _checked(codes: Codes) -> None:
    wrong = faults(codes)
    if wrong:
        said = "; ".join(f"{field}: {why}" for field, why in wrong)
        raise Refused(
            words("{n} fields are not coded as the codebook has it: {faults}.", n=len(wrong), faults=said),
            words("Look at the codebook's values and border cases. Nothing was kept."),
        )


def check_name(coder: str) -> None:
    if not CODER.match(coder) or coder == CONSENSUS:
        raise WrongUse(
            words("{name} cannot be a coder's name here.", name=coder),
            words("Take a made-up name of small letters, digits and hyphens, like coder-one."),
        )


def _add(path: Path, line: Mapping[str, Any]) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


def codes_of(folder: Path, coder: str) -> dict[str, Codes]:
    """Gives what a person coded so far, measure id → codes; her last line for a measure stands."""
    path = folder / f"{coder}.jsonl"
    if not path.exists():
        return {}
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return {line["measure"]: line["codes"] for line in lines}


def coders(folder: Path) -> list[str]:
    """Gives the names of all who coded in a folder."""
    return sorted(path.stem for path in folder.glob("*.jsonl") if path.stem != CONSENSUS)


def left(folder: Path, coder: str) -> list[Drawn]:
    """Gives the measures a person has not coded yet, in the order of the draw."""
    done = codes_of(folder, coder)
    return [one for one in sample_of(folder).measures if one.id not in done]


@dataclass(frozen=True)
class Compared:
    """The agreement per field, and every field of a measure that was not coded alike."""

    coders: tuple[str, ...]
    agreement: tuple[Agreement, ...]
    disagreements: tuple[Disagreement, ...]


def compare(folder: Path, names: Sequence[str] | None = None) -> Compared:
    """Gives agreement and disagreements. Raises Refused until all are done: till then they stay blind."""
    names = list(names or coders(folder))
    if len(names) < 2:
        raise Refused(
            words("Two people have to code before their codes can be compared."),
            words("Ask somebody else to code the same sample, without showing her these codes."),
        )
    for name in names:
        if left(folder, name):
            raise Refused(
                words("{name} has {n} measures left to code.", name=name, n=len(left(folder, name))),
                words("Codes are compared when everybody is done, so that nobody sees the other's before."),
            )
    all_codes = [codes_of(folder, name) for name in names]
    return Compared(tuple(names), tuple(agreement(all_codes)), tuple(disagreements(all_codes)))


def settle(folder: Path, measure: str, codes: Codes, *, by: Sequence[str], at: datetime) -> None:
    """Adds what the coders settled on as a third record; their own codes stay as they were."""
    compare(folder, by)
    _checked(codes)
    line = {"measure": measure, "codes": codes, "by": sorted(by), "at": at.isoformat()}
    _add(folder / f"{CONSENSUS}.jsonl", line)


def settled(folder: Path) -> dict[str, Codes]:
    """Gives the codes that stand: settled ones, and fields on which everybody agreed from the start."""
    names = coders(folder)
    if len(names) < 2:
        return {}
    first, *others = (codes_of(folder, name) for name in names)
    alike = {
        measure: codes
        for measure, codes in first.items()
        if all(_same(codes, other.get(measure)) for other in others)
    }
    return alike | codes_of(folder, CONSENSUS)


def _same(one: Codes, other: Codes | None) -> bool:
    closed = [name for name, field in fields().items() if field.is_closed]
    return other is not None and all(_set(one.get(name)) == _set(other.get(name)) for name in closed)


def _set(code: Any) -> frozenset[Any]:
    return frozenset(code) if isinstance(code, list | tuple) else frozenset((code,))
