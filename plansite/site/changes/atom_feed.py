"""Atom feeds (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from plansite.deferred_dataclass import dataclass

_ATOM_NAMESPACE = "http://www.w3.org/2005/Atom"
#: The newest entries of a feed; feed readers ask often enough not to miss older ones.
_MAX_ENTRIES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """A change: its id, an absolute IRI that is its own for ever; its words, its day, and the output path of a page."""

    id: str
    title: str
    summary: str
    day: date
    page: str


def render_atom_feed(base_url: str, path: str, title: str, entries: Iterable[FeedEntry]) -> str:
    """The XML of the feed that is published at `path`; newest entries first. `base_url` ends in a slash."""
    newest = sorted(entries, key=lambda entry: entry.day, reverse=True)[:_MAX_ENTRIES]
    feed = Element("feed", {"xmlns": _ATOM_NAMESPACE, "xml:lang": "en-GB"})
    _add_text_element(feed, "id", f"{base_url}{quote(path)}")
    _add_text_element(feed, "title", title)
    _add_text_element(feed, "updated", _format_time(newest[0].day if newest else date(2000, 1, 1)))
    SubElement(feed, "link", {"rel": "self", "href": f"{base_url}{quote(path)}"})
    SubElement(feed, "link", {"href": base_url})
    _add_text_element(SubElement(feed, "author"), "name", title)
    for entry in newest:
        feed.append(_build_entry_element(base_url, entry))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(feed, encoding="unicode")}\n'


def _build_entry_element(base_url: str, entry: FeedEntry) -> Element:
    element = Element("entry")
    _add_text_element(element, "id", entry.id)
    _add_text_element(element, "title", entry.title)
    _add_text_element(element, "updated", _format_time(entry.day))
    SubElement(element, "link", {"href": f"{base_url}{quote(entry.page)}"})
    _add_text_element(element, "summary", entry.summary)
    return element


def _add_text_element(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _format_time(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
