"""A calendar file of a site, a plan or an owner, to be imported once."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.exports.calendars.calendar_file import format_calendar, format_event, is_near
from plansite.exports.calendars.events import CalendarEvent, list_calendar_events
from plansite.exports.selection import ExportSelection
from plansite.model.formatting import format_count
from plansite.model.page_addresses import profile_address
from plansite.model.people import Agency, Owner, OwnerOrAgency
from plansite.model.site import Site


def format_selected_events(selection: ExportSelection) -> bytes:
    """The calendar file of what is selected: of plans all that is due, of an owner or agency what they have to do.

    That of an owner has their checks, reviews and replies as well, also in plans in which they own no action. The
    identifiers are those of the calendars on the site, so that an event is not there twice.
    """
    dated_site = selection.dated_site
    texts = (format_event(dated_site, event) for event in _list_events(selection))
    return format_calendar(selection.title, dated_site.today, texts).encode()


def describe_selected_events(selection: ExportSelection) -> str:
    """How many events the calendar file has: “17 events”."""
    return format_count(sum(1 for _ in _list_events(selection)), "event")


def _list_events(selection: ExportSelection) -> Iterator[CalendarEvent]:
    site, owner = selection.dated_site.site, selection.owner
    is_any_plan = owner is not None and selection.plan is None
    plans = site.plans if is_any_plan else [each.plan for each in selection.plans]
    pages = _list_pages(site, owner) if owner else frozenset()
    for plan in plans:
        for event in list_calendar_events(selection.dated_site, plan):
            if is_near(event) and (owner is None or event.owner_page in pages):
                yield event


def _list_pages(site: Site, person: OwnerOrAgency) -> frozenset[str]:
    """The page of an owner; those of an agency and its owners."""
    members: list[Owner] = []
    if isinstance(person, Agency):
        members = [owner for owner in site.people.owners if site.people.find_agency(owner.agency) == person]
    return frozenset(profile_address(each) for each in (person, *members))
