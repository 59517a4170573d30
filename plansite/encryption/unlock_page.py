"""The files of an encrypted site that anybody can read: the unlock page and what it needs. None tells of the site."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from plansite.encryption.wrapped_key import WRAPPED_KEY_PATH, WrappedKey
from plansite.model.page_addresses import FRONT_PAGE, NOT_FOUND_PAGE
from plansite.model.settings import Settings
from plansite.publish.headers import meta_policy, netlify
from plansite.render.page_renderer import PageRenderer
from plansite.render.theme import Theme
from plansite.site.components.page import Page, SiteLayout, base_path

#: The look of the unlock page, as far as a theme has it.
_STATIC_FILES = ("icon.svg", "own.css", "site.css", "tokens.css")
_PAGE_TITLE = "Locked plans"


@dataclass(frozen=True, slots=True)
class UnlockView:
    """What the unlock page shows: whether it stands in for the page of another address."""

    is_elsewhere: bool


def build_unlock_files(settings: Settings, theme: Theme, wrapped_key: WrappedKey) -> dict[str, bytes | Path]:
    """Those files by output path. Of the settings only the path of the site's address gets in."""
    static = theme.static_files()
    look = {f"static/{name}": static[name] for name in _STATIC_FILES if name in static}
    shell = SiteLayout(
        title=_PAGE_TITLE,
        nav=(),
        footer=(),
        timezone="",
        pinned=True,
        base_path=base_path(settings.base_url),
        policy=meta_policy(),
    )
    writer = PageRenderer.create(theme, shell, frozenset(static))
    pages = {path: writer.render(_unlock_page(path)).encode() for path in (FRONT_PAGE, NOT_FOUND_PAGE)}
    # A script at work behind pages can reach only what lies beside it and below.
    return {
        **look,
        "static/unlock.css": theme.find_file("open/unlock.css"),
        "static/unlock.js": theme.find_file("open/unlock.js"),
        "unlock-worker.js": theme.find_file("open/unlock-worker.js"),
        **pages,
        WRAPPED_KEY_PATH: wrapped_key.to_json().encode(),
        "_headers": netlify(settings).encode(),
    }


def _unlock_page(path: str) -> Page:
    return Page(path=path, template="unlock.html", title=_PAGE_TITLE, view=UnlockView(path != FRONT_PAGE))
