"""The glossary: every status and every course with its rule, and the terms that pages use."""

from __future__ import annotations

from dataclasses import replace

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.dates import add_days
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.verification import Verification
from plansite.model.evidence.categories import CQC_CATEGORIES
from plansite.model.formatting import format_days, format_list
from plansite.model.page_addresses import GLOSSARY_PAGE
from plansite.model.site import Site
from plansite.model.status import STATUS_MEANINGS, Status
from plansite.site.components.page import Link, Page
from plansite.site.components.status_bar import StatusBar, build_status_bar
from plansite.site.components.widgets import Tag, build_course_tag, build_status_tag


@dataclass(frozen=True, slots=True)
class TagMeaning:
    """A tag as pages show it, and what it means."""

    key: str
    tag: Tag
    text: str


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A term that pages use, and what it means."""

    word: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryView:
    """What the page shows. `courses` are in the order in which their rules are tested; the first match counts."""

    statuses: tuple[TagMeaning, ...]
    courses: tuple[TagMeaning, ...]
    bar: StatusBar | None
    questions: tuple[GlossaryTerm, ...]
    evidence: tuple[GlossaryTerm, ...]
    terms: tuple[GlossaryTerm, ...]


_QUESTIONS = (
    GlossaryTerm("Complete", "Every goal has an action, and every open action has steps."),
    GlossaryTerm("Clear", "Every open action says who does it, by when, and with what."),
    GlossaryTerm("Current", "Every open action has recent news, and no review is late."),
)
_TERMS = (
    GlossaryTerm("Owner", "The person, role or agency responsible for an action. Supporters help."),
    GlossaryTerm("Due", "The last day for finishing an action on time. An action due today is not overdue."),
    GlossaryTerm("Re-planned", "The due date was moved. The earlier date is kept, with the reason if one was given."),
    GlossaryTerm("Awaiting verification", "Completed, but a planned check by somebody else has not been made yet."),
    GlossaryTerm("Interim control", "What keeps people safe until an action is done. Somebody checks it regularly."),
    GlossaryTerm(
        "Not accepted",
        "The answer to a recommendation, with the reason. The action is closed, like a cancelled one.",
    ),
    GlossaryTerm("Review", "A meeting about the plan. A late review is shown as overdue, like a late action."),
    GlossaryTerm("Needs attention", "A file has a problem. It is listed with what to do about it."),
    GlossaryTerm(
        "As at", "The date of the information on a page. On a later day your browser works out again what is late."
    ),
)


def build_glossary_page(dated_site: SiteOnDate) -> Page:
    """`words.html`; its numbers of days are those of the site's settings."""
    due_soon_days = dated_site.site.settings.due_soon
    example = _build_example(dated_site)
    return Page(
        path=GLOSSARY_PAGE,
        template="pages/glossary.html",
        title="What the words and colours mean",
        view=GlossaryView(
            statuses=tuple(_build_status_meaning(status, text) for status, text in STATUS_MEANINGS.items()),
            courses=_build_course_meanings(example, due_soon_days),
            bar=build_status_bar("example", example, tuple(example.site.actions)),
            questions=_QUESTIONS,
            evidence=tuple(
                GlossaryTerm(category, format_list(sorted(kinds)).capitalize())
                for category, kinds in CQC_CATEGORIES.items()
            ),
            terms=(
                *_TERMS,
                GlossaryTerm("Due soon", f"Open, and due today or within the next {format_days(due_soon_days)}."),
            ),
        ),
        trail=(Link("Plans", "index.html"), Link("Words and colours")),
    )


def _build_status_meaning(status: Status, text: str) -> TagMeaning:
    action = Action(plan="", slug="", path="", status=status)
    return TagMeaning(f"status-{status.value.replace(' ', '-')}", build_status_tag(action), text)


def _build_course_meanings(example: SiteOnDate, due_soon_days: int) -> tuple[TagMeaning, ...]:
    texts = {
        "embedded": "Its status is embedded.",
        "cancelled": "Its status is cancelled.",
        "awaiting": "Its status is completed, but a planned check has not been made.",
        "completed": "Its status is completed, and no check is outstanding.",
        "overdue": "It is open, and its due date has passed. An action due today is not overdue.",
        "at-risk": f"It is open and not late, but one of these applies: it is blocked; a check opened it again; it "
        "waits for an action that is overdue or blocked; it has no due date; it is due within "
        f"{format_days(due_soon_days)} with steps left; "
        "it has had no news for longer than the time between two reviews; or part of its file could not be read.",
        "on-track": "It is open, and none of the above applies.",
    }
    actions = {action.slug: action for action in example.site.actions}
    return tuple(
        TagMeaning(
            f"course-{key}", _without_due(build_course_tag(actions[key], example.assess_action(actions[key]))), text
        )
        for key, text in texts.items()
    )


def _without_due(tag: Tag) -> Tag:
    """The tag without its date, because the dates of the example mean nothing."""
    return replace(tag, due=None, at_risk_from=None)


def _build_example(dated_site: SiteOnDate) -> SiteOnDate:
    """A site with one fictitious plan that has an action of every course, assessed by the usual rules."""
    settings, today = dated_site.site.settings, dated_site.today
    later, earlier = add_days(today, settings.due_soon + 60), add_days(today, -6)
    check = Verification(by="Somebody else")
    actions = (
        Action(plan="example", path="", slug="embedded", status=Status.EMBEDDED),
        Action(plan="example", path="", slug="cancelled", status=Status.CANCELLED),
        Action(plan="example", path="", slug="awaiting", status=Status.COMPLETED, verification=check),
        Action(plan="example", path="", slug="completed", status=Status.COMPLETED),
        Action(plan="example", path="", slug="overdue", status=Status.IN_PROGRESS, due=earlier),
        Action(plan="example", path="", slug="at-risk", status=Status.BLOCKED, due=later),
        Action(plan="example", path="", slug="on-track", status=Status.IN_PROGRESS, due=later),
    )
    plan = Plan(slug="example", path="", actions=actions)
    return SiteOnDate(Site(settings=settings, plans=(plan,)), today)
