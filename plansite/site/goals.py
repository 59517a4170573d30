"""A plan's goals: the five parts of each, the actions that serve it, and how far it was attained."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from plansite.model.action import Action
from plansite.model.course import Course, Outlook, Standing, by_due
from plansite.model.people import same_name
from plansite.model.plan import Goal, Measure, Plan
from plansite.model.words import count, due_in_words
from plansite.site.addresses import action_link, document_page, owner_link, plan_page
from plansite.site.links import Addresses
from plansite.site.page import Link, Page
from plansite.site.parts import Bar, Steps, Tag, bar, course_tag, status_tag, steps
from plansite.site.plan_head import PlanHead, plan_head, plan_trail

#: Above so many actions a goal leads to the register for the rest.
MOST = 100

#: Each letter with its word, and what to ask where nothing is said yet.
_SMART = (
    ("S", "Specific", "specific", "What exactly will be different, for whom, and where?"),
    ("M", "Measurable", "measurable", "How will you know?"),
    ("A", "Achievable", "achievable", "Can it be done with the people, time and money there are?"),
    ("R", "Relevant", "relevant", "Why does it matter, and to whom?"),
    ("T", "Time-bound", "time_bound", "By when?"),
)
_ATTAINED = {
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
class Serving:
    """An action that serves a goal. `when` says how its due date lies; `goal` names one the plan does not have."""

    ref: str
    title: Link
    owner: Link
    when: str
    due: date | None
    is_open: bool
    is_late: bool
    steps: Steps
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
    bar: Bar | None
    actions: tuple[Serving, ...]
    more: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalsView:
    """What the page of goals shows. `without` are actions that serve none of them."""

    head: PlanHead
    goals: tuple[GoalView, ...]
    questions: tuple[tuple[str, str, str], ...]
    without: tuple[Serving, ...]
    without_note: str
    without_more: Link


def goals_page(outlook: Outlook, plan: Plan, _addresses: Addresses) -> Page:
    """A plan's goals with the actions that serve each, and the actions that serve none."""
    serving: dict[Goal | None, list[Action]] = {None: [], **{goal: [] for goal in plan.goals}}
    for action in plan.actions:
        serving[plan.goal(action.goal) if action.goal else None].append(action)
    without = serving[None]
    view = GoalsView(
        head=plan_head(outlook, plan, "goals"),
        goals=tuple(_goal(outlook, plan, number, goal, serving[goal]) for number, goal in enumerate(plan.goals, 1)),
        questions=tuple((letter, name, question) for letter, name, _, question in _SMART),
        without=_serving(outlook, without),
        without_note=count(len(without), "action"),
        without_more=_more(plan, without),
    )
    return Page(
        path=plan_page(plan.slug, "goals"),
        template="goals.html",
        title=f"Goals: {plan.title}",
        view=view,
        section="index.html",
        trail=plan_trail(plan, Link("Goals")),
    )


def goal_id(number: int) -> str:
    """The id of a goal on its plan's page of goals, counted from 1."""
    return f"goal-{number}"


def goals_of(plan: Plan, measure: Measure) -> tuple[Link, ...]:
    """The goals of a plan that a measure speaks for."""
    page = plan_page(plan.slug, "goals")
    numbered = enumerate(plan.goals, 1)
    return tuple(Link(goal.title, f"{page}#{goal_id(n)}") for n, goal in numbered if measure_of(plan, goal) == measure)


def measure_of(plan: Plan, goal: Goal) -> Measure | None:
    """The measure that a goal names by its slug, else by its exact title."""
    name = same_name(goal.measure)
    found = next((measure for measure in plan.measures if same_name(measure.slug) == name), None)
    return found or next((measure for measure in plan.measures if name and same_name(measure.title) == name), None)


def _goal(outlook: Outlook, plan: Plan, number: int, goal: Goal, actions: list[Action]) -> GoalView:
    key, measure = goal_id(number), measure_of(plan, goal)
    left = sum(action.is_open for action in actions)
    open_ = f", {left} open" if left else ", none open" if actions else ""
    return GoalView(
        key=key,
        number=number,
        title=goal.title,
        note=f"{count(len(actions), 'action')}{open_}" if actions else "No action yet",
        parts=_parts(goal),
        measure=Link(measure.title, document_page(measure)) if measure else Link(goal.measure),
        attainment="" if goal.attainment is None else f"{goal.attainment:+d}: {_ATTAINED[goal.attainment].lower()}",
        bar=bar(key, outlook, actions),
        actions=_serving(outlook, actions),
        more=_more(plan, actions),
    )


def _parts(goal: Goal) -> tuple[SmartPart, ...]:
    said = tuple(SmartPart(letter, name, getattr(goal, field), question) for letter, name, field, question in _SMART)
    return said if any(part.said for part in said) else ()


def _serving(outlook: Outlook, actions: Iterable[Action]) -> tuple[Serving, ...]:
    """The open ones first, the earliest due first."""
    ordered = sorted(actions, key=lambda action: (not action.is_open, by_due(action)))
    return tuple(_served(outlook, action) for action in ordered[:MOST])


def _served(outlook: Outlook, action: Action) -> Serving:
    standing = outlook.standing(action)
    plan = outlook.site.plans_by_slug[action.plan]
    return Serving(
        ref=action.ref,
        title=action_link(action),
        owner=owner_link(outlook.site, action.owner),
        when=_when(action, outlook.today),
        due=action.due,
        is_open=action.is_open,
        is_late=standing.course is Course.OVERDUE,
        steps=steps(action),
        tags=_tags(action, standing),
        goal="" if plan.goal(action.goal) else action.goal,
    )


def _tags(action: Action, standing: Standing) -> tuple[Tag, ...]:
    """Status and course, but for what `when` says already: that it is overdue."""
    status, course = status_tag(action), course_tag(action, standing)
    is_said = standing.course is Course.OVERDUE or status.words == course.words
    return (status,) if is_said else (status, course)


def _when(action: Action, today: date) -> str:
    if not action.is_open:
        return "Closed"
    return due_in_words(action.due, today) if action.due else "No date"


def _more(plan: Plan, actions: list[Action]) -> Link:
    """The way to the rest of a long list; empty where all of it is shown."""
    left = len(actions) - MOST
    return Link(f"{left:,} more in the register", plan_page(plan.slug, "register")) if left > 0 else Link("")
