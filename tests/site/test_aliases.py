"""An old address still leads to the action, and never hides another page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, html_of, write


def test_old_addresses_lead_on(tmp_path: Path) -> None:
    """A slug of the same plan or of another; one that is taken, or that is no name, is left alone."""
    root = write(
        tmp_path,
        {
            "content/plans/p/plan.md": "---\ntitle: P\n---\n",
            "content/plans/q/plan.md": "---\ntitle: Q\n---\n",
            "content/plans/p/actions/a.md": "---\ntitle: A\naliases: [old, Old, q/older, elsewhere/x, con, b, B, ../../x, '']\n---\n",
            "content/plans/p/actions/b.md": "---\ntitle: B\naliases: [old]\n---\n",
        },
    )
    pages = html_of(build_in_memory(root, clock=FixedClock(date(2025, 1, 20))))
    both = pages["plans/p/actions/old.html"]  # two actions give it, and neither has it alone
    assert 'href="a.html"' in both and 'href="b.html"' in both
    assert 'http-equiv="refresh"' not in both
    assert 'content="0; url=../../../plans/p/actions/a.html"' in pages["plans/q/actions/older.html"]
    assert not any("elsewhere" in path for path in pages)
    assert '<h1 dir="auto">B</h1>' in pages["plans/p/actions/b.html"]
    assert not any(path.endswith("/x.html") for path in pages)
