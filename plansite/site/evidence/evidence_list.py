"""The evidence of a plan: what is missing or still needed, then all that was received."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.evidence.expiry import expires_soon, is_expired, list_change_days
from plansite.model.evidence.listing import RecordedEvidence, has_evidence, list_evidence
from plansite.model.evidence.matching import match_action_evidence, may_still_come
from plansite.model.formatting import format_count, format_list, has_or_have, is_or_are
from plansite.model.page_addresses import FRONT_PAGE, page_address, plan_address
from plansite.site.components.content_links import EvidenceLink, LinkResolver, build_evidence_links
from plansite.site.components.dated_rows import DatedText, build_dated_text
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import action_link, owner_link
from plansite.site.components.pagination import ROWS_PER_PAGE, Pager, build_pager, numbered_address
from plansite.site.components.plan_header import PlanHeader, build_plan_header, build_plan_trail
from plansite.site.evidence.action_evidence import AWAITED, describe_absence, is_missing


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededRow:
    """Evidence that was agreed and that nothing answers, with its action. `words` say how that stands."""

    words: str
    is_missing: bool
    label: str
    kind: str
    action: Link
    owner: Link
    due: date | None


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A piece of evidence, and the action or incident that it is for."""

    link: EvidenceLink
    document: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEvidenceView:
    """A page of the list. `lede` counts what is there, `expiries` what expires, for each day."""

    head: PlanHeader
    title: str
    lede: str
    expiries: DatedText
    needed: tuple[NeededRow, ...]
    received: tuple[EvidenceRow, ...]
    pager: Pager | None


def build_evidence_pages(dated_site: SiteOnDate, plan: Plan, resolver: LinkResolver) -> Iterator[Page]:
    """`evidence.html`, split where it is too long; no page for a plan that has no evidence and needs none."""
    if not has_evidence(plan):
        return
    needed = list(_list_needed(dated_site, plan))
    recorded = sorted(list_evidence(plan), key=_sort_key)
    received = [_build_row(dated_site, each, resolver) for each in recorded]
    rows: list[NeededRow | EvidenceRow] = [*needed, *received]
    address = plan_address(plan.slug, "evidence")
    starts = range(0, max(len(rows), 1), ROWS_PER_PAGE)
    paths = [numbered_address(address, number) for number, _ in enumerate(starts, 1)]
    lede, expiries = _describe_counts(needed, len(received)), _describe_expiries(recorded, dated_site.today)
    for number, start in enumerate(starts, 1):
        part = rows[start : start + ROWS_PER_PAGE]
        title = "Evidence" if number == 1 else f"Evidence, page {number}"
        yield Page(
            path=paths[number - 1],
            template="evidence/plan_evidence.html",
            title=f"{title}: {plan.title}",
            view=PlanEvidenceView(
                head=build_plan_header(dated_site, plan, "evidence"),
                title=title,
                lede=lede,
                expiries=expiries,
                needed=tuple(row for row in part if isinstance(row, NeededRow)),
                received=tuple(row for row in part if isinstance(row, EvidenceRow)),
                pager=build_pager(paths, number),
            ),
            section=FRONT_PAGE,
            trail=build_plan_trail(plan, Link(title)),
        )


def _sort_key(recorded: RecordedEvidence) -> tuple[bool, date, int, str]:
    """What expires first, then what never does, the newest first."""
    evidence = recorded.evidence
    age = -(evidence.date or date.min).toordinal()
    return evidence.expires is None, evidence.expires or date.max, age, evidence.label


def _list_needed(dated_site: SiteOnDate, plan: Plan) -> Iterator[NeededRow]:
    """What is missing from finished actions, then what open ones still need, the earliest due first."""
    actions = sorted(
        (action for action in plan.actions if action.evidence_needed and (action.is_open or action.is_finished)),
        key=lambda action: (may_still_come(action), action.due or date.max, action.sort_key),
    )
    for action in actions:
        yield from _build_needed_rows(dated_site, action)


def _build_needed_rows(dated_site: SiteOnDate, action: Action) -> Iterator[NeededRow]:
    is_partial = not dated_site.site.is_unfiltered
    for item in match_action_evidence(action).missing:
        yield NeededRow(
            words=describe_absence(action, is_partial=is_partial),
            is_missing=is_missing(action, is_partial=is_partial),
            label=item.label,
            kind=item.kind.capitalize() if item.kind else "",
            action=action_link(action),
            owner=owner_link(dated_site.site, action.owner),
            due=action.due if action.is_open else None,
        )


def _build_row(dated_site: SiteOnDate, recorded: RecordedEvidence, resolver: LinkResolver) -> EvidenceRow:
    document = recorded.document
    (link,) = build_evidence_links([recorded.evidence], document.path, resolver, dated_site)
    return EvidenceRow(link, Link(document.title, page_address(document)))


def _describe_counts(needed: Sequence[NeededRow], received: int) -> str:
    """How much there is and, in a copy that shows everything, how much is missing or still needed."""
    parts = [f"{format_count(received, 'piece', 'pieces') if received else 'No piece'} of evidence."]
    missing = sum(row.is_missing for row in needed)
    awaited = sum(row.words == AWAITED for row in needed)
    counts = [f"{missing:,} {is_or_are(missing)} missing"] if missing else []
    counts += [f"{awaited:,} {is_or_are(awaited)} still needed"] if awaited else []
    return " ".join([*parts, *([f"{format_list(counts)}."] if counts else [])])


def _describe_expiries(recorded: Sequence[RecordedEvidence], today: date) -> DatedText:
    """How much has expired or soon will, for each day; empty where nothing has or will."""
    items = [each.evidence for each in recorded if each.evidence.expires]
    days = {day for item in items for day in list_change_days(item)}

    def describe(day: date) -> str:
        expired = sum(is_expired(item, day) for item in items)
        soon = sum(expires_soon(item, day) for item in items)
        counts = [f"{expired:,} {has_or_have(expired)} expired"] if expired else []
        counts += [f"{soon:,} {'expires' if soon == 1 else 'expire'} within 30 days"] if soon else []
        return f"{format_list(counts)}." if counts else ""

    return build_dated_text(describe, today, days)
