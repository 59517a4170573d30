"""What a report gathers, and the words it suggests."""

from __future__ import annotations

from plansite.content.report import find_nearest


def test_the_nearest_word() -> None:
    """The likest known word, whatever the case; none where nothing is like it, and none for a whole text."""
    assert find_nearest("Onwer", ["title", "owner"]) == "owner"
    assert find_nearest("onwer", ["title"]) == ""
    assert find_nearest("owner" * 21, ["owner" * 21]) == ""
    assert find_nearest("onwer", iter(["owner"])) == "owner"
