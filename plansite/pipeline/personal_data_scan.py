"""Further looks for personal data, of which nothing is kept: for listed names, and through commit messages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from plansite.checks.context import CheckContext
from plansite.checks.runner import RULES
from plansite.checks.waivers import ActiveWaivers
from plansite.content.personal_data_findings import (
    build_findings,
    build_name_finding,
    decode_for_scan,
    split_path_names,
)
from plansite.content.settings import SETTINGS_FILE
from plansite.content.source_tree import CONTENT_FOLDER, FRONT_PAGE_FILE
from plansite.history.git import CommitMessage
from plansite.model.assessment import SiteOnDate
from plansite.model.findings import Finding
from plansite.personal_data.listed_names import ListedNames
from plansite.personal_data.matches import Match, PersonalDataKind, drop_overlaps
from plansite.personal_data.scan import find_matches, replace_separators
from plansite.pipeline.site_build import SiteBuild, single_plan_site

#: The lines that programs put below a message; whoever wrote the commit is known to its readers anyway.
_SIGNATURE = re.compile(r"^[A-Za-z-]+-by: [^\n]*", re.MULTILINE)


def find_listed_names(way: SiteBuild, names: ListedNames) -> Iterator[Finding]:
    """Where a listed name stands in any file of the site or in its name, less what was set aside."""
    shelf = way.source
    paths = (
        FRONT_PAGE_FILE,
        *shelf.people_files,
        *sorted(shelf.assets - {path for batch in shelf.plans for path in batch.paths}),
    )
    head = [*_in_text(SETTINGS_FILE, (shelf.root / SETTINGS_FILE).read_bytes(), names)]
    head += [each for path in paths if path in shelf.hashes for each in _in_file(way, path, CONTENT_FOLDER, names)]
    yield from _left(head, way.without_plans())
    for batch in shelf.plans:
        folders = {each.path: each.folder for each in batch.external_files}
        known = (path for path in batch.paths if path in shelf.hashes)
        told = (each for path in known for each in _in_file(way, path, folders.get(path, CONTENT_FOLDER), names))
        found = tuple(dict.fromkeys(told))
        if found:
            volume = way.plans.parsed_plan(batch.slug)
            yield from _left(found, single_plan_site(volume, way.context, way.plans.index, {}))


def _in_file(way: SiteBuild, path: str, folder: str, names: ListedNames) -> Iterator[Finding]:
    found = way.source.read_file(path, folder)
    for told, name in split_path_names(found.path, folder):
        if any(names.find_matches(replace_separators(name), allow_lower_case=True)):
            yield build_name_finding(told, PersonalDataKind.LISTED_NAME)
    if found.data is not None:
        yield from _in_text(found.path, found.data, names)


def _in_text(path: str, data: bytes, names: ListedNames) -> tuple[Finding, ...]:
    text = decode_for_scan(data)
    return build_findings(path, text, names.find_matches(text))


def _left(findings: Iterable[Finding], outlook: SiteOnDate) -> Iterator[Finding]:
    waived = ActiveWaivers.build(CheckContext(outlook, RULES))
    return (each for each in findings if not waived.covers(each))


def scan_messages(way: SiteBuild, messages: Iterable[CommitMessage], names: ListedNames | None) -> Iterator[Finding]:
    """What the messages of commits hold; the settings alone can set something aside here."""
    found = (finding for message in messages for finding in _in_message(message, names))
    return _left(found, way.without_plans())


def _in_message(message: CommitMessage, names: ListedNames | None) -> tuple[Finding, ...]:
    # As many characters as before, so that places stay the same.
    text = _SIGNATURE.sub(lambda line: " " * len(line.group()), message.text)
    seen: list[Match] = [*find_matches(text), *(names.find_matches(text) if names else ())]
    return build_findings(f"commit {message.commit}", text, drop_overlaps(seen))
