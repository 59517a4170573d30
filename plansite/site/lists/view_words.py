"""What a saved view shows, in words: "Open actions of Maintenance in 2 plans, by due date"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from plansite.model.formatting import format_count, format_list, format_long_date
from plansite.model.saved_views.selection import ViewTargets
from plansite.model.saved_views.settings import (
    NOBODY,
    SavedView,
    ViewColumn,
    ViewFilter,
    ViewGrouping,
    ViewOrder,
    ViewStatus,
)
from plansite.model.slugs import normalise_name
from plansite.model.status import Course

#: The most names that are listed before they are counted.
_MAX_NAMES = 3
_GROUPING_WORDS = {ViewGrouping.DUE_MONTH: "the month they are due"}
_ORDER_WORDS = {
    ViewOrder.DUE: "by due date",
    ViewOrder.DUE_DOWN: "by due date, the latest first",
    ViewOrder.TITLE: "by title",
    ViewOrder.TITLE_DOWN: "by title, from Z to A",
    ViewOrder.OWNER: "by owner",
    ViewOrder.OWNER_DOWN: "by owner, from Z to A",
    ViewOrder.PLAN: "by plan",
    ViewOrder.PLAN_DOWN: "by plan, from Z to A",
    ViewOrder.PRIORITY: "by priority",
    ViewOrder.PRIORITY_DOWN: "by priority, the lowest first",
    ViewOrder.CREATED: "by the day they were agreed",
    ViewOrder.CREATED_DOWN: "by the day they were agreed, the newest first",
    ViewOrder.LAST_PROGRESS: "by last progress, the oldest first",
    ViewOrder.LAST_PROGRESS_DOWN: "by last progress, the newest first",
}
_COURSE_WORDS = {Course.OVERDUE: "late"}
_COLUMN_BY_GROUPING = {
    ViewGrouping.OWNER: ViewColumn.OWNER,
    ViewGrouping.PLAN: ViewColumn.PLAN,
}


def choose_columns(view: SavedView, default: Sequence[ViewColumn]) -> tuple[ViewColumn, ...]:
    """The columns of a view; where it chooses none, the default ones without what its groups say already."""
    said = _COLUMN_BY_GROUPING.get(view.group) if view.group else None
    return view.columns or tuple(column for column in default if column is not said)


def describe_view(view: SavedView, targets: ViewTargets) -> str:
    """A sentence on the actions of a view and their order. It names nothing that is not in the copy."""
    parts = " ".join((_describe_statuses(view.filter), *_list_conditions(view.filter, targets)))
    group = f", grouped by {_GROUPING_WORDS.get(view.group, view.group)}" if view.group else ""
    return f"{parts}{group}, {_describe_order(view)}."


def _describe_order(view: SavedView) -> str:
    """How the actions of a view are sorted: "by priority, then by due date"."""
    return ", then ".join(_ORDER_WORDS[each] for each in view.sort or (ViewOrder.DUE,))


def _describe_statuses(conditions: ViewFilter) -> str:
    """The subject of the sentence: "Open actions of high priority that are late"."""
    is_open = not conditions.status and conditions.due_within is not None  # what is closed is not due
    words = [ViewStatus.OPEN.value] if is_open else list(map(str, conditions.status))
    is_plain = all(" " not in word for word in words)
    named = f"{format_list(words, 'or')} actions" if words and is_plain else "actions" if words else "all actions"
    if conditions.priority:
        named = f"{named} of {format_list(list(map(str, conditions.priority)), 'or')} priority"
    states = [] if is_plain else [format_list(words, "or")]
    if conditions.course:
        states.append(format_list([_COURSE_WORDS.get(course, course.value) for course in conditions.course], "or"))
    named = f"{named} that are {' and '.join(states)}" if states else named
    return f"{named[:1].upper()}{named[1:]}"


def _list_conditions(conditions: ViewFilter, targets: ViewTargets) -> Iterator[str]:
    """The other parts of the sentence, each of one condition."""
    yield from _list_due_conditions(conditions)
    yield from _list_owner_conditions(conditions, targets)
    if conditions.requirement:
        yield f"asked for as {format_list([f'“{level}”' for level in conditions.requirement], 'or')}"
    if conditions.tag:
        tags = [f"“{tag}”" for tag in _find_names(conditions.tag, targets.find_tag, targets)]
        yield f"tagged {_join_names(tags, 'tag')}"
    if conditions.goal:
        goals = [f"“{goal}”" for goal in _find_names(conditions.goal, targets.find_goal, targets)]
        yield f"for {_join_names(goals, 'goal')}"
    if conditions.plan:
        plans = _find_names(
            conditions.plan, lambda name: plan.title if (plan := targets.find_plan(name)) else "", targets
        )
        yield f"in “{plans[0]}”" if len(plans) == 1 else f"in {format_count(len(plans), 'plan')}"
    if conditions.kind:
        yield f"in {format_list(list(map(str, conditions.kind)), 'or')} plans"


def _list_due_conditions(conditions: ViewFilter) -> Iterator[str]:
    if conditions.due_within is not None:
        ahead = conditions.due_within
        yield f"due within {format_count(ahead, 'day')}" if ahead else "due today"
    after = f"after {format_long_date(conditions.due_after)}" if conditions.due_after else ""
    before = f"before {format_long_date(conditions.due_before)}" if conditions.due_before else ""
    if after or before:
        yield f"due {' and '.join(filter(None, (after, before)))}"


def _list_owner_conditions(conditions: ViewFilter, targets: ViewTargets) -> Iterator[str]:
    names = tuple(name for name in conditions.owner if normalise_name(name) != NOBODY or targets.find_owner(name))
    owners = _find_names(names, lambda name: owner.title if (owner := targets.find_owner(name)) else "", targets)
    parts = [f"of {_join_names(owners, 'owner')}"] if owners else []
    if len(names) < len(conditions.owner):
        parts.append("without an owner")
    if parts:
        yield " or ".join(parts)
    if conditions.agency:
        agencies = _find_names(
            conditions.agency, lambda name: agency.title if (agency := targets.find_agency(name)) else "", targets
        )
        yield f"of owners in {_join_names(agencies, 'agency', 'agencies')}"


def _find_names(names: Iterable[str], find: Callable[[str], str], targets: ViewTargets) -> list[str]:
    """The names by which the site knows what a condition asks for, each once.

    A name that it does not know stays as it is written; in a copy for fewer readers it may be hidden, and is left out.
    """
    found = ((find(name), name) for name in names)
    is_whole = targets.site.is_unfiltered
    return list(dict.fromkeys(known or name for known, name in found if known or is_whole))


def _join_names(names: Sequence[str], noun: str, plural: str = "") -> str:
    """A few names in a sentence; more are counted."""
    return format_list(names, "or") if len(names) <= _MAX_NAMES else format_count(len(names), noun, plural)
