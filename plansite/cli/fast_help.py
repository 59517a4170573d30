"""What `plansite --help` says, without importing anything that reads command lines."""

import os
import sys

#: The lines of the kept text are wrapped for terminals of at least this width.
_MIN_COLUMNS = 80


def read_saved_help() -> str | None:
    """The text, which a test holds to what the commands say; None where a narrow terminal wants other lines."""
    try:
        columns = int(os.environ.get("COLUMNS") or os.get_terminal_size(sys.stdout.fileno()).columns)
    except (ValueError, OSError):
        columns = _MIN_COLUMNS  # no terminal: a pipe or a file
    if columns < _MIN_COLUMNS:
        return None
    with open(os.path.join(os.path.dirname(__file__), "help.txt"), encoding="utf-8") as file:  # noqa: PTH118, PTH120, PTH123  (pathlib takes as long to import as all the rest)
        return file.read()
