"""Tasks on toy values: after any change, a cached result that counts as current is what the task would give."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from plansite.incremental.fingerprint import fingerprint
from plansite.incremental.tables import Lookups, Table, Tables
from plansite.incremental.tasks import TaskResult, is_current, run_task


@dataclass(frozen=True)
class World:
    """Prices by name, and shopping lists by name: a list is the declared input of a task that looks prices up."""

    prices: dict[str, int]
    lists: dict[str, tuple[str, ...]]

    @property
    def tables(self) -> Tables:
        """The table of prices."""
        return Tables({"prices": lambda: Table(self.prices)})

    def total(self, name: str, lookups: Lookups) -> int:
        """The task. It stops at the first item without a price, so what it looks up depends on the answers."""
        total = 0
        for item in self.lists[name]:
            price = self.tables.open("prices", lookups).get(item)
            if price is None:
                return -1
            total += price
        return total

    def run(self, name: str) -> TaskResult[int]:
        """The task with everything it depended on."""
        return run_task(fingerprint(self.lists[name]), self.tables, lambda lookups: self.total(name, lookups))


ITEMS = st.sampled_from(["tea", "milk", "jam"])
WORLDS = st.builds(
    World,
    st.dictionaries(ITEMS, st.integers(0, 2)),
    st.fixed_dictionaries({"monday": st.lists(ITEMS, max_size=3).map(tuple), "friday": st.lists(ITEMS).map(tuple)}),
)


@given(st.lists(WORLDS, min_size=1, max_size=6))
def test_results_that_are_reused_equal_a_clean_run(worlds: list[World]) -> None:
    """Through any sequence of states, whatever changes in inputs and tables."""
    cached: dict[str, TaskResult[int]] = {}
    for world in worlds:
        for name, items in world.lists.items():
            if not is_current(cached.get(name), fingerprint(items), world.tables):
                cached[name] = world.run(name)
            assert cached[name].value == world.total(name, {})


@given(WORLDS)
def test_nothing_changed_means_current(world: World) -> None:
    """A result is reused in the state it was computed in; nothing is run for nothing."""
    for name, items in world.lists.items():
        assert is_current(world.run(name), fingerprint(items), world.tables)


def test_what_was_not_looked_up_does_not_matter() -> None:
    """A new price for an item after the one that stopped the task, or on no list, leaves the result current."""
    before = World({"tea": 1}, {"monday": ("tea", "milk", "jam")})
    after = World({"tea": 1, "jam": 2}, before.lists)
    result = before.run("monday")
    assert is_current(result, fingerprint(before.lists["monday"]), after.tables)
    assert not is_current(result, fingerprint(before.lists["monday"]), World({"milk": 1, "tea": 1}, {}).tables)


def test_a_missing_result_is_not_current() -> None:
    """There is nothing to reuse in a first build."""
    assert not is_current(None, fingerprint(), Tables({}))
