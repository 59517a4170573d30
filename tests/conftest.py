"""Fixtures that all tests share: a real browser, golden files, and the real sets beside the project."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

settings.register_profile("plansite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("plansite")

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Goldens are rewritten by one option, and then read in the diff."""
    parser.addoption("--update-golden", action="store_true", help="rewrite golden files from what the code makes now")


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium, for one file of tests: its event loop must not outlive them. Without one the test is skipped by name, unless the environment demands it."""
    path = next((found for name in _CHROMIUM if (found := shutil.which(name))), None)
    if path is None:
        missing = "no Chromium on PATH (on Debian: apt-get install chromium)"
        if os.environ.get("PLANSITE_REQUIRE_BROWSER") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def fast_paths() -> Iterator[None]:
    """For tests of the fast paths themselves: they are on, even where PLANSITE_NO_FAST_PATHS is set for the run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PLANSITE_NO_FAST_PATHS", raising=False)
        yield


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's own folder, which is a site as well."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def real_sets(project: Path) -> Path:
    """Real sets by others that may lie beside the project."""
    folder = project.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real sets do not lie beside this checkout")
    return folder
