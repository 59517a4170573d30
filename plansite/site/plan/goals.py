"""The goals page of a plan: the SMART parts of each goal, its actions, and how far it was attained."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import Course, SiteOnDate, due_sort_key
from plansite.model.documents.action import Action
from plansite.model.documents.goal import Goal
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_count
from plansite.model.learning.measure_stages import find_measure_in_plan
from plansite.model.links.repository import edit_plan_url
from plansite.model.page_addresses import FRONT_PAGE, plan_address, plan_document_address
from plansite.model.slugs import UniqueNames, distinct_slug
from plansite.site.attainment.goal_standing import GoalStanding, build_goal_standing
from plansite.site.attainment.plan_summary import AttainmentView, build_attainment_view
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import action_link, owner_link
from plansite.site.components.plan_header import PlanHeader, build_plan_header, build_plan_trail
from plansite.site.components.status_bar import StatusBar, build_status_bar
from plansite.site.components.widgets import StepCount, Tag, build_entry_tags, count_steps, format_due_or_closed
from plansite.site.measures.measure_statistics import analyse_measure

#: The most actions listed under a goal; a link to the register counts the others.
MAX_ACTIONS = 100

#: Letter, name and field of each SMART part, and the question that a missing one asks.
_SMART_PARTS = (
    ("S", "Specific", "specific", "What exactly will be different, who for, and where?"),
    ("M", "Measurable", "measurable", "How will you know?"),
    ("A", "Achievable", "achievable", "Can it be done with the people, time and money available?"),
    ("R", "Relevant", "relevant", "Who does it matter to, and why?"),
    ("T", "Time-bound", "time_bound", "By when?"),
)


@dataclass(frozen=True, slots=True)
class SmartPart:
    """One of the five SMART parts. `question` is shown if `said` is empty."""

    letter: str
    name: str
    said: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalActionRow:
    """An action of a goal. `when` is its due date relative to today; `goal` is a goal that the plan does not have."""

    ref: str
    title: Link
    owner: Link
    when: str
    due: date | None
    is_open: bool
    is_late: bool
    steps: StepCount
    tags: tuple[Tag, ...]
    goal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalView:
    """A goal. `parts` is empty if none of the five is written; `more` links to the actions that are left out.

    `standing` is how far it was reached, if it is scaled.
    """

    key: str
    number: int
    title: str
    note: str
    parts: tuple[SmartPart, ...]
    measure: Link
    finding: str
    standing: GoalStanding | None
    bar: StatusBar | None
    actions: tuple[GoalActionRow, ...]
    more: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalsView:
    """What the goals page shows. `without` are actions without a goal of the plan."""

    head: PlanHeader
    edit: str
    attainment: AttainmentView | None
    goals: tuple[GoalView, ...]
    questions: tuple[tuple[str, str, str], ...]
    without: tuple[GoalActionRow, ...]
    without_note: str
    without_more: Link


def build_goals_page(dated_site: SiteOnDate, plan: Plan, _resolver: LinkResolver) -> Page:
    """A plan's goals with their actions, and the actions without a goal."""
    actions_by_goal: dict[Goal | None, list[Action]] = {None: [], **{goal: [] for goal in plan.goals}}
    for action in plan.actions:
        actions_by_goal[plan.find_goal(action.goal) if action.goal else None].append(action)
    without, anchors = actions_by_goal[None], UniqueNames()
    view = GoalsView(
        head=build_plan_header(dated_site, plan, "goals"),
        edit=edit_plan_url(dated_site.site, plan, "goals"),
        attainment=build_attainment_view(dated_site, plan),
        goals=tuple(
            _build_goal_view(dated_site, plan, number, goal, anchors, actions_by_goal[goal])
            for number, goal in enumerate(plan.goals, 1)
        ),
        questions=tuple((letter, name, question) for letter, name, _, question in _SMART_PARTS),
        without=_build_action_rows(dated_site, without),
        without_note=format_count(len(without), "action"),
        without_more=_link_remaining(plan, without),
    )
    return Page(
        path=plan_address(plan.slug, "goals"),
        template="plan/goals.html",
        title=f"Goals: {plan.title}",
        view=view,
        section=FRONT_PAGE,
        trail=build_plan_trail(plan, Link("Goals")),
    )


def goal_anchor(goal: Goal) -> str:
    """The id of a goal on the goals page: of its key, else of its title, so that other goals do not change it."""
    return f"goal-{distinct_slug(goal.key or goal.title, ' -_')}"


def goal_address(plan: Plan, goal: Goal) -> str:
    """Where a goal of a plan stands on the goals page."""
    return f"{plan_address(plan.slug, 'goals')}#{goal_anchor(goal)}"


def link_goals(plan: Plan, measure: Measure) -> tuple[Link, ...]:
    """Links to the goals of a plan that name this measure."""
    return tuple(
        Link(goal.title, goal_address(plan, goal)) for goal in plan.goals if find_measure(plan, goal) == measure
    )


def find_measure(plan: Plan, goal: Goal) -> Measure | None:
    """The measure that a goal names by its slug or, failing that, by its title."""
    return find_measure_in_plan(plan, goal.measure)


def _build_goal_view(
    dated_site: SiteOnDate, plan: Plan, number: int, goal: Goal, anchors: UniqueNames, actions: list[Action]
) -> GoalView:
    key, measure = anchors.add(goal_anchor(goal)), find_measure(plan, goal)
    open_count = sum(action.is_open for action in actions)
    open_note = f", {open_count} open" if open_count else ", none open"
    return GoalView(
        key=key,
        number=number,
        title=goal.title,
        note=f"{format_count(len(actions), 'action')}{open_note}" if actions else "No action yet",
        parts=_build_smart_parts(goal),
        measure=Link(measure.title, plan_document_address(measure)) if measure else Link(goal.measure),
        finding=analyse_measure(measure).summarise() if measure else "",
        standing=build_goal_standing(goal, plan.start),
        bar=build_status_bar(key, dated_site, actions),
        actions=_build_action_rows(dated_site, actions),
        more=_link_remaining(plan, actions),
    )


def _build_smart_parts(goal: Goal) -> tuple[SmartPart, ...]:
    parts = tuple(
        SmartPart(letter, name, getattr(goal, field), question) for letter, name, field, question in _SMART_PARTS
    )
    return parts if any(part.said for part in parts) else ()


def _build_action_rows(dated_site: SiteOnDate, actions: Iterable[Action]) -> tuple[GoalActionRow, ...]:
    """Open actions first, the earliest due first."""
    ordered = sorted(actions, key=lambda action: (not action.is_open, due_sort_key(action)))
    return tuple(_build_action_row(dated_site, action) for action in ordered[:MAX_ACTIONS])


def _build_action_row(dated_site: SiteOnDate, action: Action) -> GoalActionRow:
    assessment = dated_site.assess_action(action)
    plan = dated_site.site.plans_by_slug[action.plan]
    return GoalActionRow(
        ref=action.ref,
        title=action_link(action),
        owner=owner_link(dated_site.site, action.owner),
        when=format_due_or_closed(action, dated_site.today),
        due=action.due,
        is_open=action.is_open,
        is_late=assessment.course is Course.OVERDUE,
        steps=count_steps(action),
        tags=build_entry_tags(action, assessment),
        goal="" if plan.find_goal(action.goal) else action.goal,
    )


def _link_remaining(plan: Plan, actions: list[Action]) -> Link:
    """A link to the register for actions beyond `MAX_ACTIONS`; empty if there are none."""
    more = len(actions) - MAX_ACTIONS
    return Link(f"{more:,} more in the register", plan_address(plan.slug, "register")) if more > 0 else Link("")
