"""Actions that wait for others: for themselves by a detour, or for what will never be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, flag, rule
from plansite.content.report import quote_text
from plansite.model.action import Action
from plansite.model.findings import Level
from plansite.model.status import Status

#: How many actions of a circle are named.
MAX_ACTIONS_SHOWN = 6

FindAction = Callable[[str, str], Action | None]


@rule("PS120", Level.WARNING, CheckContext.open_actions)
def depends_on_cancelled(context: CheckContext, action: Action) -> Iterator[Violation]:
    """An open action waits for one that was cancelled.

    It would wait for ever, unless somebody decides what comes in its place.

    Example: `depends_on: [2]`, where action 2 is cancelled. Take it out, or name the action that replaced it.
    """
    for name in action.depends_on:
        other = context.site.find_action(name, action.plan)
        if other and other.status is Status.CANCELLED:
            message = f"it waits for {_format_action(other, action)}, which is cancelled"
            yield flag(action, message, "take it out, or name what replaced it", field="depends_on")


@dataclass(frozen=True, slots=True)
class DependencyCycle:
    """Actions that wait for each other: the first few in order of waiting, how many in all, and the last of them."""

    first_actions: tuple[Action, ...]
    length: int
    last_action: Action


def _list_cycles(context: CheckContext) -> Iterable[DependencyCycle]:
    return find_cycles(context.site.actions, context.site.find_action)


@rule("PS121", Level.ERROR, _list_cycles, needs_all_plans=True)
def dependency_cycle(_: CheckContext, cycle: DependencyCycle) -> Iterator[Violation]:
    """Actions wait for each other in a circle, so none of them can begin.

    Often one of the arrows points the wrong way: `depends_on` names what must come first.

    Example: action 3 depends on 5, and action 5 on 3. Take one of the two out.
    """
    names = [_format_action(action, cycle.last_action) for action in cycle.first_actions]
    more = [f"{cycle.length - MAX_ACTIONS_SHOWN} more"] if cycle.length > MAX_ACTIONS_SHOWN else []
    round_trip = " waits for ".join([*names, *more, names[0]])
    message = f"the actions wait in a circle: {round_trip}"
    yield flag(cycle.last_action, message, "take one of these out", field="depends_on")


def find_cycles(actions: Iterable[Action], find_action: FindAction) -> Iterator[DependencyCycle]:
    """The circles among `depends_on`, at most one for each action that closes one.

    `find` is asked for an action by a name and the plan that uses it. Follows every arrow once, without recursion,
    so that a long chain costs no more than many short ones.
    """
    done: set[tuple[str, str]] = set()
    for start in actions:
        path: list[Action] = []
        at: dict[tuple[str, str], int] = {}
        waiting = [iter((start,))]
        closed: set[tuple[str, str]] = set()
        while waiting:
            action = next(waiting[-1], None)
            if action is None:
                waiting.pop()
                if path:
                    done.add(_action_key(path[-1]))
                    del at[_action_key(path.pop())]
            elif _action_key(action) in at:
                if _action_key(path[-1]) not in closed:
                    closed.add(_action_key(path[-1]))
                    first = at[_action_key(action)]
                    yield DependencyCycle(tuple(path[first : first + MAX_ACTIONS_SHOWN]), len(path) - first, path[-1])
            elif _action_key(action) not in done:
                at[_action_key(action)] = len(path)
                path.append(action)
                waiting.append(_find_dependencies(find_action, action))


def _find_dependencies(find_action: FindAction, action: Action) -> Iterator[Action]:
    found = (find_action(name, action.plan) for name in action.depends_on)
    return iter([other for other in found if other is not None])


def _action_key(action: Action) -> tuple[str, str]:
    return action.plan, action.slug


def _format_action(action: Action, referrer: Action) -> str:
    """An action as its own plan calls it, or with the plan's slug from elsewhere."""
    if action.plan == referrer.plan and action.ref:
        return f"action {quote_text(action.ref)[1:-1]}"
    return f"“{action.plan}/{action.slug}”" if action.plan != referrer.plan else quote_text(action.title)
