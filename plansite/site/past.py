"""What is known of the past of a plan: changes that git tells, as far as it may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from plansite.history.change import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """The changes of the documents of one plan, newest first, by file; those of files that are gone included.

    `hidden` says in plain words why there are none, where somebody might expect them.
    """

    hidden: str = ""
    by_file: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)

    def of(self, path: str, today: date) -> tuple[Change, ...]:
        """The changes of one file up to a day, newest first."""
        return tuple(change for change in self.by_file.get(path, ()) if change.when <= today)

    def since(self, first: date, today: date) -> tuple[Change, ...]:
        """All changes that landed from one day to another, newest first, those of one day in the order of files."""
        found = [each for trail in self.by_file.values() for each in trail if first <= each.when <= today]
        return tuple(sorted(found, key=lambda change: change.when, reverse=True))


#: Where nobody asked git.
NOTHING = Past()
