"""Files that hand fingerprints to others: a table, lines for `threatexchange`, vPDQ text, a receipt.

None holds a file name. Whoever gets one can recognise the pictures and work out a blurred shadow of them: so
each goes with a receipt: what, for whom, until when, how to withdraw.

Formats: the local file and the vPDQ signal of github.com/facebook/ThreatExchange (folders
python-threatexchange/threatexchange/exchanges/impl and extensions/vpdq), and the text that the reference's
vpdq programs read and write (folder vpdq/cpp/vpdq/cpp/io).
"""

import csv
import io
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from amparo.errors import Refused
from amparo.fingerprints.fingerprint import Fingerprint
from amparo.fingerprints.index.receipts import Receipt
from amparo.fingerprints.limits import MIN_QUALITY
from amparo.fingerprints.video import Frame, VideoFingerprint
from amparo.words import words

FORMATS = ("csv", "threatexchange", "vpdq")
COLUMNS = ("type", "hash", "quality", "t")

Found = Fingerprint | VideoFingerprint


@dataclass(frozen=True)
class _Row:
    type: str
    hash: str
    quality: int | str
    t: float | str


def exchanged(found: Iterable[Found], *, form: str) -> str:
    """Gives the text of a file in one of FORMATS. Raises Refused for what that form cannot hold.

    A video without one frame of enough quality is refused; `fingerprint` refuses such a picture itself.
    """
    return {"csv": as_csv, "threatexchange": as_threatexchange, "vpdq": as_vpdq}[form](list(found))


def as_csv(found: Iterable[Found]) -> str:
    """Gives a table: type (pdq, sha256), hash, quality, t (seconds into a video). `amparo index` reads it."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for one in found:
        for row in _rows(one):
            table.writerow((row.type, row.hash, row.quality, row.t))
    return out.getvalue()


def _rows(one: Found) -> "Iterable[_Row]":
    if isinstance(one, Fingerprint):
        yield _Row("pdq", one.pdq, one.quality, "")
    else:
        for frame in _enough(one):
            yield _Row("pdq", frame.pdq, frame.quality, frame.t)
    yield _Row("sha256", one.sha256, "", "")


def as_threatexchange(found: Iterable[Found]) -> str:
    """Gives one signal a line, as the `local_file` exchange of the threatexchange program reads them."""
    lines = []
    for one in found:
        if isinstance(one, Fingerprint):
            lines.append(f"pdq {one.pdq}")
        else:
            frames = [f"{frame.pdq},{frame.quality},{frame.t:.3f}" for frame in _enough(one)]
            lines.append(f"vpdq {json.dumps(frames)}")
    return "".join(f"{line}\n" for line in lines)


def as_vpdq(found: Iterable[Found]) -> str:
    """Gives the text of one video: number of the frame, quality, hash, seconds; one frame a second."""
    given = list(found)
    if len(given) != 1 or not isinstance(given[0], VideoFingerprint):
        raise Refused(
            words("A vPDQ file holds exactly one video."),
            words("Give one video, or use csv or threatexchange."),
        )
    frames = enumerate(_enough(given[0]))
    return "".join(f"{number},{frame.quality},{frame.pdq},{frame.t:.3f}\n" for number, frame in frames)


def _enough(video: VideoFingerprint) -> tuple[Frame, ...]:
    if not video.recognisable:
        raise Refused(
            words(
                "No frame of this video has enough detail to be recognised (quality {n} is needed).",
                n=MIN_QUALITY,
            ),
            words("Give a larger or sharper copy."),
        )
    return video.recognisable


def receipt(*, what: str, for_whom: str, how_to_withdraw: str, since: date, until: date) -> Receipt:
    """Gives a receipt with an id of its own. Raises Refused where it would end before it begins."""
    if until < since:
        raise Refused(
            words("The consent would end before it begins."), words("Give a later day with --until.")
        )
    return Receipt(
        id=secrets.token_hex(8),
        what=what,
        for_whom=for_whom,
        how_to_withdraw=how_to_withdraw,
        since=since,
        until=until,
    )
