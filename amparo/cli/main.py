"""Reads the verb, hands over to its module. With no verb, starts the local app."""

import argparse
import contextlib
import errno
import importlib
import os
import sys

from amparo import __version__
from amparo.cli.frame import common_options, end_with, our_mistake, readable_streams
from amparo.errors import AmparoError, CouldNot
from amparo.words import words

VERBS = {
    "fingerprint": "numbers that recognise a picture",
    "match": "which of these files show one of mine",
    "scan": "what of mine is in web archives, folders and saved pages",
    "index": "exact search among fingerprints, each on a consent",
    "law": "what the law gives, what each rule says, what is old or not firm",
    "due": "until when an answer is due, and until when I may act",
    "who": "who can act on an address, and through which door",
    "plan": "the ordered steps for a situation",
    "letter": "the letter of one step",
    "offer": "what a job offer pays and costs, what is a right, what to ask",
    "read": "an article, in a language",
    "search": "articles that fit your words",
    "know": "the articles: are they in shape, what is old, is a text fair",
    "witness": "what platforms and states do, added up in public",
    "backup": "a sealed copy of everything",
    "restore": "put a sealed copy back",
    "directory": "take over, check and count the records of who can act",
    "export": "rules, records and letters as JSON with their schema",
    "export-site": "the pages as files, for any host or a USB stick",
    "doctor": "what this machine does well, and what it lacks",
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="amparo", description="Take back control of your images and data.", parents=[common_options()]
    )
    parser.add_argument("--version", action="version", version=__version__)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB")
    for name, about in VERBS.items():
        verbs.add_parser(name, help=about, add_help=False)
    return parser


def main(argv: list[str] | None = None) -> int:
    """Runs one command; gives its exit code (0 done, 1 refused, 2 wrong use, 3 could not)."""
    argv = sys.argv[1:] if argv is None else argv
    readable_streams()
    verb = next((word for word in argv if word in VERBS), None)
    if verb is None:
        args = _parser().parse_args(argv)
        module = importlib.import_module("amparo.cli.app")
    else:
        module = importlib.import_module(f"amparo.cli.{verb.replace('-', '_')}")
        parser = argparse.ArgumentParser(
            prog=f"amparo {verb}", description=VERBS[verb], parents=[common_options()]
        )
        module.arguments(parser)
        rest = list(argv)
        rest.remove(verb)
        args = parser.parse_args(rest)
    try:
        code = int(module.run(args))
        sys.stdout.flush()
        return code
    except AmparoError as error:
        return end_with(error, as_json=args.json)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as error:
        return _end_with(_by_the_system(error), as_json=args.json)
    except Exception as error:  # its text could hold what she gave: only kind and place are shown
        return end_with(our_mistake(error), as_json=args.json)


def _end_with(error: AmparoError, *, as_json: bool) -> int:
    try:
        return end_with(error, as_json=as_json)
    except OSError:  # the answer itself cannot be written: at least say so beside it, and end as said
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return end_with(error, as_json=False)


NEXT = {
    errno.EISDIR: words("Give a file, not a folder."),
    errno.ENOTDIR: words("Give a folder, not a file."),
    errno.ENOENT: words("Check how the name of the file or folder is written."),
    errno.EEXIST: words("Choose another name: this one is taken."),
    errno.EACCES: words("Choose a file or folder that you may read and write."),
    errno.EPERM: words("Choose a file or folder that you may read and write."),
    errno.EROFS: words("Choose a file or folder that you may read and write."),
    errno.ENOSPC: words("Check that there is room where the answer goes, and try again."),
    errno.EDQUOT: words("Check that there is room where the answer goes, and try again."),
    errno.EFBIG: words("Check that there is room where the answer goes, and try again."),
}


def _by_the_system(error: OSError) -> CouldNot:
    return CouldNot(
        words("The system refused: {why}.", why=error.strerror or "unknown"),
        NEXT.get(error.errno or 0, words("Try again. If it stays so, run: amparo doctor.")),
    )
