"""What a plan contributes to calendar files."""

from __future__ import annotations

from collections.abc import Iterable

from plansite.deferred_dataclass import dataclass
from plansite.exports.calendars.calendar_file import format_event, is_near
from plansite.exports.calendars.events import CalendarEvent
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.plan import Plan
from plansite.model.site import Site
from plansite.model.status import Download


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """The text of an event, and the output path of the page of whoever does it; empty without one."""

    owner_page: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEvents:
    """The events of a plan, and what its calendar file is called: its slug and title."""

    slug: str
    title: str
    events: tuple[FeedEvent, ...]


def offers_calendars(site: Site) -> bool:
    """Whether the site has calendar files: its settings ask for them."""
    return Download.CALENDARS in site.settings.downloads


def build_plan_events(dated_site: SiteOnDate, plan: Plan, events: Iterable[CalendarEvent]) -> PlanEvents | None:
    """The events of a plan as calendar files have them; None where the site has no such files."""
    if not offers_calendars(dated_site.site):
        return None
    return PlanEvents(
        slug=plan.slug,
        title=plan.title,
        events=tuple(
            FeedEvent(event.owner_page, format_event(dated_site, event)) for event in events if is_near(event)
        ),
    )
