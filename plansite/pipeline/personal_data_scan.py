"""Scans for personal data on request: for names from a list, and in commit messages. Nothing of them is cached."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from plansite.checks.context import CheckContext
from plansite.checks.runner import RULES
from plansite.checks.waivers import ActiveWaivers
from plansite.content.files import CONTENT_FOLDER
from plansite.content.personal_data_findings import (
    build_findings,
    build_name_finding,
    decode_for_scan,
    split_path_names,
)
from plansite.content.settings import SETTINGS_FILE, read_settings_file
from plansite.content.source_tree import FRONT_PAGE_FILE, PlanFiles
from plansite.deferred_pattern import compile_lazily
from plansite.history.git import CommitMessage
from plansite.model.assessment import SiteOnDate
from plansite.model.findings import Finding
from plansite.personal_data.listed_names import ListedNames
from plansite.personal_data.matches import Match, PersonalDataKind, drop_overlaps
from plansite.personal_data.scan import find_matches, replace_separators
from plansite.pipeline.site_build import SiteBuild

#: Lines such as “Signed-off-by:”. They name the author, whom readers of a commit know anyway.
_SIGNATURE = compile_lazily(r"^[A-Za-z-]+-by: [^\n]*", re.MULTILINE)


def find_listed_names(build: SiteBuild, names: ListedNames) -> Iterator[Finding]:
    """Where a listed name stands in any file of the site or in a file's name, less what is waived."""
    source = build.source
    of_plans = {path for plan_files in source.plans for path in plan_files.paths}
    paths = (FRONT_PAGE_FILE, *source.people_files, *sorted(source.assets - of_plans))
    findings = [*_scan_bytes(SETTINGS_FILE, read_settings_file(source.root), names)]
    for path in paths:
        if path in source.hashes:
            findings.extend(_scan_file(build, path, CONTENT_FOLDER, names))
    yield from _drop_waived(findings, build.site_without_plans())
    for plan_files in source.plans:
        yield from _scan_plan(build, plan_files, names)


def _scan_plan(build: SiteBuild, plan_files: PlanFiles, names: ListedNames) -> Iterator[Finding]:
    folders = {each.path: each.folder for each in plan_files.external_files}
    paths = (path for path in plan_files.paths if path in build.source.hashes)
    found = (each for path in paths for each in _scan_file(build, path, folders.get(path, CONTENT_FOLDER), names))
    findings = tuple(dict.fromkeys(found))
    if findings:
        plan = build.parsed_plan(plan_files.slug)
        yield from _drop_waived(findings, build.single_plan_site(plan, {}))


def _scan_file(build: SiteBuild, path: str, folder: str, names: ListedNames) -> Iterator[Finding]:
    file = build.source.read_file(path, folder)
    for place, name in split_path_names(file.path, folder):
        if any(names.find_matches(replace_separators(name), allow_lower_case=True)):
            yield build_name_finding(place, PersonalDataKind.LISTED_NAME)
    if file.data is not None:
        yield from _scan_bytes(file.path, file.data, names)


def _scan_bytes(path: str, data: bytes, names: ListedNames) -> tuple[Finding, ...]:
    text = decode_for_scan(data)
    return build_findings(path, text, names.find_matches(text))


def _drop_waived(findings: Iterable[Finding], dated_site: SiteOnDate) -> Iterator[Finding]:
    waivers = ActiveWaivers.build(CheckContext(dated_site, RULES))
    return (finding for finding in findings if not waivers.covers(finding))


def scan_messages(build: SiteBuild, messages: Iterable[CommitMessage], names: ListedNames | None) -> Iterator[Finding]:
    """Personal data in the messages of commits. Only the settings can waive it."""
    findings = (finding for message in messages for finding in _scan_message(message, names))
    return _drop_waived(findings, build.site_without_plans())


def _scan_message(message: CommitMessage, names: ListedNames | None) -> tuple[Finding, ...]:
    # Replaced by as many spaces, so that lines and columns stay the same.
    text = _SIGNATURE.sub(lambda line: " " * len(line.group()), message.text)
    matches: list[Match] = [*find_matches(text), *(names.find_matches(text) if names else ())]
    return build_findings(f"commit {message.commit}", text, drop_overlaps(matches))
