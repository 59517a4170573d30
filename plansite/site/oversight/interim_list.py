"""The list of interim controls across plans, and how many there are and are late: on the front page and of a plan."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.plan import Plan
from plansite.model.follow_up.outstanding_checks import list_interim_checks
from plansite.model.formatting import format_count, is_or_are
from plansite.site.components.dated_rows import (
    DatedText,
    DueRange,
    build_dated_text,
    build_plain_group,
    group_rows_in_range,
    list_days_after,
)
from plansite.site.components.page import Link, Page
from plansite.site.lists.action_lists import INTERIM, build_list_pages
from plansite.site.lists.listed_site import ListedSite

_RANGES = (DueRange("late", "Check late", 1, None), DueRange("in-time", "Still in time", None, 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class InterimCount:
    """How many interim controls there are, how many of their checks are late, and the list of them."""

    words: str
    late: DatedText
    href: str


def build_interim_list(listed: ListedSite) -> Iterator[Page]:
    """`interim.html`: every interim control that is still needed, late checks first; no page if there is none."""
    controls = [entry.row for each in listed.plans for entry in each.controls]
    if not controls:
        return iter(())
    today = listed.today
    dated = sorted((row for row in controls if row.due), key=lambda row: row.due or date.max)
    undated = [row for row in controls if not row.due]
    groups = [group for each in _RANGES if (group := group_rows_in_range(each, dated, today, "control"))]
    if undated:
        groups.append(build_plain_group("undated", Link("No day is set for a check"), undated, "control"))
    return build_list_pages(
        listed,
        INTERIM,
        "Interim controls",
        _describe_late([row.due for row in dated], today, f"{_count_controls(len(controls))} "),
        groups,
        None,
        "Each keeps people safe until something is done. The name is of whoever checks it.",
        nouns=("control", "controls"),
    )


def count_interim_controls(dated_site: SiteOnDate, plans: Iterable[Plan]) -> InterimCount | None:
    """How many interim controls of these plans are still needed; None if there is none."""
    checks = list(list_interim_checks(dated_site, plans))
    if not checks:
        return None
    late = _describe_late([check.due for check in checks], dated_site.today)
    return InterimCount(words=_count_controls(len(checks)), late=late, href=INTERIM.href)


def _count_controls(number: int) -> str:
    return f"{format_count(number, 'interim control')} {is_or_are(number)} in place."


def _describe_late(due_dates: Iterable[date | None], today: date, before: str = "") -> DatedText:
    """How many checks with these dates are late, for each day, behind other words; without any, empty while none is."""
    dues = sorted(filter(None, due_dates))

    def describe(day: date) -> str:
        late = bisect_left(dues, day)
        return (before + (f"{format_count(late, 'check')} {is_or_are(late)} late." if late else "")).strip()

    return build_dated_text(describe, today, list_days_after(dues))
