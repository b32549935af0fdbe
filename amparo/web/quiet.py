"""Logs that hold nothing of anybody: when (to the minute), what kind of error, where in the code."""

import logging
import traceback
from pathlib import Path

HERE = Path(__file__).parent.parent


class OnlyTypeAndPlace(logging.Formatter):
    """Says an error's type and code location. A message is given without the values that fill it."""

    def __init__(self) -> None:
        super().__init__(datefmt="%Y-%m-%d %H:%M")

    def format(self, record: logging.LogRecord) -> str:
        said = f"{self.formatTime(record, self.datefmt)} {record.levelname.lower()} {record.name}"
        if record.exc_info and record.exc_info[0] is not None:
            return f"{said} {record.exc_info[0].__name__} at {place(record.exc_info[1])}"
        return f"{said} at {Path(record.pathname).name}:{record.lineno}"


def place(error: BaseException | None) -> str:
    """Gives the last line of our own code that an error went through."""
    frames = traceback.extract_tb(error.__traceback__) if error else traceback.StackSummary()
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(HERE)] or list(frames)
    if not ours:
        return "an unknown place"
    file = Path(ours[-1].filename)
    return f"{file.relative_to(HERE) if file.is_relative_to(HERE) else file.name}:{ours[-1].lineno}"
