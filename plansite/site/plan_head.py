"""What stands above every view of a plan: title, course and the way to its other views."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plansite.model.course import Course, Outlook, next_review
from plansite.model.plan import Plan
from plansite.model.status import Rag
from plansite.site.addresses import plan_page
from plansite.site.page import Link
from plansite.site.parts import Tag, plan_tag

#: The colour in which people would say each course.
_COLOURS = {Course.OVERDUE: Rag.RED, Course.AT_RISK: Rag.AMBER, Course.ON_TRACK: Rag.GREEN}
VIEWS = (
    ("index", "Board"),
    ("register", "Register"),
    ("goals", "Goals"),
    ("timeline", "Timeline"),
    ("changes", "Changes"),
    ("reviews", "Reviews"),
    ("protocol", "Protocol"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHead:
    """A plan's title with its course in a sentence, and its views with the present one marked by `current`."""

    title: str
    kind: str
    objective: str
    tag: Tag
    sentence: str
    next_review: date | None
    review_is_late: bool
    views: tuple[Link, ...]
    current: str


def plan_head(outlook: Outlook, plan: Plan, view: str) -> PlanHead:
    """The head of one of a plan's views; `view` is the name of its page: index, register, goals, …"""
    standing, due = outlook.plan_standing(plan), next_review(plan)
    return PlanHead(
        title=plan.title,
        kind=plan.kind.words,
        objective=plan.objective,
        tag=plan_tag(standing),
        sentence=standing.reason,
        next_review=due,
        review_is_late=due is not None and due < outlook.today,
        views=tuple(Link(words, plan_page(plan.slug, name)) for name, words in plan_views(plan)),
        current=plan_page(plan.slug, view),
    )


def plan_views(plan: Plan) -> tuple[tuple[str, str], ...]:
    """The views a plan has; incidents and measures only where there are any."""
    extra = [("incidents", "Incidents")] if plan.incidents else []
    extra += [("measures", "Measures")] if plan.measures else []
    return (*VIEWS[:4], *extra, *VIEWS[4:])


def plan_trail(plan: Plan, *further: Link) -> tuple[Link, ...]:
    """The way to a page of a plan, from the front page."""
    return (Link("Plans", "index.html"), Link(plan.title, plan_page(plan.slug)), *further)


def disagreement(outlook: Outlook, plan: Plan) -> str:
    """One sentence where the plan's declared colour is not the computed one; else empty."""
    standing = outlook.plan_standing(plan)
    computed = _COLOURS.get(standing.course)
    if plan.rag is None or computed is None or plan.rag is computed:
        return ""
    return f"The plan’s owner calls it “{plan.rag}”. We count its open actions, and show “{standing.course}”."
