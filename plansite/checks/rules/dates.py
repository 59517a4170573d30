"""Dates that are missing, or that cannot both be true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, flag, rule
from plansite.checks.subjects import list_actions, list_dates, list_open_actions, list_plans, list_plans_with_file
from plansite.checks.waivers import ActiveWaivers
from plansite.content.report import quote_text
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.findings import Finding, Level
from plansite.model.formatting import format_long_date, format_short_date
from plansite.model.site import Document, list_inner_documents


@rule("PS201", Level.WARNING, list_open_actions)
def missing_due(_: CheckContext, action: Action) -> Iterator[Violation]:
    """An open action has no due date.

    Without one it can never be late.

    Example: add the line `due: 2025-01-14`.
    """
    if action.due is None:
        yield flag(action, "it has no due date", "add `due:` with the day by which it is done", field="due")


@rule("PS202", Level.WARNING, list_actions)
def due_before_created(_: CheckContext, action: Action) -> Iterator[Violation]:
    """An action's due date is before the day it was agreed.

    Usually the year is wrong, as it often is in January.

    Example: `created: 2025-01-01` and `due: 2024-01-14`. Write `due: 2025-01-14`.
    """
    if action.due and action.created and action.due < action.created:
        message = (
            f"it was due on {format_long_date(action.due)}, before it was agreed on {format_long_date(action.created)}"
        )
        yield flag(action, message, "correct `due` or `created`", field="due")


@rule("PS203", Level.WARNING, list_actions)
def completed_before_created(_: CheckContext, action: Action) -> Iterator[Violation]:
    """An action was finished before it was agreed, or before it began.

    Example: `created: 2025-01-01` and `completed: 2024-01-06`. Write `completed: 2025-01-06`.
    """
    earlier = {"agreed": action.created, "begun": action.started}
    for word, day in earlier.items():
        if action.completed and day and action.completed < day:
            finished, earlier_date = format_long_date(action.completed), format_long_date(day)
            message = f"it was finished on {finished}, before it was {word} on {earlier_date}"
            yield flag(action, message, "correct the date that is wrong", field="completed")
            return


@rule("PS204", Level.WARNING, list_actions)
def completed_in_future(context: CheckContext, action: Action) -> Iterator[Violation]:
    """An action's completion date is in the future.

    `completed` is the day on which the work was done. The day by which it should be done is `due`.

    Example: `completed: 2026-01-06`, written in January 2025. Write `completed: 2025-01-06`.
    """
    if action.completed and action.completed > context.today:
        message = f"it was finished on {format_long_date(action.completed)}, which is in the future"
        yield flag(action, message, "correct the date, or take it out until the work is done", field="completed")


@rule("PS205", Level.WARNING, list_actions)
def progress_before_created(_: CheckContext, action: Action) -> Iterator[Violation]:
    """A progress entry is older than its action.

    Usually the year of one of the two dates is wrong.

    Example: `created: 2025-01-01` and the entry `- 2024-01-01: Heater put in the room.`
    """
    for note in action.body.progress:
        if note.date and action.created and note.date < action.created:
            message = (
                f"the entry of {format_long_date(note.date)} is older than the action, agreed "
                f"on {format_long_date(action.created)}"
            )
            yield flag(action, message, "correct the entry's date, or `created`", field="progress", line=note.line)


@rule("PS206", Level.WARNING, list_actions)
def progress_in_future(context: CheckContext, action: Action) -> Iterator[Violation]:
    """A progress entry is dated in the future.

    Progress is for what was done. What is planned belongs under Steps.

    Example: `- 2026-01-06: The radiator is repaired.`, written in January 2025.
    """
    for note in action.body.progress:
        if note.date and note.date > context.today:
            message = f"the entry of {format_long_date(note.date)} is dated in the future"
            yield flag(action, message, "correct its date, or make it a step", field="progress", line=note.line)


@rule("PS207", Level.WARNING, list_actions)
def undated_progress(_: CheckContext, action: Action) -> Iterator[Violation]:
    """A progress entry does not begin with a full date.

    Without it the age of the news is not known, and the action may count as silent.

    Example: `- Last week: the firm came.` Write `- 2025-01-06 (Maintenance): The firm came.`
    """
    for note in action.body.progress:
        if note.date is None:
            message = (
                f"the entry {quote_text(note.text)} has no full date" if note.text else "the entry has no full date"
            )
            remedy = "begin it with the date, as `2025-01-06 (Falls Lead): The rail is up`"
            yield flag(action, message, remedy, field="progress", line=note.line)


@rule("PS208", Level.HINT, list_actions)
def unexplained_move(_: CheckContext, action: Action) -> Iterator[Violation]:
    """A due date was moved without a reason.

    The reason shows what to do differently next time. `plansite check` also finds moves of open actions that only git
    records. The register and the board then say “moved, no reason given”.

    Example: `due_history: [{due: 2025-01-07}]`. Add `reason: Engineer unavailable`.
    """
    for move in action.due_history:
        if move.due and not move.reason:
            message = f"no reason is given for moving it from {format_long_date(move.due)}"
            yield flag(action, message, "add a `reason`", field="due_history")


def find_moves_without_reason(context: CheckContext, moves: Iterable[tuple[Action, date, date]]) -> tuple[Finding, ...]:
    """Findings of `unexplained_move` for moves that only the history knows: an action, the old date and the new one."""
    waivers = ActiveWaivers.build(context)
    findings = (
        Finding(
            rule=unexplained_move.rule,
            path=action.path,
            line=action.find_field_line("due"),
            message=f"moved from {format_short_date(before, after)} to {format_long_date(after)}, no reason given",
            remedy=f"add `due_history: [{{due: {before.isoformat()}, reason: …}}]`, with the reason",
            field="due",
        )
        for action, before, after in moves
    )
    return tuple(finding for finding in findings if not waivers.covers(finding))


@rule("PS209", Level.HINT, list_open_actions)
def due_after_plan(context: CheckContext, action: Action) -> Iterator[Violation]:
    """An open action is due after its plan ends.

    After that day nobody reviews it, unless another plan takes it on.

    Example: the plan has `end: 2025-06-30`, and the action `due: 2025-07-31`.
    """
    end = context.find_plan(action).end
    if action.due and end and action.due > end:
        message = f"it is due on {format_long_date(action.due)}, after the plan ends on {format_long_date(end)}"
        yield flag(action, message, "bring it forward, or say in the plan who takes it on", field="due")


@rule("PS210", Level.WARNING, list_plans_with_file)
def end_before_start(_: CheckContext, plan: Plan) -> Iterator[Violation]:
    """A plan ends before it begins.

    Example: `start: 2025-01-01` and `end: 2024-06-30`. Write `end: 2025-06-30`.
    """
    if plan.start and plan.end and plan.end < plan.start:
        message = f"the plan ends on {format_long_date(plan.end)}, before it begins on {format_long_date(plan.start)}"
        yield flag(plan, message, "correct the date that is wrong", field="end")


#: Years from today, and from most dates of the plan, within which a date is no surprise.
_USUAL_YEARS = 30
#: With fewer dates than this, none of them says which years are usual in a plan.
_FEWEST_DATES = 3


def _is_distant(year: int, usual_years: tuple[int, int]) -> bool:
    return all(abs(year - usual) > _USUAL_YEARS for usual in usual_years)


def _list_distant_readings(plan: Plan, years: Iterable[int]) -> Iterator[tuple[Document, str, int, date]]:
    """The dates of readings in these years, as the other dates of documents."""
    distant = frozenset(years)
    for measure in plan.measures if distant else ():
        yield from ((measure, "", 1, each.date) for each in measure.readings if each.date.year in distant)


@rule("PS211", Level.WARNING, list_plans)
def distant_year(context: CheckContext, plan: Plan) -> Iterator[Violation]:
    """A date is more than 30 years from today, and from most other dates of its plan.

    Usually a digit of the year is wrong. An action due in 2205 is never late.

    Example: `due: 2205-01-14`. Write `due: 2025-01-14`.
    """
    documents: tuple[Document, ...] = (plan, *list_inner_documents(plan))
    dates = [(document, *entry) for document in documents for entry in list_dates(document)]
    readings = [reading.date.year for measure in plan.measures for reading in measure.readings]
    years = sorted([*(day.year for _, _, _, day in dates), *readings])
    usual_years = (context.today.year, years[len(years) // 2] if len(years) >= _FEWEST_DATES else context.today.year)
    dates += _list_distant_readings(plan, (year for year in set(readings) if _is_distant(year, usual_years)))
    for document, field, line, day in dates:
        if _is_distant(day.year, usual_years):
            message = f"{format_long_date(day)} is {abs(day.year - context.today.year)} years from today"
            yield flag(
                document, message, "correct the year, or set this rule aside if it is right", field=field, line=line
            )
