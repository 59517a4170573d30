"""The page that says how to subscribe: it lists each calendar with its address."""

from __future__ import annotations

from plansite.model.people import Agency, Owner
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Download
from plansite.site.calendars.calendar_links import CalendarLinks, build_calendar_links
from plansite.site.calendars.subscribe_page import SubscribeView, build_subscribe_page
from plansite.site.components.page import Link
from plansite.site.components.pagination import ROWS_PER_PAGE


def _site(base_url: str = "", owners: tuple[Owner, ...] = ()) -> Site:
    settings = Settings(title="T", base_url=base_url, downloads=(Download.CALENDARS,))
    return Site(settings=settings, owners=owners, agencies=(Agency(slug="house", path="h.md", title="The House"),))


def _owner(slug: str) -> Owner:
    return Owner(slug=slug, path=f"{slug}.md", title=slug.upper())


def _view(site: Site, plans: list[tuple[str, str]]) -> SubscribeView:
    view = build_subscribe_page(site, plans).view
    assert isinstance(view, SubscribeView)
    return view


def test_people_are_sorted_by_name() -> None:
    """After the calendar of all plans come plans in their order, then owners and agencies by name."""
    view = _view(_site(owners=(_owner("porter"), _owner("cook"))), [("warm", "Warm rooms"), ("dry", "Dry rooms")])
    assert {group.key: [(row.title, row.links.file) for row in group.rows] for group in view.groups} == {
        "everything": [(Link("Calendar", "calendar.html"), "calendars/all.ics")],
        "plans": [
            (Link("Warm rooms", "plans/warm/calendar.html"), "calendars/plans/warm.ics"),
            (Link("Dry rooms", "plans/dry/calendar.html"), "calendars/plans/dry.ics"),
        ],
        "owners": [
            (Link("COOK", "owners/cook.html"), "calendars/owners/cook.ics"),
            (Link("PORTER", "owners/porter.html"), "calendars/owners/porter.ics"),
        ],
        "agencies": [(Link("The House", "agencies/house.html"), "calendars/agencies/house.ics")],
    }
    assert not view.has_addresses


def test_a_list_that_is_too_long_leads_to_all() -> None:
    """The page has the first of them, and says how many others there are."""
    owners = tuple(_owner(f"o{number:04}") for number in range(ROWS_PER_PAGE + 2))
    groups = {group.key: group for group in _view(_site(owners=owners), []).groups}
    assert len(groups["owners"].rows) == ROWS_PER_PAGE
    assert groups["owners"].more == Link("2 other calendars: each is on its own page", "owners/index.html")
    assert groups["agencies"].more.text == ""
    assert "plans" not in groups


def test_addresses_are_those_of_the_site() -> None:
    """Complete where the site knows its own; letters that addresses do not have are written as they have them."""
    owner = Owner(slug="köchin", path="k.md", title="K")
    assert build_calendar_links(_site("https://plans.example.org/home/"), owner) == CalendarLinks(
        file="calendars/owners/köchin.ics",
        address="https://plans.example.org/home/calendars/owners/k%C3%B6chin.ics",
        subscribe="webcal://plans.example.org/home/calendars/owners/k%C3%B6chin.ics",
        help="calendars/index.html",
    )
    links = build_calendar_links(_site())
    assert links is not None
    assert (links.file, links.address, links.subscribe) == ("calendars/all.ics", "", "")


def test_a_site_that_does_not_ask_has_no_links() -> None:
    """Pages then have no section about calendars."""
    assert build_calendar_links(Site(settings=Settings(title="T", base_url="https://e.org/"))) is None
