"""Steps are read however they are written, and what is not certain is said, and not guessed."""

from __future__ import annotations

import pytest

from plansite.markdown.body import parse_markdown
from plansite.markdown.passages import TextOrigin
from plansite.model.body import Body, DoubtKind
from tests.markdown.stock import switch_fast_path

OPEN, DONE = False, True

#: Lines under Steps, and the steps that they are.
READ = {
    # Markdown itself
    "- [ ] Ring": [("Ring", OPEN)],
    "* [ ] Ring\n* [x] Ask": [("Ring", OPEN), ("Ask", DONE)],
    "+ [X] Ring": [("Ring", DONE)],
    "1. [ ] Ring\n2. [x] Ask": [("Ring", OPEN), ("Ask", DONE)],
    "1. Ring\n2. Ask": [("Ring", OPEN), ("Ask", OPEN)],
    "- Ring": [("Ring", OPEN)],
    # a blank too few or too many, or another kind of blank
    "-[ ] Ring\n-[x] Ask": [("Ring", OPEN), ("Ask", DONE)],
    "- [] Ring": [("Ring", OPEN)],
    "- [x]Ring": [("Ring", DONE)],
    "-[]Ring": [("Ring", OPEN)],
    "- [ x ] Ring": [("Ring", DONE)],
    "-\t[ ] Ring": [("Ring", OPEN)],
    "-\u00a0[\u00a0] Ring": [("Ring", OPEN)],
    "\u00a0\u00a0- [x] Ring": [("Ring", DONE)],
    "- [&nbsp;] Ring": [("Ring", OPEN)],
    "-Ring\n-Ask": [("Ring", OPEN), ("Ask", OPEN)],
    "1.Ring\n2.[x]Ask": [("Ring", OPEN), ("Ask", DONE)],
    "[ ] Ring\n[x] Ask": [("Ring", OPEN), ("Ask", DONE)],
    "    - [ ] Ring\n    - [x] Ask": [("Ring", OPEN), ("Ask", DONE)],
    "\t☐ Ring\n\t☑ Ask": [("Ring", OPEN), ("Ask", DONE)],
    # word processors and messages
    "☐ Ring\n☑ Ask\n☒ Buy": [("Ring", OPEN), ("Ask", DONE), ("Buy", DONE)],
    "□ Ring\n⬜ Ask\n✅ Buy\n✔️ Fit\n✓ Try": [
        ("Ring", OPEN),
        ("Ask", OPEN),
        ("Buy", DONE),
        ("Fit", DONE),
        ("Try", DONE),
    ],
    "• Ring\n• Ask": [("Ring", OPEN), ("Ask", OPEN)],
    "•\tRing\no\tAsk\n\uf0b7\tBuy\n➢ Fit": [("Ring", OPEN), ("Ask", OPEN), ("Buy", OPEN), ("Fit", OPEN)],
    "– Ring\n– Ask": [("Ring", OPEN), ("Ask", OPEN)],
    "‐ Ring\n‑ [x] Ask": [("Ring", OPEN), ("Ask", DONE)],
    "― [ ] Ring\n‒ Ask": [("Ring", OPEN), ("Ask", OPEN)],
    "- ☐ Ring\n- ✅ Ask": [("Ring", OPEN), ("Ask", DONE)],
    "(1) Ring\n(2) Ask": [("Ring", OPEN), ("Ask", OPEN)],
    "a) Ring\nb) Ask": [("a) Ring", OPEN), ("b) Ask", OPEN)],
    "Step 1: Ring\nStep 2: Ask": [("Step 1: Ring", OPEN), ("Step 2: Ask", OPEN)],
    "① Ring\n2️⃣ Ask": [("Ring", OPEN), ("Ask", OPEN)],
    # editors that escape, or write HTML
    "- \\[ \\] Ring\n- \\[x\\] Ask": [("Ring", OPEN), ("Ask", DONE)],
    "\\- [ ] Ring\n\\- [x] Ask": [("Ring", OPEN), ("Ask", DONE)],
    '- <input type="checkbox"> Ring\n- <input type="checkbox" disabled checked /> Ask': [("Ring", OPEN), ("Ask", DONE)],
    "&#9744; Ring\n&#x2611; Ask": [("Ring", OPEN), ("Ask", DONE)],
    "- **[x]** Ring\n- **[ ] Ask**": [("Ring", DONE), ("Ask", OPEN)],
    # other signs
    "- [✓] Ring\n- [√] Ask\n- [\u00d7] Buy\n- [done] Fit\n- [/] Try": [
        ("Ring", DONE),
        ("Ask", DONE),
        ("Buy", DONE),
        ("Fit", DONE),
        ("Try", OPEN),
    ],
    "- ( ) Ring\n- (x) Ask\n( ) Buy": [("Ring", OPEN), ("Ask", DONE), ("Buy", OPEN)],
    "- [x] Ring ✅ 2025-01-08": [("Ring ✅ 2025-01-08", DONE)],
    "- \uff3b \uff3d Ring\n§ Ask": [("Ring", OPEN), ("Ask", OPEN)],
    "- [ ]\n  Ring": [("Ring", OPEN)],
    # nested, quoted
    "- [x] Ring\n  - [ ] Ask\n    - [x] Buy": [("Ring", DONE), ("Ask", OPEN), ("Buy", DONE)],
    "- First\n  - [ ] Ring\n  - [x] Ask": [("Ring", OPEN), ("Ask", DONE)],
    "- [ ] Ring\n  ☑ Ask": [("Ring", OPEN), ("Ask", DONE)],
    "> - [ ] Ring\n> ☑ Ask": [("Ring", OPEN), ("Ask", DONE)],
    "- [ ] Ring\n  - a detail": [("Ring", OPEN)],
    "Words before.\n• Ring": [("Ring", OPEN)],
    # links and emphasis that are neither boxes nor bullets
    "- [x](https://example.org) Ring": [("x Ring", OPEN)],
    "- *Ring* them": [("Ring them", OPEN)],
}

#: Lines under Steps in doubt: the steps, and the number of the line (from 1 for the heading) with what is said of it.
DOUBTED = {
    "Ring the engineer": ([], [(2, DoubtKind.NO_STEP)]),
    "Ring.\nAsk.": ([], [(2, DoubtKind.NO_STEP)]),
    "*Ring* them": ([], [(2, DoubtKind.NO_STEP)]),
    "The lamp is 5 m up\n– too high.": ([], [(2, DoubtKind.NO_STEP)]),
    "1.5 mg a day": ([], [(2, DoubtKind.NO_STEP)]),
    "❌ Ring": ([], [(2, DoubtKind.NO_STEP)]),
    "TODO Ring": ([], [(2, DoubtKind.NO_STEP)]),
    "☐ Yes ☑ No": ([], [(2, DoubtKind.NO_STEP)]),
    "| Step | Done |\n|---|---|\n| Ring | x |": ([], [(2, DoubtKind.NO_STEP)]),
    "```\n- [x] Ring\n```": ([], [(3, DoubtKind.NO_STEP)]),
    "- [-] Ring": ([("[-] Ring", OPEN)], [(2, DoubtKind.STEP_STATE)]),
    "- [?] Ring\n- [x] Ask": ([("[?] Ring", OPEN), ("Ask", DONE)], [(2, DoubtKind.STEP_STATE)]),
    "- ❌ Ring": ([("❌ Ring", OPEN)], [(2, DoubtKind.STEP_STATE)]),
    "- Ring ✅": ([("Ring ✅", OPEN)], [(2, DoubtKind.STEP_STATE)]),
    "- [x] Ring [ ] Ask": ([("Ring [ ] Ask", OPEN)], [(2, DoubtKind.STEP_STATE)]),
    "- [x] Ring\n❌ Ask": ([("Ring ❌ Ask", DONE)], [(3, DoubtKind.NO_STEP)]),
    "- [x] Ring\n\n❌ Ask": ([("Ring", DONE)], [(4, DoubtKind.NO_STEP)]),
}


def _parse_steps(lines: str) -> Body:
    return parse_markdown(f"## Steps\n{lines}\n")


def _list_steps(body: Body) -> list[tuple[str, bool]]:
    return [(step.text, step.done) for step in body.steps]


@pytest.mark.parametrize("lines", READ)
def test_steps_are_read(lines: str) -> None:
    """In the spellings of Markdown editors, word processors, notes and messages."""
    body = _parse_steps(lines)
    assert _list_steps(body) == READ[lines]
    assert body.doubtful_texts == ()
    assert not body.has_unread_steps


@pytest.mark.parametrize("lines", DOUBTED)
def test_what_is_not_certain_is_said(lines: str) -> None:
    """With its line; a state that nobody can tell counts as open."""
    steps, doubts = DOUBTED[lines]
    body = _parse_steps(lines)
    assert _list_steps(body) == steps
    assert [(doubt.line, doubt.kind) for doubt in body.doubtful_texts] == doubts
    assert body.has_unread_steps


@pytest.mark.parametrize("lines", [*READ, *DOUBTED])
def test_the_fast_path_reads_the_same(lines: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spellings are rewritten before either parser."""
    bodies = []
    for enabled in (True, False):
        switch_fast_path(monkeypatch, enabled=enabled)
        bodies.append(_parse_steps(lines))
    assert bodies[0] == bodies[1]


def test_lines_are_those_of_the_file() -> None:
    """Rewriting keeps every line where it is."""
    body = parse_markdown("Why.\n\n**Steps**\n☐ Ring\n\n☑ Ask\n", TextOrigin(10))
    assert [(section.title, section.line) for section in body.sections] == [("Steps", 12)]
    assert [(step.text, step.line) for step in body.steps] == [("Ring", 13), ("Ask", 15)]


def test_other_sections_keep_their_text() -> None:
    """Signs mean nothing outside Steps."""
    body = parse_markdown("☐ Yes\n\n## Costs\n☐ Few\n-[ ] None\n")
    assert body.steps == ()
    assert body.intro == ("<p>☐ Yes</p>",)
    assert body.section_html("costs") == ("<p>☐ Few\n-[ ] None</p>",)


def test_many_odd_lines_take_little_time() -> None:
    """A long section is read line by line."""
    body = _parse_steps("☐ Ring the engineer who comes on Mondays\n" * 2_000)
    assert len(body.steps) == 2_000
