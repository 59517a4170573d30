"""“You said, we did”: what people said about a plan, beside what was done about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.parties import Voice
from plansite.model.formatting import format_count
from plansite.model.page_addresses import FRONT_PAGE, VOICES_PAGE, has_answered_views, plan_address
from plansite.site.components.page import Link, Page
from plansite.site.components.pagination import ROWS_PER_PAGE, Pager, build_pager, numbered_address
from plansite.site.components.plan_header import build_plan_trail
from plansite.site.voice.speakers import name_speaker

TITLE = "You said, we did"
#: How many answers of a plan are on the page across plans.
_ROWS_OF_PLAN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredView:
    """What somebody said and what was done about it; `did` is empty if it is not answered."""

    who: str
    day: date | None
    said: str
    did: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YouSaidView:
    """The answers of one plan, the newest first. `waiting` are views without an answer, for internal readers only."""

    title: str
    answered: tuple[AnsweredView, ...]
    waiting: tuple[AnsweredView, ...]
    protocol: str
    board: str
    everywhere: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAnswers:
    """The newest answers of one plan, for the page across plans; `more` links to the others."""

    plan: Link
    rows: tuple[AnsweredView, ...]
    more: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteAnswersView:
    """A page of the answers across plans."""

    title: str
    lede: str
    plans: tuple[PlanAnswers, ...]
    pager: Pager | None


def build_you_said_page(dated_site: SiteOnDate, plan: Plan) -> Iterator[Page]:
    """The page of a plan with its answers, fit to be pinned up; none if no view has an answer."""
    if not has_answered_views(plan):
        return
    views = _sort_views(plan)
    waiting = (voice for voice in views if not voice.did) if dated_site.site.is_unfiltered else ()
    yield Page(
        path=plan_address(plan.slug, "you-said"),
        template="voice/you_said.html",
        title=f"{TITLE}: {plan.title}",
        view=YouSaidView(
            title=plan.title,
            answered=tuple(_build_answer(voice, plan) for voice in views if voice.did),
            waiting=tuple(_build_answer(voice, plan) for voice in waiting),
            protocol=f"{plan_address(plan.slug, 'protocol')}#views",
            board=plan_address(plan.slug),
            everywhere=VOICES_PAGE,
        ),
        section=FRONT_PAGE,
        trail=build_plan_trail(plan, Link(TITLE)),
        running_head=f"{TITLE}: {plan.title}",
    )


def find_answers_link(plan: Plan) -> tuple[Link, ...]:
    """The link to the answers of a plan; none without answers."""
    return (Link(TITLE, plan_address(plan.slug, "you-said")),) if has_answered_views(plan) else ()


def list_plan_answers(plan: Plan) -> tuple[PlanAnswers, ...]:
    """What a plan contributes to the page across plans: its newest answers, if it has any."""
    answered = [voice for voice in _sort_views(plan) if voice.did]
    if not answered:
        return ()
    more = len(answered) - _ROWS_OF_PLAN
    return (
        PlanAnswers(
            plan=Link(plan.title, plan_address(plan.slug)),
            rows=tuple(_build_answer(voice, plan) for voice in answered[:_ROWS_OF_PLAN]),
            more=Link(f"{more:,} more", plan_address(plan.slug, "you-said")) if more > 0 else Link(""),
        ),
    )


def build_site_answers(plans: Iterable[PlanAnswers]) -> Iterator[Page]:
    """`you-said.html`, split where it is too long: the plan with the newest answer first. None without answers."""
    ordered = sorted(plans, key=lambda each: each.rows[0].day or date.min, reverse=True)
    per_page = ROWS_PER_PAGE // _ROWS_OF_PLAN
    starts = range(0, len(ordered), per_page)
    paths = [numbered_address(VOICES_PAGE, number) for number, _ in enumerate(starts, 1)]
    for number, start in enumerate(starts, 1):
        title = TITLE if number == 1 else f"{TITLE}, page {number}"
        yield _build_site_page(paths, number, title, _describe_plans(ordered), ordered[start : start + per_page])


def _build_site_page(paths: Sequence[str], number: int, title: str, lede: str, plans: Sequence[PlanAnswers]) -> Page:
    return Page(
        path=paths[number - 1],
        template="voice/site_you_said.html",
        title=title,
        view=SiteAnswersView(title=title, lede=lede, plans=tuple(plans), pager=build_pager(paths, number)),
        section=VOICES_PAGE,
        trail=(Link("Plans", FRONT_PAGE), Link(title)),
    )


def _describe_plans(plans: Sequence[PlanAnswers]) -> str:
    return f"What people said about {format_count(len(plans), 'plan')}, and what was done about it."


def _sort_views(plan: Plan) -> list[Voice]:
    """The views with words, the newest first; those without a day last, in their order in the file."""
    return sorted((voice for voice in plan.views if voice.said), key=lambda voice: voice.when or date.min, reverse=True)


def _build_answer(voice: Voice, plan: Plan) -> AnsweredView:
    return AnsweredView(who=name_speaker(voice, plan.kind), day=voice.when, said=voice.said, did=voice.did)
