"""What an action waits for, and what holds it up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plansite.model.action import Action
from plansite.model.site import Site
from plansite.model.status import Status


def find_dependencies(site: Site, action: Action) -> tuple[Action, ...]:
    """The actions that one depends on, each once, in the order in which it names them; it may be of another plan."""
    found = (site.find_action(name, action.plan) for name in action.depends_on)
    return tuple({(other.plan, other.slug): other for other in found if other}.values())


def describe_obstacle(site: Site, action: Action, today: date) -> str:
    """What an action waits for and cannot have yet, in a sentence; empty where there is nothing.

    Looks at what it waits for and at what that waits for, and no further. The nearest is named.
    """
    nearest = next((other for other in _find_open_dependencies(site, action) if describe_delay(other, today)), None)
    if nearest:
        return f"Waits for {format_action_reference(nearest, action.plan)}, which {describe_delay(nearest, today)}."
    beyond = (
        (other, third)
        for other in _find_open_dependencies(site, action)
        for third in _find_open_dependencies(site, other)
    )
    for other, third in beyond:
        if describe_delay(third, today):
            first, last = format_action_reference(other, action.plan), format_action_reference(third, action.plan)
            return f"Waits for {first}, which waits for {last}, which {describe_delay(third, today)}."
    return ""


def describe_delay(action: Action, today: date) -> str:
    """How an action holds up those that wait for it: "is overdue" or "is blocked"; empty where it does not."""
    if action.is_overdue(today):
        return "is overdue"
    return "is blocked" if action.status is Status.BLOCKED else ""


def format_action_reference(action: Action, from_plan: str) -> str:
    """An action inside a sentence: in its own plan by its number, elsewhere by its title."""
    return f"action {action.ref}" if action.ref and action.plan == from_plan else f"“{action.title}”"


def _find_open_dependencies(site: Site, action: Action) -> Iterator[Action]:
    return (other for other in find_dependencies(site, action) if other.is_open)
