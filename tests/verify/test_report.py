"""The text of a comparison."""

from __future__ import annotations

import pytest

from plansite.verify.published_files import DifferenceKind, FileDifference
from plansite.verify.report import format_differences


def _difference(path: str, *, is_edited: bool = False) -> FileDifference:
    return FileDifference(path, DifferenceKind.ADDED, is_edited)


def test_edited_files_come_first_and_the_limit_counts_the_others() -> None:
    """Each part is sorted by path; without a limit all are listed."""
    differences = [_difference("b"), _difference("c", is_edited=True), _difference("a")]
    edited, *others = ("  added, after it was built: c", "  added: a", "  added: b")
    assert list(format_differences(differences, None)) == [edited, *others]
    assert list(format_differences(differences, 1)) == [edited, "  and 2 more; --verbose lists all"]


@pytest.mark.parametrize(
    ("path", "shown"),
    [("page\x1b[2J.html", "page\ufffd[2J.html"), ("a\u202eb", "a\ufffdb"), ("Übersicht 1.html", "Übersicht 1.html")],
)
def test_a_file_name_cannot_control_the_terminal(path: str, shown: str) -> None:
    """Control characters and marks that turn the direction of text are replaced."""
    assert list(format_differences([_difference(path)], None)) == [f"  added: {shown}"]
