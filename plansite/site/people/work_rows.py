"""Rows on the page of an owner or agency that no other page has."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from plansite.deferred_dataclass import dataclass
from plansite.site.components.page import Link
from plansite.site.components.widgets import Tag

_NO_LINK = Link("")


class SupportedRow(NamedTuple):
    """An action of somebody else: in words when it is due, or how it ended; `day` is shown after them."""

    title: Link
    owner: Link
    words: str
    day: date | None
    is_late: bool
    is_blocked: bool


@dataclass(frozen=True, slots=True)
class CancelledWorkRow:
    """A cancelled action, and why."""

    title: Link
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRow:
    """An open action that waits for another one, or is blocked.

    `lead` and `day` are when the other action (`waits_for`) is due. If there is none, the row is of a blocked action,
    `said` its latest note, and `day` the date of that note.
    """

    lead: str
    day: date | None
    is_late: bool
    title: Link
    waits_for: Link = _NO_LINK
    owner: Link = _NO_LINK
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyPlanRow:
    """A plan that an agency takes part in. `agreed` is the day it agreed to the protocol; None if it has not.

    From `sentence_until` on its sentence is another; `late_since` is the day from which it counts days.
    """

    plan: Link
    tag: Tag
    sentence: str
    sentence_until: date | None
    late_since: date | None
    agreed: date | None
    protocol: str
    contact: str
