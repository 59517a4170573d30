"""The line on the front page that says how many incidents have open gaps."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date

from plansite.model.formatting import format_count, has_or_have
from plansite.site.components.dated_rows import DatedText, build_dated_text
from plansite.site.incidents.incident_rows import IncidentRow


def build_incident_notice(rows: Iterable[IncidentRow], today: date) -> DatedText:
    """ "2 incidents have open gaps", today and on the later days on which others get some; without words for none."""
    days = (today if row.gaps else row.until for row in rows)
    first_days = sorted(day for day in days if day)

    def describe(day: date) -> str:
        number = bisect_right(first_days, day)
        return f"{format_count(number, 'incident')} {has_or_have(number)} open gaps" if number else ""

    return build_dated_text(describe, today, first_days, reach=date.max)
