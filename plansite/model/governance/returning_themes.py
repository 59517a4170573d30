"""Themes that came back: all of their actions were finished, and some time later there was a new one.

A theme is a tag, a standard, a goal or a factor of incidents. It was closed if on some day none of its actions was open
any more. It came back if an action was agreed four weeks or more after that day: what is agreed sooner goes on with it.
This can only be told where it is known when each of its actions was agreed, and when it was finished.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import finished_on
from plansite.model.documents.action import Action
from plansite.model.governance.outcomes import is_agreed
from plansite.model.people import normalise_name


class ThemeKind(StrEnum):
    """What a theme is."""

    TAG = "tag"
    STANDARD = "standard"
    GOAL = "goal"
    FACTOR = "factor"


@dataclass(frozen=True, slots=True)
class BusyPeriod:
    """A time in which a theme had open actions. It began with the action or incident of this title and address.

    `begin` is None where something is not known, so that nothing can be said of the theme; `end` is None while
    something is open.
    """

    begin: date | None
    end: date | None
    title: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedTheme:
    """A theme that was closed on a day and came back on another, with what it came back with."""

    kind: ThemeKind
    label: str
    closed: date
    back: date
    title: str
    address: str


#: A theme by its kind, its plan and its normalised name. A goal is one of its plan; the others have no plan.
ThemeKey = tuple[ThemeKind, str, str]
#: The periods of a theme, and its name as it is first written.
ThemePeriods = tuple[ThemeKey, str, tuple[BusyPeriod, ...]]
_UNKNOWN = BusyPeriod(None, None)
#: A theme that has been closed for fewer days has not come back: the next meeting went on with it.
_MIN_DAYS_CLOSED = 28


def find_action_period(action: Action, address: str) -> BusyPeriod | None:
    """The time from the day an action was agreed to the day it was finished; None for one that was cancelled."""
    if not is_agreed(action):
        return None
    begin = action.created
    if begin is None:
        return _UNKNOWN
    if action.is_open:
        return BusyPeriod(begin, None, action.title, address)
    end = finished_on(action)
    return BusyPeriod(begin, max(end, begin), action.title, address) if end else _UNKNOWN


def group_by_theme(
    action_periods: Iterable[tuple[Action, BusyPeriod]], goal_titles: Mapping[str, str]
) -> Iterator[ThemePeriods]:
    """The merged periods of each tag, standard and goal of a plan's actions; a goal is called by its title."""
    by_name: dict[ThemeKind, dict[str, list[BusyPeriod]]] = {kind: defaultdict(list) for kind in ThemeKind}
    tags, standards, goals = by_name[ThemeKind.TAG], by_name[ThemeKind.STANDARD], by_name[ThemeKind.GOAL]
    plan = ""
    for action, period in action_periods:
        plan = action.plan
        for name in action.tags:
            tags[name].append(period)
        for name in action.standards:
            standards[name].append(period)
        if action.goal:
            goals[goal_titles.get(action.goal, action.goal)].append(period)
    for kind, names in by_name.items():
        for name, periods in names.items():
            if name.strip():
                yield build_theme(kind, name, plan if kind is ThemeKind.GOAL else ""), name, merge_periods(periods)


def build_theme(kind: ThemeKind, name: str, plan: str = "") -> ThemeKey:
    """A theme by its name; without a plan, all plans share it."""
    return kind, plan, normalise_name(name)


def merge_periods(periods: Iterable[BusyPeriod]) -> tuple[BusyPeriod, ...]:
    """The same time in periods that do not touch, in order; what overlaps is one. One unknown makes all unknown.

    An action agreed on the day on which the last one was finished goes on with the same period.
    """
    merged: list[BusyPeriod] = []
    for period in sorted(periods, key=_sort_key):
        if period.begin is None:
            return (_UNKNOWN,)
        last = merged[-1] if merged else None
        if last is None or (last.end is not None and period.begin > last.end):
            merged.append(period)
        elif last.end is not None and (period.end is None or period.end > last.end):
            merged[-1] = replace(last, end=period.end)
    return tuple(merged)


def _sort_key(period: BusyPeriod) -> tuple[date, str]:
    return period.begin or date.min, period.address


def find_returned_themes(parts: Sequence[ThemePeriods]) -> list[ReturnedTheme]:
    """The themes that were closed and are open again, the latest first. Parts may name a theme several times."""
    labels: dict[ThemeKey, str] = {}
    periods: dict[ThemeKey, list[BusyPeriod]] = defaultdict(list)
    for theme, label, of_part in parts:
        labels.setdefault(theme, label)
        periods[theme].extend(of_part)
    found = _iterate_returned(labels, periods)
    return sorted(found, key=lambda each: (-each.back.toordinal(), each.kind, each.label.casefold(), each.address))


def _iterate_returned(
    labels: Mapping[ThemeKey, str], periods: Mapping[ThemeKey, Sequence[BusyPeriod]]
) -> Iterator[ReturnedTheme]:
    for theme, of_theme in periods.items():
        *earlier, latest = merge_periods(of_theme)
        closed = earlier[-1].end if earlier else None
        if closed and latest.begin and latest.end is None and (latest.begin - closed).days >= _MIN_DAYS_CLOSED:
            yield ReturnedTheme(theme[0], labels[theme], closed, latest.begin, latest.title, latest.address)
