"""The files of an encrypted site that anybody can read: the unlock page and what it needs. None tells of the site."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from plansite.model.site import Settings
from plansite.publish.headers import meta_policy, netlify
from plansite.render.theme import Theme
from plansite.render.writer import Writer
from plansite.sealing.lock import PLACE, Lock
from plansite.site.page import Page, Shell
from plansite.site.shell import base_path

#: The look of the unlock page, as far as a theme has it.
_LOOK = ("icon.svg", "own.css", "site.css", "tokens.css")
_TITLE = "Locked plans"


@dataclass(frozen=True, slots=True)
class UnlockView:
    """What the unlock page shows: whether it stands in for the page of another address."""

    is_elsewhere: bool


def entrance(settings: Settings, theme: Theme, lock: Lock) -> dict[str, bytes | Path]:
    """Those files by output path. Of the settings only the path of the site's address gets in."""
    static = theme.static()
    look = {f"static/{name}": static[name] for name in _LOOK if name in static}
    shell = Shell(
        title=_TITLE,
        nav=(),
        footer=(),
        timezone="",
        pinned=True,
        base_path=base_path(settings.base_url),
        policy=meta_policy(),
    )
    writer = Writer.of(theme, shell, frozenset(static))
    pages = {path: writer.draw(_page(path)).encode() for path in ("index.html", "404.html")}
    # A script at work behind pages can reach only what lies beside it and below.
    return {
        **look,
        "static/unlock.css": theme.found("open/unlock.css"),
        "static/unlock.js": theme.found("open/unlock.js"),
        "unlock-worker.js": theme.found("open/unlock-worker.js"),
        **pages,
        PLACE: lock.text().encode(),
        "_headers": netlify(settings).encode(),
    }


def _page(path: str) -> Page:
    return Page(path=path, template="unlock.html", title=_TITLE, view=UnlockView(path != "index.html"))
