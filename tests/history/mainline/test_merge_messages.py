"""Which parent of a merge is the mainline, by its message."""

from __future__ import annotations

import pytest

from plansite.history.mainline.merge_messages import find_mainline_parent

_NAMES = frozenset({"main", "master", "trunk", "live"})


@pytest.mark.parametrize(
    ("message", "position"),
    [
        ("Merge branch 'main' into later", 1),
        ("Merge branch 'main' into 'later'\n\n# Conflicts:\n#\tx", 1),
        ("Merge branch 'main' of https://example.org/plans into later", 1),
        ("Merge branch 'main' of https://example.org/plans", 1),
        ("Merge branch 'main' of example.org:plans into main", 1),
        ("Merge branch 'live' of example.org:plans into live", 1),
        ("Merge remote-tracking branch 'origin/main'", 1),
        ("Merge remote-tracking branch 'origin/main' into later", 1),
        ("Merge remote-tracking branch 'upstream/live' into team/later", 1),
        ("Merge branch 'later'", 0),
        ("Merge branch 'later' into main", 0),
        ("Merge branch 'later' into 'main'\n\nSee merge request example/plans!56", 0),
        ("Merge branch 'later' of https://example.org/theirs", 0),
        ("Merge branch 'later' of https://example.org/plans into later", 0),
        ("Merge remote-tracking branch 'origin/later'", 0),
        ("Merge branch 'team/main' into later", 0),
        ("Merge branch 'one' into two", 0),
        ("Merge branch 'master' into main", 0),
        ("Merge pull request #7 from example/main", 0),
        ("Merge main into later", 0),
        ("Land", 0),
        ("", 0),
    ],
)
def test_two_parents(message: str, position: int) -> None:
    """The second is the mainline where git's or the host's words say that it was merged into a branch, or pulled."""
    assert find_mainline_parent(message, 2, _NAMES) == position


@pytest.mark.parametrize(
    ("message", "position"),
    [
        ("Merge branches 'one' and 'main' into later", 2),
        ("Merge branches 'main', 'one' and 'two' into later", 1),
        ("Merge branches 'one' and 'two'", 0),
        ("Merge remote-tracking branches 'origin/one' and 'origin/main' into later", 2),
    ],
)
def test_more_parents(message: str, position: int) -> None:
    """Of several branches that are merged at a time, the names stand in the order of the parents."""
    assert find_mainline_parent(message, 4, _NAMES) == position


def test_a_message_that_names_more_than_there_is() -> None:
    """Words alone make no parent."""
    assert find_mainline_parent("Merge branch 'main' into later", 1, _NAMES) == 0
    assert find_mainline_parent("Merge branches 'one' and 'main' into later", 2, _NAMES) == 0
