"""What changed, as Markdown for minutes and for a comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plansite.listing.changes import PlanNews, summary
from plansite.listing.inert import inert
from plansite.model.words import count

#: GitHub takes 65,536 characters in a comment; others take more.
MOST = 60_000
_ENDING = 300


def markdown(told: Sequence[PlanNews], most: int = MOST) -> str:
    """A heading for each plan, and a bullet for each fact below that of its document.

    At most so many characters; what has no room is counted in the last sentence.
    """
    text, left = "", 0
    room = most - _ENDING
    for block, number in _blocks(told):
        if left or len(text) + len(block) > room:
            left += number
        else:
            text += block
    end = inert(summary(told)) + "\n"
    if left:
        end = f"There is no room here for {count(left, 'more change')}. `plansite changes` shows them.\n\n{end}"
    return f"{text}\n{end}" if text else end


def sentence(words: str) -> str:
    """A sentence of its own."""
    return inert(words) + "\n"


def _blocks(told: Sequence[PlanNews]) -> Iterator[tuple[str, int]]:
    """Lines that belong together, and how many facts they tell; a heading comes with the first fact below it."""
    start = ""
    for plan in told:
        head = f"{start}## {inert(plan.title)}, {inert(plan.since)}\n\n"
        for subject in plan.subjects:
            head += f"- {inert(subject.name)}\n"
            for fact in subject.facts:
                yield f"{head}  - {inert(fact)}\n", 1
                head = ""
        start = "\n"
