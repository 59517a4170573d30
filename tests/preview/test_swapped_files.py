"""A file that was exchanged after the build is not followed to where it leads."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from plansite.pipeline.preview_pages.preview_site import PreviewSite
from plansite.preview.responses import HttpResponse
from tests.preview.test_responses import sent
from tests.sites import FixedClock, write

HIDDEN = "a secret"
EVIDENCE = "content/plans/falls/evidence/log.pdf"
FILES: dict[str, str | bytes] = {
    "plansite.yaml": "title: A site\ntheme: ours\n",
    "content/plans/falls/plan.md": "---\ntitle: Falls\n---\n",
    "content/plans/falls/actions/a.md": "---\ntitle: Mend\n---\n[Log](../evidence/log.pdf)\n",
    EVIDENCE: "%PDF",
    "content/plans/other/evidence/log.pdf": HIDDEN,
    "themes/ours/static/mark.svg": "<svg/>",
}


@pytest.mark.parametrize(
    ("source", "address"),
    [(EVIDENCE, "files/plans/falls/evidence/log.pdf"), ("themes/ours/static/mark.svg", "static/mark.svg")],
)
@pytest.mark.parametrize("target", ["/etc/passwd", "/proc/self/environ", "{site}/content/plans/other/evidence/log.pdf"])
def test_a_file_exchanged_for_a_link(tmp_path: Path, source: str, address: str, target: str) -> None:
    """Out of the site, and into another plan: 404, and not a byte of it."""
    site = write(tmp_path, FILES)
    files = PreviewSite(site, FixedClock(date(2025, 1, 20))).build().files
    assert sent(HttpResponse(content=files[address])).status == 200
    (site / source).unlink()
    (site / source).symlink_to(target.format(site=site))
    reply = sent(HttpResponse(content=files[address]))
    assert (reply.status, b"root:" in reply.body, HIDDEN.encode() in reply.body) == (404, False, False)


def test_a_folder_exchanged_for_a_link(tmp_path: Path) -> None:
    """On the way to the file."""
    site = write(tmp_path, FILES)
    files = PreviewSite(site, FixedClock(date(2025, 1, 20))).build().files
    (site / EVIDENCE).parent.rename(tmp_path / "away")
    (site / EVIDENCE).parent.symlink_to(site / "content/plans/other/evidence")
    assert sent(HttpResponse(content=files["files/plans/falls/evidence/log.pdf"])).status == 404


def test_a_file_exchanged_for_a_pipe(tmp_path: Path) -> None:
    """It is not waited for."""
    site = write(tmp_path, FILES)
    files = PreviewSite(site, FixedClock(date(2025, 1, 20))).build().files
    (site / EVIDENCE).unlink()
    os.mkfifo(site / EVIDENCE)
    assert sent(HttpResponse(content=files["files/plans/falls/evidence/log.pdf"])).status == 404
