"""Pages of owners and agencies lead to what they can learn from incidents."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, write

_FILES = {
    "content/agencies/house.md": "---\ntitle: Riverside House\n---\n",
    "content/agencies/lodge.md": "---\ntitle: Riverside Lodge\n---\n",
    "content/plans/p/plan.md": "---\ntitle: P\nowner: Cook\n---\n",
    "content/plans/p/incidents/a.md": "---\ntitle: A\nlearning_for: [riverside house, House, Cook]\n---\n",
    "content/plans/p/incidents/b.md": "---\ntitle: B\nlearning_for: [Riverside House]\n---\n",
}


def test_whoever_is_named_is_led_to_the_learning(tmp_path: Path) -> None:
    """An incident that names somebody twice counts once; nobody else has the link, and each link leads to a page."""
    files = build_in_memory(write(tmp_path, _FILES), clock=FixedClock(date(2025, 1, 20))).files
    found = {}
    for path, page in files.items():
        if re.fullmatch(r"(owners|agencies)/[^/]+\.html", path) and isinstance(page, bytes):
            link = re.search(r'<dt>Can learn from</dt><dd><a[^>]*href="([^"]+)"[^>]*>([^<]+)<', page.decode())
            if link:
                assert link[1].removeprefix("../") in files
                found[path] = link[2]
    assert found == {"agencies/house.html": "2 incidents", "owners/cook.html": "1 incident"}
