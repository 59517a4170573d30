"""The header of a plan's pages: title, course and tabs; breadcrumbs, and the order of plans in lists."""

from __future__ import annotations

from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import Assessment, Course, SiteOnDate
from plansite.model.dates import add_days
from plansite.model.documents.plan import Plan
from plansite.model.evidence.listing import has_evidence
from plansite.model.page_addresses import FRONT_PAGE, has_governance_pages, plan_address
from plansite.model.review_dates import next_review_date
from plansite.model.status import Rag
from plansite.site.components.dated_rows import DatedText, Visibility, find_time_late
from plansite.site.components.page import Link
from plansite.site.components.widgets import Tag, build_plan_tag

#: The red, amber or green rating that corresponds to each computed course.
_RAG_BY_COURSE = {Course.OVERDUE: Rag.RED, Course.AT_RISK: Rag.AMBER, Course.ON_TRACK: Rag.GREEN}
PLAN_VIEWS = (
    ("index", "Board"),
    ("register", "Register"),
    ("goals", "Goals"),
    ("timeline", "Timeline"),
    ("calendar", "Calendar"),
    ("changes", "Changes"),
    ("reviews", "Reviews"),
    ("protocol", "Protocol"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHeader:
    """A plan's title, its course with the reason in a sentence, and its views; `current` is the address of this one.

    From `sentence_until` on the sentence is another; `late_since` is the day from which it counts days. `late_review`
    is when the review is late. `print_page`, `review_pack` and `committee` are the addresses of the pages for paper,
    `easy_read` that of the plan in easy words; the last two are empty in copies without them.
    """

    title: str
    kind: str
    objective: str
    tag: Tag
    sentence: str
    sentence_until: date | None
    late_since: date | None
    next_review: date | None
    late_review: Visibility
    views: tuple[Link, ...]
    current: str
    print_page: str
    review_pack: str
    easy_read: str
    committee: str


def build_plan_header(dated_site: SiteOnDate, plan: Plan, view: str) -> PlanHeader:
    """The header of one of a plan's views; `view` is the name of its page: index, register, goals, …"""
    assessment, due = dated_site.assess_plan(plan), next_review_date(plan)
    return PlanHeader(
        title=plan.title,
        kind=plan.kind.label,
        objective=plan.objective,
        tag=build_plan_tag(assessment),
        sentence=assessment.reason,
        sentence_until=assessment.reason_until,
        late_since=find_late_since(assessment, dated_site.today),
        next_review=due,
        late_review=find_time_late(due, dated_site.today),
        views=tuple(Link(title, plan_address(plan.slug, name)) for name, title in list_plan_views(plan)),
        current=plan_address(plan.slug, view),
        print_page=plan_address(plan.slug, "print"),
        review_pack=plan_address(plan.slug, "review-pack"),
        easy_read=plan_address(plan.slug, "easy-read") if plan.easy_read else "",
        committee=plan_address(plan.slug, "committee") if has_governance_pages(dated_site.site, plan) else "",
    )


def find_late_since(assessment: Assessment, today: date) -> date | None:
    """The earliest due date that has passed, from which the reason of a plan counts days; None without one."""
    return add_days(today, -assessment.days_late) if assessment.days_late else None


def list_plan_views(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Name and title of each view of a plan; incidents, measures, evidence and assessments only where there are any."""
    extra = [("incidents", "Incidents")] if plan.incidents else []
    extra += [("measures", "Measures")] if plan.measures else []
    extra += [("evidence", "Evidence")] if has_evidence(plan) else []
    extra += [("assessments", "Self-assessments")] if plan.assessments else []
    return (*PLAN_VIEWS[:5], *extra, *PLAN_VIEWS[5:])


def build_plan_trail(plan: Plan, *further: Link) -> tuple[Link, ...]:
    """The breadcrumbs of a page of a plan, from the front page."""
    return (Link("Plans", FRONT_PAGE), Link(plan.title, plan_address(plan.slug)), *further)


def describe_rag_disagreement(dated_site: SiteOnDate, plan: Plan) -> DatedText:
    """A sentence if the plan's declared rating is not the computed one; else empty."""
    now = dated_site.assess_plan(plan)
    later = [(now.at_risk_from, Course.AT_RISK)] if now.course is Course.ON_TRACK else []
    later += [(now.overdue_from, Course.OVERDUE)] if now.course is not Course.OVERDUE else []
    words = _describe_rag_disagreement(plan, now.course)
    changes = [f"{day}={_describe_rag_disagreement(plan, course)}" for day, course in later if day]
    return DatedText(words, "|".join(changes) if plan.rag else "")


def _describe_rag_disagreement(plan: Plan, course: Course) -> str:
    computed = _RAG_BY_COURSE.get(course)
    if plan.rag is None or computed is None or plan.rag is computed:
        return ""
    return f"The plan’s owner rates it “{plan.rag}”. We count its open actions, and show “{course}”."


_COURSE_ORDER = (Course.OVERDUE, Course.AT_RISK, Course.ON_TRACK, Course.COMPLETED)


def sort_plans_by_need(dated_site: SiteOnDate) -> tuple[Plan, ...]:
    """The plans of a site by their course, then by what is due next, then by title; finished plans last."""
    return tuple(sorted(dated_site.site.plans, key=lambda plan: need_sort_key(dated_site, plan)))


def need_sort_key(dated_site: SiteOnDate, plan: Plan) -> tuple[int, date, str, str]:
    """The place of a plan in the order of `sort_plans_by_need`."""
    course = dated_site.assess_plan(plan).course
    due = min((action.due for action in plan.open_actions if action.due), default=date.max)
    return (_COURSE_ORDER.index(course), due, plan.title.casefold(), plan.slug)
