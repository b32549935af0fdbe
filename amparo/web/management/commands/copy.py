"""Writes the pages as files, in one zip. `amparo export-site` calls it."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from amparo.claims.service_sheet import PLACES
from amparo.errors import CouldNot, WrongUse
from amparo.web.languages import NAMES
from amparo.web.site.making import Made, make
from amparo.web.site.pages import Choice
from amparo.words import words


class Command(BaseCommand):
    """Writes the copy whole or not at all; calls `progress(count)` on the way and `told(made)` at the end."""

    help = "Writes the pages as files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name in ("--to", "--languages", "--places", "--now", "--progress", "--told"):
            parser.add_argument(name, default=None)

    def handle(self, *args: Any, **options: Any) -> None:
        settings.NOW = options["now"]
        choice = Choice(
            _chosen(options["languages"], tuple(NAMES)), _chosen(options["places"], tuple(PLACES))
        )
        told: Callable[[Made], None] = options["told"]
        told(_written(options["to"], choice, options["progress"]))


def _written(to: Path, choice: Choice, progress: Callable[[int], None]) -> Made:
    beside = to.with_name(f".{to.name}.part")
    try:
        made = make(beside, choice, progress=progress)
        beside.replace(to)
        return made
    except OSError as error:
        raise CouldNot(
            words("The file could not be written: {why}.", why=error.strerror or "unknown"),
            words("Choose another folder, or make room, and try again. Nothing else was changed."),
        ) from error
    finally:
        beside.unlink(missing_ok=True)


def _chosen(given: list[str] | None, known: tuple[str, ...]) -> tuple[str, ...]:
    for code in given or ():
        if code not in known:
            raise WrongUse(
                words("{code} is not known here.", code=code),
                words("Use one of: {near}.", near=", ".join(known)),
            )
    return tuple(code for code in known if not given or code in given)
