"""The page about this copy of the site: from which files it was built, for whom, and when it is out of date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from plansite import __version__
from plansite.checks.subjects import list_content_pages
from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.audience.omissions import Omission, pluralise_item
from plansite.model.findings import Finding, Level
from plansite.model.formatting import format_count, format_list
from plansite.model.links.repository import commit_url
from plansite.model.page_addresses import ABOUT_PAGE, ATTENTION_PAGE, DATA_PAGE
from plansite.model.status import Audience
from plansite.site.components.page import Link, Page

_AUDIENCE_TEXT = {
    Audience.INTERNAL: "Internal readers. Nothing is hidden.",
    Audience.PARTNERS: "Partners. Anything marked internal is hidden.",
    Audience.PUBLIC: "Everybody. Anything marked internal or for partners is hidden.",
}

_AUDIENCE_NAMES = {Audience.PARTNERS: "Partners", Audience.PUBLIC: "Everybody"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildInfo:
    """For whom a site was built, and from which commit.

    `commit` is the abbreviated hash of the commit, or empty if unknown. `signature_notes` are sentences about its
    signatures; they name people, so only internal readers see them. `left_out_by_audience` is what each of some other
    audiences does not see.
    """

    audience: Audience = Audience.INTERNAL
    commit: str = ""
    signature_notes: tuple[str, ...] = ()
    left_out_by_audience: tuple[tuple[Audience, tuple[Omission, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenRow:
    """A row of what other audiences do not see: the kind of item, the reason, and the number for each audience."""

    what: str
    why: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutView:
    """What the page shows. `next_change` is the first day on which a page changes by date alone.

    `made_for` is the audience as the option of a build names it, and `signed` describes the signatures. `hidden` is
    what the audiences in `others` do not see; both are empty on a copy that is not for internal readers.
    """

    site: str
    audience: str
    made_for: str
    plans: str
    actions: str
    files: str
    findings: Link
    unreadable: str
    version: str
    commit: Link
    signed: str
    timezone: str
    next_change: date | None
    others: tuple[str, ...]
    hidden: tuple[HiddenRow, ...]
    data: Link


def build_about_page(
    dated_site: SiteOnDate, findings: Sequence[Finding], build_info: BuildInfo, *, next_change: date | None
) -> Page:
    """`about.html`. `next_change` is the first day on which a page changes by date alone."""
    site = dated_site.site
    left_out = build_info.left_out_by_audience if build_info.audience is Audience.INTERNAL else ()
    return Page(
        path=ABOUT_PAGE,
        template="pages/about.html",
        title="About this copy",
        view=AboutView(
            site=site.settings.title,
            audience=_AUDIENCE_TEXT[build_info.audience],
            made_for=build_info.audience.value,
            plans=format_count(len(site.plans), "plan"),
            actions=format_count(sum(len(plan.actions) for plan in site.plans), "action"),
            files=format_count(sum(1 for _ in list_content_pages(site)) + len(site.unreadable), "file"),
            findings=Link(_count_findings(findings), ATTENTION_PAGE if site.is_unfiltered else ""),
            unreadable=format_count(len(site.unreadable), "file") if site.unreadable else "",
            version=__version__,
            commit=Link(build_info.commit, commit_url(site, build_info.commit)),
            signed=" ".join(build_info.signature_notes) if build_info.audience is Audience.INTERNAL else "",
            timezone=site.settings.timezone,
            next_change=next_change,
            others=tuple(_AUDIENCE_NAMES[readers] for readers, _ in left_out),
            hidden=tuple(_build_hidden_rows(left_out)),
            data=Link("The same information as spreadsheets and for programs", DATA_PAGE),
        ),
        trail=(Link("Plans", "index.html"), Link("About this copy")),
    )


def _build_hidden_rows(left_out: Iterable[tuple[Audience, tuple[Omission, ...]]]) -> Iterator[HiddenRow]:
    """One row for each kind of item and reason."""
    counts_by_audience = [
        {(omission.item, omission.reason): omission.count for omission in omissions} for _, omissions in left_out
    ]
    for item, reason in sorted({key for counts in counts_by_audience for key in counts}):
        numbers = tuple(counts.get((item, reason), 0) for counts in counts_by_audience)
        yield HiddenRow(
            what=pluralise_item(item, max(numbers)), why=reason, numbers=tuple(f"{number:,}" for number in numbers)
        )


def _count_findings(findings: Sequence[Finding]) -> str:
    """The number of findings of each level: "2 errors, 1 warning and 3 hints"; empty for none."""
    levels = Counter(finding.rule.level for finding in findings)
    return format_list([format_count(levels[level], level.value) for level in Level if levels[level]])
