"""Rows of tables of actions: one line for each action, in columns that the page chooses."""

from __future__ import annotations

from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.site.components.page import Link
from plansite.site.components.widgets import StepCount, Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """An action in a table. `when` is its due date relative to today, empty for one that is closed.

    `said` is its latest note, shortened, and `said_on` the day of it. `finished` is the day it was finished.
    """

    title: Link
    ref: str
    owner: Link
    agency: Link
    plan: Link
    goal: Link
    steps: StepCount
    resources: str
    created: date | None
    when: str
    due: date | None
    is_late: bool
    said: str
    said_on: date | None
    priority: str
    tags: tuple[Link, ...]
    states: tuple[Tag, ...]
    finished: date | None
