"""Feeds are well-formed Atom with what RFC 4287 asks for, whatever the words in them."""

from __future__ import annotations

from datetime import date
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.site.changes.atom_feed import FeedEntry, render_atom_feed
from tests.site.changes.atom_validator import ATOM, find_faults, read_text

BASE = "https://plans.example.org/riverside/"
#: Words as content has them: controls and the like are taken out when a file is read.
WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Cn"]), max_size=40)


def _entry(number: int = 1, day: int = 3, *, title: str = "Mend (Winter)", summary: str = "Done.") -> FeedEntry:
    return FeedEntry(
        id=f"urn:x:{number}", title=title, summary=summary, day=date(2025, 1, day), page="plans/w/actions/a b.html"
    )


def _feed(*entries: FeedEntry, title: str = "Our plans") -> tuple[str, Element]:
    text = render_atom_feed(BASE, "changes.atom", title, entries)
    return text, fromstring(text)  # noqa: S314  (our own text)


def test_a_change_is_an_entry() -> None:
    """The newest day comes first, and changes of one day stay in the order given."""
    text, feed = _feed(_entry(1, 1), _entry(2, 3), _entry(3, 3))
    entries = feed.findall(f"{ATOM}entry")
    assert [(read_text(each, "id"), read_text(each, "updated")) for each in entries] == [
        ("urn:x:2", "2025-01-03T00:00:00Z"),
        ("urn:x:3", "2025-01-03T00:00:00Z"),
        ("urn:x:1", "2025-01-01T00:00:00Z"),
    ]
    assert read_text(feed, "updated") == "2025-01-03T00:00:00Z"
    assert (read_text(entries[0], "title"), read_text(entries[0], "summary")) == ("Mend (Winter)", "Done.")
    assert find_faults(text) == []


@given(WORDS, WORDS, WORDS)
def test_any_words_are_valid(feed_title: str, title: str, words: str) -> None:
    """Links lie below the site's address, whatever the words are."""
    text, feed = _feed(_entry(title=f"A{title}", summary=words), title=f"A{feed_title}")
    assert find_faults(text) == []
    assert read_text(feed, "id") == f"{BASE}changes.atom"
    (entry,) = feed.findall(f"{ATOM}entry")
    assert [each.attrib["href"] for each in entry.findall(f"{ATOM}link")] == [f"{BASE}plans/w/actions/a%20b.html"]


def test_an_empty_feed_is_a_feed() -> None:
    """Readers that follow a quiet plan get no error."""
    text, feed = _feed(title="Quiet")
    assert read_text(feed, "title") == "Quiet"
    assert find_faults(text) == []


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ("<id>urn:x:1</id>", ""),
        ("<id>urn:x:1</id>", "<id>here</id>"),
        ("2025-01-03T00:00:00Z", "2025-01-03"),
        ("<summary>", "<summary>A</summary><summary>"),
        ("<author><name>Our plans</name></author>", ""),
        ('<link href="https://plans.example.org/riverside/plans/w/actions/a%20b.html" />', ""),
        ("urn:x:2", "urn:x:1"),
        ('rel="self"', 'rel="via"'),
        ("<entry>", "<entry><words>A</words>"),
    ],
)
def test_the_validator_finds_what_is_not_atom(part: str, other: str) -> None:
    """Each thing that RFC 4287 asks for is missed where it is not there."""
    text, _ = _feed(_entry(1), _entry(2))
    assert part in text
    assert find_faults(text) == []
    assert find_faults(text.replace(part, other)) != []
