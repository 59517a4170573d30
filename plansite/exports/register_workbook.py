"""The register of plans as a workbook: one sheet a plan, one row an action."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from plansite.exports.selection import ExportSelection
from plansite.exports.workbook import WorkbookCell, WorkbookColumn, Worksheet, format_workbook
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_long_date

REGISTER_WORKBOOK_COLUMNS = (
    WorkbookColumn(title="No.", width=7),
    WorkbookColumn(title="Action", width=44),
    WorkbookColumn(title="Owner", width=20),
    WorkbookColumn(title="Helped by", width=20),
    WorkbookColumn(title="Goal", width=24),
    WorkbookColumn(title="Status", width=13),
    WorkbookColumn(title="How it is going", width=30),
    WorkbookColumn(title="Agreed", width=12),
    WorkbookColumn(title="First due", width=12),
    WorkbookColumn(title="Due", width=12),
    WorkbookColumn(title="Days late", width=7),
    WorkbookColumn(title="Completed", width=12),
    WorkbookColumn(title="Steps", width=7),
    WorkbookColumn(title="Steps done", width=7),
    WorkbookColumn(title="Latest news on", width=12),
    WorkbookColumn(title="Latest news by", width=20),
    WorkbookColumn(title="Latest news", width=44),
    WorkbookColumn(title="Required", width=15),
    WorkbookColumn(title="Regulation", width=20),
    WorkbookColumn(title="Standards", width=24),
    WorkbookColumn(title="Evidence", width=30),
    WorkbookColumn(title="Check", width=12),
    WorkbookColumn(title="Checked by", width=20),
    WorkbookColumn(title="Checked on", width=12),
    WorkbookColumn(title="File", width=24),
)


#: The hidden sheet with all rows as they were exported.
EXPORTED_ROWS_SHEET = "As exported"


def format_register_workbook(plans: Sequence[tuple[SiteOnDate, Plan]]) -> bytes:
    """The actions of plans, each given with a site that holds it, as an XLSX file. Raises MissingExportError.

    There is at least one plan. Without actions, its sheet has a head alone.
    """
    worksheets = [build_register_worksheet(dated_site, plan, plan.actions) for dated_site, plan in plans]
    titles = ", ".join(plan.title or plan.slug for _, plan in plans)
    return format_workbook(worksheets, title=_describe(titles), day=plans[0][0].today)


def format_selected_register(selection: ExportSelection) -> bytes:
    """The selected actions as an XLSX file with a sheet for each plan. Raises MissingExportError.

    A hidden sheet has all rows once more, so that an import knows what people have changed in the others.
    """
    dated_site = selection.dated_site
    worksheets = [build_register_worksheet(dated_site, each.plan, each.actions) for each in selection.plans]
    return format_register_worksheets(worksheets, selection.title, dated_site.today)


def format_register_worksheets(worksheets: Sequence[Worksheet], title: str, day: date) -> bytes:
    """An XLSX file with these sheets and the hidden one; without any, with an empty one. Raises MissingExportError."""
    none = Worksheet(name="No actions", columns=REGISTER_WORKBOOK_COLUMNS, rows=())
    rows = tuple(row for worksheet in worksheets for row in worksheet.rows)
    hidden = Worksheet(name=EXPORTED_ROWS_SHEET, columns=REGISTER_WORKBOOK_COLUMNS, rows=rows, is_hidden=True)
    return format_workbook([*(worksheets or [none]), hidden], title=_describe(title), day=day)


def _describe(title: str) -> str:
    return f"Register of actions: {title}"


def build_register_worksheet(dated_site: SiteOnDate, plan: Plan, actions: Sequence[Action]) -> Worksheet:
    """The sheet of one plan with these actions of it, in the order of the register."""
    rows = [list_register_cells(dated_site, plan, action) for action in actions]
    return build_worksheet(plan.title or plan.slug, dated_site.today, rows)


def build_worksheet(title: str, day: date, rows: Sequence[tuple[WorkbookCell, ...]]) -> Worksheet:
    """The sheet of a plan with this title from its rows."""
    heading = f"{title}, as at {format_long_date(day)}"
    return Worksheet(name=title, heading=heading, columns=REGISTER_WORKBOOK_COLUMNS, rows=tuple(rows))


def list_register_cells(dated_site: SiteOnDate, plan: Plan, action: Action) -> tuple[WorkbookCell, ...]:
    """The row of an action: a cell for each of the columns."""
    return tuple(_list_cells(dated_site, plan, action))


def _list_cells(dated_site: SiteOnDate, plan: Plan, action: Action) -> Iterator[WorkbookCell]:
    """The cells of an action, one for each of the columns."""
    assessment, goal = dated_site.assess_action(action), plan.find_goal(action.goal)
    latest, check, body = action.body.latest_note, action.verification, action.body
    requirement = action.requirement
    yield _read_number(action.ref)
    yield action.title
    yield _name_person(dated_site, action.owner)
    yield "; ".join(_name_person(dated_site, name) for name in action.supporters)
    yield goal.title if goal else action.goal
    yield action.effective_status.label if action.effective_status else action.status_word
    yield assessment.reason
    yield action.created
    yield action.original_due
    yield action.due
    yield assessment.days_late or None
    yield action.completed
    yield len(body.steps) or None
    yield body.steps_done if body.steps else None
    yield latest.date if latest else None
    yield latest.by if latest else ""
    yield latest.text if latest else ""
    yield requirement.level.capitalize() if requirement and requirement.level else ""
    yield requirement.regulation if requirement else ""
    yield "; ".join(action.standards)
    yield "; ".join(item.label or item.url for item in action.evidence if item.label or item.url)
    yield _describe_check(action)
    yield _name_person(dated_site, check.by) if check else ""
    yield _find_check_day(action)
    yield f"{action.plan}/{action.slug}"


def _read_number(ref: str) -> WorkbookCell:
    """The number of an action: a number if it is written as one, so that it sorts, else the text."""
    is_plain = ref.isascii() and ref.isdigit() and len(ref) < 12 and (ref == "0" or ref[0] != "0")
    return int(ref) if is_plain else ref


def _name_person(dated_site: SiteOnDate, name: str) -> str:
    person = dated_site.site.find_owner_or_agency(name)
    return person.title if person else name


def _describe_check(action: Action) -> str:
    if action.verification is None:
        return ""
    return action.verification.result.capitalize() if action.verification.result else "Planned"


def _find_check_day(action: Action) -> date | None:
    return action.verification.date if action.verification and action.verification.result else None
