"""The learning from incidents: a page for each service that it is shared with, and a table of all these services."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.incident import Incident
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_count, is_or_are
from plansite.model.learning.services import list_service_readings
from plansite.model.page_addresses import (
    INCIDENTS_PAGE,
    LEARNING_PAGE,
    briefing_address,
    learning_address,
    plan_document_address,
)
from plansite.model.people import normalise_name
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import owner_link, plan_link, profile_link
from plansite.site.components.pagination import Pager, build_pager, numbered_address
from plansite.site.incidents.briefing import has_briefing, render_learning
from plansite.site.incidents.finding_views import split_finding_text
from plansite.site.incidents.incident_rows import sort_newest_first

#: Incidents on one page: each has a text of its own.
_ENTRIES_PER_PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceShare:
    """A service with which the learning of an incident is shared, and when and by whom reading it was confirmed.

    `profile` leads to its page, if the site has one.
    """

    profile: Link
    is_confirmed: bool
    day: date | None
    by: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningEntry:
    """What an incident contributes to the pages of learning. Links in `html` count from the folder of these pages.

    `findings` are the titles of what was found; they are shown where nothing is written about the learning.
    """

    title: Link
    plan: Link
    day: date | None
    severity: str
    owner: Link
    html: str
    findings: tuple[str, ...]
    briefing: str
    services: tuple[ServiceShare, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningItem:
    """An incident on the page of a service. `state` is empty where a copy may not say that it was not confirmed."""

    key: str
    entry: LearningEntry
    state: str
    share: ServiceShare


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLearningView:
    """What the page of a service shows: what it has not confirmed yet first, then the newest."""

    title: str
    lede: str
    profile: Link
    items: tuple[LearningItem, ...]
    contact: str
    pager: Pager | None


@dataclass(frozen=True, slots=True)
class ServiceLearningRow:
    """A service in the table: how many incidents it can learn from, and how many of them it has confirmed."""

    service: Link
    total: int
    confirmed: int
    open_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningIndexView:
    """The table of all services."""

    lede: str
    rows: tuple[ServiceLearningRow, ...]
    shows_open: bool
    incidents: str


def list_learning_entries(dated_site: SiteOnDate, plan: Plan, resolver: LinkResolver) -> Iterator[LearningEntry]:
    """What the incidents of a plan contribute, newest first; those that name no service contribute nothing."""
    for incident in sort_newest_first(plan.incidents):
        shares = tuple(_list_shares(dated_site, incident))
        if not shares:
            continue
        yield LearningEntry(
            title=Link(incident.title, plan_document_address(incident)),
            plan=plan_link(plan),
            day=incident.date,
            severity=incident.severity,
            owner=owner_link(dated_site.site, incident.owner),
            html=render_learning(incident, resolver, learning_address("x")),
            findings=tuple(split_finding_text(finding)[0] for finding in incident.findings),
            briefing=briefing_address(incident) if has_briefing(incident) else "",
            services=shares,
        )


def _list_shares(dated_site: SiteOnDate, incident: Incident) -> Iterator[ServiceShare]:
    site = dated_site.site
    for reading in list_service_readings(incident, lambda name: profile_link(site, name).text):
        if reading.is_named:
            confirmation = reading.confirmation
            yield ServiceShare(
                profile=profile_link(site, reading.title),
                is_confirmed=confirmation is not None,
                day=confirmation.date if confirmation else None,
                by=profile_link(site, confirmation.by) if confirmation else Link(""),
            )


def build_learning_pages(entries: Iterable[LearningEntry], *, is_unfiltered: bool, contact: str) -> Iterator[Page]:
    """`learning.html` and a page for each service; none if no incident names a service."""
    by_service: dict[str, list[tuple[LearningEntry, ServiceShare]]] = {}
    for entry in sorted(entries, key=lambda entry: entry.day or date.min, reverse=True):
        for share in entry.services:
            by_service.setdefault(learning_address(share.profile.text), []).append((entry, share))
    ordered = sorted(by_service.items(), key=lambda each: (normalise_name(each[1][0][1].profile.text), each[0]))
    if not ordered:
        return
    yield _build_index(ordered, is_unfiltered=is_unfiltered)
    for address, pairs in ordered:
        yield from _build_service_pages(address, pairs, is_unfiltered=is_unfiltered, contact=contact)


def _build_index(ordered: list[tuple[str, list[tuple[LearningEntry, ServiceShare]]]], *, is_unfiltered: bool) -> Page:
    rows = tuple(_build_row(address, pairs) for address, pairs in ordered)
    open_count = sum(row.open_count for row in rows)
    lede = "What each service can learn from incidents."
    if is_unfiltered:
        missing = format_count(open_count, "confirmation")
        waiting = f"{missing} {is_or_are(open_count)} missing." if open_count else "All have confirmed reading it."
        lede = f"{lede} {waiting}"
    return Page(
        path=LEARNING_PAGE,
        template="incidents/learning_index.html",
        title="Learning",
        view=LearningIndexView(lede=lede, rows=rows, shows_open=is_unfiltered, incidents=INCIDENTS_PAGE),
        section=INCIDENTS_PAGE,
        trail=(Link("Plans", "index.html"), Link("Incidents", INCIDENTS_PAGE), Link("Learning")),
    )


def _build_row(address: str, pairs: list[tuple[LearningEntry, ServiceShare]]) -> ServiceLearningRow:
    confirmed = sum(share.is_confirmed for _, share in pairs)
    return ServiceLearningRow(Link(pairs[0][1].profile.text, address), len(pairs), confirmed, len(pairs) - confirmed)


def _build_service_pages(
    address: str, pairs: list[tuple[LearningEntry, ServiceShare]], *, is_unfiltered: bool, contact: str
) -> Iterator[Page]:
    profile = pairs[0][1].profile
    ordered = sorted(pairs, key=lambda pair: pair[1].is_confirmed) if is_unfiltered else pairs
    items = [
        LearningItem(key=f"i{number}", entry=entry, state=_describe_state(share, is_unfiltered), share=share)
        for number, (entry, share) in enumerate(ordered, 1)
    ]
    starts = range(0, len(items), _ENTRIES_PER_PAGE)
    paths = [numbered_address(address, number) for number, _ in enumerate(starts, 1)]
    for number, start in enumerate(starts, 1):
        title = f"Learning for {profile.text}" + (f", page {number}" if number > 1 else "")
        yield Page(
            path=paths[number - 1],
            template="incidents/learning.html",
            title=title,
            view=ServiceLearningView(
                title=title,
                lede=_describe_service(pairs, is_unfiltered=is_unfiltered),
                profile=profile,
                items=tuple(items[start : start + _ENTRIES_PER_PAGE]),
                contact=contact,
                pager=build_pager(paths, number),
            ),
            section=INCIDENTS_PAGE,
            trail=(
                Link("Plans", "index.html"),
                Link("Incidents", INCIDENTS_PAGE),
                Link("Learning", LEARNING_PAGE),
                Link(profile.text),
            ),
        )


def _describe_state(share: ServiceShare, is_unfiltered: bool) -> str:
    if share.is_confirmed:
        return "Read"
    return "Not confirmed yet" if is_unfiltered else ""


def _describe_service(pairs: list[tuple[LearningEntry, ServiceShare]], *, is_unfiltered: bool) -> str:
    total, waiting = len(pairs), sum(not share.is_confirmed for _, share in pairs)
    lede = f"{format_count(total, 'incident')} to learn from."
    if not is_unfiltered:
        return lede
    if not waiting:
        return f"{lede} Reading {'it' if total == 1 else 'all of them'} is confirmed."
    return f"{lede} {waiting:,} {is_or_are(waiting)} not confirmed yet."
