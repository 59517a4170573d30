"""The calendar files of the site, of each plan, and of each owner and agency."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from plansite.exports.calendars.calendar_file import format_calendar
from plansite.model.assessment import SiteOnDate
from plansite.model.page_addresses import CALENDARS_FOLDER, SITE_CALENDAR, calendar_address, profile_address
from plansite.model.people import OwnerOrAgency, People
from plansite.model.site import Site
from plansite.site.calendars.plan_events import PlanEvents, offers_calendars
from plansite.site.calendars.subscribe_page import build_subscribe_page
from plansite.site.components.page import Page
from plansite.site.contributions import SitePageGroup


def _build_calendars(dated_site: SiteOnDate, selected: Sequence[PlanEvents | None]) -> Iterator[tuple[str, Page | str]]:
    """The page and the files by output path; nothing where the site has no calendar files."""
    site, today = dated_site.site, dated_site.today
    if not offers_calendars(site):
        return
    plans = [plan for plan in selected if plan]
    page = build_subscribe_page(site, [(plan.slug, plan.title) for plan in plans])
    yield page.path, page
    name = site.settings.title
    yield SITE_CALENDAR, format_calendar(name, today, (event.text for plan in plans for event in plan.events))
    for plan in plans:
        address = f"{CALENDARS_FOLDER}plans/{plan.slug}.ics"
        yield address, format_calendar(f"{plan.title}: {name}", today, (event.text for event in plan.events))
    by_page = _group_by_page(site.people, plans)
    people: tuple[OwnerOrAgency, ...] = (*site.people.owners, *site.people.agencies)
    for person in people:
        texts = by_page.get(profile_address(person), ())
        yield calendar_address(person), format_calendar(f"{person.title}: {name}", today, texts)


def map_agency_pages(people: People) -> dict[str, str]:
    """The page of each owner who belongs to an agency, and the page of that agency."""
    agencies = ((owner, people.find_agency(owner.agency)) for owner in people.owners if owner.agency.strip())
    return {profile_address(owner): profile_address(agency) for owner, agency in agencies if agency}


def _group_by_page(people: People, plans: Sequence[PlanEvents]) -> Mapping[str, Sequence[str]]:
    """The texts of events by the page of whoever does it, and by the page of the agency that an owner belongs to."""
    agencies = map_agency_pages(people)
    by_page: defaultdict[str, list[str]] = defaultdict(list)
    for event in (event for plan in plans for event in plan.events):
        by_page[event.owner_page].append(event.text)
        if event.owner_page in agencies:
            by_page[agencies[event.owner_page]].append(event.text)
    return by_page


def _select_people(site: Site) -> object:
    """Who has a calendar file, and what it is called."""
    if not offers_calendars(site):
        return ()
    owners = tuple((owner.slug, owner.title) for owner in site.people.owners)
    agencies = tuple((agency.slug, agency.title) for agency in site.people.agencies)
    return owners, agencies, tuple(map_agency_pages(site.people).items())


CALENDARS_GROUP: SitePageGroup[PlanEvents | None] = SitePageGroup(
    name="calendar files",
    paths=(CALENDARS_FOLDER,),
    select=lambda contribution: contribution.calendar_file,
    select_site=lambda dated_site: _select_people(dated_site.site),
    build=_build_calendars,
)
