"""What a build says of what it leaves out, for whoever publishes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from plansite.model.audience import Sight
from plansite.model.left_out import LeftOut, called
from plansite.model.status import Audience
from plansite.model.words import count, listed

_READERS = {Audience.PARTNERS: "partners", Audience.PUBLIC: "the public"}


def told(left_out: Iterable[tuple[Sight, tuple[LeftOut, ...]]]) -> Iterator[str]:
    """How much is left out of a copy for others, a line a reason."""
    for sight, parts in left_out:
        by_reason: defaultdict[str, list[str]] = defaultdict(list)
        for each in parts:
            by_reason[each.why].append(count(each.number, called(each.what, 1), called(each.what, 2)))
        who = _READERS.get(sight.audience, "others")
        yield f"Left out for {who}:" if parts else f"Nothing is left out for {who}."
        yield from (f"  {listed(things)}: {why}" for why, things in by_reason.items())
