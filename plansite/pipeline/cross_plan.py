"""The index of a site: the tables in which a plan looks up other plans, people and pages."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date

from plansite.checks.context import CheckContext
from plansite.checks.runner import find_dependency_cycles
from plansite.checks.suggestions import list_suggestion_names
from plansite.incremental.tables import LazyMapping, Lookups, Table, Tables
from plansite.model.assessment import SiteOnDate
from plansite.model.audience.filter import list_hidden_names
from plansite.model.audience.hidden_names import HiddenNames
from plansite.model.cross_plan_index import ActionRef, CrossPlanIndex, group_address_holders
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.evidence.file_report import NOTHING_FOUND, FileReport
from plansite.model.findings import Finding
from plansite.model.links.targets import index_twins
from plansite.model.people import People
from plansite.model.site import Site
from plansite.model.status import Audience
from plansite.pipeline.context import fingerprint_hidden_names
from plansite.pipeline.plan_index import PlanIndex, PlanSummary, action_names
from plansite.site.components.content_links import LinkResolver


class SiteIndex:
    """Tables over all plans and the site's own files, each with the fingerprints of its answers.

    A table is built when it is first used. The summary of a plan is only loaded where another plan refers to it.
    """

    def __init__(
        self,
        site: Site,
        plans: Mapping[str, PlanIndex],
        *,
        plan_fingerprints: Mapping[str, str],
        file_hashes: Mapping[str, str],
        load_summary: Callable[[str], PlanSummary],
        file_reports: Mapping[str, FileReport],
    ) -> None:
        """`site` is the site without plans; the other tables are by the slug of a plan.

        `file_hashes` and `file_reports` are by path.
        """
        self.site = site
        self.plans = plans
        self._plan_fingerprints = plan_fingerprints
        self._file_hashes = file_hashes
        self._load_summary = functools.cache(load_summary)
        self._file_reports = {path: report for path, report in file_reports.items() if report != NOTHING_FOUND}

    def for_plan(self, lookups: Lookups) -> CrossPlanIndex:
        """The tables as one plan sees them; what it looks up is recorded in `lookups`."""
        open_table = functools.partial(self.tables.open, lookups=lookups)

        def open_people(table: str) -> People:
            return People((), (), open_table(table), open_table(f"{table} agencies"))

        return CrossPlanIndex(
            people=open_people("people"),
            declared_people=open_people("declared people"),
            agency_slugs=open_table("agency slugs"),
            has_owners=bool(self.site.owners),
            has_agencies=bool(self.site.agencies),
            actions=open_table("actions"),
            plans=open_table("plans"),
            dependents=open_table("dependents"),
            unreadable=open_table("unreadable"),
            plans_with_unreadable_actions=open_table("plans with unreadable actions"),
            page_addresses=open_table("page addresses"),
            path_twins=open_table("path twins"),
            anchors=open_table("anchors"),
            suggestion_names=open_table("suggestion names"),
            dependency_cycles=open_table("dependency cycles"),
            hidden_names=open_table("hidden names"),
            address_holders=open_table("address holders"),
            file_reports=open_table("file reports"),
        )

    @functools.cached_property
    def tables(self) -> Tables:
        """All tables by name. Actions and plans are fingerprinted by their files, which is quicker than by value."""
        return Tables(
            {
                "people": lambda: Table(self.people.by_name),
                "people agencies": lambda: Table(self.people.agencies_by_name),
                "declared people": lambda: Table(self._site_checks.declared_people.by_name),
                "declared people agencies": lambda: Table(self._site_checks.declared_people.agencies_by_name),
                "agency slugs": lambda: Table(self._site_checks.agency_slugs),
                "actions": lambda: Table(LazyMapping(self._find_action), self._fingerprint_action),
                "plans": lambda: Table(LazyMapping(self._find_plan), self._fingerprint_plan),
                "dependents": lambda: Table(self._list_dependents(), self._fingerprint_dependents),
                "unreadable": lambda: Table(self._unreadable),
                "plans with unreadable actions": lambda: Table(
                    {plan: True for kind, plan, _ in self._unreadable if kind == "action"}
                ),
                "page addresses": lambda: Table(self.addresses.address_by_path),
                "address holders": lambda: Table(
                    group_address_holders(*(plan.addresses for plan in self.plans.values()))
                ),
                "file reports": lambda: Table(self._file_reports),
                "path twins": lambda: Table(self.addresses.twins),
                "anchors": lambda: Table(self.addresses.anchors_by_path),
                "suggestion names": lambda: Table(LazyMapping(self._list_suggestion_names)),
                "dependency cycles": lambda: Table(self._find_cycles()),
                "hidden names": lambda: Table(
                    self._hidden_names, lambda audience: fingerprint_hidden_names(self._hidden_names[audience])
                ),
            }
        )

    @functools.cached_property
    def people(self) -> People:
        """All owners and agencies that have a file or are named in a plan."""
        return self.site.build_people(name for plan in self.plans.values() for name in plan.named)

    @functools.cached_property
    def addresses(self) -> LinkResolver:
        """The address of the page of every file of the site."""
        of_plans = dict(pair for plan in self.plans.values() for pair in plan.pages)
        of_site = LinkResolver.from_site(self.site)
        addresses = {**of_site.address_by_path, **of_plans}
        anchors = dict(pair for plan in self.plans.values() for pair in plan.anchors)
        return LinkResolver(addresses, index_twins(addresses), {**of_site.anchors_by_path, **anchors})

    @functools.cached_property
    def _hidden_names(self) -> dict[Audience, HiddenNames]:
        return list_hidden_names(self.site) if self.site.is_unfiltered else {}

    @functools.cached_property
    def _site_checks(self) -> CheckContext:
        return CheckContext(SiteOnDate(self.site, date.min))

    # Actions by what they are called

    @functools.cached_property
    def _slugs(self) -> dict[ActionRef, str]:
        """The slug of each action, by its plan with its slug, and by its plan with its number."""
        slugs: dict[ActionRef, str] = {}
        for plan in self.plans.values():
            for name, slug in action_names(plan):
                slugs.setdefault(name, slug)
        return slugs

    @functools.cached_property
    def _paths(self) -> dict[ActionRef, str]:
        """The file of each action, by plan and slug."""
        return {(plan.slug, slug): path for plan in self.plans.values() for slug, _, path in plan.actions}

    def _resolve(self, reference: str, plan: str) -> ActionRef | None:
        """The plan and slug of the action that a plan refers to, by the same rule as `Site.action`."""
        reference = reference.strip()
        own = self._slugs.get((plan, reference))
        if own is not None:
            return plan, own
        other, slash, name = reference.partition("/")
        slug = self._slugs.get((other, name)) if slash else None
        return (other, slug) if slug is not None else None

    def _find_action(self, name: ActionRef) -> Action | None:
        slug = self._slugs.get(name)
        if slug is None:
            return None
        return next((each for each in self._load_summary(name[0]).plan.actions if each.slug == slug), None)

    def _fingerprint_action(self, name: ActionRef) -> str:
        slug = self._slugs.get(name)
        return self._fingerprint_file_of((name[0], slug)) if slug is not None else ""

    def _fingerprint_file_of(self, action: ActionRef) -> str:
        plan, _ = action
        return f"{action} {self._file_hashes.get(self._paths[action]) or self._plan_fingerprints.get(plan, '')}"

    # Plans

    def _find_plan(self, slug: str) -> Plan | None:
        return self._load_summary(slug).plan if slug in self.plans else None

    def _fingerprint_plan(self, slug: str) -> str:
        return self._plan_fingerprints.get(slug, "")

    # Dependencies between actions

    @functools.cached_property
    def _dependent_actions(self) -> dict[ActionRef, Action]:
        """The actions that depend on others, by plan and slug."""
        actions = (action for plan in self.plans.values() for action in plan.dependent_actions)
        return {(action.plan, action.slug): action for action in actions}

    @functools.cached_property
    def _dependents(self) -> Mapping[ActionRef, list[ActionRef]]:
        """The actions that depend on each action."""
        dependents: defaultdict[ActionRef, list[ActionRef]] = defaultdict(list)
        for name, action in self._dependent_actions.items():
            for reference in action.depends_on:
                target = self._resolve(reference, action.plan)
                if target:
                    dependents[target].append(name)
        return dependents

    def _list_dependents(self) -> dict[ActionRef, tuple[Action, ...]]:
        actions = self._dependent_actions
        return {target: tuple(actions[name] for name in names) for target, names in self._dependents.items()}

    def _fingerprint_dependents(self, target: ActionRef) -> str:
        return " ".join(self._fingerprint_file_of(name) for name in self._dependents.get(target, ()))

    def _find_cycles(self) -> dict[str, tuple[Finding, ...]]:
        """The findings about dependency cycles, by the plan of the action that they are about."""
        actions = self._dependent_actions

        def find(reference: str, plan: str) -> Action | None:
            target = self._resolve(reference, plan)
            return actions.get(target) if target else None

        plan_by_path = {action.path: action.plan for action in actions.values()}
        cycles: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in find_dependency_cycles(SiteOnDate(self.site, date.min), actions.values(), find):
            cycles[plan_by_path[finding.path]].append(finding)
        return {plan: tuple(findings) for plan, findings in cycles.items()}

    # Files that could not be read, and names for suggestions

    @functools.cached_property
    def _unreadable(self) -> dict[tuple[str, str, str], bool]:
        """Kind, plan and slug of each file that could not be read."""
        of_plans = (each for plan in self.plans.values() for each in plan.unreadable)
        return dict.fromkeys((*((each.kind, each.plan, each.slug) for each in self.site.unreadable), *of_plans), True)

    def _list_suggestion_names(self, category: str) -> tuple[str, ...]:
        return list_suggestion_names(category, self.site, self._paths, self.addresses.address_by_path)
