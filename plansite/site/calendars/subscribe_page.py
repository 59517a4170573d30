"""The page that says in three steps how to subscribe to a calendar, and lists all calendars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from plansite.deferred_dataclass import dataclass
from plansite.model.formatting import format_count
from plansite.model.page_addresses import (
    AGENCIES_PAGE,
    CALENDAR_PAGE,
    CALENDARS_FOLDER,
    CALENDARS_PAGE,
    FRONT_PAGE,
    OWNERS_PAGE,
    SITE_CALENDAR,
    calendar_address,
    plan_address,
    profile_address,
)
from plansite.model.people import OwnerOrAgency
from plansite.model.site import Site
from plansite.site.calendars.calendar_links import CalendarLinks, link_calendar
from plansite.site.components.page import Link, Page
from plansite.site.components.pagination import ROWS_PER_PAGE


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """A calendar: the page whose dates it has, and the links to its file."""

    title: Link
    links: CalendarLinks


@dataclass(frozen=True, slots=True)
class CalendarRows:
    """The calendars of one kind, under a heading. `more` leads to the list of all of them, where there are too many."""

    key: str
    title: str
    rows: tuple[CalendarRow, ...]
    more: Link = Link("")


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscribeView:
    """What the page shows. Without `has_addresses` the site does not know its web address."""

    has_addresses: bool
    groups: tuple[CalendarRows, ...]


def build_subscribe_page(site: Site, plans: Sequence[tuple[str, str]]) -> Page:
    """The page. The site may be without its plans; `plans` are the slug and title of each."""
    return Page(
        path=CALENDARS_PAGE,
        template="calendars/subscribe.html",
        title="Put these dates in your calendar",
        view=SubscribeView(
            has_addresses=bool(site.settings.base_url),
            groups=tuple(_limit(group) for group in _list_groups(site, plans) if group.rows),
        ),
        section=CALENDAR_PAGE,
        trail=(Link("Plans", "index.html"), Link("Calendar", CALENDAR_PAGE), Link("Put these dates in your calendar")),
    )


def _list_groups(site: Site, plans: Sequence[tuple[str, str]]) -> Iterator[CalendarRows]:
    everything = CalendarRow(Link("Calendar", CALENDAR_PAGE), link_calendar(site, SITE_CALENDAR))
    yield CalendarRows("everything", "All plans", (everything,))
    rows = (
        CalendarRow(
            Link(title, plan_address(slug, "calendar")), link_calendar(site, f"{CALENDARS_FOLDER}plans/{slug}.ics")
        )
        for slug, title in plans
    )
    yield CalendarRows("plans", "One plan", tuple(rows))
    yield CalendarRows("owners", "One owner", _build_people_rows(site, site.people.owners))
    yield CalendarRows("agencies", "One agency with its owners", _build_people_rows(site, site.people.agencies))


def _limit(group: CalendarRows) -> CalendarRows:
    """The first `ROWS_PER_PAGE` calendars of a kind. The others are found on the pages of what they belong to."""
    omitted = len(group.rows) - ROWS_PER_PAGE
    if omitted <= 0:
        return group
    pages = {"plans": FRONT_PAGE, "owners": OWNERS_PAGE, "agencies": AGENCIES_PAGE}
    more = Link(f"{format_count(omitted, 'other calendar')}: each is on its own page", pages[group.key])
    return replace(group, rows=group.rows[:ROWS_PER_PAGE], more=more)


def _build_people_rows(site: Site, people: Sequence[OwnerOrAgency]) -> tuple[CalendarRow, ...]:
    """Rows of owners or agencies by their titles."""
    rows = (
        CalendarRow(Link(person.title, profile_address(person)), link_calendar(site, calendar_address(person)))
        for person in sorted(people, key=lambda person: (person.title.casefold(), person.slug))
    )
    return tuple(rows)
