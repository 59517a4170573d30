"""Files are edited and saved in Decap CMS, from the page that `plansite cms` writes for a repository on Forgejo."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
from html import escape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from plansite.cli.main import main
from tests.cms.decap_proxy import serving_files, serving_page
from tests.cms.editor_texts import HERE, packages
from tests.history.repo import Repo

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PROJECT = Path(__file__).parents[2]
ARCHIVE = HERE / "decap-cms-3.16.3.tgz"
#: The digest that npm gives for it.
DIGEST = "sha512-hf+dPlCh7TJmWl8+6VRzHYOWhri5xgUknrZbDewaWe4s9B7xJ8PQugp2QHeSldMUKzav6+z0oIpwUYhUJDYtYw=="
SETTINGS = "title: Riverside\nrepository: https://codeberg.org/riverside/plans\ncontent_editor: {app_id: 1a2b}\n"


@pytest.fixture
def editor_packages(tmp_path: Path) -> Path:
    """A folder with the archive of Decap, whose bytes are known, and the package that reads YAML."""
    if not ARCHIVE.is_file():
        missing = "Decap CMS is not there (npm pack decap-cms@3.16.3 --pack-destination tests/cms)"
        if os.environ.get("PLANSITE_REQUIRE_BROWSER") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    digest = base64.b64encode(hashlib.sha512(ARCHIVE.read_bytes()).digest()).decode()
    assert f"sha512-{digest}" == DIGEST
    (tmp_path / "packages").mkdir()
    shutil.copy(ARCHIVE, tmp_path / "packages")
    shutil.copytree(packages() / "js-yaml", tmp_path / "packages/js-yaml")
    return tmp_path / "packages"


@pytest.fixture
def site(tmp_path: Path) -> Repo:
    """A repository with one plan of the demonstration and the people in it."""
    repo = Repo.new(tmp_path / "site")
    for part in ("owners", "agencies", "plans/after-loss"):
        shutil.copytree(PROJECT / "content" / part, repo.root / "content" / part)
    repo.write("plansite.yaml", SETTINGS)
    repo.commit()
    return repo


def _write_page(site: Repo, folder: Path, packages: Path, proxy: str) -> None:
    """The page as the command writes it, which saves to this computer in place of the host."""
    assert main(["cms", "--site", str(site.root), "-o", str(folder), "--packages", str(packages)]) == 0
    configuration, page = folder / "config.yml", folder / "index.html"
    text = configuration.read_text("utf-8").replace(
        "backend:\n", f"local_backend: {{url: {proxy}/api/v1}}\nbackend:\n", 1
    )
    configuration.write_text(text, "utf-8")
    allowed = escape("connect-src 'self'")
    assert allowed in page.read_text("utf-8")
    page.write_text(page.read_text("utf-8").replace(allowed, f"{allowed} {proxy}"), "utf-8")


def test_what_is_saved_differs_only_where_it_was_changed(
    browser: Browser, site: Repo, editor_packages: Path, tmp_path: Path
) -> None:
    """The same as in Sveltia: a date, a text with a colon, and a line of the text."""
    faults: list[str] = []
    with serving_files(site.root) as proxy, serving_page(tmp_path / "page") as address:
        _write_page(site, tmp_path / "page", editor_packages, proxy)
        page = browser.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(address)
        page.get_by_role("button", name="Login").click()
        page.get_by_text("Eat one hot meal a day").first.click()
        text = page.locator("textarea[id^=body-field]")
        text.fill(text.input_value().replace("2025-01-09 (Client)", "2025-01-08 (Client)"))
        page.locator("textarea[id^=resources-field]").first.fill("A second pan: big.")
        page.locator("input[id^=due-field]").first.fill("2025-02-01")
        page.get_by_role("button", name="Publish").first.click()
        page.get_by_text("Publish now").first.click()
        expect(page.get_by_text("Entry saved")).to_be_visible()
        page.close()
    assert faults == []
    changed = [
        line for line in site.git("diff", "-U0").splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]
    assert [line[:40] for line in changed] == [
        "-due: 2025-01-16",
        "+due: 2025-02-01",
        "-resources: A calendar on the fridge. He",
        '+resources: "A second pan: big."',
        "-- 2025-01-09 (Client): Six or seven tic",
        "+- 2025-01-08 (Client): Six or seven tic",
    ]
