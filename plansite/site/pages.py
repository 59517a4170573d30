"""Which pages there are: those of one plan, and those that speak of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from plansite.model.course import Outlook
from plansite.model.findings import Finding
from plansite.model.plan import Plan
from plansite.site import lists
from plansite.site.about import Copy, about_page
from plansite.site.accessibility import accessibility_page
from plansite.site.actions import action_page_of
from plansite.site.aliases import alias_pages
from plansite.site.attention import attention_page
from plansite.site.boards import board_page
from plansite.site.calendar import calendar_pages
from plansite.site.data import data_page
from plansite.site.front import front_page
from plansite.site.goals import goals_page
from plansite.site.incidents import incident_pages
from plansite.site.links import Addresses
from plansite.site.meanings import words_page
from plansite.site.measures import measure_pages
from plansite.site.missing import missing_page
from plansite.site.page import Page
from plansite.site.past import NOTHING, Past
from plansite.site.people import people_pages
from plansite.site.plan_changes import changes_page
from plansite.site.protocol import protocol_page
from plansite.site.registers import register_pages
from plansite.site.reviews import review_pages
from plansite.site.search import search_page
from plansite.site.timeline import timeline_page
from plansite.site.unread import unread_page_of

Found = Mapping[str, tuple[Finding, ...]]


def plan_pages(
    outlook: Outlook, plan: Plan, addresses: Addresses, found: Found, past: Past = NOTHING
) -> Iterator[Page]:
    """The views of one plan, the documents in it and its unreadable files. The site may be that plan alone."""
    yield board_page(outlook, plan, addresses)
    yield from register_pages(outlook, plan, addresses, found)
    yield goals_page(outlook, plan, addresses)
    yield timeline_page(outlook, plan)
    yield protocol_page(outlook, plan)
    yield changes_page(outlook, plan, past)
    yield from review_pages(outlook, plan, addresses)
    yield from incident_pages(outlook, plan, addresses)
    yield from measure_pages(outlook, plan, addresses)
    for action in plan.actions:
        waiting = outlook.site.waiting_for(action)
        changes = past.of(action.path, outlook.today)
        yield action_page_of(outlook, plan, action, addresses, found.get(action.path, ()), waiting, changes)
    own = (each for each in outlook.site.unread if plan.slug in (each.plan, each.slug if each.kind == "plan" else ""))
    yield from (unread_page_of(outlook, each) for each in own)


def site_sheets(
    outlook: Outlook,
    addresses: Addresses,
    findings: tuple[Finding, ...],
    copy: Copy,
    changes: date | None,
) -> Iterator[Page]:
    """The pages across plans but for those about people. They need no body of an action, and no HTML of a plan.

    `changes` is the day on which the first of them stops being true.
    """
    yield front_page(outlook, addresses)
    yield from _lists(outlook)
    yield from calendar_pages(outlook)
    if outlook.site.is_whole:
        yield attention_page(outlook, findings)
    yield search_page(outlook)
    yield data_page(outlook)
    yield words_page(outlook)
    yield accessibility_page(outlook)
    yield about_page(outlook, findings, copy, changes=changes)
    yield missing_page(outlook)
    yield from alias_pages(outlook.site, {path.casefold() for path in addresses.by_path.values()})


def people_sheets(outlook: Outlook, addresses: Addresses) -> Iterator[Page]:
    """The pages about owners and agencies, their unreadable files included. They need no more than the others."""
    people = tuple(people_pages(outlook, addresses))
    yield from people
    theirs = {page.path for page in people}  # the page of an owner whom actions name shows their unreadable file too
    lost = (unread_page_of(outlook, each) for each in outlook.site.unread if each.kind in ("owner", "agency"))
    yield from (page for page in lost if page.path not in theirs)


def _lists(outlook: Outlook) -> Iterator[Page]:
    """The lists that run across all plans."""
    yield from lists.open_page(outlook)
    yield from lists.overdue_page(outlook)
    yield from lists.due_soon_page(outlook)
    yield from lists.unassigned_page(outlook)
    yield from lists.awaiting_page(outlook)
    yield from lists.verified_page(outlook)
    yield from lists.finished_page(outlook)
