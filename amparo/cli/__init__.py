"""The command line: one module per verb, and the stable contract they share."""

from amparo.cli.main import main

__all__ = ["main"]
