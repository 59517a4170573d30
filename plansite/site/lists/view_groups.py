"""The order and the groups of a saved view."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from plansite.model.documents.action import Action
from plansite.model.documents.action_order import natural_sort_key
from plansite.model.formatting import format_long_date
from plansite.model.page_addresses import profile_address
from plansite.model.saved_views.selection import ViewTargets, find_agency_of
from plansite.model.saved_views.settings import ViewGrouping, ViewOrder
from plansite.model.slugs import normalise_name
from plansite.model.status import Priority, Status
from plansite.site.components.page import Link
from plansite.site.components.page_links import link_tags, owner_link, plan_link
from plansite.site.plan.goals import goal_address

#: The sort key of a group and its heading. A group that stands for a missing value comes last.
GroupHeading = tuple[tuple[Any, ...], Link]


def sort_actions(actions: Iterable[Action], orders: Sequence[ViewOrder], targets: ViewTargets) -> list[Action]:
    """Actions in this order; those that have no such value last; of one place by due date, then `Action.sort_key`."""
    ordered = sorted(actions, key=lambda action: (action.due or date.max, action.sort_key))
    for order in reversed(orders):
        find_value = _find_value(order, targets)
        valued = [(value, action) for action in ordered if (value := find_value(action)) is not None]
        missing = [action for action in ordered if find_value(action) is None]
        valued.sort(key=lambda pair: pair[0], reverse=order.startswith("-"))
        ordered = [*(action for _, action in valued), *missing]
    return ordered


def _find_value(order: ViewOrder, targets: ViewTargets) -> Callable[[Action], Any]:
    """A function from an action to what it is sorted by; None where it has no such value."""
    plans = targets.site.plans_by_slug
    match order.removeprefix("-"):
        case ViewOrder.DUE:
            return lambda action: action.due
        case ViewOrder.TITLE:
            return lambda action: natural_sort_key(action.title)
        case ViewOrder.OWNER:
            return lambda action: normalise_name(owner_link(targets.site, action.owner).text) or None
        case ViewOrder.PLAN:
            return lambda action: (natural_sort_key(plans[action.plan].title), action.plan)
        case ViewOrder.PRIORITY:
            return lambda action: _rank_priority(action.priority)
        case ViewOrder.CREATED:
            return lambda action: action.created
    return lambda action: note.date if (note := action.body.latest_note) else None


def _rank_priority(priority: Priority | None) -> int | None:
    return list(Priority).index(priority) if priority else None


def group_actions(
    actions: Iterable[Action], grouping: ViewGrouping, targets: ViewTargets
) -> list[tuple[Link, list[Action]]]:
    """Actions under headings, in their order. One with several tags is under each of them."""
    groups: dict[tuple[Any, ...], tuple[Link, list[Action]]] = {}
    for action in actions:
        for key, heading in _list_headings(action, grouping, targets):
            groups.setdefault(key, (heading, []))[1].append(action)
    return [groups[key] for key in sorted(groups)]


def _list_headings(action: Action, grouping: ViewGrouping, targets: ViewTargets) -> Iterator[GroupHeading]:
    if grouping is ViewGrouping.TAG:
        tags = link_tags(action)
        yield from (((0, natural_sort_key(tag.text), tag.href), tag) for tag in tags)
        if not tags:
            yield (1, "", ""), Link("No tag")
    else:
        yield _HEADINGS[grouping](action, targets)


def _head_owner(action: Action, targets: ViewTargets) -> GroupHeading:
    link = owner_link(targets.site, action.owner)
    if not action.owner.strip():
        return (1, "", ""), Link(link.text or "Nobody yet")
    return (0, normalise_name(link.text), link.href), link


def _head_agency(action: Action, targets: ViewTargets) -> GroupHeading:
    agency = find_agency_of(targets, action)
    if agency is None:
        return (1, "", ""), Link("No agency")
    return (0, normalise_name(agency.title), agency.slug), Link(agency.title, profile_address(agency))


def _head_plan(action: Action, targets: ViewTargets) -> GroupHeading:
    plan = targets.site.plans_by_slug[action.plan]
    return (0, natural_sort_key(plan.title), plan.slug), plan_link(plan)


def _head_goal(action: Action, targets: ViewTargets) -> GroupHeading:
    plan = targets.site.plans_by_slug[action.plan]
    goal = plan.find_goal(action.goal) if action.goal else None
    if goal is None:
        return (1, "", 0), Link("No goal")
    heading = Link(f"{plan.title}: {goal.title}", goal_address(plan, goal))
    return (0, plan.slug, plan.goals.index(goal)), heading


def _head_status(action: Action, _: ViewTargets) -> GroupHeading:
    status = action.effective_status
    return ((0, list(Status).index(status)), Link(status.label)) if status else ((1, 0), Link("Unknown status"))


def _head_priority(action: Action, _: ViewTargets) -> GroupHeading:
    if action.priority is None:
        return (1, 0), Link("No priority")
    return (0, _rank_priority(action.priority)), Link(f"{action.priority.capitalize()} priority")


def _head_month(action: Action, _: ViewTargets) -> GroupHeading:
    if action.due is None:
        return (1, 0, 0), Link("No date")
    return (0, action.due.year, action.due.month), Link(format_long_date(action.due).partition(" ")[2])


_HEADINGS: dict[ViewGrouping, Callable[[Action, ViewTargets], GroupHeading]] = {
    ViewGrouping.OWNER: _head_owner,
    ViewGrouping.AGENCY: _head_agency,
    ViewGrouping.PLAN: _head_plan,
    ViewGrouping.GOAL: _head_goal,
    ViewGrouping.STATUS: _head_status,
    ViewGrouping.PRIORITY: _head_priority,
    ViewGrouping.DUE_MONTH: _head_month,
}
