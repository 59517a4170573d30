"""Evidence without a label is not called by its path where its readers may not see everything."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, write

_FIELDS = "status: in progress\naudience: public\nevidence: [{url: evidence/mrs-wynn.md, expires: 2025-02-01}]"


def test_no_path_instead_of_a_label(tmp_path: Path) -> None:
    """No page, calendar, table or document of a public copy has the path; inside it helps to mend the file."""
    root = write(
        tmp_path,
        {
            "plansite.yaml": "title: Our plans\ndownloads: [calendars, registers]\n",
            "content/plans/falls/plan.md": "---\ntitle: Falls\naudience: public\n---\n",
            "content/plans/falls/actions/rails.md": f"---\ntitle: Rails\nowner: Cook\n{_FIELDS}\n---\n",
        },
    )
    clock = FixedClock(date(2025, 1, 20))
    pages = {each: build_in_memory(root, clock=clock, audience=each, history=False).files for each in Audience}
    texts = {
        audience: [content if isinstance(content, bytes) else content.read() for content in files.values()]
        for audience, files in pages.items()
    }
    assert any(b"mrs-wynn" in each for each in texts[Audience.INTERNAL])
    assert not any(b"wynn" in each for each in texts[Audience.PUBLIC])
    page = pages[Audience.PUBLIC]["plans/falls/actions/rails.html"]
    assert b"Evidence without a name" in (page if isinstance(page, bytes) else page.read())
