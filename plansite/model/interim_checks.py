"""When the interim control of an action or finding is to be checked."""

from __future__ import annotations

from datetime import date

from plansite.model.dates import add_interval
from plansite.model.documents.records.interim_control import InterimControl


def find_next_check(control: InterimControl) -> date | None:
    """The day of the next check: as the file gives it, else from the last check and the interval; None if unknown."""
    if control.next is not None:
        return control.next
    return add_interval(control.checked, control.every) if control.checked and control.every else None


def is_check_overdue(control: InterimControl, today: date) -> bool:
    """Whether the next check was to be made before today."""
    due = find_next_check(control)
    return due is not None and due < today
