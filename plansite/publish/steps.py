"""The moments of publishing, in their order. Whoever publishes may watch them; tests stop at each."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Step(StrEnum):
    """What has just been done. `PAGE` comes once for every file; `ASIDE` only without an exchange in one step."""

    LOCKED = "the lock is taken"
    RECOVERED = "what a killed build left is gone"
    FILE_STAGED = "a file is staged"
    MANIFEST_WRITTEN = "the manifest is written and synced"
    VERIFIED = "the staged files are counted"
    MOVED_ASIDE = "the old site is moved aside"
    SWAPPED = "the new site stands"
    OLD_REMOVED = "the old site is gone"


StepObserver = Callable[[Step], None]


def ignore_steps(step: Step) -> None:
    """Watch nothing."""
