"""The pages of self-assessments: lowest first, what changed, and what nothing answers."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, html_of, write

FALLS = "content/plans/falls"
FILES = {
    "plansite.yaml": "title: T\naudience: public\n",
    f"{FALLS}/plan.md": "---\ntitle: Falls\n---\n",
    f"{FALLS}/actions/train.md": "---\ntitle: Train the nights\nstandards: [safeguarding]\ndue: 2025-03-01\n---\n",
    f"{FALLS}/assessments/2024-10-01.md": (
        "---\ntitle: Of October\nframework: cqc-saf\nratings:\n- {standard: safeguarding, rating: inadequate}\n"
        "- {standard: consent, rating: good}\n- {standard: kindness, rating: good}\n---\n"
    ),
    f"{FALLS}/assessments/2025-01-16.md": (
        "---\ntitle: Of January\nframework: cqc-saf\nratings:\n- {standard: kindness, rating: good}\n"
        "- {standard: safeguarding, rating: requires improvement, evidence: [Audit of referrals]}\n"
        "- {standard: consent, rating: inadequate, note: Nobody asks.}\n- {standard: Unheard of, rating: good}\n---\n"
        "Made together.\n"
    ),
}
PAGE = "plans/falls/assessments/2025-01-16.html"


def _build(tmp_path: Path, audience: Audience = Audience.INTERNAL) -> dict[str, str]:
    clock = FixedClock(date(2025, 1, 20))
    return html_of(build_in_memory(write(tmp_path, FILES), clock=clock, audience=audience))


def _words(html: str) -> str:
    main = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_the_lowest_come_first_with_what_answers_them(tmp_path: Path) -> None:
    """Then all by key question; what nothing answers is said."""
    words = _words(_build(tmp_path)[PAGE])
    lowest = words.partition("Lowest ratings")[2].partition("Safe Requires")[0]
    assert "1 inadequate, 1 requires improvement and 1 good." in words
    assert "Since the one before, 1 went up and 1 went down." in words
    assert "No action answers 1 low rating." in words
    assert lowest.index("Inadequate ↓ Down from good Consent") < lowest.index("↑ Up from inadequate Safeguarding")
    assert "Nobody asks. No action answers it" in lowest
    assert "Evidence: Audit of referrals" in lowest
    assert "On track Train the nights" in lowest
    assert "Not rated: Learning culture;" in words
    assert "“Unheard of”: good" in words
    assert "Made together." in words


def test_the_list_and_the_plan_say_how_it_stands(tmp_path: Path) -> None:
    """Newest first on the list; the newest on the plan's first page."""
    pages = _build(tmp_path)
    words = _words(pages["plans/falls/assessments.html"])
    assert words.index("Of January") < words.index("Of October")
    board = _words(pages["plans/falls/index.html"])
    assert "Of January 16 January 2025 : 1 inadequate, 1 requires improvement and 1 good." in board
    assert "Self-assessments" in board


def test_a_standard_says_how_it_was_rated(tmp_path: Path) -> None:
    """Newest first, with what changed; and that nothing answers a low rating."""
    pages = _build(tmp_path)
    words = _words(pages["standards/cqc-saf/consent.html"])
    assert words.index("Inadequate 16 January 2025 Of January ↓ Down from good") < words.index("Good 1 October 2024")
    assert "Rated “inadequate”, and no action answers it" in words
    assert "Only rated: Kindness, compassion and dignity , good." in _words(pages["standards.html"])


def test_an_action_that_the_rating_names_answers_it_everywhere(tmp_path: Path) -> None:
    """Also on the page of the standard, which the action itself does not name."""
    path = f"{FALLS}/assessments/2025-01-16.md"
    write(tmp_path, {**FILES, path: FILES[path].replace("note: Nobody asks.", "actions: [train]")})
    html = html_of(build_in_memory(tmp_path, clock=FixedClock(date(2025, 1, 20))))
    assert all("no action answers" not in page and "No action answers" not in page for page in html.values())


def test_where_an_action_may_be_hidden_no_gap_is_claimed(tmp_path: Path) -> None:
    """A copy for others has the ratings, and says of none that nothing is done."""
    pages = _build(tmp_path, Audience.PUBLIC)
    assert "Nobody asks." in _words(pages[PAGE])
    assert all("No action answers" not in html and "no action answers" not in html for html in pages.values())
    assert "Not rated:" not in _words(pages[PAGE])
