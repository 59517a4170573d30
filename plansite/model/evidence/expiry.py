"""Until when evidence counts."""

from __future__ import annotations

from datetime import date

from plansite.model.dates import add_days
from plansite.model.documents.records.evidence import Evidence

#: For so many days before its last day, evidence is said to expire soon.
SOON_DAYS = 30


def is_expired(evidence: Evidence, today: date) -> bool:
    """Whether its last day has passed."""
    return evidence.expires is not None and evidence.expires < today


def expires_soon(evidence: Evidence, today: date) -> bool:
    """Whether it still counts, and its last day is at most `SOON_DAYS` away."""
    return evidence.expires is not None and today <= evidence.expires <= add_days(today, SOON_DAYS)


def list_change_days(evidence: Evidence) -> tuple[date, ...]:
    """The days on which what is said about it changes: it expires soon from the first on, and has from the second."""
    if evidence.expires is None:
        return ()
    return (add_days(evidence.expires, -SOON_DAYS), add_days(evidence.expires, 1))
