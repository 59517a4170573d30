"""An encrypted site behind a static host, and a browser that has never been there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from plansite.encryption.keys import BuildKeys
from plansite.publish.headers import preview_headers
from tests.encryption.host import Host, hosting
from tests.encryption.reader import build
from tests.encryption.sample import sample


@pytest.fixture(scope="module")
def online(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildKeys]:
    """The sample, encrypted, and the keys it was encrypted with."""
    folder = tmp_path_factory.mktemp("encrypted")
    return folder / "public", build(sample(folder / "site"), folder / "public").keys


@pytest.fixture
def host(online: tuple[Path, BuildKeys], tmp_path: Path) -> Iterator[Host]:
    """A host with a copy of it, that sends the published headers."""
    copy = shutil.copytree(online[0], tmp_path / "public")
    with hosting(copy, headers=preview_headers()) as host:
        yield host


@pytest.fixture
def keys(online: tuple[Path, BuildKeys]) -> BuildKeys:
    """Its keys, to find the files under their hidden names."""
    return online[1]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of one's own. A script's error, a breach of the policy or a request to another host fails the test."""
    troubles: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if "Security Policy" in message.text:
            troubles.append(message.text)

    with ExitStack() as stack:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        stack.callback(context.close)
        context.on("console", hear)
        context.on("weberror", lambda error: troubles.append(str(error.error)))
        context.on("request", lambda each: None if "//127.0.0.1:" in each.url else troubles.append(each.url))
        yield context
    assert troubles == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page of it."""
    return context.new_page()
