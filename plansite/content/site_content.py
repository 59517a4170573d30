"""Everything read, put together: the Site."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from plansite.content.documents import ParseResult, parse_front_page
from plansite.content.layout import locate_document
from plansite.content.limits import with_timeout
from plansite.content.personal_data_findings import PersonalDataScanner
from plansite.content.plans import (
    FileReader,
    ParsedPlan,
    find_original_slugs,
    make_slugs_unique,
    parse_plan,
    read_document,
)
from plansite.content.source_tree import CONTENT_FOLDER, FRONT_PAGE_FILE, SourceTree, scan_site
from plansite.model.findings import Finding
from plansite.model.people import Agency, Owner
from plansite.model.site import FrontPage, Site, UnreadableFile
from plansite.model.status import Audience
from plansite.parallel.parallel_map import process_count
from plansite.parallel.timeouts import map_with_timeout

#: A plan has about so many files; a further process is worth its start for some 250 of them.
_FILES_PER_PLAN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteContent:
    """What stands above the plans: the front page's words, and whoever has a file of their own.

    `numbered` is as for a volume.
    """

    front_page: FrontPage = FrontPage()  # noqa: RUF009  (a frozen value, safe to share)
    owners: tuple[Owner, ...] = ()
    agencies: tuple[Agency, ...] = ()
    unreadable: tuple[UnreadableFile, ...] = ()
    findings: tuple[Finding, ...] = ()
    original_slugs: tuple[tuple[str, str], ...] = ()


def load_site(root: Path) -> Site:
    """Read the site in a folder that holds `plansite.yaml`. Raises SettingsError; OSError without that file."""
    shelf = scan_site(root)
    volumes = map_with_timeout(
        partial(parse_plan, shelf), shelf.plans, process_count(len(shelf.plans), _FILES_PER_PLAN)
    )
    (head,) = map_with_timeout(parse_site_content, [shelf])
    return assemble_site(shelf, head, volumes)


def parse_site_content(tree: SourceTree) -> SiteContent:
    """Read what stands above the plans."""
    watch = PersonalDataScanner(tree.read_file)
    results = [_parse_person(tree, path, watch) for path in tree.people_files]
    documents = list(make_slugs_unique(result.document for result in results))
    front, findings = _parse_front_page(tree, watch)
    return SiteContent(
        front_page=front,
        owners=tuple(each for each in documents if isinstance(each, Owner)),
        agencies=tuple(each for each in documents if isinstance(each, Agency)),
        unreadable=tuple(each for each in documents if isinstance(each, UnreadableFile)),
        findings=(*findings, *(finding for result in results for finding in result.findings), *watch.findings),
        original_slugs=find_original_slugs(results, documents),
    )


def assemble_site(tree: SourceTree, content: SiteContent, parsed_plans: Iterable[ParsedPlan]) -> Site:
    """The site of these plans."""
    parsed_plans = tuple(parsed_plans)
    findings = [*tree.findings, *content.findings, *(finding for volume in parsed_plans for finding in volume.findings)]
    return Site(
        settings=tree.settings,
        front_page=content.front_page,
        plans=tuple(volume.plan for volume in parsed_plans),
        owners=content.owners,
        agencies=content.agencies,
        unreadable=(*content.unreadable, *(unread for volume in parsed_plans for unread in volume.unreadable)),
        findings=tuple(sorted(findings, key=lambda finding: finding.sort_key)),
        files=tree.assets,
    )


def _parse_person(tree: SourceTree, path: str, read_file: FileReader) -> ParseResult:
    place = locate_document(path, tree.plan_slugs)
    if place is None:
        raise ValueError(f"{path} has no place among people")
    return read_document(place, path, read_file)


def _parse_front_page(tree: SourceTree, read_file: FileReader) -> tuple[FrontPage, tuple[Finding, ...]]:
    """The words of the front page, where there are any."""
    if FRONT_PAGE_FILE not in tree.hashes:
        return FrontPage(), ()
    found = read_file(FRONT_PAGE_FILE, CONTENT_FOLDER)
    data = found.data or b""
    front, findings = with_timeout(
        found.path,
        data,
        lambda: parse_front_page(found.path, data),
        lambda report: (FrontPage(path=found.path, audience=Audience.INTERNAL), report.findings),
    )
    return front, (*found.findings, *findings)
