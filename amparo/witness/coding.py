"""Coding by two people who do not see each other's codes, and what both settle on afterwards.

A folder holds `sample.json` and one `<coder>.jsonl` per person; a line is never changed or taken away, and a
later one of the same person stands for the earlier. The first comparison ends the round: `compared.json`
keeps how many lines each had written, and no later one counts. What both settle on is a third record,
`consensus.jsonl`.
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
from amparo.witness.codebook import Codes, alike, faults
from amparo.words import words

CODER = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")
ADDRESS = re.compile(r"https?://\S+")
CONSENSUS = "consensus"
COMPARED = "compared.json"


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
    _check_frame(frame)
    strata: dict[str, list[Drawn]] = {}
    for one in sorted(frame, key=lambda item: item.id):
        strata.setdefault(one.stratum, []).append(one)
    chance = random.Random(seed)  # noqa: S311 -- a draw that others can repeat, not a secret
    drawn = [one for stratum, k in _shares(strata, n).items() for one in chance.sample(strata[stratum], k)]
    chance.shuffle(drawn)
    return Sample(name, len(frame), seed, on, tuple(drawn))


def _check_frame(frame: Sequence[Drawn]) -> None:
    seen: set[str] = set()
    for one in frame:
        if one.id in seen:
            raise WrongUse(
                words("{id} stands twice in the frame.", id=one.id), words("Give each measure its own id.")
            )
        if one.url and not ADDRESS.fullmatch(one.url):
            raise WrongUse(
                words("The address of {id} is no web address.", id=one.id),
                words("Begin it with https:// or http://."),
            )
        seen.add(one.id)


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
    record_all(folder, coder, [(measure, codes)], at=at)


def record_all(folder: Path, coder: str, given: Sequence[tuple[str, Codes]], *, at: datetime) -> None:
    """Adds one person's codes of several measures: all of them, or with one fault none."""
    check_name(coder)
    check_open(folder)
    _check(folder, given)
    lines = [{"measure": one, "codes": codes, "coder": coder, "at": at.isoformat()} for one, codes in given]
    _add(folder / f"{coder}.jsonl", lines)


def is_compared(folder: Path) -> bool:
    """Says whether a round has ended, by being compared."""
    return _frozen(folder) is not None


def check_open(folder: Path) -> None:
    """Raises Refused once a round was compared: who knows the other's codes is not blind any more."""
    if is_compared(folder):
        raise Refused(
            words("This round was compared. Its codes can no longer be changed."),
            words("Settle on codes together, or draw a new round."),
        )


def _check(folder: Path, given: Sequence[tuple[str, Codes]]) -> None:
    drawn = {one.id for one in sample_of(folder).measures}
    for measure, codes in given:
        if not isinstance(measure, str) or measure not in drawn:
            raise Refused(
                words("{id} is not in the sample.", id=measure),
                words("Code only the measures that were drawn."),
            )
        if not isinstance(codes, Mapping):
            raise Refused(
                words("The codes of {id} are no JSON object.", id=measure),
                words("Write the codes as field and code, in braces."),
            )
        _check_codes(codes)


def _check_codes(codes: Codes) -> None:
    wrong = faults(codes)
    if wrong:
        said = "; ".join(f"{field}: {why}" for field, why in wrong)
        raise Refused(
            words("{n} fields are not coded as the codebook has it: {faults}.", n=len(wrong), faults=said),
            words("Look at the codebook's values and border cases. Nothing was kept."),
        )


def check_name(coder: str) -> None:
    """Raises WrongUse for a name that cannot be a file's, or that is kept for what both settle on."""
    if coder == CONSENSUS:
        raise WrongUse(
            words("The name consensus is kept for what the coders settle on."),
            words("Take a made-up name of small letters, digits and hyphens, like coder-one."),
        )
    if not CODER.fullmatch(coder):
        raise WrongUse(
            words("{name} cannot be a coder's name here.", name=coder),
            words("Take a made-up name of small letters, digits and hyphens, like coder-one."),
        )


def _add(path: Path, lines: Sequence[Mapping[str, Any]]) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))


def json_lines(path: Path) -> list[Any]:
    """Gives what each line of a file holds. Only a line feed ends a line: JSON may hold U+2028."""
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    except (ValueError, RecursionError) as error:
        raise WrongUse(
            words("{name} could not be read as JSON lines.", name=path.name),
            words(
                "Write one line per measure, with its id and its codes. See: amparo witness code give --help."
            ),
        ) from error


def codes_of(folder: Path, coder: str) -> dict[str, Codes]:
    """Gives what a person coded so far, measure id → codes; her last line for a measure stands."""
    return _codes(_lines(folder, coder))


def _lines(folder: Path, coder: str) -> list[Any]:
    path = folder / f"{coder}.jsonl"
    return json_lines(path) if path.exists() else []


def _codes(lines: Sequence[Any]) -> dict[str, Codes]:
    return {line["measure"]: line["codes"] for line in lines}


def coders(folder: Path) -> list[str]:
    """Gives the names of all who coded in a folder."""
    names = (path.stem for path in folder.glob("*.jsonl"))
    return sorted(name for name in names if name != CONSENSUS and CODER.fullmatch(name))


def left(folder: Path, coder: str) -> list[Drawn]:
    """Gives the measures a person has not coded yet, in the order of the draw."""
    check_name(coder)
    done = codes_of(folder, coder)
    return [one for one in sample_of(folder).measures if one.id not in done]


@dataclass(frozen=True)
class Compared:
    """The agreement per closed field, and every field of a measure that was not coded alike."""

    coders: tuple[str, ...]
    agreement: tuple[Agreement, ...]
    disagreements: tuple[Disagreement, ...]


def compare(folder: Path, names: Sequence[str] | None = None) -> Compared:
    """Gives agreement and disagreements of the people named, or of all. The first call ends the round.

    Raises Refused until all of them are done: till then they stay blind.
    """
    frozen = _frozen(folder)
    if frozen is None:
        frozen = _done(folder, sorted(set(names or coders(folder))))
    elif names and set(names) != set(frozen):
        raise Refused(
            words("This round was compared between {names}.", names=sorted(frozen)),
            words("Compare these again, or draw a new round."),
        )
    all_codes = [_codes(_lines(folder, name)[:n]) for name, n in frozen.items()]
    found = Compared(tuple(frozen), tuple(agreement(all_codes)), tuple(disagreements(all_codes)))
    return found if _freeze(folder, frozen) else compare(folder, names)


def _done(folder: Path, names: Sequence[str]) -> dict[str, int]:
    """Gives how many lines each has written. Raises Refused where one of them is not done."""
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
    return {name: len(_lines(folder, name)) for name in names}


def _frozen(folder: Path) -> dict[str, int] | None:
    """Gives how many lines of each person count, once the round was compared."""
    path = folder / COMPARED
    if not path.exists():
        return None
    try:
        return {
            str(name): int(n) for name, n in json.loads(path.read_text(encoding="utf-8"))["lines"].items()
        }
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise CouldNot(
            words("{name} of this round cannot be read.", name=COMPARED),
            words("Put it back from a copy, or draw a new round."),
        ) from error


def _freeze(folder: Path, lines: Mapping[str, int]) -> bool:
    """Ends the round; says whether it ended with these lines, and not at the same moment with others."""
    try:
        with (folder / COMPARED).open("x", encoding="utf-8") as file:
            file.write(json.dumps({"lines": lines}) + "\n")
    except FileExistsError:
        return _frozen(folder) == lines
    return True


def settle(
    folder: Path, measure: str, codes: Codes, *, at: datetime, by: Sequence[str] | None = None
) -> None:
    """Adds what the coders settled on as a third record; their own codes stay as they were."""
    settle_all(folder, [(measure, codes)], at=at, by=by)


def settle_all(
    folder: Path, given: Sequence[tuple[str, Codes]], *, at: datetime, by: Sequence[str] | None = None
) -> None:
    """Adds what the coders settled on for several measures: all of them, or with one fault none."""
    _check(folder, given)
    names = sorted(compare(folder, by).coders)
    lines = [{"measure": one, "codes": codes, "by": names, "at": at.isoformat()} for one, codes in given]
    _add(folder / f"{CONSENSUS}.jsonl", lines)


def settled(folder: Path) -> dict[str, Codes]:
    """Gives the codes that stand after comparing: measures coded alike in all fields, and settled ones."""
    frozen = _frozen(folder)
    if frozen is None:
        return {}
    first, *others = (_codes(_lines(folder, name)[:n]) for name, n in frozen.items())
    same = {
        measure: codes
        for measure, codes in first.items()
        if all(alike(codes, other.get(measure, {})) for other in others)
    }
    return same | codes_of(folder, CONSENSUS)
