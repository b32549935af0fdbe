"""amparo fingerprint: numbers that recognise a picture or a video, and files to hand them on."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amparo.cli import adulthood
from amparo.cli.files import write_whole
from amparo.cli.frame import each, inputs, now_of
from amparo.errors import WrongUse
from amparo.words import words

if TYPE_CHECKING:
    from amparo.fingerprints.exchange import Found

FORMATS = ("csv", "threatexchange", "vpdq")  # as in fingerprints.exchange, which --help need not load


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what this verb takes."""
    adulthood.add_argument(parser)
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="photos or videos; - reads one path per line"
    )
    parser.add_argument("--as", dest="form", choices=FORMATS, help="a file for others, in this form")
    parser.add_argument("-o", dest="out", type=Path, metavar="FILE", help="write it there (with --as)")
    consent = parser.add_argument_group("a receipt beside it (with --as)")
    consent.add_argument("--receipt", type=Path, metavar="FILE", help="write what was agreed there, as JSON")
    consent.add_argument("--what", metavar="TEXT", help="what may be looked for, in your words")
    consent.add_argument("--for", dest="for_whom", metavar="WHOM", help="who may look for it")
    consent.add_argument("--until", type=_day, metavar="DAY", help="the last day on which they may")
    consent.add_argument("--withdraw", metavar="TEXT", help="what you do to withdraw it earlier")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day. Write it like 2027-05-31.") from None


def run(args: argparse.Namespace) -> int:
    """Prints each file's fingerprint, or writes them for others; gives the exit code."""
    adulthood.need_adults(said=args.adult)
    if args.form is None:
        return each(inputs(args.files), _fingerprint, as_json=args.json, show=_show)
    return _hand_on(args)


def _fingerprint(file: str) -> dict[str, Any]:
    from amparo.fingerprints.fingerprint import Fingerprint

    found = _found(file)
    if isinstance(found, Fingerprint):
        return {
            "file": file,
            "kind": found.kind,
            "sha256": found.sha256,
            "pdq": found.pdq,
            "quality": found.quality,
            "width": found.width,
            "height": found.height,
            "protection": found.protection,
        }
    frames = [{"t": frame.t, "pdq": frame.pdq, "quality": frame.quality} for frame in found.frames]
    return {
        "file": file,
        "kind": "video",
        "sha256": found.sha256,
        "seconds": found.duration_s,
        "frames": frames,
        "protection": found.protection,
    }


def _found(file: str) -> "Found":
    # Loaded late: --help and the question need none of it.
    from amparo.fingerprints.fingerprint import fingerprint
    from amparo.fingerprints.reading import read_file
    from amparo.fingerprints.video import fingerprint_video, is_video_file, opened

    if is_video_file(Path(file)):
        with opened(Path(file)) as video:
            return fingerprint_video(video)
    return fingerprint(read_file(Path(file)))


def _hand_on(args: argparse.Namespace) -> int:
    """Writes the fingerprints for others; a file that was refused is told, the others go in."""
    from amparo.fingerprints.exchange import exchanged

    agreed = _receipt(args)
    found: list[Found] = []

    def take(file: str) -> dict[str, Any]:
        one = _found(file)
        exchanged([one], form=args.form)  # refused alone, so that it is told by its name
        found.append(one)
        return {}

    # Standard output is for the file: what went wrong goes beside it.
    worst = each(inputs(args.files), take, as_json=False, show=lambda _: None)
    if found:
        text = exchanged(found, form=args.form)
        if args.out is None:
            sys.stdout.write(text)
        else:
            write_whole(args.out, text.encode())
        if agreed is not None:
            write_whole(args.receipt, (agreed.to_json() + "\n").encode())
    return worst


def _receipt(args: argparse.Namespace) -> Any:
    if args.receipt is None:
        return None
    from amparo.fingerprints.exchange import receipt

    for option, given in (
        ("--what", args.what),
        ("--for", args.for_whom),
        ("--until", args.until),
        ("--withdraw", args.withdraw),
    ):
        if not given:
            raise WrongUse(
                words("A receipt needs {option}.", option=option),
                words("Say what, for whom, until when and how you withdraw it."),
            )
    return receipt(
        what=args.what,
        for_whom=args.for_whom,
        how_to_withdraw=args.withdraw,
        since=now_of(args).date(),
        until=args.until,
    )


def _show(found: dict[str, Any]) -> None:
    print(found["file"])
    if found["kind"] == "video":
        good = sum(frame["quality"] >= 50 for frame in found["frames"])
        print(
            f"  video, {found['seconds']:.0f} s, {good} of {len(found['frames'])} frames have enough detail"
        )
        print(f"  SHA-256  {found['sha256']}")
        for frame in found["frames"]:
            print(f"  PDQ      {frame['pdq']}  at {frame['t']:.0f} s (quality {frame['quality']} of 100)")
    else:
        print(f"  {found['kind']}, {found['width']} x {found['height']} pixels")
        print(f"  SHA-256  {found['sha256']}")
        print(f"  PDQ      {found['pdq']}  (quality {found['quality']} of 100)")
    if found["protection"] != "full":
        print(f"  protection: {found['protection']} (see amparo doctor)")
