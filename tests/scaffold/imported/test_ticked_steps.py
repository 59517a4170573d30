"""Steps that were ticked in a tracker are ticked in the file, and nothing else in its text changes."""

from __future__ import annotations

import pytest

from plansite.scaffold.imported.ticked_steps import tick_steps


@pytest.mark.parametrize(
    ("present", "old", "new", "expected"),
    [
        ("Why.\n- [ ] a\n- [ ] b\n", "- [ ] a\n- [ ] b", "- [x] a\n- [ ] b", "Why.\n- [x] a\n- [ ] b\n"),
        ("- [x] a", "- [x] a", "- [ ] a", "- [ ] a"),
        ("- [x] a", "- [ ] a", "- [ ] a", "- [x] a"),
        ("- [x] a", "- [ ] a", "- [x] a", "- [x] a"),
        ("- [ ] a\n- [ ] a", "- [ ] a", "- [x] a", "- [ ] a\n- [ ] a"),
        ("- [ ] other", "- [ ] a", "- [x] a", "- [ ] other"),
        ("- [ ] a", "", "- [x] a", "- [ ] a"),
    ],
)
def test_ticks(present: str, old: str, new: str, expected: str) -> None:
    """What the tracker changed since last time alone, where it is clear which step is meant."""
    assert tick_steps(present, old, new) == expected
