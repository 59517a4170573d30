"""Atom feeds (RFC 4287): what changed in a document, one entry for each day on which it did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from plansite.site.plan_changes import Subject
from plansite.site.story import Told

_ATOM = "http://www.w3.org/2005/Atom"
#: So many entries are kept; readers ask more often than so much happens.
_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A document with what happened to it. `page` counts from the top of the site, `plan` is the plan's title."""

    subject: Subject
    path: str
    page: str
    plan: str


def feed_of(base: str, path: str, title: str, entries: Iterable[Entry]) -> str:
    """The feed at `path` below `base`, which ends in a slash; newest first."""
    items = sorted(_items(entries), key=lambda item: (item[0], item[1].page), reverse=True)[:_MOST]
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": "en-GB"})
    _text(feed, "id", f"{base}{quote(path)}")
    _text(feed, "title", title)
    _text(feed, "updated", _time(items[0][0] if items else date(2000, 1, 1)))
    SubElement(feed, "link", {"rel": "self", "href": f"{base}{quote(path)}"})
    SubElement(feed, "link", {"href": base})
    _text(SubElement(feed, "author"), "name", title)
    for day, entry, told in items:
        feed.append(_entry(base, day, entry, told))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(feed, encoding="unicode")}\n'


def _items(entries: Iterable[Entry]) -> Iterator[tuple[date, Entry, list[Told]]]:
    for entry in entries:
        dated = [told for told in entry.subject.told if told.day]
        for day, group in groupby(dated, key=lambda told: told.day):
            if day:
                yield day, entry, list(group)


def _entry(base: str, day: date, entry: Entry, told: list[Told]) -> Element:
    made = Element("entry")
    address = f"{base}{quote(entry.page)}"
    _text(made, "id", f"{address}#{day.isoformat()}")
    _text(made, "title", f"{entry.subject.title.text} ({entry.plan})")
    _text(made, "updated", _time(day))
    SubElement(made, "link", {"href": address})
    _text(made, "summary", " ".join(f"{each.words.removesuffix('.')}." for each in told))
    return made


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _time(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
