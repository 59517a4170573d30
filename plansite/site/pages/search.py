"""Search: a page that a script fills, the index it reads, and where to look without one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from plansite.exports.action_records import ActionRecord
from plansite.model.assessment import SiteOnDate
from plansite.model.formatting import format_count
from plansite.model.page_addresses import SEARCH_INDEX, SEARCH_PAGE, plan_address, profile_address
from plansite.model.people import Agency, OwnerOrAgency
from plansite.model.plan import Plan
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import plan_link, profile_link
from plansite.site.lists.action_lists import LIST_LINKS

#: How many owners are named before the page of all owners takes over.
_MAX_PEOPLE = 12


@dataclass(frozen=True, slots=True)
class SuggestedLink:
    """Somewhere to look, with a few words on what is there."""

    link: Link
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """What the search page shows before a script runs. `states` are the lists of actions by how they stand."""

    index: str
    holds: str
    plans: tuple[SuggestedLink, ...]
    people: tuple[SuggestedLink, ...]
    states: tuple[Link, ...]


def build_search_page(dated_site: SiteOnDate) -> Page:
    """The search page."""
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
    """The owners and agencies with the most open actions."""
    site = dated_site.site
    counted: list[tuple[OwnerOrAgency, int, int]] = []
    for party in _list_owners_and_agencies(dated_site):
        owned = (
            dated_site.actions_by_owner.get(party.slug, ()) if site.find_owner_or_agency(party.slug) is party else ()
        )
        if owned:
            counted.append((party, sum(action.is_open for action in owned), len(owned)))
    counted.sort(key=lambda each: (-each[1], each[0].title.casefold(), each[0].slug))
    return tuple(
        SuggestedLink(Link(party.title, profile_address(party)), f"{still:,} open of {format_count(whole, 'action')}")
        for party, still, whole in counted[:_MAX_PEOPLE]
    )


def _list_owners_and_agencies(dated_site: SiteOnDate) -> tuple[OwnerOrAgency, ...]:
    return (*dated_site.site.people.owners, *dated_site.site.people.agencies)


def render_search_index(dated_site: SiteOnDate, plan_rows: Iterable[str]) -> str:
    """What the script searches, as a script file with one assignment: pages opened from disk may not fetch.

    `plans` are those of `search_rows`.
    """
    people = render_script_json([_build_people_row(party) for party in _list_owners_and_agencies(dated_site)])
    return f'window.plansiteIndex = {{"plans":[{",".join(plan_rows)}],"people":{people}}};\n'


def render_search_rows(dated_site: SiteOnDate, plan: Plan, entries: Iterable[ActionRecord]) -> str:
    """What can be found of a plan, as JSON.

    `words` holds every owner and status once; an action is title, ref, the number of its owner and of its status
    among them, and the name of its page in the plan's `folder`.
    """
    words: dict[str, int] = {}
    folder = plan_address(plan.slug).removesuffix("index.html")
    rows = []
    for entry in entries:
        owner, status = profile_link(dated_site.site, entry.owner).text, _format_status(entry)
        numbers = [words.setdefault(word, len(words)) for word in (owner, status)]
        rows.append([entry.title, entry.ref, *numbers, entry.page.removeprefix(folder)])
    whole = {"title": plan.title, "kind": plan.kind.label, "folder": folder, "words": list(words), "actions": rows}
    return render_script_json(whole)


def _format_status(entry: ActionRecord) -> str:
    if not entry.is_readable:
        return "Needs attention"
    return entry.status.label if entry.status else entry.status_word


def _build_people_row(owner_or_agency: OwnerOrAgency) -> list[str]:
    return [
        owner_or_agency.title,
        "Agency" if isinstance(owner_or_agency, Agency) else "Owner",
        owner_or_agency.role,
        profile_address(owner_or_agency),
    ]


def render_script_json(value: object) -> str:
    """JSON that is safe inside a script, wherever that script may stand: no `<`, no line end of another alphabet."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
