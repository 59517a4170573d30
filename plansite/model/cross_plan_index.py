"""What one plan may ask about the rest of its site, so that its pages depend on the answers and on nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from plansite.model.people import People

if TYPE_CHECKING:
    from plansite.model.action import Action
    from plansite.model.findings import Finding
    from plansite.model.plan import Plan

KeyT = TypeVar("KeyT")
ValueT = TypeVar("ValueT")

#: A plan's slug, and the slug or number of an action in it.
ActionRef = tuple[str, str]
#: The table that was asked, and what for.
Lookup = tuple[str, object]
Lookups = dict[Lookup, None]


class RecordingMapping(Mapping[KeyT, ValueT]):
    """A mapping that notes what it is asked for. It cannot be gone through: nobody could say what was meant by it."""

    __slots__ = ("_lookups", "_table", "_values")

    def __init__(self, table: str, values: Mapping[KeyT, ValueT], lookups: Lookups) -> None:
        """`questions` is shared by all tables of one plan."""
        self._table = table
        self._values = values
        self._lookups = lookups

    def __getitem__(self, key: KeyT) -> ValueT:
        """The answer; that there is none is an answer too."""
        self._lookups[(self._table, key)] = None
        return self._values[key]

    def __iter__(self) -> Iterator[KeyT]:
        """Raise TypeError."""
        raise TypeError(f"the table “{self._table}” can only be asked")

    def __len__(self) -> int:
        """Raise TypeError."""
        raise TypeError(f"the table “{self._table}” can only be asked")

    def __bool__(self) -> bool:
        """Always: that there is anything in it cannot be asked."""
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossPlanIndex:
    """The rest of a site, as tables. Actions and plans of others come without the HTML of their bodies.

    `people` are all who are named anywhere, `declared` those with a file; `agency_slugs` go by slug and title.
    `waiting` are the actions that depend on one. `unread` are files that could not be read, by kind, plan and slug;
    `plans_unread` the plans with such actions. `pages` are addresses by the path of a file. `names` are lists that
    can only be had whole: of "people", "agencies", "actions" and "paths". `circles` are findings about actions that
    wait for each other, by the plan in which they are noted.
    """

    people: People
    declared_people: People
    agency_slugs: Mapping[str, str]
    has_owners: bool
    has_agencies: bool
    actions: Mapping[ActionRef, Action]
    plans: Mapping[str, Plan]
    dependents: Mapping[ActionRef, tuple[Action, ...]]
    unreadable: Mapping[tuple[str, str, str], bool]
    plans_with_unreadable_actions: Mapping[str, bool]
    page_addresses: Mapping[str, str]
    suggestion_names: Mapping[str, tuple[str, ...]]
    dependency_cycles: Mapping[str, tuple[Finding, ...]]
