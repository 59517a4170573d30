"""The first page of a pack: what it is, for whom and from whom, as at which day, and what was agreed by whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.markdown.html import resolve_links
from plansite.model.assessment import Course, SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.review import Review
from plansite.model.formatting import format_count, format_long_date
from plansite.model.page_addresses import FRONT_PAGE, page_address, plan_address
from plansite.model.status import VerificationResult
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.notice_clocks import NoticeView, build_notice_views
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import owner_link, profile_link
from plansite.site.components.plan_header import list_plan_views
from plansite.site.components.widgets import Tag, build_course_tag
from plansite.site.measures.measure_statistics import analyse_measure


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFacts:
    """What is the same for a whole pack.

    `about` says in a sentence what is in it, `reader` for whom it is. `commit` is empty for readers who are not told
    it, `earlier` says that it shows the files of an earlier commit. `notes` are sentences that readers must know.
    """

    kind: str
    title: str
    about: str
    sender: str
    reader: str
    contact: str
    period: str
    commit: str
    is_clean: bool
    version: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverAction:
    """An action as it was agreed and as it stands. `first_due` is empty where the date never moved."""

    ref: str
    title: Link
    owner: str
    agreed: date | None
    due: date | None
    first_due: date | None
    tag: Tag
    completed: date | None
    check: str
    check_day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverGroup:
    """Links to documents of one kind, each with a day if it has one, and for a measure with what its readings show."""

    title: str
    rows: tuple[tuple[Link, date | None, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverPlan:
    """A plan of the pack. Of one that is there `in_part`, only its head is told besides the documents."""

    key: str
    title: Link
    kind: str
    in_part: bool
    objective: str
    purpose: str
    facts: tuple[tuple[str, tuple[Link, ...]], ...]
    agreed: tuple[tuple[Link, date | None], ...]
    notices: tuple[NoticeView, ...]
    actions: tuple[CoverAction, ...]
    groups: tuple[CoverGroup, ...]
    views: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverView:
    """What the cover shows. `files` are the other ways to read the pack, each with a few words about it."""

    facts: PackFacts
    day: date
    words: str
    files: tuple[tuple[Link, str], ...]
    plans: tuple[CoverPlan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedPlan:
    """A plan of a pack in a site of its own, and the addresses of the pages that the pack has of it, in order."""

    dated_site: SiteOnDate
    plan: Plan
    resolver: LinkResolver
    is_whole: bool
    pages: tuple[str, ...]
    reviews: tuple[Review, ...] = field(default=())


def build_cover_page(
    facts: PackFacts, plans: Sequence[PackedPlan], files: tuple[tuple[Link, str], ...], evidence: int
) -> Page:
    """The cover of a pack, with so many pieces of evidence. There is at least one plan."""
    view = CoverView(
        facts=facts,
        day=plans[0].dated_site.today,
        words=_count_contents(plans, evidence),
        files=files,
        plans=tuple(_build_plan(packed, number) for number, packed in enumerate(plans, 1)),
    )
    return Page(
        path=FRONT_PAGE,
        template="evidence_pack/cover.html",
        title=f"Evidence pack: {facts.title}",
        view=view,
        section=FRONT_PAGE,
        running_head=f"Evidence pack: {facts.title}",
    )


def _count_contents(plans: Sequence[PackedPlan], evidence: int) -> str:
    """How many actions there are and how they stand, how many were checked, and how much evidence there is.

    Readers who may not see everything are not told that there is none.
    """
    actions = [(packed.dated_site, action) for packed in plans for action in packed.plan.actions]
    late = sum(action.is_overdue(site.today) for site, action in actions)
    closed = sum(not action.is_open for _, action in actions)
    checked = sum(_has_passed(action) for _, action in actions)
    sentences, tells_gaps = [], all(packed.dated_site.site.is_unfiltered for packed in plans)
    if actions:
        counts = ((closed, "closed"), (len(actions) - closed, "open"), (late, "late"))
        parts = [f"{number} {words}" for number, words in counts if number]
        sentences.append(f"{format_count(len(actions), 'action')}: {', '.join(parts)}.")
        none_checked = "None has been checked by others yet." if tells_gaps else ""
        sentences.append(f"{checked} checked by somebody else." if checked else none_checked)
    pieces = format_count(evidence, "piece of evidence", "pieces of evidence")
    sentences.append(f"{pieces}." if evidence else "No evidence yet." if tells_gaps else "")
    return " ".join(filter(None, sentences))


def _has_passed(action: Action) -> bool:
    return action.verification is not None and action.verification.result is VerificationResult.PASSED


def _build_plan(packed: PackedPlan, number: int) -> CoverPlan:
    plan, site = packed.plan, packed.dated_site.site
    purpose = resolve_links(plan.body.intro, packed.resolver.for_document(plan, FRONT_PAGE)) if packed.is_whole else ""
    return CoverPlan(
        key=f"plan-{number}",
        title=Link(plan.title or plan.slug, plan_address(plan.slug) if packed.is_whole else ""),
        kind=plan.kind.label,
        in_part=not packed.is_whole,
        objective=plan.objective,
        purpose=purpose,
        facts=tuple(_list_facts(packed)),
        agreed=tuple((profile_link(site, entry.agency), entry.agreed) for entry in plan.protocol),
        notices=build_notice_views(packed.dated_site, plan),
        actions=tuple(_build_action(packed.dated_site, action) for action in plan.actions),
        groups=tuple(_list_groups(packed)),
        views=tuple(_list_views(packed)),
    )


def _list_facts(packed: PackedPlan) -> Iterator[tuple[str, tuple[Link, ...]]]:
    plan, site = packed.plan, packed.dated_site.site
    if plan.owner:
        yield "Owner", (owner_link(site, plan.owner),)
    if plan.sponsor:
        yield "Sponsor", (profile_link(site, plan.sponsor),)
    if plan.agencies:
        yield "Agencies", tuple(profile_link(site, name) for name in plan.agencies)
    if plan.start or plan.end:
        start = f"from {format_long_date(plan.start)}" if plan.start else ""
        end = f"to {format_long_date(plan.end)}" if plan.end else ""
        yield "Runs", (Link(f"{start} {end}".strip()),)


def _build_action(dated_site: SiteOnDate, action: Action) -> CoverAction:
    first, check = action.original_due, action.verification
    result = ""
    if check and check.result:
        by = f" by {profile_link(dated_site.site, check.by).text}" if check.by else ""
        result = f"{check.result.capitalize()}{by}"
    elif check and not action.is_open:
        result = "Not checked yet"
    assessment = dated_site.assess_action(action)
    is_cancelled = assessment.course is Course.CANCELLED
    return CoverAction(
        ref=action.ref,
        title=Link(action.title, page_address(action)),
        owner=owner_link(dated_site.site, action.owner).text or "Nobody yet",
        agreed=action.created,
        due=action.due,
        first_due=first if first != action.due else None,
        tag=build_course_tag(action, assessment),
        completed=action.completed if not is_cancelled and not action.is_open else None,
        check=result,
        check_day=check.date if check and check.result else None,
    )


def _list_groups(packed: PackedPlan) -> Iterator[CoverGroup]:
    """The documents of a plan that have pages in the pack, by kind."""
    plan = packed.plan
    for title, documents in (
        ("Incidents", [(each, each.date, "") for each in plan.incidents]),
        ("Measures", [(each, None, analyse_measure(each).summarise()) for each in plan.measures]),
        ("Self-assessments", [(each, each.date, "") for each in plan.assessments]),
        ("Reviews", [(each, each.date, "") for each in packed.reviews]),
    ):
        rows = tuple((Link(each.title, page_address(each)), day, words) for each, day, words in documents)
        if rows:
            yield CoverGroup(title=title, rows=rows)


def _list_views(packed: PackedPlan) -> Iterator[Link]:
    """The pages about the plan as a whole that the pack has."""
    titles = {plan_address(packed.plan.slug, name): title for name, title in list_plan_views(packed.plan)}
    yield from (Link(titles[path], path) for path in packed.pages if path in titles)
