"""The site: its settings, plans and people, and the files that could not be read."""

from __future__ import annotations

import functools
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated

from plansite.model.action import Action
from plansite.model.body import Body
from plansite.model.cross_plan_index import CrossPlanIndex
from plansite.model.field_groups import AudienceField
from plansite.model.fields import Field, Text
from plansite.model.findings import Finding
from plansite.model.people import Agency, Owner, OwnerOrAgency, People, normalise_name
from plansite.model.plan import Incident, Measure, Plan, Review
from plansite.model.settings import Settings
from plansite.model.slugs import slugify


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadableFile:
    """A file that could not be read: kept in sight with its findings and its text."""

    plan: str
    kind: str
    slug: str
    path: str
    text: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontPage:
    """The words of the front page."""

    body: Body = Body()  # noqa: RUF009  (a frozen value, safe to share)
    path: str = ""
    title: Annotated[str, Field(Text(), "Its heading; left out, the site's name.", "Plans of Riverside")] = ""
    audience: AudienceField = None


Document = Action | Plan | Review | Incident | Measure | Owner | Agency


@dataclass(frozen=True, kw_only=True)
class Site:
    """Everything a build speaks of. `files` are the paths, relative to the site, of all files beside the content.

    A site may be one plan alone, with tables that answer for the `rest`. `is_whole` means that nothing is left out of
    it, so that whatever leads nowhere is a fault and not a secret.
    """

    settings: Settings
    front_page: FrontPage = FrontPage()
    plans: tuple[Plan, ...] = ()
    owners: tuple[Owner, ...] = ()
    agencies: tuple[Agency, ...] = ()
    unreadable: tuple[UnreadableFile, ...] = ()
    findings: tuple[Finding, ...] = ()
    files: frozenset[str] = frozenset()
    cross_plan: CrossPlanIndex | None = None
    is_unfiltered: bool = True

    @functools.cached_property
    def people(self) -> People:
        """Its owners and agencies by name, with those that only actions name."""
        return self.cross_plan.people if self.cross_plan else self.build_people(self._list_names())

    def build_people(self, names: Iterable[str]) -> People:
        """Its owners and agencies, and one owner for each of these names that no file declares."""
        declared = People.build(self.owners, self.agencies)
        implied: dict[str, Owner] = {}
        for name in names:
            key = normalise_name(name)
            if key and key not in declared.by_name and key not in implied:
                implied[key] = Owner(slug=slugify(name), title=name.strip())
        lost = {unread.slug.casefold(): unread.slug for unread in self.unreadable if unread.kind == "owner"}
        for key, owner in implied.items():  # whoever has a file that cannot be read stands at its address
            implied[key] = replace(owner, slug=lost.get(owner.slug.casefold(), owner.slug))
        taken = {owner.slug.casefold() for owner in self.owners}
        return People.build((*self.owners, *_make_slugs_unique(implied.values(), taken)), self.agencies)

    def _list_names(self) -> Iterator[str]:
        for plan in self.plans:
            yield from list_responsible_names(plan)

    @functools.cached_property
    def plans_by_slug(self) -> Mapping[str, Plan]:
        """Its plans by slug."""
        own = {plan.slug: plan for plan in self.plans}
        return ChainMap(own, self.cross_plan.plans) if self.cross_plan else own  # type: ignore[arg-type]  # it is only read

    @property
    def actions(self) -> Iterator[Action]:
        """Every action, plan by plan."""
        for plan in self.plans:
            yield from plan.actions

    @functools.cached_property
    def _actions_by_name(self) -> dict[tuple[str, str], Action]:
        named: dict[tuple[str, str], Action] = {}
        for action in self.actions:
            named.setdefault((action.plan, action.slug), action)
        for action in self.actions:
            if action.ref:
                named.setdefault((action.plan, action.ref), action)
        return named

    def find_action(self, reference: str, plan: str) -> Action | None:
        """The action meant by a ref or slug of that plan, or by `plan/slug` of any."""
        reference = reference.strip()
        own = self._find_by_name(plan, reference)
        if own is None and "/" in reference:
            other, _, name = reference.partition("/")
            return self._find_by_name(other, name)
        return own

    def _find_by_name(self, plan: str, name: str) -> Action | None:
        """By a ref or slug of that plan; of one that the site does not hold, by asking the rest."""
        is_elsewhere = self.cross_plan is not None and all(own.slug != plan for own in self.plans)
        named = self.cross_plan.actions if self.cross_plan and is_elsewhere else self._actions_by_name
        return named.get((plan, name))

    def find_dependents(self, action: Action) -> tuple[Action, ...]:
        """The actions that depend on this one, in the order of plans."""
        waiting = self.cross_plan.dependents if self.cross_plan else self._dependents
        return waiting.get((action.plan, action.slug), ())

    @functools.cached_property
    def _dependents(self) -> dict[tuple[str, str], tuple[Action, ...]]:
        groups: dict[tuple[str, str], list[Action]] = {}
        for action in self.actions:
            for name in action.depends_on:
                other = self.find_action(name, action.plan)
                if other:
                    groups.setdefault((other.plan, other.slug), []).append(action)
        return {name: tuple(waiting) for name, waiting in groups.items()}

    def find_owner_or_agency(self, name: str) -> OwnerOrAgency | None:
        """The owner or agency that goes by this name; None for no name at all."""
        return self.people.find(name) if name.strip() else None


def list_responsible_names(plan: Plan) -> Iterator[str]:
    """Whoever a plan and its actions name as an owner, a sponsor, a supporter or one who checks."""
    yield from (plan.owner, plan.sponsor)
    for action in plan.actions:
        yield action.owner
        yield from action.supporters
        if action.verification:
            yield action.verification.by


def _make_slugs_unique(owners: Iterable[Owner], taken: set[str]) -> Iterator[Owner]:
    """Owners of different names whose slugs would be the same get a number behind it."""
    for owner in owners:
        slug, number = owner.slug, 2
        while slug.casefold() in taken:
            slug, number = f"{owner.slug}-{number}", number + 1
        taken.add(slug.casefold())
        yield replace(owner, slug=slug)
