"""Dependencies between actions: cycles, and open actions that depend on cancelled ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, flag, rule
from plansite.checks.subjects import list_open_actions
from plansite.content.report import quote_text
from plansite.deferred_dataclass import dataclass
from plansite.model.documents.action import Action
from plansite.model.findings import Level
from plansite.model.site import Site

#: How many actions of a cycle a message names.
MAX_ACTIONS_SHOWN = 6

#: Finds an action by its reference and the slug of the plan that uses it, as Site.find_action does.
FindAction = Callable[[str, str], Action | None]


@rule("PS120", Level.WARNING, list_open_actions)
def depends_on_cancelled(context: CheckContext, action: Action) -> Iterator[Violation]:
    """An open action waits for one that was cancelled.

    It will wait for ever, unless somebody decides what to do instead.

    Example: `depends_on: [2]`, where action 2 is cancelled. Take it out, or name the action that replaced it.
    """
    for name in action.depends_on:
        other = context.site.find_action(name, action.plan)
        if other and other.is_dropped:
            message = f"it waits for {_format_action(other, action)}, which {_describe_end(other)}"
            yield flag(action, message, "take it out, or name what replaced it", field="depends_on")


def _describe_end(action: Action) -> str:
    return "was not accepted" if action.is_declined else "is cancelled"


@dataclass(frozen=True, slots=True)
class DependencyCycle:
    """Actions that depend on each other: the first MAX_ACTIONS_SHOWN in order, how many in all, and the last one."""

    first_actions: tuple[Action, ...]
    length: int
    last_action: Action


def _list_cycles(site: Site) -> Iterable[DependencyCycle]:
    return find_cycles(site.actions, site.find_action)


@rule("PS121", Level.ERROR, _list_cycles, needs_all_plans=True)
def dependency_cycle(_: CheckContext, cycle: DependencyCycle) -> Iterator[Violation]:
    """Actions wait for each other in a circle, so they can never start.

    Often one dependency is the wrong way round: `depends_on` names what must come first.

    Example: action 3 depends on 5, and action 5 on 3. Take one of the two out.
    """
    names = [_format_action(action, cycle.last_action) for action in cycle.first_actions]
    more = [f"{cycle.length - MAX_ACTIONS_SHOWN} more"] if cycle.length > MAX_ACTIONS_SHOWN else []
    round_trip = " waits for ".join([*names, *more, names[0]])
    message = f"the actions wait for each other: {round_trip}"
    yield flag(cycle.last_action, message, "take one of these out", field="depends_on")


def find_cycles(actions: Iterable[Action], find_action: FindAction) -> Iterator[DependencyCycle]:
    """The cycles of `depends_on` that can be reached from these actions, at most one for each action that closes one.

    A depth-first search with its own stack instead of recursion, so that long chains do not exceed the recursion limit.
    It follows every dependency once.
    """
    done: set[tuple[str, str]] = set()
    for start in sorted(actions, key=lambda action: (action.plan, action.path)):
        path: list[Action] = []
        position: dict[tuple[str, str], int] = {}
        stack = [iter((start,))]
        closed: set[tuple[str, str]] = set()
        while stack:
            action = next(stack[-1], None)
            if action is None:
                stack.pop()
                if path:
                    done.add(_action_key(path[-1]))
                    del position[_action_key(path.pop())]
            elif _action_key(action) in position:
                if _action_key(path[-1]) not in closed:
                    closed.add(_action_key(path[-1]))
                    first = position[_action_key(action)]
                    yield DependencyCycle(tuple(path[first : first + MAX_ACTIONS_SHOWN]), len(path) - first, path[-1])
            elif _action_key(action) not in done:
                position[_action_key(action)] = len(path)
                path.append(action)
                stack.append(_find_dependencies(find_action, action))


def _find_dependencies(find_action: FindAction, action: Action) -> Iterator[Action]:
    others = (find_action(name, action.plan) for name in action.depends_on)
    return (other for other in others if other is not None)


def _action_key(action: Action) -> tuple[str, str]:
    return action.plan, action.slug


def _format_action(action: Action, referrer: Action) -> str:
    """An action as a message about the referrer names it: within its plan by number or title, else as `plan/slug`."""
    if action.plan == referrer.plan and action.ref:
        return f"action {quote_text(action.ref)[1:-1]}"
    return f"“{action.plan}/{action.slug}”" if action.plan != referrer.plan else quote_text(action.title)
