"""The page of a file that could not be read: its faults, and its text as it stands."""

from __future__ import annotations

from dataclasses import dataclass

from plansite.model.course import Outlook
from plansite.model.names import title_of
from plansite.model.site import Unread
from plansite.site.addresses import edit_url, unread_page
from plansite.site.page import Link, Page
from plansite.site.parts import Fault, fault
from plansite.site.plan_head import plan_trail


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadView:
    """A file that could not be read: its faults and its text as it stands."""

    title: str
    path: str
    text: str
    edit: str
    faults: tuple[Fault, ...]


def unread_page_of(outlook: Outlook, unread: Unread) -> Page:
    """The page where an unreadable file keeps its address and shows what it holds."""
    plan = outlook.site.plans_by_slug.get(unread.plan or unread.slug)
    trail = plan_trail(plan) if plan else (Link("Plans", "index.html"),)
    title = title_of(unread.slug)
    return Page(
        path=unread_page(unread),
        template="unread.html",
        title=f"{title} (needs attention)",
        view=UnreadView(
            title=title,
            path=unread.path,
            text=unread.text,
            edit=edit_url(outlook.site, unread.path),
            faults=tuple(fault(outlook, finding) for finding in unread.findings),
        ),
        section="index.html",
        trail=(*trail, Link(title)),
    )
