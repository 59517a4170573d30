"""A site composed all at once, with nothing left out and nothing kept: what plan by plan must come to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plansite.checks.check import by_path
from plansite.checks.grounds import Grounds
from plansite.content.settings import FILE
from plansite.model.audience import sight_of
from plansite.model.course import Outlook
from plansite.model.findings import Finding
from plansite.model.left_out import LeftOut, left_out_above, left_out_of, together
from plansite.model.site import Site
from plansite.model.status import Audience
from plansite.site.about import Copy
from plansite.site.data import first_change, plan_data, site_data
from plansite.site.links import Addresses
from plansite.site.page import Page
from plansite.site.pages import people_sheets, plan_pages, site_sheets
from plansite.site.site_changes import site_changes_page


def pages(outlook: Outlook, findings: tuple[Finding, ...], copy: Copy) -> Iterator[Page]:
    """All pages of a whole site."""
    addresses, found = Addresses.of_site(outlook.site), by_path(findings)
    data = [plan_data(outlook, plan, findings) for plan in outlook.site.plans]
    for plan in outlook.site.plans:
        yield from plan_pages(outlook, plan, addresses, found)
    yield from site_sheets(outlook, addresses, findings, copy, first_change(data))
    yield from people_sheets(outlook, addresses)
    yield site_changes_page(outlook, {}, "", told=False)


def for_audience(site: Site, audience: Audience) -> Site:
    """The site with only what this audience may see: file over plan over site.

    Files that could not be read, and findings about files, are for internal readers alone.
    """
    sight = sight_of(site.settings, site.front, site.owners, site.agencies, site.unread, audience)
    if sight.is_whole:
        return site
    return Site(
        settings=sight.settings,
        front=sight.front,
        plans=tuple(seen for plan in site.plans if (seen := sight.plan(plan))),
        owners=sight.owners,
        agencies=sight.agencies,
        files=site.files,
        is_whole=False,
    )


def copy_of(site: Site, audience: Audience) -> Copy:
    """What a copy without a commit says of itself; `site` is all of it."""
    if audience is not Audience.INTERNAL:
        return Copy(audience=audience)
    others = [each for each in site.settings.audiences if each is not audience]
    return Copy(left_out=tuple((readers, _left_out(site, readers)) for readers in others))


def _left_out(site: Site, readers: Audience) -> tuple[LeftOut, ...]:
    sight = sight_of(site.settings, site.front, site.owners, site.agencies, site.unread, readers)
    above = [each for each in site.unread if not each.plan and each.kind != "plan"]
    plans = (
        left_out_of(plan, [each for each in site.unread if plan.slug in (each.plan, each.slug)], sight)
        for plan in site.plans
    )
    return together((left_out_above(site.front, site.owners, site.agencies, above, sight), *plans))


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
