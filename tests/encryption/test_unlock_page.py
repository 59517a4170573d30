"""The unlock page in a real browser: for everybody, and with words for whatever goes wrong."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, BrowserContext, Page, expect

from plansite.encryption.passphrase import normalise_passphrase
from plansite.encryption.wrapped_key import WRAPPED_KEY_PATH
from plansite.render.theme import default_theme_folder
from tests.encryption.host import Host
from tests.encryption.reader import ACTION, OTHER, WRONG, lock_of, open_site, unlock
from tests.encryption.sample import PHRASE

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_wrong_passphrase_is_refused_in_plain_words(page: Page, host: Host) -> None:
    """The message is announced, the field keeps what was typed and has the focus; then the right one opens."""
    unlock(page, host.top, PHRASE + " more")
    expect(page.get_by_role("alert")).to_contain_text(WRONG)
    field = page.get_by_label("Passphrase")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(
        "Leave a space between the words. Capital letters make no difference. " + page.get_by_role("alert").inner_text()
    )
    page.get_by_label("Show the words").check()
    expect(field).to_have_attribute("type", "text")
    field.fill(PHRASE)
    field.press("Enter")
    expect(lock_of(page)).to_be_visible()


def test_an_empty_passphrase_is_asked_for(page: Page, host: Host) -> None:
    """Pressing the button too early says what to do."""
    unlock(page, host.top, " ")
    expect(page.get_by_role("alert")).to_have_text("Type the passphrase first.")


@pytest.mark.parametrize("part", ["salt", "nonce", "key", "build"])
def test_an_altered_lock_does_not_open(page: Page, host: Host, part: str) -> None:
    """One letter of the lock exchanged, and the right passphrase opens nothing."""
    lock = host.folder / WRAPPED_KEY_PATH
    head, mark, rest = lock.read_text().partition(f'"{part}": "')
    lock.write_text(head + mark + ("b" if rest[0] == "a" else "a") + rest[1:])
    unlock(page, host.top)
    expect(page.get_by_role("alert")).to_contain_text(WRONG)


def test_a_lock_with_too_few_rounds_is_refused(page: Page, host: Host) -> None:
    """Nobody can make the browser derive a key that is quick to guess."""
    lock = host.folder / WRAPPED_KEY_PATH
    lock.write_text(lock.read_text().replace('"rounds": 1000000', '"rounds": 1'))
    unlock(page, host.top)
    expect(page.get_by_role("alert")).to_contain_text("This copy is damaged")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_unlock_page_has_no_barrier(page: Page, host: Host, scheme: str, width: int) -> None:
    """axe finds nothing before and after a wrong passphrase, and nothing is wider than the screen."""
    page.set_viewport_size({"width": width, "height": 700})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(host.top)
    _is_accessible(page, width)
    unlock(page, host.top, "wrong")
    expect(page.get_by_role("alert")).to_contain_text(WRONG)
    _is_accessible(page, width)
    open_site(page, host)
    _is_accessible(page, width)


def _is_accessible(page: Page, width: int) -> None:
    tags = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
    assert (
        Axe().run(page, options={**tags, "preload": False, "resultTypes": ["violations"]}).response["violations"] == []
    )
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("path", ["", ACTION])
def test_without_script_it_says_what_is_needed(browser: Browser, host: Host, path: str) -> None:
    """A sentence in place of the field, at the address of any page."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(host.top + path)
        expect(page.get_by_text("this page needs JavaScript")).to_be_visible()
        expect(page.get_by_label("Passphrase")).to_be_hidden()


def test_it_says_when_a_browser_cannot(context: BrowserContext, host: Host) -> None:
    """Where workers are switched off, and at an address that anybody on the way can listen to."""
    context.add_init_script("Object.defineProperty(navigator, 'serviceWorker', { value: undefined })")
    page = context.new_page()
    page.goto(host.top)
    expect(page.get_by_text("use an ordinary one")).to_be_visible()
    expect(page.get_by_label("Passphrase")).to_be_hidden()
    context.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    page.goto(host.top)
    expect(page.get_by_text("begins with https")).to_be_visible()


def test_it_says_that_a_folder_will_not_do(browser: Browser, host: Host) -> None:
    """Opened from disk or a zip file, it names the way that works."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((host.folder / "index.html").as_uri())
        expect(page.get_by_text("cannot be opened from a folder")).to_be_visible()


def test_an_open_page_prints(page: Page, host: Host) -> None:
    """The lock is not on paper, and the plan is."""
    open_site(page, host, OTHER)
    page.emulate_media(media="print")
    expect(lock_of(page)).to_be_hidden()
    assert page.pdf().startswith(b"%PDF")


def test_the_words_count_the_same_on_both_sides(browser: Browser) -> None:
    """Whatever somebody types comes to the same characters in the browser as in plansite."""
    script = default_theme_folder() / "sealed/open/unlock.js"
    own = re.search(r"const plain = (.+?);\n", script.read_text("utf-8"), re.DOTALL)
    assert own
    with browser.new_context() as context:
        page = context.new_page()

        letters = st.lists(st.sampled_from(" \t\n\u00a0\u2003\u3000\ufeff-\u2010\u2011\u2015aBÉﬁΣİ")).map("".join)

        @given((letters | st.text(max_size=40)).filter(lambda words: normalise_passphrase(words).isprintable()))
        def both(words: str) -> None:
            assert page.evaluate(own[1], words) == normalise_passphrase(words)

        both()
