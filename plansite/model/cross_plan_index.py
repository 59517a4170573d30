"""What a plan can look up about the other plans of its site. Lookups are recorded as dependencies of its pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from plansite.deferred_dataclass import dataclass
from plansite.model.links.anchors import Anchors
from plansite.model.people import People
from plansite.model.slugs import collision_key
from plansite.model.status import Audience

if TYPE_CHECKING:
    from plansite.model.audience.hidden_names import HiddenNames
    from plansite.model.documents.action import Action
    from plansite.model.documents.plan import Plan
    from plansite.model.evidence.file_report import FileReport
    from plansite.model.findings import Finding

#: A plan's slug, and the slug or number of an action in it.
ActionRef = tuple[str, str]


class AddressHolder(NamedTuple):
    """The file of an action that has an address in a plan: as its own, or as an alias."""

    path: str
    is_alias: bool
    is_readable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossPlanIndex:
    """The other plans of a site, as mappings. Their actions and plans come without the HTML of their bodies.

    `people` are all owners and agencies that are named anywhere, `declared_people` those with a file. `agency_slugs`
    are by normalised slug and title. `dependents` are the actions that depend on an action. `unreadable` has the kind,
    plan and slug of each file that could not be read. `page_addresses` and `anchors` are by the path of a file,
    `path_twins` are from `index_twins`. `suggestion_names` are by category: "people", "agencies", "actions" or "paths".
    `dependency_cycles` are findings by the slug of a plan. `hidden_names` are what each audience that does not see
    everything may not see. `address_holders` are by plan and slug, this in the form in which names of files are
    compared. `file_reports` are on the files that pages link to, by path.
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
    path_twins: Mapping[str, str]
    anchors: Mapping[str, Anchors]
    suggestion_names: Mapping[str, tuple[str, ...]]
    dependency_cycles: Mapping[str, tuple[Finding, ...]]
    hidden_names: Mapping[Audience, HiddenNames]
    address_holders: Mapping[ActionRef, tuple[AddressHolder, ...]]
    file_reports: Mapping[str, FileReport]


def list_address_holders(plan: Plan) -> Iterator[tuple[ActionRef, AddressHolder]]:
    """The addresses of a plan's actions, and those of their aliases in any plan, each with who holds it."""
    for action in plan.actions:
        yield (plan.slug, collision_key(action.slug)), AddressHolder(action.path, is_alias=False)
        for address in dict.fromkeys(map(action.alias_address, action.aliases)):
            yield address, AddressHolder(action.path, is_alias=True)


def list_unreadable_addresses(
    files: Iterable[tuple[str, str, str, str]],
) -> Iterator[tuple[ActionRef, AddressHolder]]:
    """The addresses of actions that could not be read, from kind, plan, slug and path of each file."""
    for kind, plan, slug, path in files:
        if kind == "action":
            yield (plan, collision_key(slug)), AddressHolder(path, is_alias=False, is_readable=False)


def group_address_holders(
    *holders: Iterable[tuple[ActionRef, AddressHolder]],
) -> dict[ActionRef, tuple[AddressHolder, ...]]:
    """Who holds each address, those first that have it as their own."""
    groups: dict[ActionRef, list[AddressHolder]] = {}
    for address, holder in chain(*holders):
        groups.setdefault(address, []).append(holder)
    return {address: tuple(sorted(group, key=lambda holder: holder.is_alias)) for address, group in groups.items()}
