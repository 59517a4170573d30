"""The front page says how many incidents have open gaps, today and on later days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.site.incidents.front_notice import build_incident_notice
from tests.sites import write

PLAN = {"content/plans/p/plan.md": "---\ntitle: P\n---\n"}
SOON = "---\ntitle: Light\nref: 1\ndue: 2025-01-22\nverification: {by: GP, due: 2025-03-01}\n---\n"
FINDING = "---\ntitle: I\nfindings: [{text: Edge, actions: [1]}]\n---\n"


def test_gaps_are_counted_on_each_day(tmp_path: Path) -> None:
    """One has none until its action is late; one that nobody looked into has one from the beginning."""
    files = {**PLAN, "content/plans/p/actions/a.md": SOON, "content/plans/p/incidents/i.md": FINDING}
    notice = build_incident_notice(SiteOnDate(load_site(write(tmp_path, files)), date(2025, 1, 20)))
    assert (notice.words, notice.later, notice.reach) == ("", "2025-01-23=1 incident has open gaps", None)
    files["content/plans/p/incidents/j.md"] = "---\ntitle: J\n---\n"
    notice = build_incident_notice(SiteOnDate(load_site(write(tmp_path, files)), date(2025, 1, 20)))
    assert (notice.words, notice.later) == ("1 incident has open gaps", "2025-01-23=2 incidents have open gaps")


def test_no_incident_no_line(tmp_path: Path) -> None:
    """Nothing is said."""
    notice = build_incident_notice(SiteOnDate(load_site(write(tmp_path, PLAN)), date(2025, 1, 20)))
    assert (notice.words, notice.later) == ("", "")
