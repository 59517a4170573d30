"""One plan's data, as the files for all plans are put together from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanData:
    """One plan's own data files by output path, and its part of the files for all plans.

    `next_change` is the first day on which anything in it changes by itself.
    """

    files: tuple[tuple[str, str], ...]
    csv: str
    json: str
    search: str
    next_change: date | None
