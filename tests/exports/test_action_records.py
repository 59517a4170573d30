"""Every action file has a record, also an unreadable one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plansite.content.site_content import load_site
from plansite.exports.action_records import build_action_records
from plansite.model.assessment import Course, SiteOnDate
from plansite.model.status import Status

TODAY = date(2025, 1, 20)


def _site(root: Path, actions: dict[str, str], settings: str = "title: Test\n") -> SiteOnDate:
    (root / "plansite.yaml").write_text(settings, "utf-8")
    folder = root / "content/plans/falls/actions"
    folder.mkdir(parents=True)
    (folder.parent / "plan.md").write_text("---\ntitle: Fewer falls\n---\n", "utf-8")
    for name, text in actions.items():
        (folder / name).write_text(text, "utf-8")
    return SiteOnDate(load_site(root), TODAY)


def test_a_readable_action_gives_what_its_file_says(tmp_path: Path) -> None:
    """Fields, steps, lateness and the page's address come from the file and the day."""
    text = (
        "---\ntitle: Mend the lights\nref: 7\nstatus: Ongoing\nowner: Maintenance\nsupporters: [Porter, Cook]\n"
        "goal: light\ncreated: 2025-01-01\ndue: 2025-01-10\n---\n## Steps\n- [x] Buy\n- [ ] Fit\n"
    )
    (entry,) = build_action_records(
        _site(tmp_path, {"lights.md": text}), frozenset({"content/plans/falls/actions/lights.md"})
    )
    assert (entry.plan, entry.ref, entry.title, entry.owner) == ("falls", "7", "Mend the lights", "Maintenance")
    assert (entry.status, entry.status_word, entry.goal) == (Status.IN_PROGRESS, "Ongoing", "light")
    assert entry.supporters == ("Porter", "Cook")
    assert (entry.created, entry.due, entry.completed) == (date(2025, 1, 1), date(2025, 1, 10), None)
    assert (entry.overdue, entry.course, entry.days_late) == (True, Course.OVERDUE, 10)
    assert (entry.steps_done, entry.steps) == (1, 2)
    assert entry.page == "plans/falls/actions/lights.html"
    assert entry.needs_attention
    assert entry.is_readable


def test_an_unreadable_file_is_a_row_too(tmp_path: Path) -> None:
    """It goes by its file's name, has no status, and needs attention whatever the checks say."""
    (entry,) = build_action_records(_site(tmp_path, {"wet-floor_signs.md": "---\ntitle: [\n"}))
    assert (entry.title, entry.status, entry.status_word, entry.course) == ("Wet floor signs", None, "", None)
    assert (entry.needs_attention, entry.is_readable, entry.overdue, entry.is_open) == (True, False, False, True)
    assert entry.page == "plans/falls/actions/wet-floor_signs.html"


def test_what_a_failed_check_opened_again_is_in_progress(tmp_path: Path) -> None:
    """Lists, search and data have it among the work, and late where its day has passed; the file's word is kept."""
    text = "---\ntitle: A\nstatus: Done\ndue: 2025-01-10\nverification: {by: GP, result: failed}\n---\n"
    (entry,) = build_action_records(_site(tmp_path, {"a.md": text}))
    assert (entry.status, entry.status_word, entry.is_open) == (Status.IN_PROGRESS, "Done", True)
    assert (entry.overdue, entry.course) == (True, Course.OVERDUE)


def test_an_unknown_status_counts_as_open(tmp_path: Path) -> None:
    """The word is kept as written, and the action can be late."""
    (entry,) = build_action_records(_site(tmp_path, {"a.md": "---\ntitle: A\nstatus: nearly\ndue: 2025-01-19\n---\n"}))
    assert (entry.status, entry.status_word, entry.is_open, entry.overdue) == (None, "nearly", True, True)


def test_order_is_by_number_then_title_readable_or_not(tmp_path: Path) -> None:
    """An unreadable file stands among those without a number, where its name puts it among their titles."""
    numbered, good = "---\ntitle: Late\nref: {}\n---\n", "---\ntitle: Good\n---\n"
    files = {"c.md": good, "hall.md": "none", "a.md": good, "b.md": numbered.format(10), "d.md": numbered.format(2)}
    names = [Path(entry.path).name for entry in build_action_records(_site(tmp_path, files))]
    assert names == ["d.md", "b.md", "a.md", "c.md", "hall.md"]


@pytest.mark.slow
def test_a_real_set_is_complete(tmp_path: Path, real_sets: Path) -> None:
    """All 696 files of a real tracker have a row; the 30 that cannot be read say that they need attention."""
    tasks = real_sets / "backlogmd-tasks/data/backlog"
    settings = f"title: Adopted\nsources:\n  - path: {tasks}\n    plan: backlog\n"
    outlook = _site(tmp_path, {}, settings)
    found = build_action_records(outlook)
    assert len(found) == 696
    assert sum(not entry.is_readable for entry in found) == 30
    assert all(entry.needs_attention for entry in found if not entry.is_readable)
