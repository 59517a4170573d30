"""Findings about removed documents, and how they are waived."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.checks.context import CheckContext
from plansite.checks.removed_documents import READINGS, RemovedDocument, group_by_removed_plan
from plansite.checks.rules.removed import find_removed_records, removed_record
from plansite.checks.runner import RULES, run_all_checks
from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.model.findings import Level
from tests.checks.tiny_sites import DOOR, PLAN, TODAY, page
from tests.sites import write

GONE = RemovedDocument(kind="action", plan="winter", path=DOOR, title="Mend the door")
ALLOW = "allow: [{rule: removed-record, reason: About the wrong person, until: %s}]"


def _build_context(root: Path, plan: str = "", settings: str = "title: T") -> CheckContext:
    site = load_site(write(root, {PLAN: page(f"title: Winter\n{plan}"), "plansite.yaml": settings}))
    return CheckContext(SiteOnDate(site, TODAY), RULES)


def test_a_site_alone_never_breaks_it(tmp_path: Path) -> None:
    """Without a revision to compare with, there are no findings."""
    assert [
        each for each in run_all_checks(_build_context(tmp_path).dated_site) if each.rule is removed_record.rule
    ] == []


@pytest.mark.parametrize(
    ("kind", "message", "remedy"),
    [
        ("action", "the action “Mend the door” has been removed", "`status: cancelled`"),
        ("plan", "the plan “Mend the door” has been removed", "bring it back"),
        ("review", "the review “Mend the door” has been removed", "minutes"),
        ("incident", "the incident “Mend the door” has been removed", "learnt"),
        ("measure", "the measure “Mend the door” has been removed", "bring it back"),
        (READINGS, "the table of readings “Mend the door” has been removed", "numbers"),
    ],
)
def test_it_says_what_to_do_instead(tmp_path: Path, kind: str, message: str, remedy: str) -> None:
    """An error at the first line of the file that is gone, in words for its kind."""
    gone = RemovedDocument(kind=kind, plan="winter", path=DOOR, title="Mend the door")
    (found,) = find_removed_records(_build_context(tmp_path), [gone])
    assert (found.rule.level, found.path, found.line) == (Level.ERROR, DOOR, 1)
    assert found.message.startswith(message)
    assert remedy in found.remedy


def test_one_without_a_title_goes_by_its_file(tmp_path: Path) -> None:
    """Its path says where it stood."""
    (found,) = find_removed_records(
        _build_context(tmp_path), [RemovedDocument(kind="action", plan="winter", path=DOOR, title="")]
    )
    assert "“door.md”" in found.message


@pytest.mark.parametrize(
    ("plan", "settings", "left"),
    [
        (ALLOW % "2025-01-20", "title: T", 0),
        (ALLOW % "2025-01-19", "title: T", 1),
        ("", f"title: T\n{ALLOW % '2025-01-20'}", 0),
        ("allow: [{rule: removed-record, reason: ''}]", "title: T", 1),
        ("allow: [{rule: PS801, reason: Entered twice, until: 2025-06-30}]", "title: T", 0),
        ("allow: [{rule: PS801, reason: Entered twice}]", "title: T", 1),
    ],
)
def test_it_can_be_set_aside(tmp_path: Path, plan: str, settings: str, left: int) -> None:
    """In the plan's file or in the settings, with a reason, up to a last day; without one never."""
    assert len(find_removed_records(_build_context(tmp_path, plan, settings), [GONE])) == left


def test_a_plan_sets_nothing_aside_for_another(tmp_path: Path) -> None:
    """A document removed from another plan is still reported."""
    other = RemovedDocument(
        kind="action", plan="spring", path="content/plans/spring/actions/door.md", title="Mend the door"
    )
    assert len(find_removed_records(_build_context(tmp_path, ALLOW % "2025-01-20"), [GONE, other])) == 1


def test_what_went_with_a_plan_is_told_with_it(tmp_path: Path) -> None:
    """One finding for a removed plan counts its documents; those of other plans have their own."""
    plan = RemovedDocument(kind="plan", plan="winter", path=PLAN, title="Winter")
    review = RemovedDocument(kind="review", plan="winter", path="content/plans/winter/reviews/a.md", title="A")
    other = RemovedDocument(kind="action", plan="spring", path="content/plans/spring/actions/door.md", title="Door")
    grouped = group_by_removed_plan((GONE, review, GONE, other, plan))
    assert [document.path for document in grouped] == [PLAN, other.path]
    first = find_removed_records(_build_context(tmp_path), grouped)[-1]
    assert first.message == "the plan “Winter” has been removed, with 2 actions and 1 review"
