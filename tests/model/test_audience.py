"""What an audience may not see is gone before anything is computed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plansite.content.site import load
from plansite.model.audience import for_audience
from plansite.model.status import Audience
from plansite.pipeline.compile import compiled
from tests.sites import FixedClock, write

_FILES = {
    "plansite.yaml": "title: T\naudience: public\n",
    "content/owners/open.md": "---\ntitle: Open Owner\n---\n",
    "content/owners/hidden.md": "---\ntitle: Canary Owner\naudience: internal\n---\n",
    "content/agencies/hidden.md": "---\ntitle: Canary Agency\naudience: partners\n---\n",
    "content/plans/told/plan.md": "---\ntitle: Told\nagencies: [hidden]\nsponsor: Canary Owner\nprotocol: [{agency: Canary Agency, contact: Canary}]\n---\n",
    "content/plans/told/actions/a.md": "---\ntitle: Shown\nowner: Open Owner\nsupporters: [Canary Owner]\nverification: {by: Canary Owner}\ndue_history: [{due: 2025-01-01, by: Canary Owner}]\n---\n## Progress\n- 2025-01-02 (Canary Owner): Done.\n",
    "content/plans/told/actions/b.md": "---\ntitle: Canary Action\naudience: partners\n---\n",
    "content/plans/told/actions/c.md": "---\ntitle: Shown too\nowner: hidden\n---\n",
    "content/plans/told/reviews/2025-01-01.md": "---\ntitle: Canary Review\naudience: internal\n---\n",
    "content/plans/told/actions/bad.md": "Canary Unread",
    "content/plans/talks/plan.md": "---\ntitle: Canary Talks\nkind: counselling\n---\n",
    "content/plans/talks/actions/d.md": "---\ntitle: Canary Talk\n---\n",
}


@pytest.mark.parametrize(
    ("audience", "titles"),
    [
        (Audience.PUBLIC, {"Shown", "Shown too"}),
        (Audience.PARTNERS, {"Shown", "Shown too", "Canary Action"}),
        (Audience.INTERNAL, {"Shown", "Shown too", "Canary Action", "Canary Talk"}),
    ],
)
def test_file_over_plan_over_site(tmp_path: Path, audience: Audience, titles: set[str]) -> None:
    """A file says first, then its plan, then the site; a counselling plan that says nothing is internal."""
    site = for_audience(load(write(tmp_path, _FILES)), audience)
    assert {action.title for action in site.actions} == titles


def test_no_canary_sings_in_a_public_build(tmp_path: Path) -> None:
    """Nothing marked for others is in any byte of the public build."""
    built = compiled(write(tmp_path, _FILES), clock=FixedClock(date(2025, 1, 20)))
    for path, content in built.files.items():
        data = content if isinstance(content, bytes) else content.read_bytes()
        assert b"canary" not in data.lower(), path
        assert "canary" not in path
