"""What a report gathers, and the words it suggests."""

from __future__ import annotations

from plansite.content.report import nearest


def test_the_nearest_word() -> None:
    """The likest known word, whatever the case; none where nothing is like it, and none for a whole text."""
    assert nearest("Onwer", ["title", "owner"]) == "owner"
    assert nearest("onwer", ["title"]) == ""
    assert nearest("owner" * 21, ["owner" * 21]) == ""
    assert nearest("onwer", iter(["owner"])) == "owner"
