"""What one plan has on the lists across plans: its rows with their places, and the facts that lists count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate, due_sort_key, finished_on
from plansite.model.dates import add_days
from plansite.model.documents.action import Action
from plansite.model.documents.action_order import ActionSortKey, newest_first_sort_key
from plansite.model.documents.plan import Plan
from plansite.model.follow_up.outstanding_checks import check_sort_key, list_interim_checks, list_outstanding_checks
from plansite.model.page_addresses import profile_address
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

    `kind` says in which group of the list it is, where that does not follow from its dates. `page` is the address of
    the page of whoever is named in it, if they have one.
    """

    order: tuple[date, ActionSortKey]
    row: CheckRow
    page: str
    kind: str = ""


class FinishedEntry(NamedTuple):
    """The row of a finished action, its place in a list, the page of its owner, and the day by which it is grouped."""

    order: tuple[int, ActionSortKey]
    row: FinishedRow | DrawnRow
    page: str
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
    own list shows them. `finished_by` are the owners of finished actions. `unreadable` is the number of
    unreadable files, `unreadable_actions` of those of actions.
    """

    plan: Link = Link("")
    need: tuple[int, date, str, str] = (0, date.min, "", "")
    open: tuple[ListedRow, ...] = ()
    near: tuple[ListedRow, ...] = ()
    unassigned: tuple[ListedRow, ...] = ()
    checks: tuple[ListedRow, ...] = ()
    controls: tuple[ListedRow, ...] = ()
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
    unreadable: int = 0
    unreadable_actions: int = 0


#: The kind of a row of an unassigned action, by whether it lacks an owner and whether it lacks a date.
UNASSIGNED_KINDS = {(True, True): "neither", (True, False): "no-owner", (False, True): "no-date"}
#: The kinds of the rows of checks: that of a verification of a finished action, and that of an interim control.
VERIFICATION, CONTROL = "verification", "control"


# Long because it is one call with a line for each field.
def list_plan_entries(dated_site: SiteOnDate, plan: Plan) -> PlanEntries:
    """The entries of a plan. The site may hold that plan alone."""
    actions = sorted((action for action in plan.actions if action.is_open), key=due_sort_key)
    listed = [
        (
            action,
            _list_row(
                dated_site, due_sort_key(action), build_action_row(dated_site, action, has_values=True), action.owner
            ),
        )
        for action in actions
    ]
    last = add_days(dated_site.today, max(dated_site.site.settings.due_soon, 0) + DAYS_AHEAD)
    coming = next((action for action in actions if action.due and action.due >= dated_site.today), None)
    finished = [action for action in plan.actions if action.is_finished]
    controls = tuple(_list_controls(dated_site, plan))
    unreadable = [file for file in dated_site.site.unreadable if is_file_of(file, plan)]
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
        unreadable=len(unreadable),
        unreadable_actions=sum(file.kind == "action" for file in unreadable),
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
        kind = CONTROL if check.control else VERIFICATION if check.is_verification else ""
        row = build_check_row(dated_site, check, has_values=True)
        yield _list_row(dated_site, check_sort_key(check), row, check.by, kind)


def _list_controls(dated_site: SiteOnDate, plan: Plan) -> Iterator[ListedRow]:
    for check in list_interim_checks(dated_site, (plan,)):
        row = build_check_row(dated_site, check, has_values=True, is_among_controls=True)
        yield _list_row(dated_site, check_sort_key(check), row, check.by)


def _list_row(
    dated_site: SiteOnDate, order: tuple[date, ActionSortKey], row: CheckRow, name: str, kind: str = ""
) -> ListedRow:
    return ListedRow(order, row, find_profile_page(dated_site, name), kind)


def leave_out_values(row: CheckRow) -> CheckRow:
    """The row for a list without a filter."""
    return row._replace(values=None) if isinstance(row, DrawnRow) else replace(row, values=None)


def find_profile_page(dated_site: SiteOnDate, name: str) -> str:
    """The address of the page of the owner or agency of this name; empty for nobody, and somebody without a page."""
    person = dated_site.site.find_owner_or_agency(name) if name.strip() else None
    return profile_address(person) if person else ""


def _list_finished(
    dated_site: SiteOnDate, actions: Iterable[Action], find_day: Callable[[Action], date | None]
) -> tuple[FinishedEntry, ...]:
    """Rows of finished actions, the newest first by a day of theirs."""
    rows = (
        FinishedEntry(
            newest_first_sort_key(day, action.sort_key),
            build_finished_row(dated_site, action),
            find_profile_page(dated_site, action.owner),
            day,
        )
        for action in actions
        for day in (find_day(action),)
    )
    return tuple(sorted(rows, key=lambda row: row.order))
