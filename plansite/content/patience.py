"""How long one file may be read, and what is said of one that takes longer."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from typing import TypeVar

from plansite.content.limits import TOO_SLOW
from plansite.content.report import Report
from plansite.model.findings import Finding
from plansite.workers.watched import GivenUpError, timed

Result = TypeVar("Result")


def in_time(path: str, data: bytes, read: Callable[[], Result], late: Callable[[Report], Result]) -> Result:
    """What `read` makes of the bytes of a file. Where that was given up, what `late` makes of the report about it.

    A changed file is another one, and is tried again.
    """
    try:
        return timed(f"{zlib.crc32(data):08x} {path}", read)
    except GivenUpError:
        report = Report(path)
        report.add(
            TOO_SLOW,
            "reading the file takes too long, so it was given up",
            "look for thousands of the same sign or word in a row and take them out, or split the file",
        )
        return late(report)


def late_files(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The files that were given up. What was found without them is never kept for another time."""
    return tuple(finding.path for finding in findings if finding.rule.code == TOO_SLOW.code)
