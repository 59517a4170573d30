"""What a plan can look up about the other plans of its site. Lookups are recorded as dependencies of its pages."""

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
    """The other plans of a site, as mappings. Their actions and plans come without the HTML of their bodies.

    `people` are all owners and agencies that are named anywhere, `declared_people` those with a file. `agency_slugs`
    are by normalised slug and title. `dependents` are the actions that depend on an action. `unreadable` has the kind,
    plan and slug of each file that could not be read. `page_addresses` are by the path of a file. `suggestion_names`
    are by category: "people", "agencies", "actions" or "paths". `dependency_cycles` are findings by the slug of a plan.
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
