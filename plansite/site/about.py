"""About this copy: what it was made from, how sound that was, and how to tell an old copy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from plansite import __version__
from plansite.checks.grounds import Grounds
from plansite.model.course import Outlook
from plansite.model.findings import Finding, Level
from plansite.model.left_out import LeftOut, called
from plansite.model.site import Site
from plansite.model.status import Audience
from plansite.model.words import count, listed
from plansite.site.page import Link, Page

_SEES = {
    Audience.INTERNAL: "Internal readers. Nothing is left out.",
    Audience.PARTNERS: "Partners. What is marked internal is left out.",
    Audience.PUBLIC: "Everybody. What is marked internal or for partners is left out.",
}

_READERS = {Audience.PARTNERS: "Partners", Audience.PUBLIC: "Everybody"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What a copy of a site was made for, and from what.

    `commit` is the short name of the content's commit, or empty where it is unknown. `signed` are sentences on its
    signatures; they name people, so that only internal readers see them. `left_out` is what each of some readers does
    not see.
    """

    audience: Audience = Audience.INTERNAL
    commit: str = ""
    signed: tuple[str, ...] = ()
    left_out: tuple[tuple[Audience, tuple[LeftOut, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """A row of what others do not see: what it is, why, and how many of it for each of them."""

    what: str
    why: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutView:
    """What the page shows. `next_change` is the day on which this copy stops being true by itself.

    `made_for` is the audience as a build is asked for it, and `signed` what is known of signatures, in words.
    `hidden` is what `others` do not see; there are none on a copy for them.
    """

    site: str
    audience: str
    made_for: str
    plans: str
    actions: str
    files: str
    findings: Link
    unread: str
    version: str
    commit: Link
    signed: str
    timezone: str
    next_change: date | None
    others: tuple[str, ...]
    hidden: tuple[Hidden, ...]
    data: Link


def about_page(outlook: Outlook, findings: Sequence[Finding], copy: Copy, *, changes: date | None) -> Page:
    """The page about this copy. `changes` is the day on which it stops being true by itself."""
    site = outlook.site
    left_out = copy.left_out if copy.audience is Audience.INTERNAL else ()
    return Page(
        path="about.html",
        template="about.html",
        title="About this copy",
        view=AboutView(
            site=site.settings.title,
            audience=_SEES[copy.audience],
            made_for=copy.audience.value,
            plans=count(len(site.plans), "plan"),
            actions=count(sum(len(plan.actions) for plan in site.plans), "action"),
            files=count(sum(1 for _ in Grounds(outlook).pages()) + len(site.unread), "file"),
            findings=Link(_findings(findings), "attention.html" if site.is_whole else ""),
            unread=count(len(site.unread), "file") if site.unread else "",
            version=__version__,
            commit=Link(copy.commit, _commit_url(site, copy.commit)),
            signed=" ".join(copy.signed) if copy.audience is Audience.INTERNAL else "",
            timezone=site.settings.timezone,
            next_change=changes,
            others=tuple(_READERS[readers] for readers, _ in left_out),
            hidden=tuple(_hidden(left_out)),
            data=Link("The same facts as tables and for programs", "data.html"),
        ),
        trail=(Link("Plans", "index.html"), Link("About this copy")),
    )


def _hidden(left_out: Iterable[tuple[Audience, tuple[LeftOut, ...]]]) -> Iterator[Hidden]:
    """The same thing for the same reason is one row."""
    numbers = [{(each.what, each.why): each.number for each in parts} for _, parts in left_out]
    for what, why in sorted({key for each in numbers for key in each}):
        found = tuple(each.get((what, why), 0) for each in numbers)
        yield Hidden(what=called(what, max(found)), why=why, numbers=tuple(f"{number:,}" for number in found))


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
