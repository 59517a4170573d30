"""An encrypted site in a real browser: when it locks, and that nothing stays behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from plansite.pipeline.build import build_in_memory
from tests.encryption.host import Host
from tests.encryption.reader import CLOCK, OTHER, build, is_locked, lock_of, open_site, stop_workers
from tests.encryption.sample import PHRASE, sample
from tests.sites import unpack

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ANOTHER_COPY = "There is another copy of these plans"


def test_lock_closes_every_page(context: BrowserContext, page: Page, host: Host) -> None:
    """Pressing it in one page clears the others as well, and the way back shows nothing."""
    open_site(page, host)
    page.get_by_role("link", name="Fewer falls").first.click()
    other = context.new_page()
    other.goto(host.top + OTHER)
    expect(lock_of(other)).to_be_visible()
    lock_of(page).click()
    is_locked(page)
    is_locked(other)
    page.go_back()
    is_locked(page)
    page.goto(host.top + OTHER)
    is_locked(page)


def test_a_page_from_the_history_looks_again(context: BrowserContext, page: Page, host: Host) -> None:
    """One that a browser had put by, while somebody locked and opened the site again, does not show itself as it was.

    The keys are in another page: a browser may stop the worker at any time, and the page that leaves has none to give.
    """
    open_site(page, host)
    other = context.new_page()
    other.goto(host.top + OTHER)
    expect(lock_of(other)).to_be_visible()
    page.evaluate("document.title = 'put by'; dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(page).to_have_title("put by")
    page.evaluate("localStorage.setItem('plansite locked /', String(Date.now()))")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(page).to_have_title("Sample plans")


def test_closing_the_last_page_locks(context: BrowserContext, page: Page, host: Host) -> None:
    """Another page keeps the site open; with none left, the next visit needs the passphrase."""
    open_site(page, host)
    other = context.new_page()
    other.goto(host.top)
    expect(lock_of(other)).to_be_visible()
    page.close()
    other.reload()
    expect(lock_of(other)).to_be_visible()
    other.close()
    last = context.new_page()
    last.goto(host.top)
    is_locked(last)


def test_a_stopped_worker_gets_the_keys_from_an_open_page(page: Page, host: Host) -> None:
    """Browsers stop it when it is idle; whoever reads on notices nothing."""
    open_site(page, host)
    stop_workers(page)
    page.get_by_role("link", name="Fewer falls").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fewer falls")


def test_half_an_hour_without_use_locks(page: Page, host: Host) -> None:
    """A page left open on a shared computer locks itself, and says why."""
    page.clock.install()
    open_site(page, host)
    page.clock.fast_forward("29:00")
    expect(lock_of(page)).to_be_visible()
    page.clock.fast_forward("02:00")
    is_locked(page)
    expect(page.get_by_role("status")).to_contain_text("half an hour")


def test_nothing_is_left_in_the_browser(page: Page, host: Host) -> None:
    """No key, no page and no word of the passphrase is stored: times alone."""
    open_site(page, host)
    stored = page.evaluate(
        """async () => ({
          local: Object.keys(localStorage), session: Object.keys(sessionStorage),
          databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
        })"""
    )
    assert stored == {"local": ["plansite used /"], "session": [], "databases": 0, "caches": 0}


def test_keys_cannot_be_taken_out(page: Page, host: Host) -> None:
    """What a page can get from the worker are keys that the browser exports to nobody."""
    open_site(page, host)
    found = page.evaluate(
        """() => new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = ({ data }) => resolve([data.names.extractable, data.files.extractable, data.files.usages]);
          navigator.serviceWorker.controller.postMessage({ type: "keys" }, [port2]);
        })"""
    )
    assert found == [False, False, ["decrypt"]]


def test_a_new_copy_asks_again(page: Page, host: Host, tmp_path: Path) -> None:
    """After another build was published, an open page says so at the next link, and so does the next address."""
    open_site(page, host)
    root = sample(tmp_path / "site")
    build(root, tmp_path / "newer")
    host.folder = tmp_path / "newer"
    page.get_by_role("link", name="Fewer falls").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ANOTHER_COPY)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(ANOTHER_COPY)
    page.get_by_text("Lock, and open the other copy").click()
    is_locked(page)
    expect(page.get_by_role("status")).to_contain_text("There is a new copy")
    page.get_by_label("Passphrase").fill(PHRASE)
    page.get_by_role("button", name="Open the plans").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fewer falls")


def test_a_site_that_is_no_longer_encrypted_opens(page: Page, host: Host, tmp_path: Path) -> None:
    """Once it is locked. Until then it cannot be told from one that somebody else put there, and is refused."""
    open_site(page, host)
    host.folder = unpack(build_in_memory(sample(tmp_path / "site"), clock=CLOCK), tmp_path / "plain")
    page.goto(host.top + OTHER)
    expect(page.get_by_role("heading", name="This page has been replaced")).to_be_visible()
    page.get_by_role("link", name="Lock these plans").click()
    expect(page.get_by_text("Zebrafront")).to_be_visible()
    page.goto(host.top + OTHER)
    expect(page.get_by_label("Find in the register")).to_be_visible()
    expect(lock_of(page)).to_have_count(0)
    page.reload()
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_without_the_host_nothing_is_refused(page: Page, host: Host) -> None:
    """Offline is no tampering, and does not lock: back on the air, the page is there."""
    open_site(page, host)
    page.context.set_offline(True)
    page.goto(host.top + OTHER)
    expect(page.get_by_role("heading", name="The site cannot be reached")).to_be_visible()
    expect(lock_of(page)).to_be_visible()
    page.context.set_offline(False)
    stop_workers(page)
    page.get_by_role("link", name="Try again").click()
    expect(page.get_by_label("Find in the register")).to_be_visible()
