"""What a reader does with an encrypted site, and how it is made for tests in a browser."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from plansite.pipeline.encrypted_build import EncryptedBuild, publish_encrypted_site
from plansite.pipeline.published_build import BuildRequest
from tests.encryption.host import Host
from tests.encryption.sample import PHRASE
from tests.sites import FixedClock

CLOCK = FixedClock(date(2025, 1, 20))
#: Two pages of the sample.
ACTION, OTHER = "plans/falls/actions/lights.html", "plans/falls/register.html"
WRONG = "These words do not open the plans."


def build(root: Path, out: Path) -> EncryptedBuild:
    """Encrypt the site in a folder."""
    return publish_encrypted_site(BuildRequest(root=root, out=out), CLOCK, PHRASE, on_start=lambda: None)


def unlock(page: Page, address: str, phrase: str = PHRASE) -> None:
    """Type the passphrase and press the button."""
    page.goto(address)
    page.get_by_label("Passphrase").fill(phrase)
    page.get_by_role("button", name="Open the plans").click()


def open_site(page: Page, host: Host, path: str = "") -> None:
    """Unlock, and wait for the page behind."""
    unlock(page, host.top + path)
    expect(lock_of(page)).to_be_visible()
    page.wait_for_load_state()


def lock_of(page: Page) -> Locator:
    """The button that locks."""
    return page.get_by_role("button", name="Lock", exact=True)


def is_locked(page: Page) -> None:
    """The lock is in sight, and nothing of the site."""
    expect(page.get_by_role("heading", name="These plans are locked")).to_be_visible()
    assert "Fewer falls" not in page.content()


def stop_workers(page: Page) -> None:
    """Do what browsers do with a worker that is idle."""
    session = page.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
