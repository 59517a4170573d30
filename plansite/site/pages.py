"""Every page of a site, in a steady order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from plansite.checks.check import by_path
from plansite.model.action import Action
from plansite.model.course import Outlook
from plansite.model.findings import Finding
from plansite.model.plan import Plan
from plansite.model.status import Audience
from plansite.site import lists
from plansite.site.about import about_page
from plansite.site.accessibility import accessibility_page
from plansite.site.actions import action_page_of
from plansite.site.aliases import alias_pages
from plansite.site.attention import attention_page
from plansite.site.boards import board_page
from plansite.site.data import data_page
from plansite.site.front import front_page
from plansite.site.goals import goals_page
from plansite.site.incidents import incident_pages
from plansite.site.links import Addresses
from plansite.site.meanings import words_page
from plansite.site.measures import measure_pages
from plansite.site.missing import missing_page
from plansite.site.page import Page
from plansite.site.people import people_pages
from plansite.site.protocol import protocol_page
from plansite.site.registers import register_pages
from plansite.site.reviews import review_pages
from plansite.site.search import search_page
from plansite.site.unread import unread_page_of

Found = Mapping[str, tuple[Finding, ...]]


def pages(outlook: Outlook, findings: tuple[Finding, ...], audience: Audience, commit: str) -> Iterator[Page]:
    """All pages; each holds all that its template needs."""
    taken = set()
    for page in _own_pages(outlook, findings, audience, commit):
        taken.add(page.path.casefold())
        yield page
    yield from alias_pages(outlook.site, taken)


def _own_pages(outlook: Outlook, findings: tuple[Finding, ...], audience: Audience, commit: str) -> Iterator[Page]:
    site = outlook.site
    addresses, found, waiting = Addresses.of_site(site), by_path(findings), _waiting(outlook)
    yield front_page(outlook, addresses)
    yield from _lists(outlook)
    for plan in site.plans:
        yield from _plan_pages(outlook, plan, addresses, found)
        for action in plan.actions:
            others = tuple(waiting.get((action.plan, action.slug), ()))
            yield action_page_of(outlook, plan, action, addresses, found.get(action.path, ()), others)
    people = tuple(people_pages(outlook, addresses))
    yield from people
    theirs = {page.path for page in people}  # the page of an owner whom actions name shows their unreadable file too
    yield from (page for page in (unread_page_of(outlook, each) for each in site.unread) if page.path not in theirs)
    yield attention_page(outlook, findings)
    yield search_page(outlook)
    yield data_page(outlook)
    yield words_page(outlook)
    yield accessibility_page(outlook)
    yield about_page(outlook, findings, commit, audience)
    yield missing_page(outlook)


def _lists(outlook: Outlook) -> Iterator[Page]:
    """The lists that run across all plans."""
    yield from lists.open_page(outlook)
    yield from lists.overdue_page(outlook)
    yield from lists.due_soon_page(outlook)
    yield from lists.unassigned_page(outlook)
    yield from lists.awaiting_page(outlook)
    yield from lists.finished_page(outlook)


def _plan_pages(outlook: Outlook, plan: Plan, addresses: Addresses, found: Found) -> Iterator[Page]:
    """The views of one plan and the documents in it, but for its actions."""
    yield board_page(outlook, plan, addresses)
    yield from register_pages(outlook, plan, addresses, found)
    yield goals_page(outlook, plan, addresses)
    yield protocol_page(outlook, plan)
    yield from review_pages(outlook, plan, addresses)
    yield from incident_pages(outlook, plan, addresses)
    yield from measure_pages(outlook, plan, addresses)


def _waiting(outlook: Outlook) -> dict[tuple[str, str], list[Action]]:
    """For each action, those that depend on it."""
    waiting: dict[tuple[str, str], list[Action]] = defaultdict(list)
    for action in outlook.site.actions:
        for name in action.depends_on:
            other = outlook.site.action(name, action.plan)
            if other:
                waiting[(other.plan, other.slug)].append(action)
    return waiting
