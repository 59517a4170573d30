"""An encrypted site in a real browser: whoever has it open and follows a link gets no document of the host."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from plansite.encryption.keys import BuildKeys
from plansite.encryption.output import PATH_LIST
from plansite.encryption.wrapped_key import WRAPPED_KEY_PATH
from tests.encryption.host import Host
from tests.encryption.reader import ACTION, OTHER, build, is_locked, lock_of, open_site, stop_workers
from tests.encryption.sample import sample

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PLAN = "plans/falls/index.html"
PLAIN = "<!doctype html><title>False</title><h1>False page</h1><label>Passphrase <input></label>"
#: A service worker of an attacker: answers every page with a false one, and asks open pages for their keys.
FALSE_WORKER = """
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
const page = (text, type) => new Response(text, { headers: { "Content-Type": type } });
addEventListener("fetch", (event) => {
  const { url, destination } = event.request;
  if (url.includes("sealed/")) return;
  if (destination === "script") event.respondWith(page("document.title = 'False script'", "text/javascript"));
  else if (destination === "image") event.respondWith(page("<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"));
  else event.respondWith(page(`FALSE`, "text/html"));
});
addEventListener("message", async ({ data, ports }) => {
  if (data.type === "lead") for (const each of await clients.matchAll()) each.navigate("index.html").catch(() => {});
  if (data.type !== "steal") return;
  for (const type of ["locked", "refused"]) for (const each of await clients.matchAll()) each.postMessage({ type });
  const asked = (each) => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => resolve(Boolean(event.data));
    each.postMessage({ type: "keys" }, [port2]);
  });
  ports[0].postMessage(await Promise.all((await clients.matchAll()).map(asked)));
});
""".replace("FALSE", PLAIN)


def place_plain_pages(host: Host) -> None:
    """Put a plain page at the address of every page of the sample that the tests follow a link to."""
    for path in ("index.html", PLAN, ACTION, OTHER, "404.html"):
        target = host.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(PLAIN)


def follow_link(page: Page, name: str = "Fewer falls") -> None:
    """Click the first link of that name."""
    page.get_by_role("link", name=name).first.click()


def is_refused(page: Page, heading: str) -> None:
    """The page says so, shows nothing of another page, asks for nothing, and can still be locked."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    expect(page.locator("input")).to_have_count(0)
    assert "False" not in page.content()
    expect(lock_of(page)).to_be_visible()


def mark_document(page: Page) -> None:
    """Leave a mark in the document, which a document of the host would not have."""
    page.evaluate("window.isFirstDocument = true")


def is_first_document(page: Page) -> bool:
    """Whether the page is still the document with the mark."""
    return bool(page.evaluate("window.isFirstDocument === true"))


def test_a_plain_page_at_an_address_is_not_shown(page: Page, host: Host) -> None:
    """The encrypted pages are there still: the reader gets these, in the document that is open."""
    open_site(page, host)
    mark_document(page)
    place_plain_pages(host)
    follow_link(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Fewer falls")
    assert (page.url, page.title()) == (host.top + PLAN, "Fewer falls – Sample plans")
    follow_link(page, "Mend the lights")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mend the lights")
    assert is_first_document(page)


@pytest.mark.parametrize("is_stopped", [False, True])
def test_a_site_that_took_its_place_is_refused(page: Page, host: Host, is_stopped: bool) -> None:
    """Plain pages instead of all encrypted ones: it is said, and nothing of them is shown."""
    open_site(page, host)
    mark_document(page)
    shutil.rmtree(host.folder / "sealed")
    place_plain_pages(host)
    if is_stopped:
        stop_workers(page)
    follow_link(page)
    is_refused(page, "This page has been replaced")
    expect(page.get_by_text("Do not type your passphrase.")).to_be_visible()
    assert is_first_document(page)


def test_a_plain_page_as_encrypted_file_is_refused(page: Page, host: Host, keys: BuildKeys) -> None:
    """Under the hidden name of the page, and with a lock that is no lock."""
    open_site(page, host)
    (host.folder / keys.encrypted_path(PLAN)).write_text(PLAIN * 500)
    follow_link(page)
    is_refused(page, "This page was refused")
    (host.folder / keys.encrypted_path(PLAN)).unlink()
    (host.folder / WRAPPED_KEY_PATH).write_text(PLAIN)
    page.get_by_role("link", name="Sample plans").click()
    expect(page.get_by_text("Zebrafront")).to_be_visible()
    follow_link(page)
    is_refused(page, "This page has been replaced")


def test_pages_moved_exchanged_or_older_are_refused(page: Page, host: Host, keys: BuildKeys, tmp_path: Path) -> None:
    """Another page of the same build, and the same page of another build."""
    open_site(page, host)
    mark_document(page)
    hidden = host.folder / keys.encrypted_path(PLAN)
    shutil.copy(host.folder / keys.encrypted_path(ACTION), hidden)
    follow_link(page)
    is_refused(page, "This page was refused")
    older = build(sample(tmp_path / "site"), tmp_path / "older")
    shutil.copy(tmp_path / "older" / older.keys.encrypted_path(PLAN), hidden)
    page.get_by_role("link", name="Go to the front page").click()
    expect(page.get_by_text("Zebrafront")).to_be_visible()
    follow_link(page)
    is_refused(page, "This page was refused")
    assert is_first_document(page)


@pytest.mark.parametrize("also", [(), (PATH_LIST,)])
def test_a_missing_page_is_refused(page: Page, host: Host, keys: BuildKeys, also: tuple[str, ...]) -> None:
    """One that was taken away is told from one that never was."""
    open_site(page, host)
    page.evaluate(
        "document.getElementById('main').insertAdjacentHTML('beforeend', '<a href=\"nowhere.html\">Lost</a>')"
    )
    follow_link(page, "Lost")
    expect(page.get_by_role("heading", name="Page not found")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("Zebrafront")).to_be_visible()
    for path in (PLAN, *also):
        (host.folder / keys.encrypted_path(path)).unlink()
    place_plain_pages(host)
    follow_link(page)
    is_refused(page, "This page was refused")


def test_another_lock_is_no_way_to_the_host(page: Page, host: Host, tmp_path: Path) -> None:
    """With another build in its place the open page says so, and only the reader's own decision leads to its lock."""
    open_site(page, host)
    mark_document(page)
    build(sample(tmp_path / "site"), tmp_path / "newer")
    host.folder = tmp_path / "newer"
    follow_link(page)
    is_refused(page, "There is another copy of these plans")
    assert is_first_document(page)
    page.get_by_role("button", name="Lock, and open the other copy").click()
    is_locked(page)
    expect(page.get_by_role("status")).to_contain_text("There is a new copy")


def _replace_worker(page: Page, host: Host) -> None:
    """Put another service worker on the host, and wait until the browser has taken it."""
    (host.folder / "unlock-worker.js").write_text(FALSE_WORKER)
    page.evaluate(
        """() => new Promise((resolve) => {
          navigator.serviceWorker.addEventListener("controllerchange", resolve);
          navigator.serviceWorker.getRegistration().then((registration) => registration.update());
        })"""
    )


def test_a_false_worker_gets_nothing(page: Page, host: Host) -> None:
    """A host can exchange the service worker too: it gets no keys, shows nothing, and cannot lock."""
    open_site(page, host)
    mark_document(page)
    place_plain_pages(host)
    _replace_worker(page, host)
    stolen = page.evaluate(
        """() => new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = ({ data }) => resolve(data);
          navigator.serviceWorker.controller.postMessage({ type: "steal" }, [port2]);
        })"""
    )
    assert stolen == [False]
    follow_link(page)
    follow_link(page, "Mend the lights")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mend the lights")
    expect(page.get_by_role("img", name="The stairs")).to_have_js_property("naturalWidth", 3)
    expect(page.get_by_role("alert")).to_contain_text("The script of this site was replaced")
    assert is_first_document(page)


def test_a_false_worker_cannot_lead_away_unasked(page: Page, host: Host) -> None:
    """It is said that there is another program, and the browser asks before it leaves the open page."""
    open_site(page, host)
    mark_document(page)
    _replace_worker(page, host)
    expect(page.get_by_role("alert")).to_contain_text("The script of this site was replaced")
    page.keyboard.press("Shift")  # browsers ask only where somebody has done something
    page.mouse.click(1, 1)
    with page.expect_event("dialog") as waiting:
        page.evaluate("navigator.serviceWorker.controller.postMessage({ type: 'lead' })")
    assert waiting.value.type == "beforeunload"
    waiting.value.dismiss()
    follow_link(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Fewer falls")
    assert is_first_document(page)


@pytest.mark.parametrize("is_false", [False, True])
def test_a_script_that_comes_later_is_checked(page: Page, host: Host, is_false: bool) -> None:
    """The next day brings two scripts. One that a false worker gives instead does not run."""
    page.clock.set_fixed_time(datetime(2025, 1, 20, 12, tzinfo=UTC))
    open_site(page, host)
    if is_false:
        _replace_worker(page, host)
    page.clock.set_fixed_time(datetime(2025, 2, 20, 12, tzinfo=UTC))
    page.keyboard.press("Shift")  # somebody is there, so that it does not lock
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    if is_false:
        expect(page.get_by_text("A part of this page was refused")).to_be_visible()
        expect(page).not_to_have_title("False script")
        return
    for name in ("Fewer falls", "Mend the lights"):
        expect(page.get_by_text("This copy is 31 days old.")).to_be_visible()
        expect(page.locator(".as-at")).to_contain_text("Still right today")
        follow_link(page, name)


def test_empty_storage_locks_nothing(page: Page, host: Host) -> None:
    """A host can empty it with a header of any answer. The lock is a page of the host, so that must not lead there."""
    open_site(page, host)
    mark_document(page)
    page.evaluate("localStorage.clear(); document.dispatchEvent(new Event('visibilitychange'))")
    follow_link(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Fewer falls")
    assert is_first_document(page)


def test_the_icon_keeps_its_address(page: Page, host: Host) -> None:
    """Browsers look for it again when the address of the page changes."""
    open_site(page, host)
    follow_link(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Fewer falls")
    expect(page.locator("link[rel=icon]")).to_have_js_property("href", host.top + "static/icon.svg")


def test_an_altered_picture_is_said(page: Page, host: Host, keys: BuildKeys) -> None:
    """The page is shown, with a word about the part that is not."""
    open_site(page, host)
    picture = keys.encrypted_path("files/plans/falls/actions/evidence/stairs.png")
    (host.folder / picture).write_bytes(bytes(20_000))
    follow_link(page)
    follow_link(page, "Mend the lights")
    expect(page.get_by_role("alert")).to_contain_text("A part of this page was refused")


def test_the_way_back_and_forward(page: Page, host: Host) -> None:
    """The history has every page, each scrolled as it was; a place in a page needs nothing fetched."""
    page.set_viewport_size({"width": 800, "height": 300})
    open_site(page, host)
    mark_document(page)
    follow_link(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Fewer falls")
    expect(page.locator("#main")).to_be_focused()
    page.evaluate("scrollTo(0, 150)")
    expect(page.locator("html")).to_have_js_property("scrollTop", 150)
    page.get_by_role("link", name="Mend the lights").first.evaluate("it => it.click()")  # without scrolling to it
    expect(page.get_by_role("heading", level=1)).to_have_text("Mend the lights")
    expect(page.locator("html")).to_have_js_property("scrollTop", 0)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fewer falls")
    expect(page.locator("html")).to_have_js_property("scrollTop", 150)
    page.go_back()
    expect(page.get_by_text("Zebrafront")).to_be_visible()
    assert page.url in {host.top, host.top + "index.html"}
    page.go_forward()
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mend the lights")
    assert is_first_document(page)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mend the lights")


def test_back_to_a_page_that_was_replaced_is_refused(page: Page, host: Host) -> None:
    """The history leads nowhere else than a link does."""
    open_site(page, host)
    follow_link(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Fewer falls")
    shutil.rmtree(host.folder / "sealed")
    place_plain_pages(host)
    page.go_back()
    is_refused(page, "This page has been replaced")


def test_a_link_to_a_place_in_another_page(page: Page, host: Host) -> None:
    """The place is found, and marked as the target."""
    page.set_viewport_size({"width": 800, "height": 300})
    open_site(page, host)
    address = f"{ACTION}#steps"
    page.evaluate(
        "to => document.getElementById('main').insertAdjacentHTML('afterbegin', `<a href=\"${to}\">There</a>`)", address
    )
    follow_link(page, "There")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mend the lights")
    expect(page).to_have_url(host.top + address)


def test_scripts_work_in_the_next_page(page: Page, host: Host) -> None:
    """The filter of a register and the order of its columns."""
    open_site(page, host)
    follow_link(page)
    follow_link(page, "Register")
    page.get_by_label("Find in the register").fill("lights")
    expect(page.locator("#register-rows tr:visible")).to_have_count(1)
    expect(page.locator("th button.sort").first).to_be_visible()
    expect(lock_of(page)).to_be_visible()


def test_an_attachment_is_saved(page: Page, host: Host) -> None:
    """Opened in the page, and checked as pages are."""
    open_site(page, host, ACTION)
    with page.expect_download() as waiting:
        follow_link(page, "Audit")
    assert waiting.value.suggested_filename == "audit.csv"
    assert waiting.value.path().read_text() == "secret,audit\n"
    expect(page.get_by_role("heading", level=1)).to_have_text("Mend the lights")


def test_a_new_tab_is_answered_by_the_worker(context: BrowserContext, page: Page, host: Host) -> None:
    """Opened with a key held down: it shows the same, and refuses the same."""
    open_site(page, host)
    place_plain_pages(host)
    with context.expect_page() as waiting:
        page.get_by_role("link", name="Fewer falls").first.click(modifiers=["ControlOrMeta"])
    expect(waiting.value.get_by_role("heading", level=1)).to_have_text("Fewer falls")
    shutil.rmtree(host.folder / "sealed")
    with context.expect_page() as waiting:
        page.get_by_role("link", name="Fewer falls").first.click(modifiers=["ControlOrMeta"])
    is_refused(waiting.value, "This page has been replaced")


def test_a_page_past_the_worker_gets_no_keys(context: BrowserContext, page: Page, host: Host) -> None:
    """A page of the host in another tab, reloaded past the worker, is not one that the worker answers."""
    open_site(page, host)
    other = context.new_page()
    (host.folder / "index.html").write_text(PLAIN)
    other.goto(host.top)
    session = context.new_cdp_session(other)
    session.send("Page.reload", {"ignoreCache": True})
    expect(other.get_by_role("heading", name="False page")).to_be_visible()
    found = other.evaluate(
        """async () => {
          const { active } = await navigator.serviceWorker.getRegistration();
          const { port1, port2 } = new MessageChannel();
          const answer = new Promise((resolve) => { port1.onmessage = ({ data }) => resolve(data); });
          active.postMessage({ type: "keys" }, [port2]);
          return answer;
        }"""
    )
    assert found is None


def test_what_is_said_has_no_barrier(page: Page, host: Host) -> None:
    """axe finds nothing in a page shown in place, nor in what is said in place of one, in the page or by the worker."""
    tags = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
    open_site(page, host)
    follow_link(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Fewer falls")
    assert (
        Axe().run(page, options={**tags, "preload": False, "resultTypes": ["violations"]}).response["violations"] == []
    )
    shutil.rmtree(host.folder / "sealed")
    follow_link(page, "Mend the lights")
    is_refused(page, "This page has been replaced")
    assert (
        Axe().run(page, options={**tags, "preload": False, "resultTypes": ["violations"]}).response["violations"] == []
    )
    page.reload()
    is_refused(page, "This page has been replaced")
    assert (
        Axe().run(page, options={**tags, "preload": False, "resultTypes": ["violations"]}).response["violations"] == []
    )
