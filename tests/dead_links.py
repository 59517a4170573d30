"""A report of dead links: of every `href` and `src` in every built page, those that lead to no file or to no id."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

#: The attributes that hold an address.
_ADDRESSES = {"href", "src"}
#: Addresses that are not on the site.
_FOREIGN_SCHEMES = ("http", "https", "mailto", "tel", "webcal")


class DeadLink(NamedTuple):
    """A page, an address in it as written, and why it is dead: "no file", "no id", or "id twice" for the id itself."""

    page: str
    address: str
    fault: str


class _PageParser(HTMLParser):
    """Collects the ids of a page, and the addresses in it."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.addresses: list[str] = []
        self.feed(page.decode())
        self.close()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids[value or ""] += 1
            elif name in _ADDRESSES:
                self.addresses.append(value or "")


def find_dead_links(files: Mapping[str, object], base_path: str = "/") -> list[DeadLink]:
    """All dead links of the pages among these files, which are by their paths on the site.

    An id that stands on a page more than once is reported with it, whether or not a link leads there.
    """
    pages = _parse_pages(files)
    ids = {path: page.ids for path, page in pages.items()}
    twice = {
        DeadLink(path, f"#{name}", "id twice") for path, names in ids.items() for name, n in names.items() if n > 1
    }
    dead = {
        DeadLink(path, address, fault)
        for path, page in pages.items()
        for address in page.addresses
        if (fault := _find_fault(path, address, files, ids, base_path))
    }
    return sorted(twice | dead)


def count_links(files: Mapping[str, object]) -> int:
    """How many addresses on the site the report looks at."""
    return sum(not urlsplit(address).scheme for page in _parse_pages(files).values() for address in page.addresses)


def _parse_pages(files: Mapping[str, object]) -> dict[str, _PageParser]:
    return {
        path: _PageParser(data) for path, data in files.items() if path.endswith(".html") and isinstance(data, bytes)
    }


def _find_fault(
    page: str, address: str, files: Mapping[str, object], ids: Mapping[str, Counter[str]], base_path: str
) -> str:
    parts = urlsplit(address)
    if parts.scheme in _FOREIGN_SCHEMES:
        return ""
    if parts.scheme or parts.netloc:
        return "no file"
    path = page
    if parts.path.startswith("/"):
        path = unquote(parts.path).removeprefix(base_path)
    elif parts.path:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
    if path not in files or (not parts.path and not address.startswith("#")):
        return "no file"
    fragment = unquote(parts.fragment)
    if path not in ids or fragment in ("", "top"):
        return ""
    return "" if ids[path][fragment] == 1 else "no id"
