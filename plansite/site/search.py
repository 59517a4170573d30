"""Search: a page that a script fills, the index it reads, and where to look without one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from plansite.listing.entries import Entry
from plansite.model.course import Outlook
from plansite.model.people import Agency, Party
from plansite.model.plan import Plan
from plansite.model.words import count
from plansite.site.addresses import party_link, party_page, plan_link, plan_page
from plansite.site.lists import LISTS
from plansite.site.page import Link, Page

#: How many owners are named before the page of all owners takes over.
_MOST = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to look, with a few words on what is there."""

    link: Link
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """What the search page shows before a script runs. `states` are the lists of actions by how they stand."""

    index: str
    holds: str
    plans: tuple[Place, ...]
    people: tuple[Place, ...]
    states: tuple[Link, ...]


def search_page(outlook: Outlook) -> Page:
    """The search page."""
    site = outlook.site
    actions, plans = sum(len(plan.actions) for plan in site.plans), len(site.plans)
    return Page(
        path="search.html",
        template="search.html",
        title="Search",
        view=SearchView(
            index="search-index.js",
            holds=f"{count(actions, 'action')} in {count(plans, 'plan')}",
            plans=tuple(Place(plan_link(plan), count(len(plan.actions), "action")) for plan in site.plans),
            people=_people(outlook),
            states=LISTS,
        ),
        trail=(Link("Plans", "index.html"), Link("Search")),
    )


def _people(outlook: Outlook) -> tuple[Place, ...]:
    """The owners and agencies with the most open actions."""
    site = outlook.site
    counted: list[tuple[Party, int, int]] = []
    for party in _parties(outlook):
        owned = outlook.owned.get(party.slug, ()) if site.party(party.slug) is party else ()
        if owned:
            counted.append((party, sum(action.is_open for action in owned), len(owned)))
    counted.sort(key=lambda each: (-each[1], each[0].title.casefold(), each[0].slug))
    return tuple(
        Place(Link(party.title, party_page(party)), f"{still:,} open of {count(whole, 'action')}")
        for party, still, whole in counted[:_MOST]
    )


def _parties(outlook: Outlook) -> tuple[Party, ...]:
    return (*outlook.site.people.owners, *outlook.site.people.agencies)


def search_index(outlook: Outlook, plans: Iterable[str]) -> str:
    """What the script searches, as a script file with one assignment: pages opened from disk may not fetch.

    `plans` are those of `search_rows`.
    """
    people = script_json([_party(party) for party in _parties(outlook)])
    return f'window.plansiteIndex = {{"plans":[{",".join(plans)}],"people":{people}}};\n'


def search_rows(outlook: Outlook, plan: Plan, found: Iterable[Entry]) -> str:
    """What can be found of a plan, as JSON.

    `words` holds every owner and status once; an action is title, ref, the number of its owner and of its status
    among them, and the name of its page in the plan's `folder`.
    """
    words: dict[str, int] = {}
    folder = plan_page(plan.slug).removesuffix("index.html")
    rows = []
    for entry in found:
        owner, status = party_link(outlook.site, entry.owner).text, _status(entry)
        numbers = [words.setdefault(word, len(words)) for word in (owner, status)]
        rows.append([entry.title, entry.ref, *numbers, entry.page.removeprefix(folder)])
    whole = {"title": plan.title, "kind": plan.kind.words, "folder": folder, "words": list(words), "actions": rows}
    return script_json(whole)


def _status(entry: Entry) -> str:
    if not entry.is_read:
        return "Needs attention"
    return entry.status.words if entry.status else entry.status_word


def _party(party: Party) -> list[str]:
    return [party.title, "Agency" if isinstance(party, Agency) else "Owner", party.role, party_page(party)]


def script_json(value: object) -> str:
    """JSON that is safe inside a script, wherever that script may stand: no `<`, no line end of another alphabet."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
