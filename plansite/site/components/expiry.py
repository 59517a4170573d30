"""What pages say of the last day on which a piece of evidence counts."""

from __future__ import annotations

from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.dates import add_days
from plansite.model.evidence.expiry import SOON_DAYS
from plansite.site.components.dated_rows import Visibility, find_time_before_late, find_time_late


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiryView:
    """The last day on which something counts, and when it shows that it does, that it soon expires, that it has."""

    day: date
    counts: Visibility | None
    soon: Visibility | None
    expired: Visibility


def build_expiry_view(expires: date | None, today: date) -> ExpiryView | None:
    """What is said of that day, today and later; None without one."""
    if expires is None:
        return None
    soon_from, before = add_days(expires, -SOON_DAYS), find_time_before_late(expires, today)
    return ExpiryView(
        day=expires,
        counts=Visibility(None, soon_from) if soon_from > today else None,
        soon=Visibility(soon_from if soon_from > today else None, before.leaves) if before else None,
        expired=find_time_late(expires, today),
    )
