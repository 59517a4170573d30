"""Pages with a table of actions: a line for each, in columns that the page chooses, in groups or in one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate, finished_on
from plansite.model.documents.action import Action
from plansite.model.formatting import format_due, shorten
from plansite.model.page_addresses import profile_address
from plansite.model.saved_views.selection import ViewTargets, find_agency_of
from plansite.model.saved_views.settings import ViewColumn
from plansite.site.components.dated_rows import ALWAYS_VISIBLE, DatedText, RowGroup, Visibility
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import action_link, link_tags, owner_link, plan_link
from plansite.site.components.pagination import ROWS_PER_PAGE, EmptyState, Pager, build_pager, split_groups
from plansite.site.components.table_rows import TableRow
from plansite.site.components.widgets import build_entry_tags, count_steps
from plansite.site.plan.goals import goal_address

#: From this number of columns on, a table is printed sideways.
_LANDSCAPE_COLUMNS = 7
#: The most characters of a note or of what an action needs.
_MAX_TEXT_LENGTH = 140
#: The columns of a table that chooses none.
DEFAULT_COLUMNS = (
    ViewColumn.TITLE,
    ViewColumn.OWNER,
    ViewColumn.PLAN,
    ViewColumn.DUE,
    ViewColumn.PROGRESS,
    ViewColumn.STATUS,
)
_COLUMN_TITLES = {
    ViewColumn.REF: "No",
    ViewColumn.TITLE: "Action",
    ViewColumn.PROGRESS: "Progress",
}


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: which one, as `ViewColumn` calls it, and its heading."""

    key: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionTableView:
    """A table of actions, or one page of it.

    `words` say which actions there are, `counts` how many. The table is seen while it is `shown`; `reach` is the last
    day for which its rows are known, None if they do not depend on the day.
    """

    title: str
    eyebrow: str
    columns: tuple[TableColumn, ...]
    counts: DatedText
    description: str = ""
    words: str = ""
    unread_note: str = ""
    has_headings: bool = True
    groups: tuple[RowGroup, ...] = ()
    shown: Visibility = ALWAYS_VISIBLE
    reach: date | None = None
    nothing: EmptyState | None = None
    pager: Pager | None = None


class RowBuilder:
    """Builds the rows of actions, each once, however many tables show it."""

    def __init__(self, dated_site: SiteOnDate, targets: ViewTargets) -> None:
        """No row is built yet."""
        self._dated_site, self._targets = dated_site, targets
        self._rows: dict[tuple[str, str], TableRow] = {}

    def build(self, action: Action) -> TableRow:
        """The row of an action."""
        key = (action.plan, action.slug)
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = _build_row(self._dated_site, action, self._targets)
        return row


def _build_row(dated_site: SiteOnDate, action: Action, targets: ViewTargets) -> TableRow:
    assessment, note = dated_site.assess_action(action), action.body.latest_note
    plan, agency = dated_site.site.plans_by_slug[action.plan], find_agency_of(targets, action)
    goal = plan.find_goal(action.goal) if action.goal else None
    return TableRow(
        title=action_link(action),
        ref=action.ref,
        owner=owner_link(dated_site.site, action.owner),
        agency=Link(agency.title, profile_address(agency)) if agency else Link(""),
        plan=plan_link(plan),
        goal=Link(goal.title, goal_address(plan, goal)) if goal else Link(action.goal),
        steps=count_steps(action),
        resources=shorten(action.resources, _MAX_TEXT_LENGTH),
        created=action.created,
        when=format_due(action.due, dated_site.today) if action.due and action.is_open else "",
        due=action.due,
        is_late=assessment.days_late > 0,
        said=shorten(note.text, _MAX_TEXT_LENGTH) if note else "",
        said_on=note.date if note else None,
        priority=action.priority.capitalize() if action.priority else "",
        tags=link_tags(action),
        states=build_entry_tags(action, assessment),
        finished=finished_on(action) if action.is_finished else None,
    )


def build_columns(chosen: Sequence[ViewColumn]) -> tuple[TableColumn, ...]:
    """The columns of a table, with that of the title in front if it is not among those chosen."""
    columns = dict.fromkeys(chosen if ViewColumn.TITLE in chosen else (ViewColumn.TITLE, *chosen))
    return tuple(TableColumn(each.value, _COLUMN_TITLES.get(each, each.value.capitalize())) for each in columns)


def paginate_table(page: Page, view: ActionTableView, rows_per_page: int = ROWS_PER_PAGE) -> Iterator[Page]:
    """The page with this table, split where it is too long: `tags/urgent.html`, `tags/urgent/page-2.html`, …

    So no page has an address that the page of another name has.
    """
    page = replace(page, landscape=len(view.columns) >= _LANDSCAPE_COLUMNS)
    groups_by_page = split_groups(view.groups, rows_per_page)
    folder = page.path.removesuffix(".html")
    paths = [page.path, *(f"{folder}/page-{number}.html" for number in range(2, len(groups_by_page) + 1))]
    for number, groups in enumerate(groups_by_page, 1):
        part = replace(view, groups=groups, pager=build_pager(paths, number))
        if number == 1:
            yield replace(page, view=part)
            continue
        title = f"{page.title}, page {number}"
        trail = (*page.trail[:-1], Link(page.trail[-1].text, page.path), Link(f"Page {number}"))
        yield replace(page, path=paths[number - 1], title=title, trail=trail, view=replace(part, title=title))
