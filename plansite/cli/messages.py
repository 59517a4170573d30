"""The messages of a build: its errors, a refusal to publish, what an audience does not get, and progress."""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import field

from plansite.cli.context import CommandContext
from plansite.cli.exit_codes import ExitCode, print_message
from plansite.deferred_dataclass import dataclass
from plansite.model.audience.filter import AudienceFilter
from plansite.model.audience.omissions import Omission, pluralise_item
from plansite.model.findings import Finding, Level
from plansite.model.formatting import format_count, format_list
from plansite.model.status import Audience
from plansite.pipeline.refusals import RefusedBuildError
from plansite.pipeline.site_build import SiteBuild

#: What messages call the readers of an audience.
AUDIENCE_NAMES = {Audience.INTERNAL: "internal readers", Audience.PARTNERS: "partners", Audience.PUBLIC: "the public"}


def print_errors(context: CommandContext, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Print the findings that are errors, and return them."""
    errors = tuple(finding for finding in findings if finding.rule.level is Level.ERROR)
    for error in errors:
        context.print_message(str(error))
    return errors


def print_refusal(error: RefusedBuildError) -> int:
    """Print why a build publishes nothing, also with `--quiet`, and return the exit code."""
    print_message(str(error))
    return ExitCode.FINDINGS


def print_left_out(context: CommandContext, site_build: SiteBuild) -> None:
    """Print how much a build for a narrower audience leaves out, and why."""
    if not site_build.context.audience_filter.shows_all:
        for line in _left_out_lines(site_build.list_omissions()):
            context.print_message(line)


def _left_out_lines(left_out: Iterable[tuple[AudienceFilter, tuple[Omission, ...]]]) -> Iterator[str]:
    """A heading for each audience, then a line for each reason."""
    for audience_filter, omissions in left_out:
        by_reason: defaultdict[str, list[str]] = defaultdict(list)
        for omission in omissions:
            singular, plural = pluralise_item(omission.item, 1), pluralise_item(omission.item, 2)
            by_reason[omission.reason].append(format_count(omission.count, singular, plural))
        audience = AUDIENCE_NAMES.get(audience_filter.audience, "others")
        yield f"Not shown to {audience}:" if omissions else f"Everything is shown to {audience}."
        yield from (f"  {format_list(counts)}: {reason}" for reason, counts in by_reason.items())


_DELAY_SECONDS = 1.0
_INTERVAL_SECONDS = 0.2


@dataclass(slots=True)
class ProgressLine:
    """A line on a terminal that shows progress: from the first second on, at most five times a second."""

    _started_at: float = field(default_factory=time.monotonic)
    _last_printed_at: float = 0.0

    def __call__(self, done: int, total: int) -> None:
        """Show that `done` of `total` pages are done."""
        now = time.monotonic()
        if now - self._started_at < _DELAY_SECONDS or now - self._last_printed_at < _INTERVAL_SECONDS:
            return
        self._last_printed_at = now
        sys.stderr.write(f"\r{done:,} of {total:,} pages\x1b[K")
        sys.stderr.flush()

    def clear(self) -> None:
        """Erase the line, if it was printed."""
        if self._last_printed_at:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def create_progress_line(*, quiet: bool) -> ProgressLine | None:
    """A progress line where standard error is a terminal; else None."""
    return ProgressLine() if not quiet and sys.stderr.isatty() else None
