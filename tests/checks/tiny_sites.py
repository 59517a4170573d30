"""Tiny sites written into a folder, and what `check` says of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from plansite.checks.runner import run_all_checks
from plansite.model.assessment import SiteOnDate
from plansite.model.findings import Finding
from tests.sites import write
from tests.whole import load_with_reports

PLAN = "content/plans/winter/plan.md"
ACTION = "content/plans/winter/actions/heater.md"
DOOR = "content/plans/winter/actions/door.md"
TODAY = date(2025, 1, 20)


def page(fields: str, body: str = "") -> str:
    """A file with these fields and this text."""
    return f"---\n{fields}\n---\n{body}"


def action(fields: str = "", body: str = "", title: str = "Mend the heater") -> str:
    """An action's file."""
    return page(f"title: {title}\n{fields}", body)


def checked(root: Path, files: Mapping[str, str], plan: str = "review_every: 6 weeks") -> tuple[Finding, ...]:
    """Write a site with the plan "Winter" and check it as at 20 January 2025."""
    write(root, {PLAN: page(f"title: Winter\n{plan}"), **files})
    return run_all_checks(SiteOnDate(load_with_reports(root), TODAY))


def broken(root: Path, fields: str = "", body: str = "", plan: str = "review_every: 6 weeks") -> set[str]:
    """The names of the rules that a site with one action breaks."""
    return {finding.rule.name for finding in checked(root, {ACTION: action(fields, body)}, plan)}
