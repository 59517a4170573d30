"""The summary of a plan."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plansite.cache.site_cache import memory_cache
from plansite.model.status import Audience
from plansite.pipeline.plan_index import summarise_plan
from plansite.pipeline.site_build import SiteBuild
from tests.sites import FixedClock, write

_PLAN = "content/plans/p/plan.md"


@pytest.mark.parametrize(
    "path",
    [
        _PLAN,
        "content/plans/p/actions/a.md",
        "content/plans/p/reviews/2025-01-06.md",
        "content/plans/p/incidents/i.md",
        "content/plans/p/measures/m.md",
    ],
)
def test_a_summary_has_no_words_of_bodies(tmp_path: Path, path: str) -> None:
    """Pages about the whole site need none, and the words of all plans would fill the memory."""
    root = write(
        tmp_path, {_PLAN: "---\ntitle: P\n---\n", path: "---\ntitle: T\n---\nElephant.\n\n## More\nElephant.\n"}
    )
    build = SiteBuild.load(root, FixedClock(date(2025, 1, 20)), Audience.INTERNAL, memory_cache())
    parsed = build.parsed_plan("p")
    assert "Elephant" in repr(parsed.plan)
    assert "Elephant" not in repr(summarise_plan(parsed))
