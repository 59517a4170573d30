"""Everything wrong with a site, in order, and what pages need of it."""

from __future__ import annotations

from pathlib import Path

from plansite.checks.runner import find_paths_with_errors, group_by_path, run_all_checks
from plansite.content.report import MAX_FINDINGS
from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.model.findings import Level
from tests.checks.tiny_sites import ACTION, DOOR, PLAN, TODAY, action, checked, page
from tests.whole import files_checked


def test_findings_are_in_order(tmp_path: Path) -> None:
    """Findings of reading and of rules come mixed, by file and line."""
    found = checked(tmp_path, {ACTION: action("due: soon\nstatus: blocked"), DOOR: action("owner: Staff")})
    assert [finding.sort_key for finding in found] == sorted(finding.sort_key for finding in found)
    assert {"not-a-date", "unexplained-block"} <= {finding.rule.name for finding in found if finding.path == ACTION}


def test_same_site_same_findings(tmp_path: Path) -> None:
    """Two readings of the same files give the same findings."""
    found = checked(tmp_path, {ACTION: action("owner: Staff"), DOOR: "no fields"})
    assert run_all_checks(SiteOnDate(load_site(tmp_path), TODAY)) == found


def test_only_errors_need_attention(tmp_path: Path) -> None:
    """A file with warnings alone does not need attention; one with an error does."""
    found = checked(tmp_path, {ACTION: action("due: soon"), DOOR: action()})
    assert {finding.rule.level for finding in found if finding.path == DOOR} - {Level.HINT} == {Level.WARNING}
    assert find_paths_with_errors(found) == {ACTION}


def test_findings_by_path_lose_nothing(tmp_path: Path) -> None:
    """Grouped by file, every finding is still there, in its order."""
    found = checked(tmp_path, {ACTION: action("due: soon"), DOOR: action()})
    groups = group_by_path(found)
    assert [finding for path in groups for finding in groups[path]] == list(found)
    assert all(finding.path == path for path, group in groups.items() for finding in group)


def test_files_are_counted_once(tmp_path: Path) -> None:
    """Settings, front page, readable and unreadable files count once each; plans that have no file do not."""
    files = {
        ACTION: action(),
        DOOR: "no fields",
        "content/index.md": page("title: Plans"),
        "content/plans/summer/actions/shade.md": action(),
    }
    checked(tmp_path, files)
    assert files_checked(SiteOnDate(load_site(tmp_path), TODAY)) == len({"plansite.yaml", PLAN, *files})


def test_demonstration_has_its_two_faults(project: Path) -> None:
    """The demonstration holds the two planted faults, and no other error or warning."""
    site = load_site(project)
    assert site.settings.today
    found = run_all_checks(SiteOnDate(site, site.settings.today))
    worse = [(finding.rule.name, finding.path) for finding in found if finding.rule.level is not Level.HINT]
    radiator = "content/plans/inspection/actions/radiator-room-12.md"
    assert worse == [("contradicting-deadline", radiator), ("progress-before-created", radiator)]


def test_findings_of_one_file_are_limited(tmp_path: Path) -> None:
    """One finding stands for all beyond the limit, so that a file of dead links makes no page of megabytes."""
    links = "".join(f"[a](gone-{number}.md)\n" for number in range(MAX_FINDINGS + 50))
    found = [finding for finding in checked(tmp_path, {ACTION: action() + links}) if finding.path == ACTION]
    assert len(found) == MAX_FINDINGS + 1
    assert [finding.message for finding in found if "more problems in this file" in finding.message]
