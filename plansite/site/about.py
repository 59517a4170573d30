"""About this copy: what it was made from, how sound that was, and how to tell an old copy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from plansite import __version__
from plansite.checks.grounds import Grounds
from plansite.model.course import Outlook
from plansite.model.findings import Finding, Level
from plansite.model.site import Site
from plansite.model.status import Audience
from plansite.model.words import count, listed
from plansite.site.page import Link, Page

_SEES = {
    Audience.INTERNAL: "Internal readers. Nothing is left out.",
    Audience.PARTNERS: "Partners. What is marked internal is left out.",
    Audience.PUBLIC: "Everybody. What is marked internal or for partners is left out.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutView:
    """What the page shows. `next_change` is the day on which this copy stops being true by itself."""

    site: str
    audience: str
    plans: str
    actions: str
    files: str
    findings: Link
    unread: str
    version: str
    commit: Link
    timezone: str
    next_change: date | None
    data: Link


def about_page(
    outlook: Outlook,
    findings: Sequence[Finding],
    commit: str,
    audience: Audience | None = None,
    *,
    changes: date | None,
) -> Page:
    """The page about this copy. `commit` is the short name of the content's commit, or empty where it is unknown.

    `audience` is whom the build is for; left out, as the site's settings say. `changes` is the day on which this copy
    stops being true by itself.
    """
    site = outlook.site
    return Page(
        path="about.html",
        template="about.html",
        title="About this copy",
        view=AboutView(
            site=site.settings.title,
            audience=_SEES[audience or site.settings.audience],
            plans=count(len(site.plans), "plan"),
            actions=count(sum(len(plan.actions) for plan in site.plans), "action"),
            files=count(sum(1 for _ in Grounds(outlook).pages()) + len(site.unread), "file"),
            findings=Link(_findings(findings), "attention.html"),
            unread=count(len(site.unread), "file") if site.unread else "",
            version=__version__,
            commit=Link(commit, _commit_url(site, commit)),
            timezone=site.settings.timezone,
            next_change=changes,
            data=Link("The same facts as tables and for programs", "data.html"),
        ),
        trail=(Link("Plans", "index.html"), Link("About this copy")),
    )


def _findings(findings: Sequence[Finding]) -> str:
    """How many of each level: "2 errors, 1 warning and 3 hints"."""
    levels = Counter(finding.rule.level for finding in findings)
    return listed([count(levels[level], level.value) for level in Level if levels[level]])


def _commit_url(site: Site, commit: str) -> str:
    """The commit in the site's repository; empty where either is unknown. GitLab keeps commits below `/-`."""
    base = site.settings.repository.rstrip("/")
    if not commit or not base.startswith(("https://", "http://")):
        return ""
    return f"{base}{'/-' if 'gitlab' in base else ''}/commit/{commit}"
