"""Actions that wait for others: for themselves by a detour, or for what will never be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from plansite.checks.grounds import Grounds
from plansite.checks.registry import Said, about, rule
from plansite.content.report import shown
from plansite.model.action import Action
from plansite.model.findings import Level
from plansite.model.status import Status

#: How many actions of a circle are named.
SHOWN = 6

Find = Callable[[str, str], Action | None]


@rule("PS120", Level.WARNING, Grounds.open_actions)
def depends_on_cancelled(grounds: Grounds, action: Action) -> Iterator[Said]:
    """An open action waits for one that was cancelled.

    It would wait for ever, unless somebody decides what comes in its place.

    Example: `depends_on: [2]`, where action 2 is cancelled. Take it out, or name the action that replaced it.
    """
    for name in action.depends_on:
        other = grounds.site.action(name, action.plan)
        if other and other.status is Status.CANCELLED:
            message = f"it waits for {_called(other, action)}, which is cancelled"
            yield about(action, message, "take it out, or name what replaced it", field="depends_on")


@dataclass(frozen=True, slots=True)
class Circle:
    """Actions that wait for each other: the first few in order of waiting, how many in all, and the last of them."""

    shown: tuple[Action, ...]
    length: int
    last: Action


def _in_circles(grounds: Grounds) -> Iterable[Circle]:
    return circles(grounds.site.actions, grounds.site.action)


@rule("PS121", Level.ERROR, _in_circles, wide=True)
def dependency_cycle(_: Grounds, circle: Circle) -> Iterator[Said]:
    """Actions wait for each other in a circle, so none of them can begin.

    Often one of the arrows points the wrong way: `depends_on` names what must come first.

    Example: action 3 depends on 5, and action 5 on 3. Take one of the two out.
    """
    names = [_called(action, circle.last) for action in circle.shown]
    more = [f"{circle.length - SHOWN} more"] if circle.length > SHOWN else []
    round_trip = " waits for ".join([*names, *more, names[0]])
    message = f"the actions wait in a circle: {round_trip}"
    yield about(circle.last, message, "take one of these out", field="depends_on")


def circles(actions: Iterable[Action], find: Find) -> Iterator[Circle]:
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
                    done.add(_key(path[-1]))
                    del at[_key(path.pop())]
            elif _key(action) in at:
                if _key(path[-1]) not in closed:
                    closed.add(_key(path[-1]))
                    first = at[_key(action)]
                    yield Circle(tuple(path[first : first + SHOWN]), len(path) - first, path[-1])
            elif _key(action) not in done:
                at[_key(action)] = len(path)
                path.append(action)
                waiting.append(_awaited(find, action))


def _awaited(find: Find, action: Action) -> Iterator[Action]:
    found = (find(name, action.plan) for name in action.depends_on)
    return iter([other for other in found if other is not None])


def _key(action: Action) -> tuple[str, str]:
    return action.plan, action.slug


def _called(action: Action, seen_from: Action) -> str:
    """An action as its own plan calls it, or with the plan's slug from elsewhere."""
    if action.plan == seen_from.plan and action.ref:
        return f"action {shown(action.ref)[1:-1]}"
    return f"“{action.plan}/{action.slug}”" if action.plan != seen_from.plan else shown(action.title)
