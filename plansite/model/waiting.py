"""What an action waits for, and what holds it up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plansite.model.action import Action
from plansite.model.site import Site
from plansite.model.status import Status


def awaited(site: Site, action: Action) -> tuple[Action, ...]:
    """The actions that one depends on, each once, in the order in which it names them; it may be of another plan."""
    found = (site.action(name, action.plan) for name in action.depends_on)
    return tuple({(other.plan, other.slug): other for other in found if other}.values())


def held_up(site: Site, action: Action, today: date) -> str:
    """What an action waits for and cannot have yet, in a sentence; empty where there is nothing.

    Looks at what it waits for and at what that waits for, and no further. The nearest is named.
    """
    nearest = next((other for other in _still(site, action) if stuck(other, today)), None)
    if nearest:
        return f"Waits for {called(nearest, action.plan)}, which {stuck(nearest, today)}."
    beyond = ((other, third) for other in _still(site, action) for third in _still(site, other))
    for other, third in beyond:
        if stuck(third, today):
            first, last = called(other, action.plan), called(third, action.plan)
            return f"Waits for {first}, which waits for {last}, which {stuck(third, today)}."
    return ""


def stuck(action: Action, today: date) -> str:
    """How an action holds up those that wait for it: "is overdue" or "is blocked"; empty where it does not."""
    if action.is_overdue(today):
        return "is overdue"
    return "is blocked" if action.status is Status.BLOCKED else ""


def called(action: Action, plan: str) -> str:
    """An action inside a sentence: in its own plan by its number, elsewhere by its title."""
    return f"action {action.ref}" if action.ref and action.plan == plan else f"“{action.title}”"


def _still(site: Site, action: Action) -> Iterator[Action]:
    return (other for other in awaited(site, action) if other.is_open)
