"""Plans as a whole: reviews, goals, the communication protocol, and how people were involved."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, flag, rule
from plansite.checks.subjects import list_plans_with_file
from plansite.content.report import quote_text
from plansite.content.yaml.quoting import write_value
from plansite.model.documents.plan import Plan
from plansite.model.findings import Level
from plansite.model.formatting import format_list, format_long_date
from plansite.model.people import normalise_name
from plansite.model.review_dates import is_planned, next_review_date
from plansite.model.status import PlanKind

_PERSONAL_KINDS = (PlanKind.INTEGRATED, PlanKind.COUNSELLING)


@rule("PS401", Level.HINT, list_plans_with_file)
def unset_review(_: CheckContext, plan: Plan) -> Iterator[Violation]:
    """A plan does not say how often it is reviewed.

    Then no review is ever reported as late, and no action as silent.

    Example: add the line `review_every: 6 weeks`.
    """
    if plan.review_every is None:
        remedy = "add `review_every:`, for example `6 weeks`"
        yield flag(plan, "it does not say how often the plan is reviewed", remedy, field="review_every")


@rule("PS402", Level.WARNING, list_plans_with_file)
def overdue_review(context: CheckContext, plan: Plan) -> Iterator[Violation]:
    """The day of the plan's next review has passed.

    The next review is the day that the latest one names, or else one interval after it. A plan whose actions are all
    finished does not need a review.

    Example: the last review says `next: 2025-01-13`, it is 20 January, and there is no newer one.
    """
    due = next_review_date(plan)
    finished = plan.actions and not plan.open_actions
    if due and due < context.today and not finished:
        message = f"a review was due on {format_long_date(due)}"
        draft = next((review.slug for review in plan.reviews if review.date == due and is_planned(review)), "")
        file_remedy = f"write up `reviews/{draft}.md`" if draft else f"add `reviews/{context.today.isoformat()}.md`"
        remedy = f"hold it and {file_remedy}, or set `next` in the latest one"
        yield flag(plan, message, remedy, field="review_every")


@rule("PS403", Level.HINT, list_plans_with_file)
def no_goals(_: CheckContext, plan: Plan) -> Iterator[Violation]:
    """A plan has no goals.

    Then the plan can show what was done, but not whether it worked.

    Example: `goals: [{key: warm, title: Every room is warm}]`.
    """
    if not plan.goals:
        yield flag(plan, "the plan has no goals", "add `goals:` with at least a key and a title", field="goals")


@rule("PS404", Level.HINT, list_plans_with_file)
def unsmart_goal(_: CheckContext, plan: Plan) -> Iterator[Violation]:
    """A goal is not fully SMART: specific, measurable, achievable, relevant and time-bound.

    Each part answers a question that will come up. It is easiest to answer before the work begins.

    Example: a goal with only a title. Add `measurable: 20 of 20 plans pass the audit`.
    """
    for goal in plan.goals:
        if goal.missing_parts:
            fields = [f"`{name.replace('-', '_')}:`" for name in goal.missing_parts]
            message = f"the goal {quote_text(goal.title)} does not say what makes it {format_list(goal.missing_parts)}"
            yield flag(plan, message, f"add {format_list(fields)}", field="goals")


@rule("PS405", Level.WARNING, list_plans_with_file)
def idle_goal(context: CheckContext, plan: Plan) -> Iterator[Violation]:
    """A goal has no action.

    Either nobody works on it yet, or its actions do not name it.

    Example: the goal `warm`, and no action with `goal: warm`.
    """
    served = {action.goal for action in plan.actions}
    for goal in plan.goals:
        names = {goal.key, goal.title} - {""}
        if not names & served and not context.may_be_unreadable("action", plan.slug):
            message = f"no action works towards the goal {quote_text(goal.title)}"
            remedy = f"add an action with `goal: {write_value(goal.key or goal.title)}`, or take the goal out"
            yield flag(plan, message, remedy, field="goals")


@rule("PS406", Level.WARNING, list_plans_with_file)
def unagreed_protocol(context: CheckContext, plan: Plan) -> Iterator[Violation]:
    """An agency has not agreed to the communication protocol.

    The protocol says who is told what, and who uses and reviews the plan. It applies once each agency has agreed to it.

    Example: `protocol: [{agency: riverside-council}]`. Add `agreed: 2025-01-08`.
    """
    for entry in plan.protocol:
        if entry.agency and entry.agreed is None:
            message = f"{quote_text(entry.agency)} has not agreed to the protocol"
            yield flag(plan, message, "add `agreed:` with the day it did", field="protocol")
    in_protocol = {_agency_key(context, entry.agency) for entry in plan.protocol}
    for name in plan.agencies if in_protocol else ():
        known = not context.has_agencies or normalise_name(name) in context.agency_slugs
        if known and _agency_key(context, name) not in in_protocol:
            message = f"{quote_text(name)} takes part, but is not in the protocol"
            yield flag(plan, message, "add it under `protocol`, with its contact", field="agencies")


def _agency_key(context: CheckContext, name: str) -> str:
    """A key that is the same whether an agency is named by its slug or by its title."""
    return context.agency_slugs.get(normalise_name(name), normalise_name(name))


@rule("PS407", Level.WARNING, list_plans_with_file)
def nobody_involved(_: CheckContext, plan: Plan) -> Iterator[Violation]:
    """A plan about a person does not say how that person was involved.

    This applies to integrated and counselling plans. If the person could not or would not take part, say why.

    Example: `involvement: [{who: person, when: 2025-01-04, said: I want to be warm.}]`.
    """
    if plan.kind in _PERSONAL_KINDS and not plan.involvement:
        remedy = "add `involvement:` with who was involved, when and how; or `not_involved:` with the reason"
        yield flag(plan, "it does not say how the person was involved", remedy, field="involvement")


@rule("PS408", Level.WARNING, list_plans_with_file)
def wordless_voice(_: CheckContext, plan: Plan) -> Iterator[Violation]:
    """An entry under `involvement` or `views` has neither what the person said nor why they were not involved.

    Example: `views: [{who: staff, when: 2025-01-04}]`. Add `said: More time for each visit.`
    """
    for field, voices in (("involvement", plan.involvement), ("views", plan.views)):
        for voice in voices:
            if not voice.said and not voice.not_involved:
                who = f"“{voice.who}”" if voice.who else "an entry"
                message = f"{who} under `{field}` has no statement"
                yield flag(plan, message, "add `said:`, or `not_involved:` with the reason", field=field)
