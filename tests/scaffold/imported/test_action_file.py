"""Whatever a tracker says becomes a file that reads as the same action, with no finding, and nothing of it is markup."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plansite.content.documents import DocumentLocation, parse_document
from plansite.model.documents.action import Action
from plansite.model.status import Audience, Status
from plansite.scaffold.imported.action_file import format_action_file, format_body, format_fields
from plansite.trackers.drafts import DraftAction, DraftEvidence, MovedDate, OtherText
from plansite.trackers.values.dated_notes import DatedNote
from plansite.trackers.values.steps import DraftStep
from tests.examples import examples

_DRAFT = DraftAction(table="t.xlsx", rows=(2,), title="Order lamps")
_LINES = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
_TEXTS = st.lists(_LINES, max_size=4).map("\n".join)


def _parse(draft: DraftAction) -> tuple[Action, list[str]]:
    data = format_action_file(format_fields(draft), format_body(draft)).encode()
    result = parse_document(DocumentLocation("action", "p", "s", "content/plans/p/actions/s.md"), data)
    assert isinstance(result.document, Action)
    return result.document, [finding.rule.name for finding in result.findings]


def test_every_field_is_read_again() -> None:
    draft = replace(
        _DRAFT, ref="007", text="The back stairs: are dark #1.", status=Status.IN_PROGRESS, owner="Smith, John", supporters=("A & B",),
        goal="Safe: stairs", created=date(2025, 1, 1), due=date(2025, 1, 31), completed=None, moved=(MovedDate(date(2025, 1, 24)),),
        evidence=(DraftEvidence("Photo, before", "https://example.org/a,b"),), steps=(DraftStep("Measure", is_done=True), DraftStep("- Fit")),
        notes=(DatedNote(date(2025, 1, 8), "Measured: all dark", "J (night)"),), others=(OtherText("Cost", "£5\n\n# much"),),
    )  # fmt: skip
    action, findings = _parse(draft)
    assert findings == []
    assert (action.title, action.ref, action.owner, action.supporters) == (
        "Order lamps",
        "007",
        "Smith, John",
        ("A & B",),
    )
    assert (action.goal, action.status, action.due) == ("Safe: stairs", Status.IN_PROGRESS, date(2025, 1, 31))
    assert [move.due for move in action.due_history] == [date(2025, 1, 24)]
    assert [(each.label, each.url) for each in action.evidence] == [("Photo, before", "https://example.org/a,b")]
    assert [(step.text, step.done) for step in action.body.steps] == [("Measure", True), ("- Fit", False)]
    assert [note.date for note in action.body.progress] == [date(2025, 1, 8)]
    assert [section.title for section in action.body.sections] == ["Steps", "Progress", "From the tracker"]


@pytest.mark.parametrize(
    "text",
    ["::: internal", "## Steps\n- [ ] x", "---\ntitle: x\n---", "<script>alert(1)</script>", "[a](javascript:x)",
     "=cmd|' /C calc'!A0", "1. one\n2. two", "***", "```\ncode", "    code", "| a | b |\n|---|---|", "\\", "a\\\nb", "&lt;", "> quote"],
)  # fmt: skip
def test_markup_in_a_cell_is_text(text: str) -> None:
    """It neither makes headings, steps or links, nor hides anything."""
    action, _ = _parse(replace(_DRAFT, text=text, others=(OtherText("Notes", text),), progress=(text,)))
    assert action.audience is None
    assert (action.body.steps, action.body.links) == ((), ())
    assert [section.title for section in action.body.sections] == ["From the tracker"]


def test_what_looks_like_a_mark_still_hides() -> None:
    """A cell with a mark for some readers hides the action from the others, as such a line in a file does."""
    action, findings = _parse(replace(_DRAFT, text="audience: internal"))
    assert (action.audience, findings) == (Audience.INTERNAL, ["unclear-mark"])


@settings(max_examples=examples(600))
@given(st.fixed_dictionaries(dict.fromkeys(("text", "barriers", "outcome", "owner", "goal", "ref", "resources", "title"), _TEXTS)),
       st.lists(_TEXTS, max_size=3), st.lists(st.tuples(_LINES, _TEXTS), max_size=3))  # fmt: skip
def test_any_text_makes_a_file_with_the_same_parts(
    values: dict[str, Any], steps: list[str], others: list[tuple[str, str]]
) -> None:
    """The number of steps and of sections does not depend on what the cells say."""
    steps = [step for step in steps if step.strip()]
    draft = replace(
        _DRAFT, **values, steps=tuple(map(DraftStep, steps)), others=tuple(OtherText(*each) for each in others)
    )
    action, _ = _parse(replace(draft, title=f"T {draft.title}"))
    assert len(action.body.steps) <= len(steps)
    assert {section.title for section in action.body.sections} <= {"Steps", "Barriers", "Outcome", "From the tracker"}
