"""The moments of publishing, in their order. Whoever publishes may watch them; tests stop at each."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Step(StrEnum):
    """What has just been done. `PAGE` comes once for every file; `ASIDE` only without an exchange in one step."""

    LOCKED = "the lock is taken"
    CLEARED = "what a killed build left is gone"
    PAGE = "a file is staged"
    SEALED = "the manifest is written and synced"
    VERIFIED = "the staged files are counted"
    ASIDE = "the old site is moved aside"
    EXCHANGED = "the new site stands"
    REMOVED = "the old site is gone"


Watch = Callable[[Step], None]


def unwatched(step: Step) -> None:
    """Watch nothing."""
