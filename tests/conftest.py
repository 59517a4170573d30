"""What all tests share: the option that runs the slow ones, a real browser, golden files, and real sets of others."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Hashable, Iterator
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from jinja2 import Environment

from plansite.parallel import timeouts
from tests import early_failures

if TYPE_CHECKING:
    from playwright.sync_api import Browser

#: Hypothesis makes so many examples of each property: few in a plain run, and its own default number with `--slow`.
#: `tests/examples.py` scales the properties that name a number of their own.
_EXAMPLES = {"plain": 20, "slow": 100}
#: Where CI is set, `--slow` makes fewer: they are the same on each run, so that more of them find no more.
_SLOW_EXAMPLES_IN_CI = 40
#: Variables by which a machine changes what a program prints, where git looks, or what counts as automatic.
_FOREIGN = ("CI", "COLUMNS", "FORCE_COLOR", "LINES", "NO_COLOR", "SOURCE_DATE_EPOCH")
_FOREIGN_PREFIXES = ("GIT_", "GITHUB_", "PLANSITE_PASSPHRASE")

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()

#: Seconds until a slow test counts as hanging, on a machine that may be busy.
_SLOW_TIMEOUT = 1800

#: Each takes half a minute or more.
_LONGEST_MODULES = frozenset(
    {
        "tests/audiences/test_hidden_names.py",
        "tests/audiences/test_packs.py",
        "tests/audiences/test_slips.py",
        "tests/browser/test_every_page.py",
        "tests/browser/test_later_day.py",
        "tests/encryption/test_staying_inside.py",
        "tests/pipeline/test_incremental.py",
        "tests/soak/test_soak.py",
        "tests/test_hostile.py",
        "tests/test_options.py",
        "tests/test_wheel.py",
    }
)

_left_out = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--slow`, which runs every test, and `--update-golden`, which rewrites goldens to be read in the diff."""
    parser.addoption("--slow", action="store_true", help="run the slow tests too, with more examples for each property")
    parser.addoption("--update-golden", action="store_true", help="rewrite golden files from what the code makes now")


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many examples Hypothesis makes: many with `--slow`. Where CI is set they are the same on each run.

    A change is then judged by itself, and not by what chance found in older code; everybody else's runs look for more.
    Failures are named at once.
    """
    config.pluginmanager.register(early_failures)
    in_ci = bool(os.environ.get("CI"))
    for name, examples in _EXAMPLES.items():
        settings.register_profile(
            name,
            max_examples=_SLOW_EXAMPLES_IN_CI if in_ci and name == "slow" else examples,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
            derandomize=in_ci,
        )
    settings.load_profile("slow" if config.getoption("--slow") else "plain")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests marked `slow`, unless `--slow` is given; then they may take longer until they count as hanging.

    With `--slow` the modules that take longest come first, so that no processor waits for one of them at the end.
    """
    slow = [item for item in items if item.get_closest_marker("slow")]
    if config.getoption("--slow"):
        for item in slow:
            if not item.get_closest_marker("timeout"):
                item.add_marker(pytest.mark.timeout(_SLOW_TIMEOUT))
        items.sort(key=lambda item: item.nodeid.partition("::")[0] not in _LONGEST_MODULES)
        return
    if slow:
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if not item.get_closest_marker("slow")]
    config.stash[_left_out] = len(slow)


def pytest_collection_finish() -> None:
    """Take what was imported out of the garbage collector's sight, so that forked processes need not copy its memory."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the number of tests left out to the process that prints the summary, where another one does (xdist)."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["left_out"] = session.config.stash.get(_left_out, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take that number from a worker: all of them collect the same tests."""
    node.config.stash[_left_out] = getattr(node, "workeroutput", {}).get("left_out", 0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say that slow tests were left out, and how to run them."""
    if count := config.stash.get(_left_out, 0):
        terminalreporter.write_line(f"{count} slow tests were left out; `pytest --slow` runs them too")


@pytest.fixture(scope="session", autouse=True)
def _same_on_every_machine(project: Path) -> Iterator[None]:
    """Take away the caller's variables that change what programs do, and let programs import this checkout.

    Without `PYTHONPATH` a program that a test starts would import the installed copy, which an edit does not reach.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name in _FOREIGN or name.startswith(_FOREIGN_PREFIXES):
                patch.delenv(name)
        patch.setenv("PYTHONPATH", str(project), prepend=os.pathsep)
        yield


@pytest.fixture(scope="session", autouse=True)
def _templates_are_compiled_once() -> Iterator[None]:
    """Remember compiled templates for the whole run: compiling is nine tenths of the time of building a small site."""
    compile_template, kept = Environment.compile, dict[Hashable, CodeType]()

    def remembered(
        self: Environment, source: str, name: str | None = None, filename: str | None = None, raw: bool = False
    ) -> CodeType | str:
        if raw:
            return compile_template(self, source, name, filename, raw=True)
        blanks = (self.trim_blocks, self.lstrip_blocks, self.keep_trailing_newline)
        key = (type(self), self.autoescape, blanks, tuple(self.filters), tuple(self.tests), source, name, filename)
        if key not in kept:
            kept[key] = compile_template(self, source, name, filename)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "compile", remembered)
        yield


@pytest.fixture(scope="session", autouse=True)
def _files_are_read_in_this_process(request: pytest.FixtureRequest) -> Iterator[None]:
    """In a plain run, read files without the time limit, which takes a fork each time: half of the time of a plain run.

    With `--slow` files are read as they are for people. Tests of the limit itself set one of their own.
    """
    with pytest.MonkeyPatch.context() as patch:
        if not request.config.getoption("--slow"):
            patch.setattr(timeouts, "TIME_LIMIT", None)
        yield


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium, for one file of tests: its event loop must not outlive them. Without one the test is skipped by name, unless the environment demands it."""
    # Imported here, since most runs need no browser and this takes half a second.
    from playwright.sync_api import expect, sync_playwright

    # What is expected may take its time on a busy machine; only what never comes fails.
    expect.set_options(timeout=30_000)
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
