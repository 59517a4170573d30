"""Actions that wait for each other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plansite.checks.dependencies import cycles
from plansite.model.action import Action
from plansite.model.plan import Plan
from plansite.model.site import Settings, Site

Arrows = dict[int, list[int]]


def _site(arrows: Arrows) -> Site:
    actions = tuple(
        Action(plan="p", slug=f"a{number}", path=f"{number}", ref=str(number), depends_on=tuple(map(str, waits)))
        for number, waits in arrows.items()
    )
    return Site(settings=Settings(), plans=(Plan(slug="p", path="plan.md", actions=actions),))


def _on_a_circle(arrows: Arrows) -> set[int]:
    """By brute force: every action that can be reached from itself."""

    def reached(start: int) -> set[int]:
        seen, todo = set[int](), list(arrows[start])
        while todo:
            number = todo.pop()
            if number in arrows and number not in seen:
                seen.add(number)
                todo += arrows[number]
        return seen

    return {number for number in arrows if number in reached(number)}


@given(st.dictionaries(st.integers(1, 8), st.lists(st.integers(1, 9), max_size=4), max_size=8))
def test_circles_are_found_where_there_are_any(arrows: Arrows) -> None:
    """Each circle found is one, and circles are found exactly where actions wait for themselves."""
    found = list(cycles(_site(arrows)))
    circling = _on_a_circle(arrows)
    assert bool(found) == bool(circling)
    for cycle in found:
        numbers = [int(action.ref) for action in cycle]
        assert len(set(numbers)) == len(numbers)
        assert all(after in arrows[before] for before, after in zip(numbers, [*numbers[1:], numbers[0]], strict=True))


def test_an_action_can_wait_for_itself() -> None:
    """The smallest circle is one action."""
    assert [[action.ref for action in cycle] for cycle in cycles(_site({1: [1], 2: [1]}))] == [["1"]]


def test_a_long_chain_is_followed() -> None:
    """A circle of many thousand actions is found without running out of anything."""
    many = 20_000
    found = list(cycles(_site({number: [number % many + 1] for number in range(1, many + 1)})))
    assert [len(cycle) for cycle in found] == [many]
