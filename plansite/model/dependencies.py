"""The actions that an action depends on, and which of them delay it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plansite.model.documents.action import Action
from plansite.model.site import Site
from plansite.model.status import Status


def find_dependencies(site: Site, action: Action) -> tuple[Action, ...]:
    """The actions of any plan that an action depends on, without duplicates, in the order of `depends_on`."""
    others = (site.find_action(name, action.plan) for name in action.depends_on)
    return tuple({(other.plan, other.slug): other for other in others if other}.values())


def list_shown_references(site: Site, action: Action) -> tuple[str, ...]:
    """What of `depends_on` leads to an action of the site. The rest may be the file name of one that is hidden."""
    return tuple(name for name in action.depends_on if site.find_action(name, action.plan))


def describe_obstacle(site: Site, action: Action, today: date) -> str:
    """A sentence naming an overdue or blocked action that this one depends on; "" if there is none.

    Looks at its direct dependencies first, then at theirs, and no further.
    """
    nearest = next((other for other in _find_open_dependencies(site, action) if describe_delay(other, today)), None)
    if nearest:
        return f"Waits for {format_action_reference(nearest, action.plan)}, which {describe_delay(nearest, today)}."
    for direct in _find_open_dependencies(site, action):
        for indirect in _find_open_dependencies(site, direct):
            if describe_delay(indirect, today):
                first = format_action_reference(direct, action.plan)
                second = format_action_reference(indirect, action.plan)
                return f"Waits for {first}, which waits for {second}, which {describe_delay(indirect, today)}."
    return ""


def list_obstacle_dates(site: Site, action: Action) -> Iterator[date]:
    """The due dates of the open actions that `describe_obstacle` looks at. One that is not met is an obstacle."""
    for direct in _find_open_dependencies(site, action):
        for other in (direct, *_find_open_dependencies(site, direct)):
            if other.due:
                yield other.due


def describe_delay(action: Action, today: date) -> str:
    """Why an action delays those that depend on it: "is overdue" or "is blocked"; "" if it does not."""
    if action.is_overdue(today):
        return "is overdue"
    return "is blocked" if action.effective_status is Status.BLOCKED else ""


def format_action_reference(action: Action, from_plan: str) -> str:
    """An action as a sentence names it: by its number within `from_plan`, else by its title."""
    return f"action {action.ref}" if action.ref and action.plan == from_plan else f"“{action.title}”"


def _find_open_dependencies(site: Site, action: Action) -> Iterator[Action]:
    return (other for other in find_dependencies(site, action) if other.is_open)
