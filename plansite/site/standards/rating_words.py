"""Ratings in words: how one stands beside the one before."""

from __future__ import annotations

from plansite.deferred_dataclass import dataclass
from plansite.model.frameworks.framework import Framework
from plansite.model.frameworks.ratings import RatingChange

_ARROWS = {RatingChange.UP: "↑", RatingChange.DOWN: "↓", RatingChange.SAME: "=", RatingChange.FIRST: ""}


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """How a rating stands beside the one before, in words and with an arrow."""

    arrow: str
    words: str
    is_worse: bool


def describe_change(framework: Framework, change: RatingChange, earlier: int | None) -> ChangeWords:
    """“↑ Up from requires improvement”; “First rating” without an earlier one."""
    before = framework.ratings[earlier] if earlier is not None and earlier < len(framework.ratings) else ""
    words = {
        RatingChange.UP: f"Up from {before}",
        RatingChange.DOWN: f"Down from {before}",
        RatingChange.SAME: "Unchanged",
        RatingChange.FIRST: f"Not rated now, {before} before" if before else "First rating",
    }[change]
    return ChangeWords(_ARROWS[change], words, change is RatingChange.DOWN)
