"""What one plan has on the lists across plans: its rows with their places, and the facts that lists count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate, due_sort_key, finished_on, newest_first_sort_key
from plansite.model.dates import add_days
from plansite.model.documents.action import Action
from plansite.model.documents.action_order import ActionSortKey
from plansite.model.documents.plan import Plan
from plansite.model.follow_up.outstanding_checks import check_sort_key, list_interim_checks, list_outstanding_checks
from plansite.model.site import UnreadableFile
from plansite.model.status import Status
from plansite.site.components.check_rows import build_check_row
from plansite.site.components.dated_rows import DAYS_AHEAD
from plansite.site.components.deadline_rows import build_notice_rows, build_review_rows
from plansite.site.components.drawn_rows import DrawnRow
from plansite.site.components.page import Link
from plansite.site.components.page_links import action_link, plan_link
from plansite.site.components.plan_header import need_sort_key
from plansite.site.components.widgets import ActionRow, FinishedRow, build_action_row, build_finished_row

#: A row of a list that is grouped by due dates.
CheckRow = ActionRow | DrawnRow


class ListedRow(NamedTuple):
    """A row and its place in a list of several plans: rows are sorted by `order`.

    `kind` says in which group of the list it is, where that does not follow from its dates.
    """

    order: tuple[date, ActionSortKey]
    row: CheckRow
    kind: str = ""


class FinishedEntry(NamedTuple):
    """The row of a finished action, its place in a list, and the day by which rows are grouped there."""

    order: tuple[int, ActionSortKey]
    row: FinishedRow | DrawnRow
    day: date | None


class ComingAction(NamedTuple):
    """The first open action of a plan that is not late yet. Sorted by `order`, which is unique."""

    order: tuple[date, ActionSortKey]
    link: Link

    @property
    def due(self) -> date:
        """Its due date."""
        return self.order[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEntries:
    """What one plan has on the lists across plans. Rows are in the order of their lists.

    `need` is the place of the plan among others. Of the `open` actions, `near` are those that are overdue or due soon
    on a day that this copy covers, and `unassigned` those without an owner or a date. `coming` is the first that is
    not late yet, with its link. `checks` are all that are outstanding, `controls` those of interim controls as their
    own list shows them. `finished_by` are the owners of finished actions. `unread` is the number of unreadable files.
    """

    plan: Link = Link("")
    need: tuple[int, date, str, str] = (0, date.min, "", "")
    open: tuple[ListedRow, ...] = ()
    near: tuple[ListedRow, ...] = ()
    unassigned: tuple[ListedRow, ...] = ()
    checks: tuple[ListedRow, ...] = ()
    controls: tuple[CheckRow, ...] = ()
    reviews: tuple[CheckRow, ...] = ()
    notices: tuple[CheckRow, ...] = ()
    finished: tuple[FinishedEntry, ...] = ()
    verified: tuple[FinishedEntry, ...] = ()
    open_count: int = 0
    dues: tuple[date, ...] = ()
    coming: ComingAction | None = None
    finished_by: tuple[str, ...] = ()
    has_finished: bool = False
    has_controls: bool = False
    unread: int = 0


#: The kind of a row of an unassigned action, by whether it lacks an owner and whether it lacks a date.
UNASSIGNED_KINDS = {(True, True): "neither", (True, False): "no-owner", (False, True): "no-date"}
#: The kind of the row of a check that is the verification of a finished action.
VERIFICATION = "verification"


# Long because it is one call with a line for each field.
def list_plan_entries(dated_site: SiteOnDate, plan: Plan) -> PlanEntries:
    """The entries of a plan. The site may hold that plan alone."""
    actions = sorted((action for action in plan.actions if action.is_open), key=due_sort_key)
    listed = [
        (action, ListedRow(due_sort_key(action), build_action_row(dated_site, action, has_values=True)))
        for action in actions
    ]
    last = add_days(dated_site.today, max(dated_site.site.settings.due_soon, 0) + DAYS_AHEAD)
    coming = next((action for action in actions if action.due and action.due >= dated_site.today), None)
    finished = [action for action in plan.actions if action.is_finished]
    controls = tuple(_list_controls(dated_site, plan))
    return PlanEntries(
        plan=plan_link(plan),
        need=need_sort_key(dated_site, plan),
        open=tuple(row for _, row in listed),
        near=tuple(row for action, row in listed if action.due and action.due <= last),
        unassigned=tuple(_list_unassigned(dated_site, listed)),
        checks=tuple(_list_checks(dated_site, plan)),
        controls=controls,
        reviews=tuple(build_review_rows(dated_site, plan)),
        notices=tuple(build_notice_rows(dated_site, plan)),
        finished=_list_finished(dated_site, finished, finished_on),
        verified=_list_finished(dated_site, (a for a in finished if a.status is Status.EMBEDDED), verified_on),
        open_count=len(actions),
        dues=tuple(action.due for action in actions if action.due),
        coming=ComingAction(due_sort_key(coming), action_link(coming)) if coming else None,
        finished_by=tuple(sorted({action.owner.strip() for action in finished} - {""})),
        has_finished=bool(finished),
        has_controls=bool(controls),
        unread=sum(is_file_of(file, plan) for file in dated_site.site.unreadable),
    )


def is_file_of(file: UnreadableFile, plan: Plan) -> bool:
    """Whether a file that could not be read belongs to a plan."""
    return plan.slug in (file.plan, file.slug if file.kind == "plan" else "")


def lacks_owner(dated_site: SiteOnDate, action: Action) -> bool:
    """Whether an action has no owner. Never for a filtered site, where an owner's name may have been left out."""
    return dated_site.site.is_unfiltered and not action.owner.strip()


def verified_on(action: Action) -> date | None:
    """The day on which somebody other than the owner checked an action."""
    return action.verification.date if action.verification else None


def _list_unassigned(dated_site: SiteOnDate, listed: Iterable[tuple[Action, ListedRow]]) -> Iterator[ListedRow]:
    for action, row in listed:
        kind = UNASSIGNED_KINDS.get((lacks_owner(dated_site, action), action.due is None))
        if kind:
            yield row._replace(kind=kind)


def _list_checks(dated_site: SiteOnDate, plan: Plan) -> Iterator[ListedRow]:
    for check in list_outstanding_checks(dated_site, (plan,)):
        kind = VERIFICATION if check.is_verification else ""
        yield ListedRow(check_sort_key(check), build_check_row(dated_site, check, has_values=True), kind)


def _list_controls(dated_site: SiteOnDate, plan: Plan) -> Iterator[CheckRow]:
    for check in list_interim_checks(dated_site, (plan,)):
        yield build_check_row(dated_site, check, has_values=True, is_among_controls=True)


def _list_finished(
    dated_site: SiteOnDate, actions: Iterable[Action], find_day: Callable[[Action], date | None]
) -> tuple[FinishedEntry, ...]:
    """Rows of finished actions, the newest first by a day of theirs."""
    rows = (
        FinishedEntry(newest_first_sort_key(action, day), build_finished_row(dated_site, action), day)
        for action in actions
        for day in (find_day(action),)
    )
    return tuple(sorted(rows, key=lambda row: row.order))
