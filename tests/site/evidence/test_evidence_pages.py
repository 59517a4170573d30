"""Planned evidence beside received evidence, on the page of an action, the list of a plan and elsewhere."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, html_of, write

_ACTION = """---
title: A
status: {status}
owner: Jo Day
ref: 1
evidence_needed:
  - March audit
  - {{label: Any photograph, kind: photograph, audience: {needed}}}
  - What relatives say
evidence:
  - {{label: Room, kind: photograph, owner: Ann Lee, expires: 2025-01-19}}
  - {{label: march audit, kind: audit, date: 2025-01-13, expires: 2025-01-25, audience: {received}}}
  - {{label: Rota, expires: 2026-01-25}}
---
"""


def _build(
    root: Path, status: str = "in progress", audience: Audience = Audience.INTERNAL, **marks: str
) -> dict[str, str]:
    text = _ACTION.format(status=status, **{"needed": "public", "received": "public", **marks})
    files = {
        "plansite.yaml": "title: T\naudience: public\n",
        "content/plans/p/plan.md": "---\ntitle: P\naudience: public\n---\n",
        "content/plans/p/actions/a.md": text,
        "content/owners/ann-lee.md": "---\ntitle: Ann Lee\n---\n",
        "content/plans/p/actions/b.md": "---\ntitle: B\n---\n",
        "content/plans/q/actions/a.md": "---\ntitle: A\n---\n",
    }
    built = build_in_memory(write(root, files), clock=FixedClock(date(2025, 1, 20)), audience=audience)
    return html_of(built)


def _words(html: str, start: str, end: str = "</section>") -> str:
    """The words of a part of a page that show on its own day."""
    part = html.partition(start)[2].partition(end)[0]
    part = re.sub(r"<(\w+)[^>]* hidden data-joins[^>]*>.*?</\1>", "", part, flags=re.DOTALL)
    return " ".join(re.sub("<[^>]+>", " ", part).split())


def test_an_action_shows_planned_against_received(tmp_path: Path) -> None:
    """A name answers, else a kind; what nothing answers is not received yet; the others come last."""
    words = _words(_build(tmp_path)["plans/p/actions/a.html"], '<h2 id="evidence">')
    assert words == (
        "Evidence 2 of 3 received "
        "Received: march audit Audit 13 January 2025 Expires soon, on 25 January 2025 "
        "Any photograph Received: Room Photograph Kept by Ann Lee Expired on 19 January 2025 "
        "What relatives say Not received yet "
        "Also received Rota Counts until 25 January 2026"
    )


@pytest.mark.parametrize(
    ("status", "words"), [("completed", "Missing"), ("cancelled", "Not received"), ("blocked", "Not received yet")]
)
def test_words_for_absent_evidence(tmp_path: Path, status: str, words: str) -> None:
    """It is missing from a finished action only."""
    section = _words(_build(tmp_path, status)["plans/p/actions/a.html"], '<h2 id="evidence">')
    assert f"What relatives say {words} Also" in section


@pytest.mark.parametrize("mark", ["needed", "received"])
def test_a_copy_for_some_readers_claims_no_gap(tmp_path: Path, mark: str) -> None:
    """Where evidence may be hidden, nothing is said to be missing, on no page of the copy."""
    html = _build(tmp_path, "completed", Audience.PUBLIC, **{mark: "internal"})
    section = _words(html["plans/p/actions/a.html"], '<h2 id="evidence">')
    assert "in this copy" in section
    pages = [html[f"plans/p/{name}.html"] for name in ("actions/a", "evidence", "register", "print")]
    assert not any(re.search("[Mm]issing|[Nn]ot received|still needed", page) for page in pages)


def test_the_list_of_a_plan(tmp_path: Path) -> None:
    """What is needed comes first, then what expires first; other plans have no such page."""
    html = _build(tmp_path)
    assert "plans/q/evidence.html" not in html
    assert 'href="evidence.html"' not in html["plans/q/index.html"]
    page = html["plans/p/evidence.html"]
    assert _words(page, '<p class="lede">', "</p>") == (
        "3 pieces of evidence. 1 is still needed. 1 has expired and 1 expires within 30 days."
    )
    assert _words(page, '<h2 id="needed">') == (
        "Needed Agreed at the start, and not here Not received yet What relatives say A Jo Day"
    )
    assert re.findall("Room|march audit|Rota", _words(page, '<h2 id="received">')) == ["Room", "march audit", "Rota"]


def test_a_long_list_has_pages(tmp_path: Path) -> None:
    """No page has more than 1,000 rows, and none is lost."""
    files = {"content/plans/p/plan.md": "---\ntitle: P\n---\n"}
    for action in range(13):
        entries = "".join(f"  - label: Item {100 * action + number}\n" for number in range(100))
        files[f"content/plans/p/actions/a{action}.md"] = (
            f"---\ntitle: A\nevidence:\n{entries}{'' if action else 'evidence_needed: [Poll]'}\n---\n"
        )
    html = html_of(build_in_memory(write(tmp_path, files), clock=FixedClock(date(2025, 1, 20))))
    first, second = html["plans/p/evidence.html"], html["plans/p/evidence-2.html"]
    assert (first.count("rows__when"), second.count("rows__when")) == (1000, 301)
    assert ("Poll" in first, "Item 999" in second) == (True, True)


def test_counts_on_paper_and_in_the_register(tmp_path: Path) -> None:
    """A short count where evidence is needed, and nothing elsewhere."""
    html = _build(tmp_path)
    for name in ("register", "print"):
        assert html[f"plans/p/{name}.html"].count("Evidence: 2 of 3") == 1
    assert "Evidence: " not in html["plans/q/register.html"]


def test_expiry_is_in_the_calendar_and_never_late(tmp_path: Path) -> None:
    """The last day of evidence is an entry; when it has passed, nothing is late for it."""
    html = _build(tmp_path)
    for page in ("calendar.html", "plans/p/calendar.html"):
        assert "Nothing is late." in html[page]
        assert "Late: " not in html[page]
        assert _words(html[page], '<main id="main"', "</main>").count("Evidence expires: march audit") == 1


def test_a_keeper_sees_what_expires(tmp_path: Path) -> None:
    """Their page lists what has expired and what soon will; evidence without a keeper is its action's owner's."""
    html = _build(tmp_path)
    ann, jo = html["owners/ann-lee.html"], html["owners/jo-day.html"]
    assert _words(ann, '<h2 id="expired">').startswith(
        "Evidence that has expired 1 piece Expired on 19 January 2025 Room A P"
    )
    assert 'id="expiring"' not in ann
    assert _words(jo, '<h2 id="expiring">').startswith(
        "Evidence that expires soon 1 piece Counts until 25 January 2025 march audit A P"
    )
    assert "Rota" not in jo
