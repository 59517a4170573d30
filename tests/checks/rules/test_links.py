"""Links and evidence that lead nowhere, and those that lead somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.model.findings import Finding
from tests.checks.tiny_sites import ACTION, DOOR, action, checked, page


def _broken(root: Path, body: str = "", evidence: str = "", **files: str) -> list[Finding]:
    fields = f"evidence: [{{label: Proof, url: '{evidence}'}}]" if evidence else ""
    given = {
        ACTION: action(fields, body),
        DOOR: action(title="Hang the door"),
        "content/plans/winter/evidence/the audit.pdf": "x",
        "content/plans/winter/evidence/log.csv": "a,b\n",
        "content/owners/maintenance.md": page("title: Maintenance"),
    }
    return [finding for finding in checked(root, {**given, **files}) if finding.rule.name == "broken-link"]


@pytest.mark.parametrize(
    "target",
    [
        "door.md",
        "./door.md#s-steps",
        "door.md?version=2",
        "../plan.md",
        "../evidence/the%20audit.pdf",
        "../../../owners/maintenance.md",
        "https://example.org/nothing-here.html",
        "mailto:duty@example.org",
        "#s-steps",
    ],
)
def test_links_that_lead_somewhere(tmp_path: Path, target: str) -> None:
    """Links count from the file's folder, with or without a fragment; addresses elsewhere are not followed."""
    assert _broken(tmp_path, f"See [this]({target}).\n") == []


@pytest.mark.parametrize(
    ("target", "remedy"),
    [
        ("doors.md", "did you mean “door.md”?"),
        ("evidence/log.csv", "did you mean “../evidence/log.csv”?"),
        ("picture.svg", "save it as PNG and link to that"),
        ("page.html", "save it as PDF, or link to a Markdown file"),
        ("../../../../README.md", "put the file beside the plan and link to it there"),
        ("../nothing-like-it", "it was looked for at content/plans/winter/nothing-like-it"),
    ],
)
def test_links_that_lead_nowhere(tmp_path: Path, target: str, remedy: str) -> None:
    """A link to nothing is an error on its line, and says what to do."""
    found = _broken(tmp_path, f"A line.\n\nSee [this]({target}).\n")
    assert [(finding.line, finding.remedy) for finding in found] == [(7, remedy)]


def test_pictures_are_followed(tmp_path: Path) -> None:
    """A picture that is not there is found as a link is."""
    assert len(_broken(tmp_path, "![The heater](heater.png)\n")) == 1


@pytest.mark.parametrize(
    ("url", "faults"), [("evidence/log.csv", 0), ("../evidence/log.csv", 1), ("https://x.org/a", 0)]
)
def test_evidence_counts_from_the_plan(tmp_path: Path, url: str, faults: int) -> None:
    """Evidence counts from the plan's folder, not from the folder of actions."""
    assert len(_broken(tmp_path, evidence=url)) == faults


def test_unreadable_files_are_there(tmp_path: Path) -> None:
    """A link to a file that could not be read is not broken: its page says so itself."""
    assert _broken(tmp_path, "[tap](tap.md)\n", **{"content/plans/winter/actions/tap.md": "no fields"}) == []


def test_front_page_is_looked_at(tmp_path: Path) -> None:
    """The front page's links are followed as well."""
    found = _broken(tmp_path, **{"content/index.md": page("title: Plans", "[gone](gone.md)\n")})
    assert [(finding.path, finding.line) for finding in found] == [("content/index.md", 4)]
