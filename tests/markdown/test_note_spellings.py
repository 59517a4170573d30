"""Progress notes are read however they are written, and what is not certain is said, and not guessed."""

from __future__ import annotations

from datetime import date

import pytest

from plansite.markdown.body import parse_markdown
from plansite.model.body import DoubtKind
from tests.markdown.stock import switch_fast_path

_8, _9, _12, _20 = date(2025, 1, 8), date(2025, 1, 9), date(2025, 1, 12), date(2025, 6, 20)

#: Lines under Progress, and the notes that they are: date, author, text.
READ = {
    "- 2025-01-08 (Ann): Moved.": [(_8, "Ann", "Moved.")],
    "2025-01-08 Moved.": [(_8, "", "Moved.")],
    "2025-01-08: Moved.\n2025-01-09: Fitted.": [(_8, "", "Moved."), (_9, "", "Fitted.")],
    "• 2025-01-08 Moved.\n• 2025-01-09 Fitted.": [(_8, "", "Moved."), (_9, "", "Fitted.")],
    "-2025-01-08: Moved.": [(_8, "", "Moved.")],
    "1. 2025-01-08: Moved.": [(_8, "", "Moved.")],
    "- [x] 2025-01-08: Moved.": [(_8, "", "Moved.")],
    "    2025-01-08: Moved.": [(_8, "", "Moved.")],
    # emphasis and brackets
    "- **2025-01-08**: Moved.": [(_8, "", "Moved.")],
    "- **2025-01-08:** Moved.": [(_8, "", "Moved.")],
    "**2025-01-08 (Ann)** – Moved.": [(_8, "Ann", "Moved.")],
    "- *2025-01-08*, [Ann]: Moved.": [(_8, "Ann", "Moved.")],
    "- [[2025-01-08]] Moved.": [(_8, "", "Moved.")],
    "(2025-01-08) Moved.": [(_8, "", "Moved.")],
    "`2025-01-08` Moved.": [(_8, "", "Moved.")],
    # times
    "- 2025-01-08 14:30 (Ann): Moved.": [(_8, "Ann", "14:30 Moved.")],
    "2025-01-08 (Ann) 14:30: Moved.": [(_8, "Ann", "14:30 Moved.")],
    "- 2025-01-08, 2.30pm (Ann): Moved.": [(_8, "Ann", "2.30pm Moved.")],
    "- 2025-01-08 14:30-15:30 (Ann) Moved.": [(_8, "Ann", "14:30-15:30 Moved.")],
    # signs behind the date
    "2025-01-08 – Moved.": [(_8, "", "Moved.")],
    "2025-01-08 — Moved.": [(_8, "", "Moved.")],
    "2025-01-08 | Moved.": [(_8, "", "Moved.")],
    "- 2025-01-08 &ndash; Moved.": [(_8, "", "Moved.")],
    "- 2025-01-08 -5 degrees": [(_8, "", "-5 degrees")],
    # other spellings of the date
    "25/01/2025 Moved.": [(date(2025, 1, 25), "", "Moved.")],
    "8 January 2025: Moved.": [(_8, "", "Moved.")],
    "Wed 8th Jan 2025 – Moved.": [(_8, "", "Moved.")],
    "January 8, 2025: Moved.": [(_8, "", "Moved.")],
    "8-Jan-25 Moved.": [(_8, "", "Moved.")],
    "2025/01/08 Moved.": [(_8, "", "Moved.")],
    "2025\u201101\u201108\u00a0Moved.": [(_8, "", "Moved.")],
    "20250108: Moved.": [(_8, "", "Moved.")],
    # below a date
    "### 2025-06-20\nMoved.": [(_20, "", "Moved.")],
    "### 2025-06-20\n\nMoved.\n\nMore.\n\n### 20 June 2025 (Ann)\n- Left\n": [
        (_20, "", "Moved."),
        (_20, "Ann", "Left"),
    ],
    "## 2025-06-20\nMoved.": [(_20, "", "Moved.")],
    "#### Friday 20 June 2025 – Ann came\nMoved.": [(_20, "", "Ann came Moved.")],
    "2025-06-20\n----------\nMoved.": [(_20, "", "Moved.")],
    "**2025-06-20**\n\nMoved.": [(_20, "", "Moved.")],
    "- 2025-06-20\n  - Moved.": [(_20, "", "Moved.")],
    "### 2025-06-20\nMoved.\n- 2025-01-08: Left.": [(_20, "", "Moved."), (_8, "", "Left.")],
    # a table
    "| Date | Note |\n| --- | --- |\n| 2025-01-08 | Moved \\| left. |\n| 9 January 2025 | Fitted. |": [
        (_8, "", "Moved | left."),
        (_9, "", "Fitted."),
    ],
    "|Date|By|What|Cost|\n|-|-|-|-|\n|2025-01-08|Ann|Moved.|£5|": [(_8, "Ann", "Moved.; Cost: £5")],
    # a text that goes on
    "- 2025-01-08: Moved from\n  Monday.": [(_8, "", "Moved from Monday.")],
    # without a whole date
    "- Last week: Moved.": [(None, "", "Last week: Moved.")],
    "8 January: Moved.": [(None, "", "8 January: Moved.")],
    "• Moved.": [(None, "", "Moved.")],
    "- 2025-02-30: Moved.": [(None, "", "2025-02-30: Moved.")],
    # one date that is none day first: then the others may not be day first either
    "01/25/2025 Moved.\n01/08/2025 Left.": [(None, "", "01/25/2025 Moved."), (None, "", "01/08/2025 Left.")],
}

#: Lines in doubt: the notes, and the lines with what is said of them.
DOUBTED = {
    "08/01/25 Moved.": ([(_8, "", "Moved.")], [(2, DoubtKind.DAY_FIRST)]),
    "- 08.01.2025: Moved.\n- 12/01/25 (Ann): Left.": (
        [(_8, "", "Moved."), (_12, "Ann", "Left.")],
        [(2, DoubtKind.DAY_FIRST), (3, DoubtKind.DAY_FIRST)],
    ),
    "Nothing yet.": ([], [(2, DoubtKind.NO_NOTE)]),
    "> 2025-01-08: Moved.": ([], [(2, DoubtKind.NO_NOTE)]),
    "| Who | What |\n|-|-|\n| Ann | Moved |": ([], [(2, DoubtKind.NO_NOTE)]),
    "2025-01-08: Moved to\n2025-02-01 because": (
        [(_8, "", "Moved to 2025-02-01 because")],
        [(3, DoubtKind.JOINED_NOTE)],
    ),
}


@pytest.mark.parametrize("lines", [*READ, *DOUBTED])
def test_notes_are_read(lines: str) -> None:
    """With day, author and text; in doubt, it is said which line."""
    notes, doubts = DOUBTED.get(lines) or (READ[lines], [])
    body = parse_markdown(f"## Progress\n{lines}\n")
    assert [(note.date, note.by, note.text) for note in body.progress] == notes
    assert [(doubt.line, doubt.kind) for doubt in body.doubtful_texts] == doubts
    assert not body.has_unread_steps


@pytest.mark.parametrize("lines", [*READ, *DOUBTED])
def test_the_fast_path_reads_the_same(lines: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spellings are rewritten before either parser."""
    bodies = []
    for enabled in (True, False):
        switch_fast_path(monkeypatch, enabled=enabled)
        bodies.append(parse_markdown(f"## Progress\n{lines}\n"))
    assert bodies[0] == bodies[1]


def test_a_section_below_progress_ends_it() -> None:
    """A heading that is no date begins a part of its own."""
    body = parse_markdown("## Progress\n### 2025-06-20\nMoved.\n## Barriers\nNo money.\n")
    assert [note.text for note in body.progress] == ["Moved."]
    assert body.section_html("barriers") == ("<p>No money.</p>",)


def test_steps_and_progress_under_one_heading() -> None:
    """A box is a step, a date is a note."""
    body = parse_markdown("## Steps and progress\n- [ ] Ring\n- 2025-01-08: Rang.\n☑ Ask\n08/01/25 Moved.\n")
    assert [(step.text, step.done) for step in body.steps] == [("Ring", False), ("Ask", True)]
    assert [(note.date, note.text) for note in body.progress] == [(_8, "Rang."), (_8, "Moved.")]
