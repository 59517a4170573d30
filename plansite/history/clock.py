"""The day on which a commit landed."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo

_FIRST, _LAST = date(1900, 1, 1), date(2999, 12, 31)


def day_of(time: int, zone: tzinfo) -> date:
    """The day of a second (since 1970) in a time zone; what no calendar of plans has, becomes its last day.

    The committer's date counts: a change is news on the day it landed, however long it waited on a branch.
    """
    try:
        day = datetime.fromtimestamp(time, UTC).astimezone(zone).date()
    except (ValueError, OverflowError, OSError):
        return _LAST
    return min(max(day, _FIRST), _LAST)
