"""Shortens the links of a page that climb to the top of the site only to come back into a folder of the page."""

from __future__ import annotations

import functools


def shorten_links(html: str, path: str) -> str:
    """The HTML of the page at `path` with its links inside its own folders in their shortest form.

    On `plans/falls/actions/a.html`, `../../../plans/falls/actions/b.html` becomes `b.html`, and
    `../../../plans/falls/index.html` becomes `../index.html`. A text cannot be taken for a link, as its quotation marks
    are escaped. Whole prefixes are replaced, so that a page costs a few searches however many links it has.
    """
    for long, short in _list_prefixes(path.rpartition("/")[0]):
        html = html.replace(long, short)
    return html


@functools.lru_cache(1024)
def _list_prefixes(folder: str) -> tuple[tuple[str, str], ...]:
    """The beginnings of links to replace on pages of this folder, innermost folder first, each with its short form.

    A link to the folder itself becomes `./`, as an empty address would be the page.
    """
    names = folder.split("/") if folder else []
    prefixes = []
    for depth in range(len(names), 0, -1):
        long = f' href="{"../" * len(names)}{"/".join(names[:depth])}/'
        short = f' href="{"../" * (len(names) - depth)}'
        if depth == len(names):
            prefixes += [(f"{long}{end}", f"{short}./{end}") for end in '"#?']
        prefixes.append((long, short))
    return tuple(prefixes)
