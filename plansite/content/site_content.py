"""Reads a whole site: what belongs to no plan, and all of it as a Site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from plansite.content.documents import ParseResult, parse_front_page
from plansite.content.files import CONTENT_FOLDER, SourceFile
from plansite.content.frameworks.framework_files import merge_frameworks, parse_framework
from plansite.content.layout import check_twin_addresses, locate_document
from plansite.content.limits import with_timeout
from plansite.content.marks.stray_files import find_untitled_person, read_stray_file
from plansite.content.parse_rules import MISSING_FIELD
from plansite.content.personal_data_findings import PersonalDataScanner
from plansite.content.plans import (
    FileReader,
    ParsedPlan,
    find_original_slugs,
    make_slugs_unique,
    parse_plan,
    read_document,
)
from plansite.content.source_tree import FRONT_PAGE_FILE, SourceTree, scan_site
from plansite.deferred_dataclass import dataclass
from plansite.model.findings import Finding
from plansite.model.frameworks.framework import Framework
from plansite.model.people import Agency, Owner
from plansite.model.site import FrontPage, Site, UnreadableFile
from plansite.model.status import Audience
from plansite.parallel.parallel_map import process_count
from plansite.parallel.timeouts import map_with_timeout

#: The typical number of files of a plan, from which the number of processes is computed.
_FILES_PER_PLAN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteContent:
    """The content that belongs to no plan: the front page, owners, agencies and frameworks.

    `original_slugs` is as in ParsedPlan. `stray_people` are those whom files without a place in the layout may be
    about.
    """

    front_page: FrontPage = FrontPage()
    owners: tuple[Owner, ...] = ()
    agencies: tuple[Agency, ...] = ()
    unreadable: tuple[UnreadableFile, ...] = ()
    stray_people: tuple[Owner, ...] = ()
    findings: tuple[Finding, ...] = ()
    original_slugs: tuple[tuple[str, str], ...] = ()
    frameworks: tuple[Framework, ...] = ()


def load_site(root: Path) -> Site:
    """Read the site in a folder that holds `plansite.yaml`. Raises SettingsError; OSError without that file."""
    tree = scan_site(root)
    parsed_plans = map_with_timeout(
        partial(parse_plan, tree), tree.plans, process_count(len(tree.plans), _FILES_PER_PLAN)
    )
    (site_content,) = map_with_timeout(parse_site_content, [tree])
    return assemble_site(tree, site_content, parsed_plans)


def parse_site_content(tree: SourceTree) -> SiteContent:
    """Parse the front page and the files of owners, agencies and frameworks."""
    scanner = PersonalDataScanner(tree.read_file)
    results = [_parse_person(tree, path, scanner) for path in tree.people_files]
    documents = list(make_slugs_unique(result.document for result in results))
    original_slugs = find_original_slugs(results, documents)
    front_page, findings = _parse_front_page(tree, scanner)
    frameworks, framework_findings = _parse_frameworks(tree, scanner)
    stray_files = [
        read_stray_file(path, tree.read_file(path, CONTENT_FOLDER).data or b"") for path in sorted(tree.stray_files)
    ]
    return SiteContent(
        front_page=front_page,
        owners=tuple(document for document in documents if isinstance(document, Owner)),
        agencies=tuple(document for document in documents if isinstance(document, Agency)),
        unreadable=tuple(document for document in documents if isinstance(document, UnreadableFile)),
        stray_people=(
            *(person for file in stray_files for person in file.people),
            *_find_untitled_people(tree, results),
        ),
        findings=(
            *findings,
            *framework_findings,
            *(finding for result in results for finding in result.findings),
            *(finding for file in stray_files for finding in file.findings),
            *check_twin_addresses((path for path, _ in original_slugs), tree.people_files),
            *scanner.findings,
        ),
        original_slugs=original_slugs,
        frameworks=frameworks,
    )


def _find_untitled_people(tree: SourceTree, results: Iterable[ParseResult]) -> Iterator[Owner]:
    """Those whom unreadable files, and files without a title, may be about: the file's name need not be theirs."""
    for path, result in zip(tree.people_files, results, strict=True):
        has_title = not any(finding.rule is MISSING_FIELD and finding.field == "title" for finding in result.findings)
        if isinstance(result.document, UnreadableFile) or not has_title:
            yield from find_untitled_person(path, tree.read_file(path, CONTENT_FOLDER).data or b"")


def assemble_site(tree: SourceTree, content: SiteContent, parsed_plans: Iterable[ParsedPlan]) -> Site:
    """The site made of a source tree and everything that was parsed from it."""
    parsed_plans = tuple(parsed_plans)
    findings = [*tree.findings, *content.findings, *(finding for plan in parsed_plans for finding in plan.findings)]
    return Site(
        settings=tree.settings,
        front_page=content.front_page,
        plans=tuple(parsed.plan for parsed in parsed_plans),
        owners=content.owners,
        agencies=content.agencies,
        unreadable=(*content.unreadable, *(file for parsed in parsed_plans for file in parsed.unreadable)),
        findings=tuple(sorted(findings, key=lambda finding: finding.sort_key)),
        files=tree.assets,
        other_files=tree.other_files,
        mapped_fields=tree.mapped_fields,
        frameworks=content.frameworks,
    )


def _parse_person(tree: SourceTree, path: str, read_file: FileReader) -> ParseResult:
    location = locate_document(path, tree.plan_slugs)
    if location is None:
        raise ValueError(f"{path} is not the file of an owner or an agency")
    return read_document(location, path, read_file, tree.settings.timezone)


def _parse_frameworks(tree: SourceTree, read_file: FileReader) -> tuple[tuple[Framework, ...], tuple[Finding, ...]]:
    """The frameworks that come with plansite and those of the site, and the findings about the latter."""
    own, findings = list[Framework](), list[Finding]()
    for path in tree.framework_files:
        file = read_file(path, CONTENT_FOLDER)
        findings.extend(file.findings)
        framework, found = _parse_framework(file, tree.settings.timezone)
        own.extend((framework,) if framework else ())
        findings.extend(found)
    frameworks, found = merge_frameworks(own)
    return frameworks, (*findings, *found)


def _parse_framework(file: SourceFile, zone: str) -> tuple[Framework | None, tuple[Finding, ...]]:
    """The framework in a file that was read; None in one that was refused, or takes too long."""
    data = file.data
    if data is None:
        return None, ()
    return with_timeout(
        file.path, data, lambda: parse_framework(file.path, data, zone), lambda report: (None, report.findings)
    )


def _parse_front_page(tree: SourceTree, read_file: FileReader) -> tuple[FrontPage, tuple[Finding, ...]]:
    """The front page and the findings about its file; an empty one where there is no file."""
    if FRONT_PAGE_FILE not in tree.hashes:
        return FrontPage(), ()
    file = read_file(FRONT_PAGE_FILE, CONTENT_FOLDER)
    data = file.data or b""
    front_page, findings = with_timeout(
        file.path,
        data,
        lambda: parse_front_page(file.path, data, tree.settings.timezone),
        lambda report: (FrontPage(path=file.path, audience=Audience.INTERNAL), report.findings),
    )
    return front_page, (*file.findings, *findings)
