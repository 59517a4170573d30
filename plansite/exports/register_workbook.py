"""The register of plans as a workbook: one sheet a plan, one row an action."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from plansite.exports.workbook import WorkbookCell, WorkbookColumn, Worksheet, format_workbook
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_long_date

_COLUMNS = (
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
    WorkbookColumn(title="Latest news", width=44),
    WorkbookColumn(title="Required", width=15),
    WorkbookColumn(title="Regulation", width=20),
    WorkbookColumn(title="Standards", width=24),
    WorkbookColumn(title="Evidence", width=30),
    WorkbookColumn(title="Check", width=12),
    WorkbookColumn(title="Checked by", width=20),
    WorkbookColumn(title="Checked on", width=12),
)


def format_register_workbook(plans: Sequence[tuple[SiteOnDate, Plan]]) -> bytes:
    """The actions of plans, each given with a site that holds it, as an XLSX file. Raises MissingExportError.

    There is at least one plan. Without actions, its sheet has a head alone.
    """
    day = plans[0][0].today
    worksheets = [build_register_worksheet(dated_site, plan) for dated_site, plan in plans]
    titles = ", ".join(plan.title or plan.slug for _, plan in plans)
    return format_workbook(worksheets, title=f"Register of actions: {titles}", day=day)


def build_register_worksheet(dated_site: SiteOnDate, plan: Plan) -> Worksheet:
    """The sheet of one plan, its actions in the order of the register."""
    title = plan.title or plan.slug
    return Worksheet(
        name=title,
        heading=f"{title}, as at {format_long_date(dated_site.today)}",
        columns=_COLUMNS,
        rows=tuple(tuple(_list_cells(dated_site, plan, action)) for action in plan.actions),
    )


def _list_cells(dated_site: SiteOnDate, plan: Plan, action: Action) -> Iterator[WorkbookCell]:
    """The cells of an action, one for each of the columns."""
    assessment, goal = dated_site.assess_action(action), plan.find_goal(action.goal)
    latest, check, body = action.body.latest_note, action.verification, action.body
    requirement = action.requirement
    yield _read_number(action.ref)
    yield action.title
    yield _name_person(dated_site, action.owner)
    yield ", ".join(_name_person(dated_site, name) for name in action.supporters)
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
    yield latest.text if latest else ""
    yield requirement.level.capitalize() if requirement and requirement.level else ""
    yield requirement.regulation if requirement else ""
    yield "; ".join(action.standards)
    yield "; ".join(item.label or item.url for item in action.evidence)
    yield _describe_check(action)
    yield _name_person(dated_site, check.by) if check else ""
    yield _find_check_day(action)


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
