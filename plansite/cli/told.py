"""What a build says of itself: its errors, why nothing is published, and how much it leaves out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from plansite.cli.ending import Exit
from plansite.cli.manner import Manner
from plansite.model.audience import Sight
from plansite.model.findings import Finding, Level
from plansite.model.left_out import LeftOut, called
from plansite.model.status import Audience
from plansite.model.words import count, listed
from plansite.pipeline.published import Refused
from plansite.pipeline.way import Way

_READERS = {Audience.PARTNERS: "partners", Audience.PUBLIC: "the public"}


def errors_told(manner: Manner, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Say each error; which they are."""
    errors = tuple(finding for finding in findings if finding.rule.level is Level.ERROR)
    for error in errors:
        manner.say(str(error))
    return errors


def refused_told(manner: Manner, refused: Refused) -> int:
    """Say why nothing is published; the exit code."""
    errors = errors_told(manner, refused.errors)
    manner.say(f"Nothing is published: {count(len(errors), 'error')}.")
    return Exit.FINDINGS


def left_out_told(manner: Manner, way: Way) -> None:
    """Say what a copy leaves out that is not for everybody who sees the plans."""
    if not way.terms.sight.is_whole:
        for line in _lines(way.left_out()):
            manner.say(line)


def _lines(left_out: Iterable[tuple[Sight, tuple[LeftOut, ...]]]) -> Iterator[str]:
    """A line for each reason."""
    for sight, parts in left_out:
        by_reason: defaultdict[str, list[str]] = defaultdict(list)
        for each in parts:
            by_reason[each.why].append(count(each.number, called(each.what, 1), called(each.what, 2)))
        who = _READERS.get(sight.audience, "others")
        yield f"Left out for {who}:" if parts else f"Nothing is left out for {who}."
        yield from (f"  {listed(things)}: {why}" for why, things in by_reason.items())
