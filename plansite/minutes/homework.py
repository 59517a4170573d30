"""Homework in the draft of a session: why it may help, how it went, and what got in the way."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.minutes.agenda import Agenda
from plansite.minutes.carried import facts, is_homework
from plansite.minutes.phrases import sentence
from plansite.model.status import HomeworkOutcome

#: What often gets in the way, in the words of those who say it.
BARRIERS = ("forgot", "no time", "too hard", "too low", "too worried", "somebody stopped me", "did not fit me")


def homework(agenda: Agenda) -> Iterator[str]:
    """The lines of "Homework"; nothing where none is open."""
    items = [item for item in agenda.items if is_homework(item)]
    if not items:
        return
    yield f"Often in the way: {', '.join(BARRIERS)}, something else."
    yield ""
    for item in items:
        given = item.action.homework
        yield f"- {facts(agenda, item)}"
        if given and given.rationale:
            yield f"  - Why it may help: {sentence(given.rationale)}"
        so_far = f" Last noted: {given.outcome}." if given and given.outcome else ""
        yield f"  - How it went: {' / '.join(HomeworkOutcome)}.{so_far}"
        yield "  - What got in the way:"
        yield "  - Update:"
