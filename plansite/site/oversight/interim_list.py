"""The list of interim controls across plans, and how many there are and are late: on the front page and of a plan."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.plan import Plan
from plansite.model.follow_up.outstanding_checks import OutstandingCheck, list_interim_checks
from plansite.model.formatting import format_count, is_or_are
from plansite.model.page_addresses import INTERIM_LIST
from plansite.site.components.check_rows import build_check_row
from plansite.site.components.dated_rows import (
    DatedText,
    DueRange,
    build_dated_text,
    build_plain_group,
    group_rows_in_range,
    list_days_after,
)
from plansite.site.components.page import Link, Page
from plansite.site.components.pagination import ListView
from plansite.site.lists.action_lists import AWAITING, build_list_pages

INTERIM = Link("Interim controls", INTERIM_LIST)
_RANGES = (DueRange("late", "Check late", 1, None), DueRange("in-time", "Still in time", None, 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class InterimCount:
    """How many interim controls there are, how many of their checks are late, and the list of them."""

    words: str
    late: DatedText
    href: str


def build_interim_list(dated_site: SiteOnDate) -> Iterator[Page]:
    """`interim.html`: every interim control that is still needed, late checks first; no page if there is none."""
    checks = list(list_interim_checks(dated_site, dated_site.site.plans))
    if not checks:
        return iter(())
    today = dated_site.today
    dated = sorted((check for check in checks if check.due), key=lambda check: check.due or date.max)
    build_row = partial(build_check_row, dated_site, has_values=True, is_among_controls=True)
    rows, undated = [build_row(check) for check in dated], [build_row(check) for check in checks if not check.due]
    groups = [group for each in _RANGES if (group := group_rows_in_range(each, rows, today, "control"))]
    if undated:
        groups.append(build_plain_group("undated", Link("No day is set for a check"), undated, "control"))
    return build_list_pages(
        INTERIM,
        "Interim controls",
        _describe_late(checks, today, f"{_count_controls(checks)} "),
        groups,
        None,
        "Each keeps people safe until something is done. The name is of whoever checks it.",
        nouns=("control", "controls"),
    )


def add_interim_tab(dated_site: SiteOnDate, pages: Iterable[Page]) -> Iterator[Page]:
    """The pages of lists with a link to that of interim controls among their tabs, if there is such a list."""
    has_list = next(list_interim_checks(dated_site, dated_site.site.plans), None) is not None
    for page in pages:
        if has_list and isinstance(page.view, ListView):
            place = page.view.tabs.index(AWAITING) + 1
            tabs = (*page.view.tabs[:place], INTERIM, *page.view.tabs[place:])
            yield replace(page, view=replace(page.view, tabs=tabs))
        else:
            yield page


def count_interim_controls(dated_site: SiteOnDate, plans: Iterable[Plan]) -> InterimCount | None:
    """How many interim controls of these plans are still needed; None if there is none."""
    checks = list(list_interim_checks(dated_site, plans))
    if not checks:
        return None
    return InterimCount(words=_count_controls(checks), late=_describe_late(checks, dated_site.today), href=INTERIM.href)


def _count_controls(checks: Sequence[OutstandingCheck]) -> str:
    number = len(checks)
    return f"{format_count(number, 'interim control')} {is_or_are(number)} in place."


def _describe_late(checks: Sequence[OutstandingCheck], today: date, before: str = "") -> DatedText:
    """How many of their checks are late, for each day, behind other words; without any, empty while none is."""
    dues = sorted(check.due for check in checks if check.due)

    def describe(day: date) -> str:
        late = bisect_left(dues, day)
        return (before + (f"{format_count(late, 'check')} {is_or_are(late)} late." if late else "")).strip()

    return build_dated_text(describe, today, list_days_after(dues))
