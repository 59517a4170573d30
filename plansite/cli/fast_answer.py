"""Fast path: `plansite check` and `plansite list` print again what they printed, if nothing they read has changed.

It is decided by the fingerprint of all inputs that a build is compared by, before any large module is imported.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from plansite.cli.plain_arguments import find_root, parse_day, today_in
from plansite.deferred_dataclass import dataclass
from plansite.fast_paths import fast_paths_enabled

if TYPE_CHECKING:
    from plansite.cache.answers import Answer, CollectedInputs

#: The commands, and their options that take a value, but for those that read more than the site's files.
_OPTIONS = {
    "check": {"--site", "--today", "--format", "--level"},
    "list": {"--site", "--today", "--format", "--plan", "--owner", "--status", "--due-within"},
}
_FLAGS = {"check": {"-q", "--quiet"}, "list": {"-q", "--quiet", "--overdue"}}
#: The variable that stands for an option of `check` that reads another file.
_NAMES_VARIABLE = "PLANSITE_NAMES"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainQuestion:
    """A command line in plain form: the site's folder, the day that was given, and what tells its answers apart."""

    root: Path
    day: date | None
    question: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GivenLine:
    """A command line as it was given, with the inputs of its command if they have just been collected."""

    arguments: tuple[str, ...]
    collected: CollectedInputs | None = None


def parse_question(arguments: Sequence[str]) -> PlainQuestion | None:
    """The question of a command line; None for other commands and for every form that only click parses."""
    command = arguments[0] if arguments else ""
    if command not in _OPTIONS or os.environ.get(_NAMES_VARIABLE) or not _prints_utf_8():
        return None
    values: dict[str, str] = {}
    remaining = iter(arguments[1:])
    for argument in remaining:
        if argument in _OPTIONS[command]:
            values[argument] = next(remaining, "")
        elif argument not in _FLAGS[command]:
            return None
    root, day = find_root(values.get("--site", "")), parse_day(values.get("--today", ""))
    if root is None or not all(values.values()) or ("--today" in values and day is None):
        return None
    return PlainQuestion(root=root, day=day, question=(*arguments, *_describe_terminal()))


def _prints_utf_8() -> bool:
    """Whether a text that is printed becomes UTF-8, as it is stored; on Windows a terminal is written to otherwise."""
    return os.name == "posix" and (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"


def _describe_terminal() -> tuple[str, ...]:
    """What the form of a printed result depends on: whether a terminal shows it, how wide it is, and colours."""
    width = shutil.get_terminal_size((100, 24)).columns
    return f"terminal: {sys.stdout.isatty()}", f"width: {width}", f"no colours: {bool(os.environ.get('NO_COLOR'))}"


def run_fast_answer(arguments: Sequence[str]) -> tuple[int | None, CollectedInputs | None]:
    """Print the stored answer to a command line and return its exit code.

    That is None where the command has to run; the second value are its inputs, where they were collected already.
    """
    asked = parse_question(arguments) if fast_paths_enabled() else None
    if asked is None:
        return None, None
    from plansite.cache.answers import find_answer

    try:
        found = find_answer(asked.root, asked.question, asked.day, today_in)
    except OSError:  # the command says what cannot be read
        return None, None
    if found.answer is None:
        return None, found.collected
    try:
        _print(found.answer)
    except (OSError, KeyboardInterrupt) as error:  # such as a pipe that nobody reads any more
        from plansite.cli.exit_codes import report_error

        return report_error(error), None
    return found.answer.code, None


def _print(answer: Answer) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(answer.output.encode())
    sys.stdout.flush()
    if answer.message:
        print(answer.message, file=sys.stderr, flush=True)
