"""The unencrypted files of an encrypted site: the unlock page and its scripts. They reveal nothing of the content."""

from __future__ import annotations

from plansite.deferred_dataclass import dataclass
from plansite.encryption.wrapped_key import WRAPPED_KEY_PATH, WrappedKey
from plansite.file_access import FileInFolder
from plansite.model.page_addresses import FRONT_PAGE, NOT_FOUND_PAGE
from plansite.model.settings import Settings
from plansite.publish.headers import meta_policy, netlify
from plansite.render.page_renderer import PageRenderer
from plansite.render.theme import Theme
from plansite.site.components.page import Page, SiteLayout, base_path

#: The static files of the unlock page, as far as the theme has them.
_STATIC_FILES = ("icon.svg", "own.css", "site.css", "tokens.css")
#: The parts of the service worker, in order. Pages load the first one too.
_WORKER_PARTS = ("static/encrypted-files.js", "open/unlock-worker.js")
_PAGE_TITLE = "Locked plans"


@dataclass(frozen=True, slots=True)
class UnlockView:
    """The view of the unlock page: whether it is served instead of the page of another address."""

    is_elsewhere: bool


def build_unlock_files(settings: Settings, theme: Theme, wrapped_key: WrappedKey) -> dict[str, bytes | FileInFolder]:
    """The unencrypted files by output path. Of the settings, only the path of `base_url` is used."""
    static = theme.static_files()
    static_files = {f"static/{name}": static[name] for name in _STATIC_FILES if name in static}
    layout = SiteLayout(
        title=_PAGE_TITLE,
        nav=(),
        search="",
        footer=(),
        timezone="",
        pinned=True,
        base_path=base_path(settings.base_url),
        policy=meta_policy(),
    )
    renderer = PageRenderer.create(theme, layout, frozenset(static))
    pages = {path: renderer.render(_unlock_page(path)).encode() for path in (FRONT_PAGE, NOT_FOUND_PAGE)}
    # The scope of a service worker is its own folder, so its script has to lie at the top.
    return {
        **static_files,
        "static/unlock.css": theme.find_file("open/unlock.css"),
        "static/unlock.js": theme.find_file("open/unlock.js"),
        "unlock-worker.js": b"".join(theme.find_file(name).read() for name in _WORKER_PARTS),
        **pages,
        WRAPPED_KEY_PATH: wrapped_key.to_json().encode(),
        "_headers": netlify(settings).encode(),
    }


def _unlock_page(path: str) -> Page:
    return Page(path=path, template="unlock.html", title=_PAGE_TITLE, view=UnlockView(path != FRONT_PAGE))
