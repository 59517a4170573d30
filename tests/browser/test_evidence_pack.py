"""An unpacked evidence pack in a real browser, from disk, without network and script: whole, quiet and accessible."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from plansite.evidence_pack.archive import write_pack
from plansite.evidence_pack.pack_build import PackRequest, build_pack
from plansite.evidence_pack.selection import PackKind, PackSubject
from tests.browser.test_every_page import AXE_OPTIONS, one_of_each, pages_in
from tests.sites import FixedClock

pytestmark = [pytest.mark.browser, pytest.mark.slow]
#: Packs of the demonstration: a plan with measures, and an incident.
_SUBJECTS = {"plan": (PackKind.PLAN, "visits-on-time"), "incident": (PackKind.INCIDENT, "medicine-error/double-dose")}


@pytest.fixture(scope="module", params=list(_SUBJECTS))
def pack(request: pytest.FixtureRequest, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack of the demonstration, written and unpacked as an inspector does."""
    kind, name = _SUBJECTS[request.param]
    folder = tmp_path_factory.mktemp("pack")
    built = build_pack(PackRequest(root=project, subject=PackSubject(kind=kind, names=(name,))), FixedClock())
    write_pack(folder / "pack.zip", built.files, built.manifest)
    with zipfile.ZipFile(folder / "pack.zip") as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page without network and script; a message on the console or a request that fails or leaves the disk counts."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True, java_script_enabled=False)
    page = context.new_page()
    troubles: list[tuple[str, str]] = []
    page.on("console", lambda message: troubles.append((page.url, message.text)))
    # A request that the next page cut short did not fail.
    page.on(
        "requestfailed",
        lambda request: None if request.failure == "net::ERR_ABORTED" else troubles.append((page.url, request.url)),
    )
    page.on(
        "request", lambda request: None if request.url.startswith("file:") else troubles.append((page.url, request.url))
    )
    yield page
    context.close()
    assert troubles == []


def test_it_opens_without_network_and_script(pack: Path, page: Page) -> None:
    """Every page opens with its style, and is no wider than a small phone."""
    page.set_viewport_size({"width": 320, "height": 640})
    widths = {}
    for path in pages_in(pack):
        page.goto((pack / path).as_uri())
        widths[path] = page.evaluate("document.documentElement.scrollWidth")
        assert page.evaluate("document.styleSheets.length") >= 2, path
    assert widths == dict.fromkeys(widths, 320)
    assert {"index.html", "pack.html", "evidence.html"} <= widths.keys()


def test_every_link_can_be_followed(pack: Path, page: Page) -> None:
    """From the cover, each link that is clicked opens a page that is there."""
    page.goto((pack / "index.html").as_uri())
    addresses = page.eval_on_selector_all("a", "links => links.map(link => link.href)")
    assert len(addresses) > 20
    for address in {re.sub("#.*", "", address) for address in addresses}:
        if address.endswith(".html"):
            response = page.goto(address)
            assert response is not None
            assert page.title()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barrier(pack: Path, browser: Browser, scheme: str) -> None:
    """axe, which needs a script, finds no violation of WCAG 2.2 AA on the cover, the one page, or a page of any type."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True, bypass_csp=True)
    page = context.new_page()
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    violations = {}
    for path in one_of_each(pack):
        page.goto((pack / path).as_uri())
        found = Axe().run(page, options=AXE_OPTIONS[scheme])
        violations[path] = found.response["violations"]
    context.close()
    assert {path: found for path, found in violations.items() if found} == {}
    assert "pack.html" in violations


def test_nothing_is_folded_on_paper(pack: Path, page: Page) -> None:
    """On the one page every part that can be folded is open, so that print has all of it."""
    page.goto((pack / "pack.html").as_uri())
    assert page.locator("main details:not([open])").count() == 0
    assert page.locator(".one-page__part").count() > 5
