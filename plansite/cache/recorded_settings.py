"""What a record says of a site's settings, so that the inputs of a command are found without parsing them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plansite.cache.build_inputs import SETTINGS, BuildInputs, collect_inputs
from plansite.deferred_dataclass import dataclass
from plansite.file_access import read_inside

if TYPE_CHECKING:
    from plansite.model.settings import Settings

_MAX_SIZE = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedSettings:
    """While `file_hash` is the hash of `plansite.yaml`, the other values are what it says.

    `sources` are the folders of its sources.
    """

    file_hash: str
    timezone: str
    today: str
    theme: str
    sources: tuple[str, ...]

    @classmethod
    def create(cls, data: bytes, settings: Settings, sources: Iterable[str]) -> RecordedSettings:
        """The record of settings, from the bytes of their file."""
        return cls(
            file_hash=hashlib.sha256(data).hexdigest(),
            timezone=settings.timezone,
            today=settings.today.isoformat() if settings.today else "",
            theme=settings.theme,
            sources=tuple(sources),
        )

    @classmethod
    def parse(cls, record: dict[str, Any]) -> RecordedSettings:
        """The settings of a record that anybody may have written. Raises TypeError or ValueError."""
        return cls(**{**record, "sources": tuple(record["sources"])})

    @property
    def texts(self) -> tuple[str, ...]:
        """All its values, which a reader checks with `require_texts`."""
        return (self.file_hash, self.timezone, self.today, self.theme, *self.sources)

    def collect_inputs(
        self, root: Path, day: date | None, audience: str, today_in: Callable[[str], date]
    ) -> tuple[date, BuildInputs] | None:
        """The day of a command and its inputs now; None where the settings have changed, or the record is wrong.

        `today_in` returns the day in a time zone; it is called only where neither `day` nor the site fixes one.
        """
        if self.file_hash != _hash_settings(root):
            return None
        try:
            today = day or (date.fromisoformat(self.today) if self.today else today_in(self.timezone))
        except (OSError, ValueError, KeyError):  # the record was changed: no such day, or no such time zone
            return None
        pinned = bool(day or self.today)
        return today, collect_inputs(root, self.theme, self.sources, today, pinned=pinned, audience=audience)


def require_texts(*values: object) -> None:
    """Raise TypeError or ValueError for a value that is no text, and for a text that can be no path."""
    for value in values:
        if type(value) is not str:
            raise TypeError
        if b"\0" in os.fsencode(value):
            raise ValueError


def _hash_settings(root: Path) -> str:
    """The hash of `plansite.yaml`; empty where it cannot be read."""
    try:
        return hashlib.sha256(read_inside(root, SETTINGS, _MAX_SIZE)).hexdigest()
    except OSError:
        return ""
