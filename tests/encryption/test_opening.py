"""An encrypted site in a real browser: the passphrase opens it, on the way to any page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from plansite.encryption.keys import BuildKeys
from plansite.publish.headers import preview_headers
from tests.encryption.host import Host, hosting
from tests.encryption.reader import ACTION, OTHER, lock_of, open_site, unlock
from tests.encryption.sample import PHRASE

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("below", ["/", "/some/plans/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_passphrase_opens_every_page(
    browser: Browser, online: tuple[Path, BuildKeys], below: str, scheme: str
) -> None:
    """Pages, style, script, image and attachment work as in the open site, below any path, with or without headers."""
    headers = preview_headers() if below == "/" else ()
    with hosting(online[0], below=below, headers=headers) as host, browser.new_context() as context:
        page = context.new_page()
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        open_site(page, host)
        assert page.title() == "Sample plans"
        page.get_by_role("link", name="Fewer falls").first.click()
        page.get_by_role("link", name="Mend the lights").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Mend the lights")
        assert page.url == host.top + ACTION
        image = page.get_by_role("img", name="The stairs")
        expect(image).to_have_js_property("naturalWidth", 3)
        body = page.locator("body").evaluate("it => getComputedStyle(it.parentElement).backgroundColor")
        assert body == ("rgb(20, 25, 28)" if scheme == "dark" else "rgb(250, 249, 246)")
        attached = page.get_by_role("link", name="Audit").get_attribute("href") or ""
        text = page.evaluate("async to => (await fetch(to)).text()", attached)
        assert text == "secret,audit\n"
        page.goto(host.top + OTHER)
        page.get_by_label("Find in the register").fill("lights")
        expect(page.locator("#register-rows tr:visible")).to_have_count(1)


def test_nothing_of_the_passphrase_or_the_paths_is_sent(page: Page, host: Host) -> None:
    """The host is asked for the unlock page and hidden names alone."""
    open_site(page, host)
    page.get_by_role("link", name="Fewer falls").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fewer falls")
    open_files = {f"/{path.relative_to(host.folder).as_posix()}" for path in host.folder.rglob("*") if path.is_file()}
    assert {path.partition("?")[0] for path in host.asked} <= {"/", *open_files}


@pytest.mark.parametrize("phrase", [PHRASE.upper(), f"  {PHRASE.replace(' ', ' - ')} "])
def test_capitals_blanks_and_hyphens_make_no_difference(page: Page, host: Host, phrase: str) -> None:
    """What a telephone makes of typed words still opens the site."""
    unlock(page, host.top, phrase)
    expect(lock_of(page)).to_be_visible()


def test_a_deep_link_leads_where_it_says(page: Page, host: Host) -> None:
    """Through the lock to the very page; afterwards such a link opens at once, and a lost one has its page."""
    open_site(page, host, ACTION + "#main")
    assert page.url == host.top + ACTION + "#main"
    page.goto(host.top + OTHER)
    expect(lock_of(page)).to_be_visible()
    answer = page.goto(host.top + "plans/nowhere.html")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", name="Page not found")).to_be_visible()


def test_a_reload_past_the_worker_comes_back(page: Page, host: Host) -> None:
    """Holding a key while reloading leads over the lock, which is open, to the same page."""
    open_site(page, host, ACTION)
    expect(page.get_by_role("heading", level=1)).to_have_text("Mend the lights")
    session = page.context.new_cdp_session(page)
    session.send("Page.reload", {"ignoreCache": True})
    expect(page.get_by_role("heading", level=1)).to_have_text("Mend the lights")
    expect(page).to_have_url(host.top + ACTION)


def test_other_sites_open_beside_this_one(page: Page, host: Host) -> None:
    """Following a link to evidence elsewhere does not close the last page, which would lock; it says so."""
    open_site(page, host, ACTION)
    link = page.get_by_role("link", name="Guidance (opens in a new tab)")
    expect(link).to_have_attribute("target", "_blank")
    expect(page.get_by_role("link", name="Audit", exact=True)).not_to_have_attribute("target", "_blank")


def test_a_link_cannot_lead_out_of_the_site(page: Page, host: Host) -> None:
    """What stands behind `#` on the unlock page is taken for a path of this site only."""
    open_site(page, host, "#to=https%3A%2F%2Fexample.org%2F")
    assert page.url == host.top
