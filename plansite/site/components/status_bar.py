"""The status bar: how many actions are on which course, as a picture with a legend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import Course, SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.formatting import format_count
from plansite.site.components.widgets import COURSE_STYLES

_BAR_ORDER = (Course.EMBEDDED, Course.COMPLETED, Course.ON_TRACK, Course.AT_RISK, Course.OVERDUE)


@dataclass(frozen=True, slots=True)
class BarSegment:
    """A segment of a status bar: what it counts, and its place in per cent of the width.

    `href` is where on the page that is which it counts; empty where the page does not show it.
    """

    role: str
    icon: str
    words: str
    start: str
    width: str
    end: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class StatusBar:
    """A status bar with its legend. `key` makes its ids unique on the page. From `until` on its numbers are others."""

    key: str
    title: str
    description: str
    segments: tuple[BarSegment, ...]
    until: date | None = None


def build_status_bar(key: str, dated_site: SiteOnDate, actions: Sequence[Action]) -> StatusBar | None:
    """The status bar of these actions without the cancelled ones; None if there are no others."""
    counts = dated_site.count_courses(actions)
    counted = [(course, counts[course]) for course in _BAR_ORDER if counts[course]]
    total = sum(number for _, number in counted)
    if not total:
        return None
    segments, end = [], 0
    for course, number in counted:
        role, icon = COURSE_STYLES[course]
        start, end = end, end + number
        segments.append(
            BarSegment(
                role,
                icon,
                f"{number:,} {course.value}",
                _format_share(start, total),
                _format_share(number, total),
                _format_share(end, total),
            )
        )
    description = ", ".join(segment.words for segment in segments) + "."
    cancelled = counts[Course.CANCELLED]
    further = f", and {cancelled:,} cancelled" if cancelled else ""
    title = f"Progress: {format_count(total, 'action')}{further}"
    return StatusBar(key, title, description, tuple(segments), _find_next_change(dated_site, actions))


def link_segments(bar: StatusBar, hrefs: Mapping[str, str]) -> StatusBar:
    """The bar with an address in each segment, by its role."""
    return replace(bar, segments=tuple(replace(each, href=hrefs.get(each.role, "")) for each in bar.segments))


def _find_next_change(dated_site: SiteOnDate, actions: Sequence[Action]) -> date | None:
    """The first later day on which one of these actions has another course; None if there is none."""
    assessments = [dated_site.assess_action(action) for action in actions]
    days = [each.overdue_from for each in assessments]
    days += [each.at_risk_from for each in assessments if each.course is Course.ON_TRACK]
    return min(filter(None, days), default=None)


def _format_share(number: int, total: int) -> str:
    return f"{100 * number / total:.2f}%"
