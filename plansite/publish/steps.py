"""The steps of publishing in their order. Tests observe them, and kill a build at each."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Step(StrEnum):
    """A step that has just been done. `FILE_STAGED` comes once a file, `MOVED_ASIDE` only without an exchange."""

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
    """Do nothing."""
