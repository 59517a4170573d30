"""The board of a plan: its actions as cards in a column for each status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.mail.update_form import format_mail_link
from plansite.markdown.html import resolve_links
from plansite.model.assessment import SiteOnDate, finished_on
from plansite.model.documents.action import Action, describe_drop
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_count, format_long_date
from plansite.model.health import HealthCriterion, HealthGap, assess_health
from plansite.model.links.email_address import find_coordinator
from plansite.model.links.repository import edit_plan_url
from plansite.model.page_addresses import (
    FRONT_PAGE,
    GLOSSARY_PAGE,
    action_address,
    plan_address,
    register_data_address,
    unreadable_file_address,
)
from plansite.model.review_dates import held_reviews, next_review_date
from plansite.model.site import Site
from plansite.model.slugs import title_from_slug
from plansite.site.changes.history import NO_HISTORY, PlanHistory
from plansite.site.components.body_sections import SectionView, build_other_sections
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.dated_rows import DatedText
from plansite.site.components.filters import FilterBar, RowValues, build_filter_bar
from plansite.site.components.finding_notices import build_finding_notice
from plansite.site.components.notice_clocks import (
    NoticeClockRow,
    NoticeView,
    build_notice_clocks,
    build_notice_views,
)
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import action_link, owner_link, profile_link
from plansite.site.components.plan_header import PlanHeader, build_plan_header, describe_rag_disagreement
from plansite.site.components.status_bar import StatusBar, build_status_bar, link_segments
from plansite.site.components.widgets import format_drop_reason, name_dropped
from plansite.site.measures.measure_alerts import PlanMeasures, build_plan_measures
from plansite.site.oversight.pending import PlanOversight, build_plan_oversight
from plansite.site.plan.board_columns import BoardColumn, build_columns
from plansite.site.plan.board_late import LateSection, build_late_section
from plansite.site.standards.assessment_rows import AssessmentRow, build_newest_row
from plansite.site.voice.quotations import PlanVoices, build_plan_voices


@dataclass(frozen=True, slots=True)
class BoardCancelledRow:
    """A cancelled action, with the reason."""

    ref: str
    title: Link
    reason: str
    owner: Link
    day: date | None


@dataclass(frozen=True, slots=True)
class HealthAnswer:
    """Whether the plan is complete, clear or current: the reason if it is, else each gap with its actions.

    From `until` on the answer is another.
    """

    name: str
    holds: bool
    reason: str
    gaps: tuple[tuple[str, tuple[Link, ...]], ...]
    until: date | None = None


@dataclass(frozen=True, slots=True)
class UnreadableFileRow:
    """A file of the plan that could not be read."""

    title: Link
    path: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardView:
    """What the board shows.

    `folds_objective` and `folds_purpose` say that a text is folded after two lines on a small screen, `is_purpose_long`
    that the purpose is on any.
    """

    head: PlanHeader
    owner: Link
    sponsor: Link
    agencies: tuple[Link, ...]
    start: date | None
    end: date | None
    review_note: str
    reviews_href: str
    goals_words: str
    goals_href: str
    register_href: str
    data_href: str
    edit: str
    coordinator: Link
    bar: StatusBar | None
    measures: PlanMeasures | None
    voices: PlanVoices | None
    disagreement: DatedText
    words_href: str
    answers: tuple[HealthAnswer, ...]
    filter: FilterBar | None
    columns: tuple[BoardColumn, ...]
    cancelled: tuple[BoardCancelledRow, ...]
    cancelled_folded: tuple[BoardCancelledRow, ...]
    cancelled_total: int
    cancelled_title: str
    unreadable_files: tuple[UnreadableFileRow, ...]
    unreadable_folded: tuple[UnreadableFileRow, ...]
    unreadable_total: int
    late: LateSection | None
    oversight: PlanOversight
    clocks: tuple[NoticeClockRow, ...]
    notices: tuple[NoticeView, ...]
    folds_objective: bool
    purpose: str
    folds_purpose: bool
    is_purpose_long: bool
    further: tuple[SectionView, ...]
    assessment: AssessmentRow | None


#: A gap with more actions than this names none of them.
_MAX_GAP_LINKS = 4
_TAG = compile_lazily(r"<[^>]*>")
#: How many cancelled actions, and how many unreadable files, show before the others are folded away.
_MAX_ROWS = 5
#: Texts with more characters take more than two lines: the objective and the purpose on a small screen, and the
#: purpose on any.
_MAX_OBJECTIVE_LENGTH, _MAX_PURPOSE_LENGTH, _MAX_WIDE_LENGTH = 60, 80, 140
#: Where on the page is what each segment of the status bar counts, by its role.
_PLACES = {"proof": "#c-embedded", "done": "#c-completed", "track": "#board", "risk": "#at-risk", "late": "#late"}


def build_board_page(
    dated_site: SiteOnDate, plan: Plan, resolver: LinkResolver, history: PlanHistory = NO_HISTORY
) -> Page:
    """The board of a plan, which is the plan's front page."""
    return Page(
        path=plan_address(plan.slug),
        template="plan/board.html",
        title=plan.title,
        view=_build_view(dated_site, plan, resolver, history),
        section=FRONT_PAGE,
        trail=(Link("Plans", FRONT_PAGE), Link(plan.title)),
    )


# Long because a plan's page has many parts, each built in one line or two.
def _build_view(dated_site: SiteOnDate, plan: Plan, resolver: LinkResolver, history: PlanHistory) -> BoardView:
    site, files_gap = dated_site.site, dated_site.describe_unread_files(plan)
    columns = build_columns(dated_site, plan, history)
    resolve = resolver.for_document(plan)
    bar, purpose = build_status_bar("plan", dated_site, plan.actions), resolve_links(plan.body.intro, resolve)
    length = len(_TAG.sub("", purpose))
    cancelled = _build_cancelled_rows(dated_site, plan)
    unreadable = _build_unreadable_file_rows(dated_site, plan)
    return BoardView(
        head=build_plan_header(dated_site, plan, "index"),
        owner=profile_link(site, plan.owner),
        sponsor=profile_link(site, plan.sponsor),
        agencies=tuple(profile_link(site, name) for name in plan.agencies),
        start=plan.start,
        end=plan.end,
        review_note=_format_review_note(plan),
        reviews_href=plan_address(plan.slug, "reviews"),
        goals_words=format_count(len(plan.goals), "goal") if plan.goals else "No goals yet",
        goals_href=plan_address(plan.slug, "goals"),
        register_href=plan_address(plan.slug, "register"),
        data_href=register_data_address(plan, "csv"),
        edit=edit_plan_url(site, plan),
        coordinator=_link_coordinator(site, plan),
        bar=link_segments(bar, _PLACES) if bar else None,
        measures=build_plan_measures(dated_site, plan),
        voices=build_plan_voices(dated_site, plan),
        disagreement=describe_rag_disagreement(dated_site, plan),
        words_href=GLOSSARY_PAGE,
        answers=tuple(build_health_answer(criterion) for criterion in assess_health(plan, dated_site.today, files_gap)),
        filter=build_filter_bar(_list_row_values(columns), place="on the board", shows=True),
        columns=columns,
        cancelled=cancelled[:_MAX_ROWS],
        cancelled_folded=cancelled[_MAX_ROWS:],
        cancelled_total=len(cancelled),
        cancelled_title=name_dropped(describe_drop(action) for action in plan.actions if action.is_dropped),
        unreadable_files=unreadable[:_MAX_ROWS],
        unreadable_folded=unreadable[_MAX_ROWS:],
        unreadable_total=len(unreadable),
        late=build_late_section(dated_site, plan),
        oversight=build_plan_oversight(dated_site, plan),
        clocks=build_notice_clocks(dated_site, (plan,)),
        notices=build_notice_views(dated_site, plan),
        folds_objective=len(plan.objective) > _MAX_OBJECTIVE_LENGTH,
        purpose=purpose,
        folds_purpose=length > _MAX_PURPOSE_LENGTH,
        is_purpose_long=length > _MAX_WIDE_LENGTH,
        further=build_other_sections(plan.body, resolve, title=plan.title),
        assessment=build_newest_row(dated_site, plan),
    )


def _list_row_values(columns: Iterable[BoardColumn]) -> Iterator[RowValues]:
    return (card.values for column in columns for card in (*column.cards, *column.folded))


def build_health_answer(criterion: HealthCriterion) -> HealthAnswer:
    """The answer to one of the three questions of a plan's health."""
    name = criterion.name if criterion.holds else f"Not {criterion.name.lower()}"
    gaps = tuple(_build_gap(gap) for gap in criterion.gaps)
    return HealthAnswer(name, criterion.holds, f"Yes. {criterion.reason}", gaps, criterion.until)


def _build_gap(gap: HealthGap) -> tuple[str, tuple[Link, ...]]:
    actions = gap.actions if len(gap.actions) <= _MAX_GAP_LINKS else ()
    return gap.text, tuple(
        Link(f"Action {action.ref}" if action.ref else action.title, action_address(action)) for action in actions
    )


def _link_coordinator(site: Site, plan: Plan) -> Link:
    """The address to which updates about a plan go, which opens a mail; empty without one."""
    coordinator = find_coordinator(site.settings, plan)
    return Link(coordinator, format_mail_link(coordinator, f"About {plan.title}") if coordinator else "")


def _format_review_note(plan: Plan) -> str:
    dates = [review.date for review in held_reviews(plan) if review.date]
    every = f"Every {plan.review_every.text.removeprefix('every ').removeprefix('1 ')}." if plan.review_every else ""
    last = f"Last held {format_long_date(max(dates))}." if dates else "None held yet."
    return f"{every} {last}".strip() if next_review_date(plan) or dates else ""


def _build_cancelled_rows(dated_site: SiteOnDate, plan: Plan) -> tuple[BoardCancelledRow, ...]:
    cancelled = (action for action in plan.actions if action.is_dropped)
    return tuple(_build_cancelled_row(dated_site, action) for action in cancelled)


def _build_cancelled_row(dated_site: SiteOnDate, action: Action) -> BoardCancelledRow:
    return BoardCancelledRow(
        action.ref,
        action_link(action),
        format_drop_reason(action),
        owner_link(dated_site.site, action.owner),
        finished_on(action),
    )


def _build_unreadable_file_rows(dated_site: SiteOnDate, plan: Plan) -> tuple[UnreadableFileRow, ...]:
    rows = []
    for file in dated_site.site.unreadable:
        if plan.slug == (file.plan or (file.slug if file.kind == "plan" else "")):
            first = next((build_finding_notice(dated_site, finding) for finding in file.findings), None)
            message = f"{first.message} {first.remedy}".strip() if first else ""
            title = Link(title_from_slug(file.slug), unreadable_file_address(file))
            rows.append(UnreadableFileRow(title, file.path, message))
    return tuple(rows)
