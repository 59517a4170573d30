"""Links to calendar files, as pages show them."""

from __future__ import annotations

from urllib.parse import quote

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.plan import Plan
from plansite.model.page_addresses import CALENDARS_PAGE, SITE_CALENDAR, calendar_address
from plansite.model.people import OwnerOrAgency
from plansite.model.site import Site
from plansite.site.calendars.plan_events import offers_calendars


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarLinks:
    """A calendar file: its output path, and its web address if the site has one, to copy and to subscribe to.

    `subscribe` opens the calendar of a phone or computer that knows such addresses. `help` is the page that says how
    others subscribe.
    """

    file: str
    address: str
    subscribe: str
    help: str


def build_calendar_links(site: Site, document: Plan | OwnerOrAgency | None = None) -> CalendarLinks | None:
    """The calendar file of a plan, owner or agency, or of the whole site; None where the site has no such files."""
    if not offers_calendars(site):
        return None
    return link_calendar(site, calendar_address(document) if document else SITE_CALENDAR)


def link_calendar(site: Site, file: str) -> CalendarLinks:
    """The links to a calendar file."""
    base = site.settings.base_url.rstrip("/")
    address = f"{base}/{quote(file)}" if base else ""
    return CalendarLinks(
        file=file,
        address=address,
        subscribe=f"webcal:{address.partition(':')[2]}" if address else "",
        help=CALENDARS_PAGE,
    )
