"""Tables that note what they are asked."""

from __future__ import annotations

import pytest

from plansite.model.cross_plan_index import Lookups, RecordingMapping


def test_every_question_is_noted() -> None:
    """Answers, and that there is none, by whatever way was asked."""
    questions: Lookups = {}
    table = RecordingMapping("people", {"cook": 1}, questions)
    assert (table["cook"], table.get("nobody"), "else" in table) == (1, None, False)
    assert list(questions) == [("people", "cook"), ("people", "nobody"), ("people", "else")]


def test_nobody_can_go_through_it() -> None:
    """Going through a table would depend on all of it, and no note would say so."""
    table = RecordingMapping("people", {"cook": 1}, {})
    with pytest.raises(TypeError, match="people"):
        list(table)
    with pytest.raises(TypeError, match="people"):
        len(table)
    assert table
