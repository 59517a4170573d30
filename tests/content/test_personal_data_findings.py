"""Personal data is found in every file of a site that is read, with its line and column."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plansite.cli.exit_codes import ExitCode
from plansite.cli.main import main
from plansite.content import personal_data_findings
from plansite.content.personal_data_findings import MAX_PER_KIND, find_personal_data
from plansite.content.privacy_rules import is_personal_data_rule
from plansite.content.site_content import load_site
from plansite.model.findings import Finding
from tests.checks.tiny_sites import ACTION, PLAN, action, page
from tests.sites import write

NHS = "999 123 4578"


def _find(root: Path, files: dict[str, str | bytes]) -> list[str]:
    write(root, {PLAN: page("title: Winter"), **files})
    return [
        f"{finding.location} {finding.rule.name}"
        for finding in load_site(root).findings
        if is_personal_data_rule(finding.rule)
    ]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (ACTION, action("", f"\nThe room of\n{NHS}.\n"), f"{ACTION}:7:1 nhs-number"),
        (ACTION, action(f"owner: {NHS}"), f"{ACTION}:3:8 nhs-number"),
        (ACTION, action(f"unknown: {NHS}"), f"{ACTION}:3:10 nhs-number"),
        (ACTION, action("", f"<!-- {NHS} -->"), f"{ACTION}:5:6 nhs-number"),
        (ACTION, action("", f"![Chart of {NHS}](a.png)"), f"{ACTION}:5:12 nhs-number"),
        (ACTION, f"no front matter, {NHS}", f"{ACTION}:1:18 nhs-number"),
        (ACTION, f"---\ntitle: [\n---\n{NHS}", f"{ACTION}:4:1 nhs-number"),
        (ACTION, f"\ufeff---\r\ntitle: A\r\n---\r\n{NHS}", f"{ACTION}:4:1 nhs-number"),
        (ACTION, b"\xff broken " + NHS.encode(), f"{ACTION}:1:10 nhs-number"),
        (ACTION, NHS.encode("utf-16"), f"{ACTION}:1:1 nhs-number"),
        ("content/plans/winter/notes.md", NHS, "content/plans/winter/notes.md:1:1 nhs-number"),
        ("content/plans/winter/plan.md", page("title: A", NHS), "content/plans/winter/plan.md:4:1 nhs-number"),
        ("content/plans/winter/reviews/2025-01-06.md", page("title: A", NHS), "content/plans/winter/reviews/2025-01-06.md:4:1 nhs-number"),
        ("content/index.md", page("title: A", NHS), "content/index.md:4:1 nhs-number"),
        ("content/owners/anna.md", page("title: Anna", NHS), "content/owners/anna.md:4:1 nhs-number"),
        ("content/agencies/care.md", page("title: Care", NHS), "content/agencies/care.md:4:1 nhs-number"),
        ("plansite.yaml", f"title: Site of {NHS}\n", "plansite.yaml:1:16 nhs-number"),
        ("content/plans/winter/list.csv", f"who\n{NHS}\n", "content/plans/winter/list.csv:2:1 nhs-number"),
        ("content/plans/winter/actions/visit-999-123-4578.md", action(), "content/plans/winter/actions/visit-999-123-4578.md nhs-number"),
        ("content/plans/winter/999-123-4578.pdf", b"%PDF", "content/plans/winter/999-123-4578.pdf nhs-number"),
    ],
)  # fmt: skip
def test_it_is_found_everywhere(tmp_path: Path, path: str, text: str | bytes, expected: str) -> None:
    """In text, fields, comments, alternative texts, unreadable and stray files, tables, settings, and names."""
    assert _find(tmp_path, {path: text}) == [expected]


def test_readings_are_reported_once(tmp_path: Path) -> None:
    """The CSV file of a measure is scanned with the measure, and not again as an asset."""
    measure = "content/plans/winter/measures/falls"
    files: dict[str, str | bytes] = {f"{measure}.md": page("title: Falls"), f"{measure}.csv": f"date,value\n{NHS},1\n"}
    assert _find(tmp_path, files) == [f"{measure}.csv:2:1 nhs-number"]


def test_the_name_of_a_plans_folder_is_reported_once(tmp_path: Path) -> None:
    """However many files it has."""
    folder = "content/plans/nhs-999-123-4578"
    files: dict[str, str | bytes] = {f"{folder}/plan.md": page("title: A"), f"{folder}/actions/a.md": action()}
    assert _find(tmp_path, files) == [f"{folder}/plan.md nhs-number"]


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("content/owners/anna.md", "title: Anna\ntelephone: 01632 960123"),
        ("content/agencies/care.md", "title: Care\ntelephone: '01632 960123'\nemail: duty@care.example"),
        (PLAN, "title: Winter\nprotocol:\n  - {agency: care, contact: 'Duty, 01632 960123'}"),
        (PLAN, "title: Winter\nprotocol:\n  - agency: care\n    contact: Duty desk, 01632 960123"),
    ],
)
def test_contacts_at_work_are_not_reported(tmp_path: Path, path: str, fields: str) -> None:
    """The fields for contacts at work may have telephone numbers."""
    assert _find(tmp_path, {path: page(fields)}) == []


@pytest.mark.parametrize(
    ("path", "text", "name"),
    [
        ("content/owners/anna.md", page("title: Anna\nemail: anna@gmail.com"), "personal-email"),
        ("content/owners/anna.md", page("title: Anna", "telephone: 01632 960123"), "telephone-number"),
        ("content/owners/anna.md", page("title: Anna\nrole: 01632 960123"), "telephone-number"),
        (ACTION, action("telephone: 01632 960123"), "telephone-number"),
        (PLAN, page("title: Winter\nobjective: 'contact: x, ring 01632 960123'"), "telephone-number"),
        (PLAN, page(f"title: Winter\nprotocol:\n- {{contact: NHS {NHS}}}"), "nhs-number"),
        (PLAN, page("title: Winter\nprotocol:\n- {contact: x, agreed: 01632 960123}"), "telephone-number"),
    ],
)
def test_contacts_elsewhere_are_reported(tmp_path: Path, path: str, text: str, name: str) -> None:
    """A personal e-mail address is reported even there, and a number in any other field or in the text."""
    assert [line.rpartition(" ")[2] for line in _find(tmp_path, {path: text})] == [name]


def test_only_certain_kinds_are_reported_for_external_files(tmp_path: Path) -> None:
    """External files cannot be corrected here, so possible matches in them are not reported."""
    write(tmp_path / "theirs", {"a.md": page(f"title: A\nnote: {NHS}", "07700 900123, SW1A 1AA, mo@gmail.com")})
    write(tmp_path / "theirs/goals", {"g.md": page("title: G", "DOB 3/4/1952")})
    settings = "title: S\nsources:\n- {path: ../theirs, files: a.md, goals: {path: ../theirs/goals, key: id}}\n"
    assert _find(tmp_path / "site", {"plansite.yaml": settings}) == [
        "../theirs/a.md:3:7 nhs-number",
        "../theirs/goals/g.md:4:5 date-of-birth",
    ]


def test_an_unchanged_plan_is_not_scanned_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The matches are cached with the plan: the next check reads nothing of it, and reports the same."""
    site, log = write(tmp_path / "site", {PLAN: page("title: Winter"), ACTION: action("", NHS)}), tmp_path / "log"

    def logged(path: str, *arguments: Any) -> tuple[Finding, ...]:
        with log.open("a", encoding="utf-8") as file:  # the plan may be parsed in another process
            file.write(f"{path}\n")
        return find_personal_data(path, *arguments)

    monkeypatch.setattr(personal_data_findings, "find_personal_data", logged)
    for expected in ([ACTION, PLAN], []):
        log.write_text("", "utf-8")
        assert main(["check", "--site", str(site), "--today", "2025-01-20"]) == ExitCode.FINDINGS
        assert sorted(log.read_text("utf-8").split()) == expected


def test_findings_of_one_kind_are_limited() -> None:
    """A pasted list gives no more findings than MAX_PER_KIND."""
    found = find_personal_data(ACTION, f"{NHS}\n".encode() * 100 + b"DOB 3/4/1952")
    assert [finding.rule.name for finding in found] == ["nhs-number"] * MAX_PER_KIND + ["date-of-birth"]


def test_findings_of_real_sets(real_sets: Path) -> None:
    """There are no false positives in real plans of public bodies."""
    found: list[Finding] = []
    for path in sorted(real_sets.rglob("*")):
        if path.suffix in (".md", ".csv", ".yaml") and path.is_file() and "hostile" not in path.parts:
            found.extend(find_personal_data(str(path.relative_to(real_sets)), path.read_bytes()[: 256 * 1024]))
    assert found == []
