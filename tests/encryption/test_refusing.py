"""An encrypted site in a real browser: what was altered, exchanged or taken away is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from plansite.encryption.keys import BuildKeys
from plansite.encryption.output import PATH_LIST
from tests.encryption.host import Host
from tests.encryption.reader import ACTION, OTHER, build, lock_of, open_site, stop_workers
from tests.encryption.sample import sample

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REFUSED = "This page was refused"


@pytest.mark.parametrize(("place", "bit"), [(0, 0), (11, 7), (12, 3), (5000, 1), (-1, 0)])
def test_an_altered_byte_is_refused(page: Page, host: Host, keys: BuildKeys, place: int, bit: int) -> None:
    """In the nonce, the text or the tag: the page is not shown, and the others still are."""
    open_site(page, host)
    box = host.folder / keys.encrypted_path(ACTION)
    data = bytearray(box.read_bytes())
    data[place] ^= 1 << bit
    box.write_bytes(data)
    page.goto(host.top + ACTION)
    expect(page.get_by_role("heading", name=REFUSED)).to_be_visible()
    assert "lights" not in page.content()
    expect(lock_of(page)).to_be_visible()
    page.get_by_role("link", name="Go to the front page").click()
    expect(lock_of(page)).to_be_visible()


def test_exchanged_pages_are_refused(page: Page, host: Host, keys: BuildKeys) -> None:
    """Two files of the same build under each other's names open under neither."""
    open_site(page, host)
    one, other = host.folder / keys.encrypted_path(ACTION), host.folder / keys.encrypted_path(OTHER)
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    for path in (ACTION, OTHER):
        page.goto(host.top + path)
        expect(page.get_by_role("heading", name=REFUSED)).to_be_visible()


def test_a_page_of_an_older_build_is_refused(page: Page, host: Host, keys: BuildKeys, tmp_path: Path) -> None:
    """The same page under the same passphrase, from a build before."""
    older = build(sample(tmp_path / "site"), tmp_path / "older")
    shutil.copy(tmp_path / "older" / older.keys.encrypted_path(ACTION), host.folder / keys.encrypted_path(ACTION))
    open_site(page, host)
    page.goto(host.top + ACTION)
    expect(page.get_by_role("heading", name=REFUSED)).to_be_visible()


@pytest.mark.parametrize("also", [(), (PATH_LIST,)])
def test_a_page_taken_away_is_refused(page: Page, host: Host, keys: BuildKeys, also: tuple[str, ...]) -> None:
    """It is not said that there never was one, even where the list of pages is gone too."""
    for path in (ACTION, *also):
        (host.folder / keys.encrypted_path(path)).unlink()
    open_site(page, host)
    page.goto(host.top + ACTION)
    expect(page.get_by_role("heading", name=REFUSED)).to_be_visible()


def test_an_altered_picture_is_refused_and_said(page: Page, host: Host, keys: BuildKeys) -> None:
    """The page itself is genuine and shown, with a word about the part that is not."""
    open_site(page, host)
    picture = next(path for path in _paths(page, host) if path.endswith(".png"))
    (host.folder / keys.encrypted_path(picture)).write_bytes(b"\0" * 20_000)
    page.goto(host.top + ACTION)
    expect(page.get_by_role("alert")).to_contain_text("A part of this page was refused")


@pytest.mark.parametrize("part", ["static/lock.js", "static/site.css"])
def test_no_page_is_shown_without_its_lock_and_its_look(page: Page, host: Host, keys: BuildKeys, part: str) -> None:
    """A host could otherwise take away the lock alone."""
    open_site(page, host)
    (host.folder / keys.encrypted_path(part)).unlink()
    stop_workers(page)  # it keeps in memory what all pages share
    page.goto(host.top + ACTION)
    expect(page.get_by_role("heading", name=REFUSED)).to_be_visible()


def _paths(page: Page, host: Host) -> list[str]:
    """The pictures of the action's page, by path."""
    page.goto(host.top + ACTION)
    found: list[str] = page.get_by_role("img").evaluate_all("all => all.filter(it => it.src).map(it => it.src)")
    return [address.removeprefix(host.top) for address in found]
