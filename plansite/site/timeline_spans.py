"""From when to when: the days between which an action lies, and how that is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plansite.model.action import Action
from plansite.model.course import finished_on
from plansite.model.status import Status
from plansite.model.words import days


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From the day an action began to the day it ended or is due; None where the file does not say.

    `begun_as` and `ended_as` are the words before each day. `note` says what is missing, odd or late about them.
    """

    begun: date | None
    begun_as: str
    ended: date | None
    ended_as: str
    note: str


def span_of(action: Action) -> Span:
    """From its start, else its creation, to its end where it is closed, else to its due date."""
    begun = action.started or action.created
    ended, ended_as = _end(action)
    begun_as = "Started" if action.started else "Created" if begun else ""
    words = "" if ended is None else f", {ended_as}" if begun else ended_as.capitalize()
    return Span(begun=begun, begun_as=begun_as, ended=ended, ended_as=words, note=_note(action, begun, ended))


def by_end(action: Action) -> tuple[date, str]:
    """Order of the timeline: the earliest end first, those without an end last."""
    return (_end(action)[0] or date.max, action.slug)


def by_need(action: Action) -> tuple[bool, int, str]:
    """Which actions come first where not all can be shown: open ones by due date, then what was finished last."""
    end = _end(action)[0] or date.max
    return (not action.is_open, end.toordinal() if action.is_open else -end.toordinal(), action.slug)


def _end(action: Action) -> tuple[date | None, str]:
    finished = None if action.is_open else finished_on(action)
    if finished:
        return finished, "cancelled" if action.status is Status.CANCELLED else "completed"
    return action.due, "due"


def _note(action: Action, begun: date | None, ended: date | None) -> str:
    finished = None if action.is_open else finished_on(action)
    if begun is None and ended is None:
        return "No date is given."
    if begun and ended and ended < begun:
        return "It ends before it begins: one of the two days is wrong."
    missing = [] if begun else ["When it began is not given."]
    if ended is None:
        missing.append("No due date is given." if action.is_open else "When it ended is not given.")
    elif not action.is_open and finished is None:
        missing.append("When it ended is not given.")
    elif action.due and finished and finished > action.due and action.status is not Status.CANCELLED:
        missing.append(f"That was {days((finished - action.due).days)} late.")
    return " ".join(missing)
