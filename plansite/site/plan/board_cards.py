"""The cards of actions on the board of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.history.action_dates import find_unexplained_moves
from plansite.history.change import Change
from plansite.model.assessment import SiteOnDate, finished_on
from plansite.model.dependencies import list_obstacle_dates
from plansite.model.documents.action import Action, describe_reopening
from plansite.model.formatting import format_due
from plansite.model.interim_checks import find_next_check as find_interim_check
from plansite.model.interim_checks import find_open_control
from plansite.model.recurrence import find_next_check
from plansite.model.status import Status
from plansite.site.components.dated_rows import list_days_after
from plansite.site.components.filters import RowValues, build_row_values
from plansite.site.components.interim import format_check_lateness
from plansite.site.components.page import Link
from plansite.site.components.page_links import action_link, owner_link
from plansite.site.components.widgets import (
    StepCount,
    Tag,
    build_course_tag,
    count_steps,
)
from plansite.site.plan.dependencies import describe_waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardCard:
    """An action on the board. `lead` is the text before `day`; `late_note` is shown in red.

    `move_note` says that the due date was moved without a reason. From `note_until` on its note is another.
    `check_due` is the day by which a check of it, or of its interim control, is to be made. `values` are what it can be
    filtered by.
    """

    ref: str
    title: Link
    owner: Link
    lead: str
    day: date | None
    steps: StepCount
    note: str
    note_until: date | None
    check_due: date | None
    late_note: str
    move_note: str
    tag: Tag
    values: RowValues


def build_card(dated_site: SiteOnDate, action: Action, changes: Sequence[Change] = ()) -> BoardCard:
    """The card of an action; `changes` are those that git knows, newest first."""
    lead, day = format_lead(dated_site, action)
    control = find_open_control(action)
    check_due = find_interim_check(control) if control else find_check_due(action, dated_site.today)
    return BoardCard(
        ref=action.ref,
        title=action_link(action),
        owner=owner_link(dated_site.site, action.owner),
        lead=lead,
        day=day,
        steps=count_steps(action) if action.is_open else StepCount(),
        note=describe_reopening(action, dated_site.today) or describe_waiting(dated_site, action),
        note_until=_find_next_obstacle(dated_site, action),
        check_due=check_due,
        late_note=format_check_lateness(check_due, dated_site.today),
        move_note="Moved, no reason given" if action.is_open and find_unexplained_moves(action, changes) else "",
        tag=build_course_tag(action, dated_site.assess_action(action)),
        values=build_row_values(dated_site, action),
    )


def format_lead(dated_site: SiteOnDate, action: Action) -> tuple[str, date | None]:
    """The text before the date on a card, and the date: when it is due or was finished."""
    if action.effective_status is Status.EMBEDDED and action.verification and action.verification.date:
        return "Verified", action.verification.date
    if not action.is_open:
        return "Completed", finished_on(action)
    if action.due is None:
        return "No due date", None
    is_near = 0 <= (action.due - dated_site.today).days <= 1
    return f"{format_due(action.due, dated_site.today)}," if is_near else "Due", action.due


def find_check_due(action: Action, today: date) -> date | None:
    """The day by which the next check of a finished action is to be made; None without one."""
    verification = action.verification
    verify_by = verification.due if verification and action.awaits_verification else None
    return min((day for day in (verify_by, find_next_check(action, today)) if day), default=None)


def _find_next_obstacle(dated_site: SiteOnDate, action: Action) -> date | None:
    """The first later day on which another action begins to delay this one, so that its note is another."""
    if not action.is_open or action.is_reopened:
        return None
    days = list_days_after(list_obstacle_dates(dated_site.site, action))
    return min((day for day in days if day > dated_site.today), default=None)
