"""What comes first on the page of an action: the next step, the latest note, and what it waits for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.body import ProgressNote
from plansite.model.documents.action import Action, describe_reopening
from plansite.model.formatting import format_count, shorten

#: How many characters of a step or a note the summary shows; the whole text is further down on the page.
MAX_SUMMARY_LENGTH = 120


@dataclass(frozen=True, slots=True)
class NoteSummary:
    """The beginning of a progress note; `day` is None if it has no date."""

    text: str
    day: date | None
    by: str


def describe_late_action(action: Action, today: date) -> str:
    """What a late action says beside its tag, which says how late it is: that it was reopened, and the steps left."""
    remaining = len(action.body.steps) - action.body.steps_done
    steps = f"{remaining} of {format_count(len(action.body.steps), 'step')} left." if remaining else ""
    return f"{describe_reopening(action, today)} {steps}".strip()


def find_next_step(action: Action) -> str:
    """The beginning of the first step that is not done; "" for a closed action, or one that has no such step."""
    if not action.is_open:
        return ""
    return next((shorten(step.text, MAX_SUMMARY_LENGTH) for step in action.body.steps if not step.done), "")


def sort_newest_first(notes: Sequence[ProgressNote]) -> list[ProgressNote]:
    """Progress notes with the newest first, of one day the last in the file; those without a date come last."""
    return sorted(notes, key=lambda note: (note.date or date.min, note.line), reverse=True)


def summarise_latest_note(notes: Sequence[ProgressNote]) -> NoteSummary | None:
    """The beginning of the first of these notes, which are sorted; None if there are none."""
    if not notes:
        return None
    return NoteSummary(shorten(notes[0].text, MAX_SUMMARY_LENGTH), notes[0].date, notes[0].by)
