"""A plan's board: its actions as cards under their statuses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plansite.markdown.html import resolve_links
from plansite.model.action import Action
from plansite.model.assessment import SiteOnDate, describe_reopening, due_sort_key, finished_on
from plansite.model.formatting import format_count, format_days, format_due, format_long_date
from plansite.model.health import HealthCriterion, HealthGap, assess_health
from plansite.model.plan import Plan
from plansite.model.recurrence import find_next_check
from plansite.model.review_dates import held_reviews, next_review_date
from plansite.model.slugs import title_from_slug
from plansite.model.status import Status
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import (
    action_address,
    action_link,
    owner_link,
    plan_address,
    profile_link,
    unreadable_file_address,
)
from plansite.site.components.plan_header import PlanHeader, build_plan_header, describe_rag_disagreement
from plansite.site.components.widgets import (
    StatusBar,
    StepCount,
    Tag,
    build_course_tag,
    build_finding_notice,
    build_status_bar,
    count_steps,
)
from plansite.site.data.data_files import register_data_address
from plansite.site.plan.dependencies import describe_waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardCard:
    """An action on the board. `lead` is the words before its date; `late_note` is shown in red words."""

    ref: str
    title: Link
    owner: Link
    lead: str
    day: date | None
    steps: StepCount
    note: str
    late_note: str
    tag: Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardColumn:
    """The cards of one status; `empty` says why there are none and whether that is good."""

    key: str
    title: str
    mark: str
    cards: tuple[BoardCard, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class BoardCancelledRow:
    """An action kept for the record, and why it was not done."""

    ref: str
    title: Link
    reason: str
    owner: Link
    day: date | None


@dataclass(frozen=True, slots=True)
class HealthAnswer:
    """Complete, clear or current: yes with the reason, or no with each gap and its actions."""

    name: str
    holds: bool
    reason: str
    gaps: tuple[tuple[str, tuple[Link, ...]], ...]


@dataclass(frozen=True, slots=True)
class UnreadableFileRow:
    """A file of the plan that could not be read."""

    title: Link
    path: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardView:
    """What the board's page shows."""

    head: PlanHeader
    owner: Link
    sponsor: Link
    agencies: tuple[Link, ...]
    start: date | None
    end: date | None
    review_note: str
    goals_words: str
    goals_href: str
    register_href: str
    data_href: str
    bar: StatusBar | None
    disagreement: str
    words_href: str
    answers: tuple[HealthAnswer, ...]
    columns: tuple[BoardColumn, ...]
    cancelled: tuple[BoardCancelledRow, ...]
    troubles: tuple[UnreadableFileRow, ...]
    purpose: str


_EMPTY_COLUMN_TEXT = {
    Status.NOT_STARTED: "Nothing is waiting to begin. Good, if every action that is needed has been written down.",
    Status.IN_PROGRESS: "Nobody is working on an action now.",
    Status.BLOCKED: "Nothing is blocked. Good news.",
    Status.COMPLETED: "Nothing is waiting to be checked.",
    Status.EMBEDDED: "Nothing has been checked by somebody else yet.",
}


def build_board_page(dated_site: SiteOnDate, plan: Plan, resolver: LinkResolver) -> Page:
    """A plan's front page."""
    return Page(
        path=plan_address(plan.slug),
        template="plan.html",
        title=plan.title,
        view=_build_view(dated_site, plan, resolver),
        section="index.html",
        trail=(Link("Plans", "index.html"), Link(plan.title)),
    )


def _build_view(dated_site: SiteOnDate, plan: Plan, resolver: LinkResolver) -> BoardView:
    site = dated_site.site
    return BoardView(
        head=build_plan_header(dated_site, plan, "index"),
        owner=profile_link(site, plan.owner),
        sponsor=profile_link(site, plan.sponsor),
        agencies=tuple(profile_link(site, name) for name in plan.agencies),
        start=plan.start,
        end=plan.end,
        review_note=_format_review_note(plan),
        goals_words=format_count(len(plan.goals), "goal") if plan.goals else "No goals yet",
        goals_href=plan_address(plan.slug, "goals"),
        register_href=plan_address(plan.slug, "register"),
        data_href=register_data_address(plan, "csv"),
        bar=build_status_bar("plan", dated_site, plan.actions),
        disagreement=describe_rag_disagreement(dated_site, plan),
        words_href="words.html",
        answers=tuple(build_health_answer(verdict) for verdict in assess_health(plan, dated_site.today)),
        columns=_build_columns(dated_site, plan),
        cancelled=tuple(_build_cancelled_row(dated_site, a) for a in plan.actions if a.status is Status.CANCELLED),
        troubles=_build_unreadable_file_rows(dated_site, plan),
        purpose=resolve_links(plan.body.intro, resolver.for_document(plan)),
    )


def build_health_answer(verdict: HealthCriterion) -> HealthAnswer:
    """One of the three questions, as pages show it."""
    name = verdict.name if verdict.holds else f"Not {verdict.name.lower()}"
    return HealthAnswer(name, verdict.holds, f"Yes. {verdict.reason}", tuple(_build_gap(gap) for gap in verdict.gaps))


def _build_gap(gap: HealthGap) -> tuple[str, tuple[Link, ...]]:
    few = gap.actions if len(gap.actions) <= 4 else ()
    return gap.text, tuple(Link((a.ref and f"Action {a.ref}") or a.title, action_address(a)) for a in few)


def _format_review_note(plan: Plan) -> str:
    held = [review.date for review in held_reviews(plan) if review.date]
    every = f"Every {plan.review_every.text.removeprefix('every ').removeprefix('1 ')}." if plan.review_every else ""
    last = f"Last held {format_long_date(max(held))}." if held else "None held yet."
    return f"{every} {last}".strip() if next_review_date(plan) or held else ""


def _build_columns(dated_site: SiteOnDate, plan: Plan) -> tuple[BoardColumn, ...]:
    columns = []
    for status in (s for s in Status if s is not Status.CANCELLED):
        actions = sorted((a for a in plan.actions if a.effective_status is status), key=due_sort_key)
        columns.append(
            _build_column(
                status.value,
                status.label,
                tuple(build_card(dated_site, a) for a in actions),
                _EMPTY_COLUMN_TEXT[status],
            )
        )
    unknown = tuple(build_card(dated_site, a) for a in plan.actions if a.status is None)
    if unknown:
        columns.insert(0, _build_column("unknown", "Status unknown", unknown, ""))
    return tuple(columns)


def _build_column(status: str, title: str, cards: tuple[BoardCard, ...], empty: str) -> BoardColumn:
    key = status.replace(" ", "-")
    return BoardColumn(key=key, title=title, mark="gap" if status == "unknown" else key, cards=cards, empty=empty)


def build_card(dated_site: SiteOnDate, action: Action) -> BoardCard:
    """An action as a card."""
    lead, day = _format_lead(dated_site, action)
    return BoardCard(
        ref=action.ref,
        title=action_link(action),
        owner=owner_link(dated_site.site, action.owner),
        lead=lead,
        day=day,
        steps=count_steps(action) if action.is_open else StepCount(),
        note=describe_reopening(action, dated_site.today) or describe_waiting(dated_site, action),
        late_note=_format_check_lateness(action, dated_site.today),
        tag=build_course_tag(action, dated_site.assess_action(action)),
    )


def _format_lead(dated_site: SiteOnDate, action: Action) -> tuple[str, date | None]:
    """The words before the date on a card, and the date."""
    if action.effective_status is Status.EMBEDDED and action.verification and action.verification.date:
        return "Verified", action.verification.date
    if not action.is_open:
        return "Completed", finished_on(action)
    if action.due is None:
        return "No due date", None
    near = 0 <= (action.due - dated_site.today).days <= 1
    return f"{format_due(action.due, dated_site.today)}," if near else "Due", action.due


def _format_check_lateness(action: Action, today: date) -> str:
    check = action.verification
    awaited = check.due if check and action.awaits_verification else None
    due = min((day for day in (awaited, find_next_check(action, today)) if day), default=today)
    return f"Check late by {format_days((today - due).days)}" if due < today else ""


def _build_cancelled_row(dated_site: SiteOnDate, action: Action) -> BoardCancelledRow:
    reason = f"{action.reason[:1].upper()}{action.reason[1:]}." if action.reason else "No reason is given."
    latest = action.body.latest_note
    day = action.completed or (latest.date if latest else None)
    return BoardCancelledRow(action.ref, action_link(action), reason, owner_link(dated_site.site, action.owner), day)


def _build_unreadable_file_rows(dated_site: SiteOnDate, plan: Plan) -> tuple[UnreadableFileRow, ...]:
    found = []
    for unread in dated_site.site.unreadable:
        if plan.slug == (unread.plan or (unread.slug if unread.kind == "plan" else "")):
            first = next((build_finding_notice(dated_site, finding) for finding in unread.findings), None)
            message = f"{first.message}. {first.remedy}" if first else ""
            found.append(
                UnreadableFileRow(
                    Link(title_from_slug(unread.slug), unreadable_file_address(unread)), unread.path, message
                )
            )
    return tuple(found)
