"""What stands above every view of a plan: title, course and the way to its other views."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plansite.model.assessment import Course, SiteOnDate
from plansite.model.plan import Plan
from plansite.model.review_dates import next_review_date
from plansite.model.status import Rag
from plansite.site.components.page import Link
from plansite.site.components.page_links import plan_address
from plansite.site.components.widgets import Tag, build_plan_tag

#: The colour in which people would say each course.
_RAG_BY_COURSE = {Course.OVERDUE: Rag.RED, Course.AT_RISK: Rag.AMBER, Course.ON_TRACK: Rag.GREEN}
PLAN_VIEWS = (
    ("index", "Board"),
    ("register", "Register"),
    ("goals", "Goals"),
    ("timeline", "Timeline"),
    ("changes", "Changes"),
    ("reviews", "Reviews"),
    ("protocol", "Protocol"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHeader:
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


def build_plan_header(dated_site: SiteOnDate, plan: Plan, view: str) -> PlanHeader:
    """The head of one of a plan's views; `view` is the name of its page: index, register, goals, …"""
    standing, due = dated_site.assess_plan(plan), next_review_date(plan)
    return PlanHeader(
        title=plan.title,
        kind=plan.kind.label,
        objective=plan.objective,
        tag=build_plan_tag(standing),
        sentence=standing.reason,
        next_review=due,
        review_is_late=due is not None and due < dated_site.today,
        views=tuple(Link(words, plan_address(plan.slug, name)) for name, words in list_plan_views(plan)),
        current=plan_address(plan.slug, view),
    )


def list_plan_views(plan: Plan) -> tuple[tuple[str, str], ...]:
    """The views a plan has; incidents and measures only where there are any."""
    extra = [("incidents", "Incidents")] if plan.incidents else []
    extra += [("measures", "Measures")] if plan.measures else []
    return (*PLAN_VIEWS[:4], *extra, *PLAN_VIEWS[4:])


def build_plan_trail(plan: Plan, *further: Link) -> tuple[Link, ...]:
    """The way to a page of a plan, from the front page."""
    return (Link("Plans", "index.html"), Link(plan.title, plan_address(plan.slug)), *further)


def describe_rag_disagreement(dated_site: SiteOnDate, plan: Plan) -> str:
    """One sentence where the plan's declared colour is not the computed one; else empty."""
    standing = dated_site.assess_plan(plan)
    computed = _RAG_BY_COURSE.get(standing.course)
    if plan.rag is None or computed is None or plan.rag is computed:
        return ""
    return f"The plan’s owner calls it “{plan.rag}”. We count its open actions, and show “{standing.course}”."


_COURSE_ORDER = (Course.OVERDUE, Course.AT_RISK, Course.ON_TRACK, Course.COMPLETED)


def sort_plans_by_need(dated_site: SiteOnDate) -> tuple[Plan, ...]:
    """The plans of a site by their course, then by what is due next, then by title; finished plans last."""

    def need(plan: Plan) -> tuple[int, date, str, str]:
        course = dated_site.assess_plan(plan).course
        due = min((action.due for action in plan.open_actions if action.due), default=date.max)
        return (_COURSE_ORDER.index(course), due, plan.title.casefold(), plan.slug)

    return tuple(sorted(dated_site.site.plans, key=need))
