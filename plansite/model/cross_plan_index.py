"""What one plan may ask about the rest of its site, so that its pages depend on the answers and on nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plansite.model.people import People

if TYPE_CHECKING:
    from plansite.model.action import Action
    from plansite.model.findings import Finding
    from plansite.model.plan import Plan

#: A plan's slug, and the slug or number of an action in it.
ActionRef = tuple[str, str]


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
