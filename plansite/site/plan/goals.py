"""A plan's goals: the five parts of each, the actions that serve it, and how far it was attained."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from plansite.model.action import Action
from plansite.model.assessment import Assessment, Course, SiteOnDate, due_sort_key
from plansite.model.formatting import format_count, format_due
from plansite.model.people import normalise_name
from plansite.model.plan import Goal, Measure, Plan
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import action_link, owner_link, plan_address, plan_document_address
from plansite.site.components.plan_header import PlanHeader, build_plan_header, build_plan_trail
from plansite.site.components.widgets import (
    StatusBar,
    StepCount,
    Tag,
    build_course_tag,
    build_status_bar,
    build_status_tag,
    count_steps,
)

#: Above so many actions a goal leads to the register for the rest.
MAX_ACTIONS = 100

#: Each letter with its word, and what to ask where nothing is said yet.
_SMART_PARTS = (
    ("S", "Specific", "specific", "What exactly will be different, for whom, and where?"),
    ("M", "Measurable", "measurable", "How will you know?"),
    ("A", "Achievable", "achievable", "Can it be done with the people, time and money there are?"),
    ("R", "Relevant", "relevant", "Why does it matter, and to whom?"),
    ("T", "Time-bound", "time_bound", "By when?"),
)
_ATTAINMENT_TEXT = {
    -2: "Much less than expected",
    -1: "Less than expected",
    0: "As expected",
    1: "More than expected",
    2: "Much more than expected",
}


@dataclass(frozen=True, slots=True)
class SmartPart:
    """One of the five parts. `question` is what to ask where `said` is empty."""

    letter: str
    name: str
    said: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalActionRow:
    """An action that serves a goal. `when` says how its due date lies; `goal` names one the plan does not have."""

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
    """A goal. `parts` is empty where none of the five is written; `more` counts the actions left out here."""

    key: str
    number: int
    title: str
    note: str
    parts: tuple[SmartPart, ...]
    measure: Link
    attainment: str
    bar: StatusBar | None
    actions: tuple[GoalActionRow, ...]
    more: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalsView:
    """What the page of goals shows. `without` are actions that serve none of them."""

    head: PlanHeader
    goals: tuple[GoalView, ...]
    questions: tuple[tuple[str, str, str], ...]
    without: tuple[GoalActionRow, ...]
    without_note: str
    without_more: Link


def build_goals_page(dated_site: SiteOnDate, plan: Plan, _resolver: LinkResolver) -> Page:
    """A plan's goals with the actions that serve each, and the actions that serve none."""
    serving: dict[Goal | None, list[Action]] = {None: [], **{goal: [] for goal in plan.goals}}
    for action in plan.actions:
        serving[plan.find_goal(action.goal) if action.goal else None].append(action)
    without = serving[None]
    view = GoalsView(
        head=build_plan_header(dated_site, plan, "goals"),
        goals=tuple(
            _build_goal_view(dated_site, plan, number, goal, serving[goal]) for number, goal in enumerate(plan.goals, 1)
        ),
        questions=tuple((letter, name, question) for letter, name, _, question in _SMART_PARTS),
        without=_build_action_rows(dated_site, without),
        without_note=format_count(len(without), "action"),
        without_more=_link_remaining(plan, without),
    )
    return Page(
        path=plan_address(plan.slug, "goals"),
        template="goals.html",
        title=f"Goals: {plan.title}",
        view=view,
        section="index.html",
        trail=build_plan_trail(plan, Link("Goals")),
    )


def goal_anchor(number: int) -> str:
    """The id of a goal on its plan's page of goals, counted from 1."""
    return f"goal-{number}"


def link_goals(plan: Plan, measure: Measure) -> tuple[Link, ...]:
    """The goals of a plan that a measure speaks for."""
    page = plan_address(plan.slug, "goals")
    numbered = enumerate(plan.goals, 1)
    return tuple(
        Link(goal.title, f"{page}#{goal_anchor(n)}") for n, goal in numbered if find_measure(plan, goal) == measure
    )


def find_measure(plan: Plan, goal: Goal) -> Measure | None:
    """The measure that a goal names by its slug, else by its exact title."""
    name = normalise_name(goal.measure)
    found = next((measure for measure in plan.measures if normalise_name(measure.slug) == name), None)
    return found or next((measure for measure in plan.measures if name and normalise_name(measure.title) == name), None)


def _build_goal_view(dated_site: SiteOnDate, plan: Plan, number: int, goal: Goal, actions: list[Action]) -> GoalView:
    key, measure = goal_anchor(number), find_measure(plan, goal)
    left = sum(action.is_open for action in actions)
    open_ = f", {left} open" if left else ", none open" if actions else ""
    return GoalView(
        key=key,
        number=number,
        title=goal.title,
        note=f"{format_count(len(actions), 'action')}{open_}" if actions else "No action yet",
        parts=_build_smart_parts(goal),
        measure=Link(measure.title, plan_document_address(measure)) if measure else Link(goal.measure),
        attainment=""
        if goal.attainment is None
        else f"{goal.attainment:+d}: {_ATTAINMENT_TEXT[goal.attainment].lower()}",
        bar=build_status_bar(key, dated_site, actions),
        actions=_build_action_rows(dated_site, actions),
        more=_link_remaining(plan, actions),
    )


def _build_smart_parts(goal: Goal) -> tuple[SmartPart, ...]:
    said = tuple(
        SmartPart(letter, name, getattr(goal, field), question) for letter, name, field, question in _SMART_PARTS
    )
    return said if any(part.said for part in said) else ()


def _build_action_rows(dated_site: SiteOnDate, actions: Iterable[Action]) -> tuple[GoalActionRow, ...]:
    """The open ones first, the earliest due first."""
    ordered = sorted(actions, key=lambda action: (not action.is_open, due_sort_key(action)))
    return tuple(_build_action_row(dated_site, action) for action in ordered[:MAX_ACTIONS])


def _build_action_row(dated_site: SiteOnDate, action: Action) -> GoalActionRow:
    standing = dated_site.assess_action(action)
    plan = dated_site.site.plans_by_slug[action.plan]
    return GoalActionRow(
        ref=action.ref,
        title=action_link(action),
        owner=owner_link(dated_site.site, action.owner),
        when=_format_when(action, dated_site.today),
        due=action.due,
        is_open=action.is_open,
        is_late=standing.course is Course.OVERDUE,
        steps=count_steps(action),
        tags=_build_tags(action, standing),
        goal="" if plan.find_goal(action.goal) else action.goal,
    )


def _build_tags(action: Action, standing: Assessment) -> tuple[Tag, ...]:
    """Status and course, but for what `when` says already: that it is overdue."""
    status, course = build_status_tag(action), build_course_tag(action, standing)
    is_said = standing.course is Course.OVERDUE or status.words == course.words
    return (status,) if is_said else (status, course)


def _format_when(action: Action, today: date) -> str:
    if not action.is_open:
        return "Closed"
    return format_due(action.due, today) if action.due else "No date"


def _link_remaining(plan: Plan, actions: list[Action]) -> Link:
    """The way to the rest of a long list; empty where all of it is shown."""
    left = len(actions) - MAX_ACTIONS
    return Link(f"{left:,} more in the register", plan_address(plan.slug, "register")) if left > 0 else Link("")
