"""Atom feeds (RFC 4287): one entry for each day on which a document changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from plansite.site.changes.history import HistoryEvent
from plansite.site.changes.plan_changes import ChangedDocument

_ATOM_NAMESPACE = "http://www.w3.org/2005/Atom"
#: The newest entries of a feed; feed readers ask often enough not to miss older ones.
_MAX_ENTRIES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """A changed document with the path of its file, the output path of its page and the title of its plan."""

    document: ChangedDocument
    path: str
    page: str
    plan: str


def render_atom_feed(base_url: str, path: str, title: str, feed_items: Iterable[FeedItem]) -> str:
    """The XML of the feed that is published at `path`; newest entries first. `base_url` ends in a slash."""
    items = sorted(_group_by_day(feed_items), key=lambda item: (item[0], item[1].page), reverse=True)[:_MAX_ENTRIES]
    feed = Element("feed", {"xmlns": _ATOM_NAMESPACE, "xml:lang": "en-GB"})
    _add_text_element(feed, "id", f"{base_url}{quote(path)}")
    _add_text_element(feed, "title", title)
    _add_text_element(feed, "updated", _format_time(items[0][0] if items else date(2000, 1, 1)))
    SubElement(feed, "link", {"rel": "self", "href": f"{base_url}{quote(path)}"})
    SubElement(feed, "link", {"href": base_url})
    _add_text_element(SubElement(feed, "author"), "name", title)
    for day, item, events in items:
        feed.append(_build_entry_element(base_url, day, item, events))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(feed, encoding="unicode")}\n'


def _group_by_day(feed_items: Iterable[FeedItem]) -> Iterator[tuple[date, FeedItem, list[HistoryEvent]]]:
    for item in feed_items:
        dated = [event for event in item.document.events if event.day]
        for day, events in groupby(dated, key=lambda event: event.day):
            if day:
                yield day, item, list(events)


def _build_entry_element(base_url: str, day: date, feed_item: FeedItem, events: list[HistoryEvent]) -> Element:
    entry = Element("entry")
    address = f"{base_url}{quote(feed_item.page)}"
    _add_text_element(entry, "id", f"{address}#{day.isoformat()}")
    _add_text_element(entry, "title", f"{feed_item.document.title.text} ({feed_item.plan})")
    _add_text_element(entry, "updated", _format_time(day))
    SubElement(entry, "link", {"href": address})
    _add_text_element(entry, "summary", " ".join(f"{event.words.removesuffix('.')}." for event in events))
    return entry


def _add_text_element(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _format_time(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
