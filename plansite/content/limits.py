"""The rules about the size of a file and the time that reading it may take, so that no file blocks all others."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from typing import TypeVar

from plansite.content.report import Report
from plansite.model.findings import Finding, Level, Rule
from plansite.parallel.timeouts import TimedOutError, run_with_timeout

ERROR = Level.ERROR

TOO_LARGE = Rule(
    "PS002",
    "file-too-large",
    ERROR,
    """The file is larger than 256 KiB.

An action is a page or two. A larger file is usually an attachment pasted into it.

Example: move the attachment into a file of its own and link to it as evidence.""",
)
TOO_SLOW = Rule(
    "PS006",
    "file-too-slow",
    ERROR,
    """The file takes more than 10 seconds to read, so it is not read.

Ordinary files take a fraction of a second. A slow one usually has a very long run of the same character.

Example: a line with ten thousand `[`. Take it out, and the file is read in the next build.""",
)
TOO_MUCH_MARKUP = Rule(
    "PS007",
    "too-much-markup",
    ERROR,
    """The text has so much markup that its page would be very large, or slow to make.

A page may be about six times as long as its text. Until then the text is shown as typed.

Example: a list of two thousand steps of one letter each. Split it into several actions.""",
)
TOO_LONG = Rule(
    "PS008",
    "value-too-long",
    ERROR,
    """A value in the front matter has more than 8,192 characters.

Titles and names appear on many pages, so a long one makes all of them long. The first 8,192 characters are shown.

Example: a report as the `title`. Put it into the text below the front matter.""",
)
TOO_MANY = Rule(
    "PS029",
    "too-many-entries",
    ERROR,
    """A field lists more than 500 entries.

The first 500 are read. Each name among them can become a page of its own, so a short file could fill a disk.

Example: `supporters` with the whole staff list. Name a team.""",
)

LIMIT_RULES = (TOO_LARGE, TOO_SLOW, TOO_MUCH_MARKUP, TOO_LONG, TOO_MANY)


Result = TypeVar("Result")


def with_timeout(path: str, data: bytes, parse: Callable[[], Result], on_timeout: Callable[[Report], Result]) -> Result:
    """The result of `parse`, or if it was stopped after the time limit, that of `on_timeout` with a report.

    A file that timed out is not tried again in this process until its `data` is different.
    """
    try:
        return run_with_timeout(f"{zlib.crc32(data):08x} {path}", parse)
    except TimedOutError:
        report = Report(path)
        report.add(
            TOO_SLOW,
            "the file takes too long to read",
            "look for thousands of the same character or word in a row and take them out, or split the file",
        )
        return on_timeout(report)


def find_timed_out_files(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The paths of files whose reading timed out; results without them must not be cached."""
    return tuple(finding.path for finding in findings if finding.rule.code == TOO_SLOW.code)
