"""The search page: a script shows the results; without scripts it has links to plans, people and lists."""

from __future__ import annotations

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.formatting import format_count
from plansite.model.page_addresses import SEARCH_INDEX, SEARCH_PAGE, profile_address
from plansite.model.people import OwnerOrAgency
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import plan_link
from plansite.site.lists.action_lists import LIST_LINKS

#: How many owners and agencies are linked at most.
_MAX_PEOPLE = 12


@dataclass(frozen=True, slots=True)
class SuggestedLink:
    """A link with a few words on what is there."""

    link: Link
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """What the search page shows without a script. `states` are the lists of actions across plans."""

    index: str
    holds: str
    plans: tuple[SuggestedLink, ...]
    people: tuple[SuggestedLink, ...]
    states: tuple[Link, ...]


def build_search_page(dated_site: SiteOnDate) -> Page:
    """`search.html`."""
    site = dated_site.site
    actions, plans = sum(len(plan.actions) for plan in site.plans), len(site.plans)
    return Page(
        path=SEARCH_PAGE,
        template="pages/search.html",
        title="Search",
        view=SearchView(
            index=SEARCH_INDEX,
            holds=f"{format_count(actions, 'action')} in {format_count(plans, 'plan')}",
            plans=tuple(
                SuggestedLink(plan_link(plan), format_count(len(plan.actions), "action")) for plan in site.plans
            ),
            people=_build_people_links(dated_site),
            states=LIST_LINKS,
        ),
        trail=(Link("Plans", "index.html"), Link("Search")),
    )


def _build_people_links(dated_site: SiteOnDate) -> tuple[SuggestedLink, ...]:
    """The owners and agencies with the most open actions, at most `_MAX_PEOPLE`."""
    site = dated_site.site
    counted: list[tuple[OwnerOrAgency, int, int]] = []
    owners_and_agencies: tuple[OwnerOrAgency, ...] = (*site.people.owners, *site.people.agencies)
    for owner in owners_and_agencies:
        if site.find_owner_or_agency(owner.slug) is owner:  # else the actions by slug belong to somebody else
            actions = dated_site.actions_by_owner.get(owner.slug, ())
            if actions:
                counted.append((owner, sum(action.is_open for action in actions), len(actions)))
    counted.sort(key=lambda row: (-row[1], row[0].title.casefold(), row[0].slug))
    return tuple(
        SuggestedLink(
            Link(owner.title, profile_address(owner)), f"{open_count:,} open of {format_count(count, 'action')}"
        )
        for owner, open_count, count in counted[:_MAX_PEOPLE]
    )
