"""Entries as people read them in a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from plansite.listing.entries import Entry
from plansite.listing.filters import Wanted
from plansite.listing.wrapping import GAP, columns, padded, places, tidy, wrapped
from plansite.model.status import OPEN, Status
from plansite.model.words import count, due_in_words, listed, short_date

#: Colours a cell for an entry without changing its words.
Paint = Callable[[str, Entry], str]

_HEAD = ("No", "Action", "Owner", "Status", "When")
#: Places that columns get at most, where there is room and where there is little; the action gets what is left.
_ROOMY, _TIGHT = (10, 0, 24, 20, 21), (10, 0, 14, 12, 18)
_NARROWEST = 24


def plain(cell: str, entry: Entry) -> str:  # noqa: ARG001  (the shape of a Paint)
    """No colour at all."""
    return cell


def table(
    entries: Sequence[Entry], titles: Mapping[str, str], today: date, width: int, paint: Paint = plain
) -> Iterator[str]:
    """The lines of a list: plan by plan, then a summary. `titles` are the plans' titles by slug.

    No line takes more than `width` places (24 or more); where columns do not fit, each action is a short paragraph.
    """
    for plan, group in groupby(entries, key=lambda entry: entry.plan):
        rows = [(entry, _cells(entry, today)) for entry in group]
        yield from wrapped(tidy(f"{titles.get(plan, plan)} ({plan})"), width)
        widths = _widths([cells for _, cells in rows], width)
        yield from _columns(rows, widths, paint) if widths else _stacked(rows, width, paint)
        yield ""
    yield from wrapped(summary(entries), width)


def summary(entries: Sequence[Entry]) -> str:
    """How many there are, and how many of them are late or cannot be trusted yet."""
    late = sum(entry.overdue for entry in entries)
    trouble = sum(entry.needs_attention for entry in entries)
    parts = [f"{late:,} overdue"] if late else []
    parts += [f"{trouble:,} with errors in the file (see “plansite check”)"] if trouble else []
    return f"{count(len(entries), 'action')}{': ' if parts else ''}{listed(parts)}."


def nothing(wanted: Wanted, titles: Mapping[str, str]) -> str:
    """What to say of an empty list, and why that may be good news."""
    subject = "No action"
    if wanted.owner:
        subject += f" of {tidy(wanted.owner.title)}"
    if wanted.plan is not None:
        subject += f" in “{tidy(titles.get(wanted.plan, wanted.plan))}”"
    within = f"due within {count(wanted.due_within, 'day')}" if wanted.due_within else "due today"
    if wanted.overdue:
        state = f"overdue or {within}" if wanted.due_within is not None else "overdue"
        return f"{subject} is {state}. That is good news: no due date has passed."
    if wanted.due_within is not None:
        return f"{subject} is {within}. That is good news, if no due date is missing."
    if wanted.statuses is not None:
        return f"{subject} is {_state(wanted)}"
    if wanted.owner:
        return f"{subject} is on file. That is good news if nothing was promised: nobody waits for them."
    return f"{subject} is on file yet. Begin one with “plansite new action”."


def _state(wanted: Wanted) -> str:
    statuses = wanted.statuses or frozenset()
    if statuses >= OPEN:
        return "open. That is good news: everything is finished."
    word = next(str(status) for status in statuses)
    good = {
        Status.BLOCKED: " That is good news: nothing is held up.",
        Status.NOT_STARTED: " That is good news: work has begun on all of them.",
    }
    return f"{word}.{good.get(Status(word), '')}"


def _cells(entry: Entry, today: date) -> tuple[str, ...]:
    return tuple(tidy(cell) for cell in (entry.ref, entry.title, entry.owner, _status(entry), _when(entry, today)))


def _status(entry: Entry) -> str:
    if not entry.is_read:
        return "Cannot be read"
    return entry.status.words if entry.status else f"“{entry.status_word}”, not known"


def _when(entry: Entry, today: date) -> str:
    if not entry.is_read:
        return ""
    if not entry.is_open:
        return short_date(entry.completed, today) if entry.completed else ""
    return due_in_words(entry.due, today) if entry.due else "No due date"


def _widths(rows: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """The widths of the columns, as roomy as they can be; None where even tight ones leave the action too little."""
    widest = [max(map(places, column)) for column in zip(_HEAD, *rows, strict=True)]
    for most in (_ROOMY, _TIGHT):
        widths = [min(own, limit) for own, limit in zip(widest, most, strict=True)]
        left = width - sum(widths) - len(GAP) * len(widths)
        if left >= _NARROWEST:
            widths[1] = min(left, widest[1])
            return widths
    return None


def _columns(rows: Sequence[tuple[Entry, tuple[str, ...]]], widths: Sequence[int], paint: Paint) -> Iterator[str]:
    yield _indented(padded(name, width) for name, width in zip(_HEAD, widths, strict=True))
    yield _indented("-" * width for width in widths)
    for entry, cells in rows:
        for *others, when in columns(cells, widths):
            text = when.rstrip()
            yield _indented([*others, paint(text, entry) if text else ""])


def _indented(cells: Iterator[str] | Sequence[str]) -> str:
    return (GAP + GAP.join(cells)).rstrip()


def _stacked(rows: Sequence[tuple[Entry, tuple[str, ...]]], width: int, paint: Paint) -> Iterator[str]:
    """Number and title on one line, all else below it and further in."""
    for entry, (ref, title, owner, status, when) in rows:
        yield from _inwards(f"{ref} {title}".strip(), width, 1)
        yield from _inwards(", ".join(filter(None, (owner, status))), width, 2)
        yield from (GAP * 2 + paint(line, entry) for line in wrapped(when, width - 2 * len(GAP)) if line)


def _inwards(text: str, width: int, steps: int) -> Iterator[str]:
    return (GAP * steps + line for line in wrapped(text, width - len(GAP) * steps) if line)
