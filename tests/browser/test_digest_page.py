"""The page of a digest in a real browser: accessible in light and dark, whole on a small phone, and on its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from plansite.digest.html_format import format_html
from tests.browser.test_every_page import _WCAG
from tests.digest.test_digest import read_digest

pytestmark = pytest.mark.browser
_LONG = "A-title-without-a-space-" * 12


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barrier_and_nothing_cut(browser: Browser, tmp_path: Path, scheme: str) -> None:
    """axe finds no violation of WCAG 2.2 AA, a long word wraps at 320 pixels, and nothing is fetched from anywhere."""
    files = {"content/plans/winter/actions/long.md": f"---\ntitle: {_LONG}\nowner: Maintenance\ndue: 2025-01-02\n---\n"}
    page_path = tmp_path / "digest.html"
    page_path.write_text(format_html(read_digest(tmp_path / "site", "Maintenance", files)), "utf-8")
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(page_path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    found = Axe().run(
        page, options={"runOnly": {"type": "tag", "values": _WCAG}, "preload": False, "resultTypes": ["violations"]}
    )
    assert found.response["violations"] == []
    assert requests == [page_path.as_uri()]
    context.close()
