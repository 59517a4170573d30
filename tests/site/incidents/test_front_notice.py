"""The front page says how many incidents have open gaps, today and on later days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.site.components.dated_rows import DatedText
from plansite.site.incidents.front_notice import build_incident_notice
from plansite.site.incidents.incident_rows import list_incident_rows
from tests.sites import write

PLAN = {"content/plans/p/plan.md": "---\ntitle: P\n---\n"}
SOON = "---\ntitle: Light\nref: 1\ndue: 2025-01-22\nverification: {by: GP, due: 2025-03-01}\n---\n"
FINDING = "---\ntitle: I\nfindings: [{text: Edge, actions: [1]}]\n---\n"


def _notice(root: Path, files: dict[str, str]) -> DatedText:
    dated_site = SiteOnDate(load_site(write(root, files)), date(2025, 1, 20))
    rows = [row for plan in dated_site.site.plans for row in list_incident_rows(dated_site, plan)]
    return build_incident_notice(rows, dated_site.today)


def test_gaps_are_counted_on_each_day(tmp_path: Path) -> None:
    """One has none until its action is late; one that nobody looked into has one from the beginning."""
    files = {**PLAN, "content/plans/p/actions/a.md": SOON, "content/plans/p/incidents/i.md": FINDING}
    notice = _notice(tmp_path, files)
    assert (notice.words, notice.later, notice.reach) == ("", "2025-01-23=1 incident has open gaps", None)
    files["content/plans/p/incidents/j.md"] = "---\ntitle: J\n---\n"
    notice = _notice(tmp_path, files)
    assert (notice.words, notice.later) == ("1 incident has open gaps", "2025-01-23=2 incidents have open gaps")


def test_no_incident_no_line(tmp_path: Path) -> None:
    """Nothing is said."""
    notice = _notice(tmp_path, PLAN)
    assert (notice.words, notice.later) == ("", "")
