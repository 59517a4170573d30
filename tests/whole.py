"""A site composed all at once, with nothing left out and nothing kept: what plan by plan must come to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plansite.checks.check import by_path
from plansite.checks.grounds import Grounds
from plansite.content.settings import FILE
from plansite.model.course import Outlook
from plansite.model.findings import Finding
from plansite.model.status import Audience
from plansite.site.data import first_change, plan_data, site_data
from plansite.site.links import Addresses
from plansite.site.page import Page
from plansite.site.pages import people_sheets, plan_pages, site_sheets
from plansite.site.site_changes import site_changes_page


def pages(outlook: Outlook, findings: tuple[Finding, ...], audience: Audience, commit: str) -> Iterator[Page]:
    """All pages of a whole site."""
    addresses, found = Addresses.of_site(outlook.site), by_path(findings)
    data = [plan_data(outlook, plan, findings) for plan in outlook.site.plans]
    for plan in outlook.site.plans:
        yield from plan_pages(outlook, plan, addresses, found)
    yield from site_sheets(outlook, addresses, findings, audience, commit, first_change(data))
    yield from people_sheets(outlook, addresses)
    yield site_changes_page(outlook, {}, "", told=False)


def data_files(outlook: Outlook, findings: Sequence[Finding]) -> dict[str, bytes]:
    """All data files of a whole site: output path to bytes, in UTF-8; `findings` say which files need attention."""
    plans = [plan_data(outlook, plan, findings) for plan in outlook.site.plans]
    texts = site_data(outlook, plans)
    for plan in plans:
        texts.update(plan.files)
    return {path: text.encode() for path, text in texts.items()}


def files_checked(outlook: Outlook) -> int:
    """How many files were looked at: the settings, and everything read or found unreadable."""
    pages = (page.path for page in Grounds(outlook).pages())
    return len({FILE, *pages, *(each.path for each in outlook.site.unread)})
