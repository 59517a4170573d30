"""What the page of an action shows, and in which order."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, html_of, write

_TEXT = """---
title: A
due: 2025-02-01
due_history: [{due: 2025-01-07, moved: 2025-01-06, reason: Once}, {due: 2025-01-21, moved: 2025-01-18, reason: Twice}]
---
## Progress
- 2025-01-03: second
- No day: first
- 2025-01-09: fourth, in the morning
- 2025-01-09: fifth, at night
- 2025-01-05: third
"""


def _page(root: Path) -> str:
    files = {"content/plans/p/plan.md": "---\ntitle: P\n---\n", "content/plans/p/actions/a.md": _TEXT}
    built = build_in_memory(write(root, files), clock=FixedClock(date(2025, 1, 20)), audience=Audience.INTERNAL)
    return html_of(built)["plans/p/actions/a.html"]


def test_lists_that_say_newest_first_are_so(tmp_path: Path) -> None:
    """Notes of one day stand the other way round than in the file, for the last was written last."""
    parts = _page(tmp_path).split("Newest first")
    assert len(parts) == 3
    notes = parts[1].partition("</ol>")[0]
    assert re.findall("first|second|third|fourth|fifth", notes) == ["fifth", "fourth", "third", "second", "first"]
    assert re.findall("once|twice", parts[2]) == ["twice", "once"]
