"""Every page of a site, in a steady order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from plansite.checks.check import by_path
from plansite.model.action import Action
from plansite.model.course import Outlook
from plansite.model.findings import Finding
from plansite.site.actions import action_page_of, unread_page_of
from plansite.site.boards import board_page
from plansite.site.links import Addresses
from plansite.site.page import Page


def pages(outlook: Outlook, findings: tuple[Finding, ...]) -> Iterator[Page]:
    """All pages; each holds all that its template needs."""
    site = outlook.site
    addresses, found, waiting = Addresses.of_site(site), by_path(findings), _waiting(outlook)
    for plan in site.plans:
        yield board_page(outlook, plan, addresses)
        for action in plan.actions:
            others = tuple(waiting.get((action.plan, action.slug), ()))
            yield action_page_of(outlook, plan, action, addresses, found.get(action.path, ()), others)
    for unread in site.unread:
        yield unread_page_of(outlook, unread)


def _waiting(outlook: Outlook) -> dict[tuple[str, str], list[Action]]:
    """For each action, those that depend on it."""
    waiting: dict[tuple[str, str], list[Action]] = defaultdict(list)
    for action in outlook.site.actions:
        for name in action.depends_on:
            other = outlook.site.action(name, action.plan)
            if other:
                waiting[(other.plan, other.slug)].append(action)
    return waiting
