"""Shortens the links of a page that climb to the top of the site only to come back into a folder of the page."""

from __future__ import annotations

import functools

_LINK = ' href="'
_ENDS = ('"', "#", "?")
#: The folders of a page counted from the outermost, each with the way there.
Folders = tuple[tuple[str, str], ...]


def shorten_links(html: str, path: str) -> str:
    """The HTML of the page at `path` with its links inside its own folders in their shortest form.

    On `plans/falls/actions/a.html`, `../../../plans/falls/actions/b.html` becomes `b.html`, and
    `../../../plans/falls/index.html` becomes `../index.html`. A text cannot be taken for a link, as its quotation marks
    are escaped. The page is searched once, for links into the outermost of its folders.
    """
    start, folders = _list_folders(path.rpartition("/")[0])
    if not folders:
        return html
    before, *links = html.split(start)
    parts = [before]
    for link in links:
        parts += _LINK, _shorten(link, folders)
    return "".join(parts)


def _shorten(link: str, folders: Folders) -> str:
    """A link counted from the outermost folder, with the text that follows it, from the page."""
    for folder, up in folders:
        if link.startswith(folder):
            rest = link[len(folder) :]
            # An empty address would be the page, and not its folder.
            return f"./{rest}" if not up and rest[:1] in _ENDS else up + rest
    return link


@functools.lru_cache(1024)
def _list_folders(folder: str) -> tuple[str, Folders]:
    """How links into the outermost folder of a page begin, and its folders counted from there, innermost first."""
    outermost, *names = folder.split("/")
    if not outermost:
        return "", ()
    start = f"{_LINK}{'../' * (len(names) + 1)}{outermost}/"
    depths = range(len(names), -1, -1)
    return start, tuple(
        ("".join(f"{name}/" for name in names[:depth]), "../" * (len(names) - depth)) for depth in depths
    )
