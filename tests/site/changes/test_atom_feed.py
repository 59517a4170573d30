"""Feeds are well-formed Atom with what RFC 4287 asks for, whatever the words in them."""

from __future__ import annotations

from datetime import date
from xml.etree.ElementTree import Element, fromstring

from hypothesis import given
from hypothesis import strategies as st

from plansite.site.changes.atom_feed import FeedItem, render_atom_feed
from plansite.site.changes.history import HistoryEvent
from plansite.site.changes.plan_changes import ChangedDocument
from plansite.site.components.page import Link

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://plans.example.org/riverside/"
#: Words as content has them: controls and the like are taken out when a file is read.
WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Cn"]), max_size=40)


def _feed(*told: HistoryEvent, title: str = "Mend", plan: str = "Winter") -> Element:
    entry = FeedItem(
        document=ChangedDocument(Link(title, "plans/w/actions/a b.html"), told),
        path="x",
        page="plans/w/a b.html",
        plan=plan,
    )
    return fromstring(render_atom_feed(BASE, "changes.atom", "Our plans", [entry]))  # noqa: S314  (our own text)


def _of(element: Element, name: str) -> str:
    found = element.find(ATOM + name)
    assert found is not None, name
    return found.text or ""


def test_a_day_is_an_entry() -> None:
    """What happened to a document on one day stands together, the newest day first."""
    feed = _feed(
        HistoryEvent("B", date(2025, 1, 3)),
        HistoryEvent("A.", date(2025, 1, 3)),
        HistoryEvent("C", date(2025, 1, 1)),
        HistoryEvent("D", None),
    )
    entries = feed.findall(f"{ATOM}entry")
    assert [(_of(each, "updated"), _of(each, "summary")) for each in entries] == [
        ("2025-01-03T00:00:00Z", "B. A."),
        ("2025-01-01T00:00:00Z", "C."),
    ]
    assert _of(feed, "updated") == "2025-01-03T00:00:00Z"
    assert _of(entries[0], "title") == "Mend (Winter)"


@given(WORDS, WORDS, WORDS)
def test_any_words_are_well_formed(title: str, plan: str, words: str) -> None:
    """Each entry has an id, a title, a time and a link below the site's address; so has the feed, with an author."""
    feed = _feed(HistoryEvent(words, date(2025, 1, 3)), title=title, plan=plan)
    (entry,) = feed.findall(f"{ATOM}entry")
    assert _of(entry, "id").startswith(BASE)
    assert _of(feed, "id") == f"{BASE}changes.atom"
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    for each in (*entry.findall(f"{ATOM}link"), *feed.findall(f"{ATOM}link")):
        assert each.attrib["href"].startswith(BASE)
        assert " " not in each.attrib["href"]


def test_an_empty_feed_is_a_feed() -> None:
    """Readers that follow a quiet plan get no error."""
    feed = fromstring(render_atom_feed(BASE, "plans/w/changes.atom", "Quiet", []))  # noqa: S314  (our own text)
    assert _of(feed, "title") == "Quiet"
    assert feed.findall(f"{ATOM}entry") == []
