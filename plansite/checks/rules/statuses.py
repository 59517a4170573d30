"""Statuses that contradict the rest of the file, and open actions without news."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, flag, rule
from plansite.checks.subjects import list_actions, list_open_actions, list_plans_with_file
from plansite.content.report import quote_text
from plansite.model.assessment import Assessment, Course
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.findings import Level
from plansite.model.formatting import choose_form, format_count, format_long_date
from plansite.model.people import normalise_name
from plansite.model.review_dates import is_silent, latest_news_date
from plansite.model.status import AMBIGUOUS_STATUSES, FINISHED_STATUSES, PlanKind, Rag, Status

_RAG_BY_COURSE = {
    Course.OVERDUE: Rag.RED,
    Course.AT_RISK: Rag.AMBER,
    Course.ON_TRACK: Rag.GREEN,
    Course.COMPLETED: Rag.GREEN,
    Course.EMBEDDED: Rag.GREEN,
}


@rule("PS301", Level.WARNING, list_actions)
def open_steps(_: CheckContext, action: Action) -> Iterator[Violation]:
    """An action is finished, but some of its steps are not.

    Either a tick was forgotten, or something is still to do.

    Example: `status: completed` and the step `- [ ] Test the alarm`. Tick it, or set the status back.
    """
    left = len(action.body.steps) - action.body.steps_done
    if left and action.status in FINISHED_STATUSES:
        first = next(step for step in action.body.steps if not step.done)
        steps = f"{left} of {format_count(len(action.body.steps), 'step')} {choose_form(left, 'is', 'are')}"
        message = f"it is {action.status}, but {steps} not ticked"
        yield flag(action, message, "tick what is done, or set the status back", field="status", line=first.line)


@rule("PS302", Level.HINT, list_actions)
def undated_completion(_: CheckContext, action: Action) -> Iterator[Violation]:
    """An action is finished, but has no completion date.

    The date of its last progress entry is used instead, which may be later.

    Example: `status: completed`. Add the line `completed: 2025-01-06`.
    """
    if action.status in FINISHED_STATUSES and action.completed is None:
        yield flag(action, f"it is {action.status} without a date", "add `completed:` with the day", field="status")


@rule("PS303", Level.WARNING, list_actions)
def unexplained_cancellation(_: CheckContext, action: Action) -> Iterator[Violation]:
    """An action was cancelled without a reason.

    Without a reason it looks forgotten. The usual ones are superseded, not possible, not undertaken, and no longer
    needed.

    Example: `status: cancelled`. Add the line `reason: superseded by action 7`.
    """
    if action.is_dropped and not action.drop_reason:
        remedy = "add `reason:`, for example `superseded` or `no longer needed`"
        yield flag(action, "it is cancelled without a reason", remedy, field="status")


@rule("PS304", Level.HINT, list_actions)
def unexplained_block(_: CheckContext, action: Action) -> Iterator[Violation]:
    """An action is blocked, but its file does not say why.

    The people who could help need to know what the problem is.

    Example: `status: blocked`. Add a part `## Barriers` with a sentence, or name in `depends_on` what it waits for.
    """
    if action.effective_status is Status.BLOCKED and not action.body.section_html("Barriers") and not action.depends_on:
        remedy = "say what blocks it under `## Barriers`, or add `depends_on:`"
        yield flag(action, "it is blocked, but the reason is missing", remedy, field="status")


@rule("PS305", Level.WARNING, list_open_actions)
def silent_action(context: CheckContext, action: Action) -> Iterator[Violation]:
    """An open action has had no news for longer than its plan's review interval.

    At the next review nobody would know how it is going. One line will do: "Still waiting for the firm".

    Example: the plan has `review_every: 6 weeks`, and the last entry is two months old.
    """
    plan, news = context.find_plan(action), latest_news_date(action)
    if news and plan.review_every and is_silent(action, plan, context.today):
        message = f"no news since {format_long_date(news)}; the plan is reviewed every {_format_interval(plan)}"
        latest = action.body.latest_note
        remedy = "add a line under `## Progress`, with today's date"
        yield flag(action, message, remedy, field="progress", line=latest.line if latest else 0)


def _format_interval(plan: Plan) -> str:
    """The review interval as it follows "every": `6 weeks`, or `month` for `1 month`."""
    text = plan.review_every.text if plan.review_every else ""
    return text.removeprefix("every ").removeprefix("1 ").removeprefix("a ").removeprefix("one ")


@rule("PS306", Level.HINT, list_actions)
def ambiguous_status(context: CheckContext, action: Action) -> Iterator[Violation]:
    """Organisations use this status word in different senses.

    "Closed" can mean finished or given up, "Ongoing" started or never-ending. The page shows how it was read.
    Files of a source are not reported if `statuses` says how to read the word.

    Example: `status: Closed`. Write `status: completed` or `status: cancelled`.
    """
    word = normalise_name(action.status_word)
    if word in AMBIGUOUS_STATUSES and action.status is not None and word not in context.mapped_statuses:
        message = f"{quote_text(action.status_word)} can be read in two ways; here it is “{action.status}”"
        yield flag(action, message, "write the status that you mean", field="status")


@rule("PS307", Level.HINT, list_actions)
def disagreeing_rag(context: CheckContext, action: Action) -> Iterator[Violation]:
    """An action's own rating differs from what its dates and steps show.

    The page shows both. If the author knows more than the dates show, add a line of progress that says so.

    Example: `rag: green`, and the action is overdue.
    """
    yield from _check_rag(action, action.rag, context.dated_site.assess_action(action))


@rule("PS308", Level.HINT, list_plans_with_file)
def disagreeing_plan_rag(context: CheckContext, plan: Plan) -> Iterator[Violation]:
    """A plan's own rating differs from what its actions show.

    The page shows both, and the reason for each.

    Example: `rag: amber`, and one open action of the plan is overdue, which gives red.
    """
    if plan.actions:
        yield from _check_rag(plan, plan.rag, context.dated_site.assess_plan(plan))


def _check_rag(document: Action | Plan, declared: Rag | None, assessment: Assessment) -> Iterator[Violation]:
    """A violation if the declared colour differs from that of the computed course; a cancelled action has no colour."""
    computed = _RAG_BY_COURSE.get(assessment.course)
    if declared and computed and declared is not computed:
        message = f"it is rated {declared}, but its dates and steps give {computed}: {assessment.reason}"
        yield flag(document, message, "explain why in words, or take `rag` out", field="rag")


@rule("PS309", Level.HINT, list_actions)
def misplaced_homework(context: CheckContext, action: Action) -> Iterator[Violation]:
    """An action outside a counselling plan has `homework`.

    Homework is agreed between two sessions, with a reason why it may help. Elsewhere it does not fit.

    Example: `homework: {outcome: partly}` in a plan with `kind: service`. Use the status and Progress.
    """
    if action.homework and context.find_plan(action).kind is not PlanKind.COUNSELLING:
        remedy = "use the status and Progress, or make it a counselling plan"
        yield flag(action, "homework belongs in a counselling plan", remedy, field="homework")
