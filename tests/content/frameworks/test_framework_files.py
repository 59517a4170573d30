"""A site's own frameworks: read like those that come with plansite, and never trusted more."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.content.frameworks.framework_files import merge_frameworks, parse_framework
from plansite.content.site_content import load_site
from plansite.model.frameworks.framework import FrameworkStatus
from tests.sites import write

OWN = """label: Our safety priorities
standard_noun: priority
standards_noun: priorities
version: "2025"
status: current
valid_from: 2025-04-01
standards:
  - {id: falls, label: Falls at night, maps_to: [cqc-saf/safe-environments]}
  - {id: old, label: Old, status: superseded, valid_to: 2024-12-31}
"""


def test_a_standard_takes_over_what_it_does_not_give() -> None:
    """The version, status and days of its framework."""
    framework, findings = parse_framework("content/frameworks/priorities.yaml", OWN.encode(), "Europe/London")
    assert not findings and framework
    falls, old = framework.standards
    assert (framework.id, falls.key, falls.version) == ("priorities", "priorities/falls", "2025")
    assert falls.status is FrameworkStatus.CURRENT
    assert (str(falls.valid_from), old.status, str(old.valid_to)) == (
        "2025-04-01",
        FrameworkStatus.SUPERSEDED,
        "2024-12-31",
    )
    assert framework.plural_noun == "priorities"


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("label: [", ["unreadable-front-matter"]),
        ("standards: [{id: a, label: A}]\n", ["missing-field"]),
        ("label: A\n", ["missing-field"]),
        ("label: A\nstandards: [{label: A}]\n", ["missing-field"]),
        ("label: A\nstandards: [{id: ../x, label: A}]\n", ["unusable-identifier"]),
        ("label: A\nid: a/b\nstandards: [{id: x, label: A}]\n", ["unusable-identifier"]),
        ("label: A\nstandards: [{id: x, label: A, status: perhaps}]\n", ["unknown-word"]),
        ("label: &a A\nstandards: [{id: x, label: *a}]\n", ["refused-notation"]),
        ("label: A\nsource: 'javascript:alert(1)'\nstandards: [{id: x, label: A}]\n", ["refused-address"]),
    ],
)
def test_faults_are_found_and_nothing_raises(text: str, rules: list[str]) -> None:
    """Each fault is a finding; what is left can be used, or there is no framework."""
    _, findings = parse_framework("content/frameworks/a.yaml", text.encode(), "Europe/London")
    assert [finding.rule.name for finding in findings] == rules


def test_one_with_the_identifier_of_another_takes_its_place() -> None:
    """So a site can use a final text before plansite has it."""
    own, _ = parse_framework("content/frameworks/cqc-asc-2026.yaml", OWN.encode(), "Europe/London")
    assert own
    frameworks, findings = merge_frameworks([own])
    assert [each.label for each in frameworks if each.id == "cqc-asc-2026"] == ["Our safety priorities"]
    assert findings == ()


def test_a_site_has_its_own_frameworks(tmp_path: Path) -> None:
    """Files in `content/frameworks` are read, and no other file of that folder."""
    site = load_site(
        write(
            tmp_path,
            {
                "content/frameworks/priorities.yaml": OWN,
                "content/frameworks/broken.yml": "label: [",
                "content/frameworks/below/more.yaml": OWN,
                "content/plans/falls/plan.md": "---\ntitle: Falls\n---\n",
            },
        )
    )
    assert site.standards.find("Falls at night").only
    assert [each.id for each in site.frameworks if each.path] == ["priorities"]
    assert {finding.path for finding in site.findings} == {"content/frameworks/broken.yml"}
