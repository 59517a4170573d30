"""Actions that wait for each other."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from plansite.checks.rules.dependencies import MAX_ACTIONS_SHOWN, DependencyCycle, find_cycles
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.settings import Settings
from plansite.model.site import Site
from tests.checks.tiny_sites import action, checked

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


def _find_cycles(arrows: Arrows) -> list[DependencyCycle]:
    site = _site(arrows)
    return list(find_cycles(site.actions, site.find_action))


@given(st.dictionaries(st.integers(1, 8), st.lists(st.integers(1, 9), max_size=4), max_size=8))
def test_circles_are_found_where_there_are_any(arrows: Arrows) -> None:
    """Each cycle found is one, and cycles are found exactly where actions wait for themselves."""
    found = _find_cycles(arrows)
    circling = _on_a_circle(arrows)
    assert bool(found) == bool(circling)
    for cycle in found:
        numbers = [int(action.ref) for action in cycle.first_actions]
        assert set(numbers) <= circling
        assert len(set(numbers)) == len(numbers) == min(cycle.length, MAX_ACTIONS_SHOWN)
        assert all(after in arrows[before] for before, after in pairwise(numbers))
        assert numbers[0] in arrows[int(cycle.last_action.ref)]
    assert len({cycle.last_action.ref for cycle in found}) == len(found)


def test_an_action_can_wait_for_itself() -> None:
    """The smallest cycle is one action."""
    (cycle,) = _find_cycles({1: [1], 2: [1]})
    assert ([action.ref for action in cycle.first_actions], cycle.length, cycle.last_action.ref) == (["1"], 1, "1")


def test_a_long_chain_is_followed() -> None:
    """A cycle of many thousand actions is found without running out of anything, and only its beginning is named."""
    many = 20_000
    (cycle,) = _find_cycles({number: [number % many + 1] for number in range(1, many + 1)})
    assert (cycle.length, len(cycle.first_actions), cycle.last_action.ref) == (many, MAX_ACTIONS_SHOWN, str(many))


def test_a_long_circle_is_named_in_short(tmp_path: Path) -> None:
    """The message names the first few actions of a cycle and counts the rest."""
    files = {
        f"content/plans/winter/actions/a{number}.md": action(f"ref: {number}\ndepends_on: [{number % 9 + 1}]")
        for number in range(1, 10)
    }
    found = [finding for finding in checked(tmp_path, files) if finding.rule.name == "dependency-cycle"]
    assert [finding.message for finding in found] == [
        "the actions wait for each other: action 1 waits for action 2 waits for action 3 waits for action 4 "
        "waits for action 5 waits for action 6 waits for 3 more waits for action 1"
    ]


def test_actions_are_called_as_their_plan_calls_them(tmp_path: Path) -> None:
    """An action is named by number in its own plan, by title without one, and by address from another plan."""
    gone = "status: cancelled\nreason: superseded"
    files = {
        "content/plans/winter/actions/heater.md": action("depends_on: [1, tap, summer/shade]"),
        "content/plans/winter/actions/door.md": action(f"ref: 1\n{gone}", title="Hang the door"),
        "content/plans/winter/actions/tap.md": action(gone, title="Mend the tap"),
        "content/plans/summer/actions/shade.md": action(f"ref: 1\n{gone}", title="Put up shades"),
    }
    found = [finding.message for finding in checked(tmp_path, files) if finding.rule.name == "depends-on-cancelled"]
    assert found == [
        f"it waits for {name}, which is cancelled" for name in ("action 1", "“Mend the tap”", "“summer/shade”")
    ]
