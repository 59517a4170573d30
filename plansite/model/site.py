"""A site: its settings, plans, owners and agencies, and the files that could not be read."""

from __future__ import annotations

import functools
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from itertools import chain
from typing import Annotated

from plansite.deferred_dataclass import dataclass
from plansite.model.body import Body
from plansite.model.cross_plan_index import (
    ActionRef,
    AddressHolder,
    CrossPlanIndex,
    group_address_holders,
    list_address_holders,
    list_unreadable_addresses,
)
from plansite.model.documents.action import Action
from plansite.model.documents.action_order import ActionSortKey, build_action_sort_key
from plansite.model.documents.incident import Incident
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.audience_fields import AudienceField
from plansite.model.documents.review import Review
from plansite.model.documents.self_assessment import SelfAssessment
from plansite.model.evidence.file_report import FileReport
from plansite.model.external.source_settings import MappedField
from plansite.model.fields import Field, Text
from plansite.model.findings import Finding
from plansite.model.frameworks.framework import Framework
from plansite.model.frameworks.index import StandardIndex, index_standards
from plansite.model.people import (
    Agency,
    Owner,
    OwnerOrAgency,
    People,
    build_named_owner,
    map_spellings,
    normalise_name,
)
from plansite.model.settings import Settings
from plansite.model.slugs import slugify, title_from_slug
from plansite.model.status import Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadableFile:
    """A file that could not be read, with its findings and its text.

    Of a file that is too large, `text` is only the start, and `full_size` is how many bytes it has; else it is 0.
    """

    plan: str
    kind: str
    slug: str
    path: str
    text: str
    findings: tuple[Finding, ...]
    full_size: int = 0

    @property
    def sort_key(self) -> ActionSortKey:
        """That of an action without a number, with the title that its file name suggests."""
        return build_action_sort_key(self.plan, "", title_from_slug(self.slug), self.slug)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontPage:
    """The words of the front page."""

    body: Body = Body()
    path: str = ""
    title: Annotated[str, Field(Text(), "Its heading. Default: the site's name.", "Plans of Riverside")] = ""
    audience: AudienceField = None


Document = Action | Plan | Review | Incident | Measure | SelfAssessment | Owner | Agency


def find_kind(document: Document) -> str:
    """The kind of a document, as files and addresses call it: action, plan, review, incident, assessment, …"""
    return "assessment" if isinstance(document, SelfAssessment) else type(document).__name__.lower()


@dataclass(frozen=True, kw_only=True)
class Site:
    """All documents of a site. `files` are the paths, relative to the site, of the other files that may be published.

    `other_files` are those that are neither read nor published, `mapped_fields` the fields of its sources, `frameworks`
    those of plansite and its own, `file_reports` what was found in files that pages link to, by path.
    A site may hold a single plan; `cross_plan` then answers lookups about the others. `is_unfiltered` means that
    nothing was filtered out for its `audience`, so that a reference without a target is a fault.
    """

    settings: Settings
    front_page: FrontPage = FrontPage()
    plans: tuple[Plan, ...] = ()
    owners: tuple[Owner, ...] = ()
    agencies: tuple[Agency, ...] = ()
    unreadable: tuple[UnreadableFile, ...] = ()
    findings: tuple[Finding, ...] = ()
    files: frozenset[str] = frozenset()
    other_files: frozenset[str] = frozenset()
    mapped_fields: tuple[MappedField, ...] = ()
    frameworks: tuple[Framework, ...] = ()
    file_reports: Mapping[str, FileReport] = field(default_factory=dict)
    cross_plan: CrossPlanIndex | None = None
    is_unfiltered: bool = True
    audience: Audience = Audience.INTERNAL

    @functools.cached_property
    def standards(self) -> StandardIndex:
        """The standards of its frameworks, by what files call them."""
        return index_standards(self.frameworks, self.settings.frameworks)

    @functools.cached_property
    def people(self) -> People:
        """Its owners and agencies by name, those without a file included."""
        return self.cross_plan.people if self.cross_plan else self.build_people(self._list_names())

    def build_people(self, names: Iterable[str]) -> People:
        """Its owners and agencies, and an owner for each of these names that has no file.

        The slug of such an owner depends on the name alone, so that it is the same whoever else is named.
        """
        declared = self.declared_people
        spellings = map_spellings(self.settings.people)
        named: dict[str, Owner] = {}
        for given in names:
            name = spellings.get(normalise_name(given), given)
            key = normalise_name(name)
            if key and key not in named and declared.find(given) is None and declared.find(name) is None:
                named[key] = build_named_owner(name)
        return People.build(self.owners, self.agencies, self.settings.people, self._adopt_unreadable_slugs(named))

    def _adopt_unreadable_slugs(self, named: dict[str, Owner]) -> dict[str, Owner]:
        """The same owners; one whose file could not be read has the slug of that file, if only one can be meant."""
        slugs = {normalise_name(file.slug): file.slug for file in self.unreadable if file.kind == "owner"}
        if not slugs:
            return named
        taken = {normalise_name(owner.slug) for owner in named.values()} & slugs.keys()
        keys_by_slug: dict[str, list[str]] = {}
        for key, owner in named.items():
            keys_by_slug.setdefault(owner.slug if owner.slug in taken else slugify(owner.title), []).append(key)
        adopted = {keys[0]: slugs[slug] for slug, keys in keys_by_slug.items() if slug in slugs and len(keys) == 1}
        return {key: replace(owner, slug=adopted.get(key, owner.slug)) for key, owner in named.items()}

    @functools.cached_property
    def declared_people(self) -> People:
        """Its owners and agencies that have files."""
        return People.build(self.owners, self.agencies, self.settings.people)

    def _list_names(self) -> Iterator[str]:
        for plan in self.plans:
            yield from list_responsible_names(plan)

    @functools.cached_property
    def plans_by_slug(self) -> Mapping[str, Plan]:
        """Its plans by slug, and those of the cross-plan index."""
        plans = {plan.slug: plan for plan in self.plans}
        return ChainMap(plans, self.cross_plan.plans) if self.cross_plan else plans  # type: ignore[arg-type]  # never written to

    @property
    def actions(self) -> Iterator[Action]:
        """Every action, plan by plan, each plan's by `Action.sort_key`."""
        for plan in self.plans:
            yield from plan.actions

    def find_address_holders(self, plan: str, slug: str) -> tuple[AddressHolder, ...]:
        """All actions that have the address of this slug in a plan, as their own or as an alias."""
        holders = self.cross_plan.address_holders if self.cross_plan else self._address_holders
        return holders.get((plan, slug), ())

    @functools.cached_property
    def _address_holders(self) -> Mapping[ActionRef, tuple[AddressHolder, ...]]:
        files = ((file.kind, file.plan, file.slug, file.path) for file in self.unreadable)
        return group_address_holders(
            (pair for plan in self.plans for pair in list_address_holders(plan)), list_unreadable_addresses(files)
        )

    @functools.cached_property
    def _actions_by_name(self) -> dict[tuple[str, str], Action]:
        """Actions by plan and slug or ref; a slug takes precedence over a ref, the first path over others."""
        actions: dict[tuple[str, str], Action] = {}
        by_path = sorted(self.actions, key=lambda action: action.path)
        for action in by_path:
            actions.setdefault((action.plan, action.slug), action)
        for action in by_path:
            if action.ref:
                actions.setdefault((action.plan, action.ref), action)
        return actions

    def find_action(self, reference: str, plan: str) -> Action | None:
        """The action with a ref or slug in that plan, or with `plan/slug` in any; None if there is none."""
        reference = reference.strip()
        action = self._find_by_name(plan, reference)
        if action is None and "/" in reference:
            other_plan, _, name = reference.partition("/")
            return self._find_by_name(other_plan, name)
        return action

    def _find_by_name(self, plan: str, name: str) -> Action | None:
        """By a ref or slug of a plan; a plan that this site does not hold is looked up in the cross-plan index."""
        is_elsewhere = self.cross_plan is not None and all(own_plan.slug != plan for own_plan in self.plans)
        actions = self.cross_plan.actions if self.cross_plan and is_elsewhere else self._actions_by_name
        return actions.get((plan, name))

    def find_dependents(self, action: Action) -> tuple[Action, ...]:
        """The actions of any plan that depend on this one, in the order of plans."""
        dependents = self.cross_plan.dependents if self.cross_plan else self._dependents
        return dependents.get((action.plan, action.slug), ())

    @functools.cached_property
    def _dependents(self) -> dict[tuple[str, str], tuple[Action, ...]]:
        groups: dict[tuple[str, str], list[Action]] = {}
        for action in self.actions:
            for name in action.depends_on:
                other = self.find_action(name, action.plan)
                if other:
                    groups.setdefault((other.plan, other.slug), []).append(action)
        return {key: tuple(actions) for key, actions in groups.items()}

    def find_owner_or_agency(self, name: str) -> OwnerOrAgency | None:
        """The owner or agency with this slug or title; None for an empty name."""
        return self.people.find(name) if name.strip() else None


def list_plan_documents(plan: Plan) -> Iterator[Document]:
    """Everything of a plan that was read from a file."""
    if plan.lines:  # one without a file of its own has no path
        yield plan
    yield from list_inner_documents(plan)


def list_inner_documents(plan: Plan) -> Iterator[Action | Review | Incident | Measure | SelfAssessment]:
    """Everything in the folder of a plan but the plan itself."""
    return chain(plan.actions, plan.reviews, plan.incidents, plan.measures, plan.assessments)


def list_site_documents(site: Site) -> Iterator[OwnerOrAgency | FrontPage]:
    """Everything that was read from a file and belongs to no plan."""
    if site.front_page.path:
        yield site.front_page
    yield from site.owners
    yield from site.agencies


def list_responsible_names(plan: Plan) -> Iterator[str]:
    """All names that a plan gives as owner, sponsor, supporter, checker or for decisions, with duplicates."""
    yield from (plan.owner, plan.sponsor)
    for action in plan.actions:
        yield action.owner
        yield from action.supporters
        if action.verification:
            yield action.verification.by
        if action.interim:
            yield action.interim.by
        yield from (escalation.to for escalation in action.escalated)
    yield from (finding.interim.by for incident in plan.incidents for finding in incident.findings if finding.interim)
