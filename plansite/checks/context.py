"""What rules judge by: a site on a day, with everything they look up gathered once."""

from __future__ import annotations

import functools
import posixpath
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from plansite.checks.suggestions import SuggestionIndex
from plansite.content.parse_rules import (
    BAD_CHOICE,
    BAD_DATE,
    BAD_INTERVAL,
    BAD_NUMBER,
    BAD_URL,
    MISSING_FIELD,
    UNKNOWN_STATUS,
    WRONG_SHAPE,
)
from plansite.content.settings import SETTINGS_FILE
from plansite.model.action import Action
from plansite.model.assessment import SiteOnDate
from plansite.model.cross_plan_index import ActionRef
from plansite.model.field_groups import Allow
from plansite.model.findings import Rule
from plansite.model.people import Agency, Owner, People, normalise_name
from plansite.model.plan import Incident, Plan
from plansite.model.site import Document, FrontPage, Site
from plansite.model.slugs import slugify

ContentPage = Document | FrontPage

#: After these a field has no value, although the file gives one.
_UNREADABLE_VALUE_RULES = frozenset(
    {BAD_CHOICE, BAD_DATE, BAD_INTERVAL, BAD_NUMBER, BAD_URL, UNKNOWN_STATUS, WRONG_SHAPE}
)


class NameUse(NamedTuple):
    """A name that a field of a document gives."""

    document: Document
    field: str
    name: str


class Waiver(NamedTuple):
    """A rule set aside: in the file `path` on `line`, for that file, or for all of `plan`, or for the `whole` site."""

    allow: Allow
    path: str
    line: int = 0
    plan: str = ""
    site_wide: bool = False


def find_field_line(page: ContentPage, field: str) -> int:
    """The line of the file on which a field stands; 1 where it is not given."""
    lines = () if isinstance(page, FrontPage) else page.lines
    return next((line for name, line in lines if name == field), 1)


def _list_name_uses(document: Document, field: str, names: Iterable[str]) -> Iterator[NameUse]:
    return (NameUse(document, field, name) for name in names if name)


@dataclass(frozen=True)
class CheckContext:
    """A site on a day, and the rules there are."""

    dated_site: SiteOnDate
    rules: tuple[Rule, ...] = ()

    @property
    def site(self) -> Site:
        """The site as read."""
        return self.dated_site.site

    @property
    def today(self) -> date:
        """The day it is judged on."""
        return self.dated_site.today

    # What rules are about

    def actions(self) -> Iterator[Action]:
        """Every action."""
        return self.site.actions

    def open_actions(self) -> Iterator[Action]:
        """Actions still to be done."""
        return (action for action in self.site.actions if action.is_open)

    def plans(self) -> Iterator[Plan]:
        """Plans that have a file of their own. One without is a finding already, or adopted from elsewhere."""
        return (plan for plan in self.site.plans if plan.lines)

    def incidents(self) -> Iterator[Incident]:
        """Every incident."""
        return (incident for plan in self.site.plans for incident in plan.incidents)

    def documents(self) -> Iterator[Document]:
        """Everything that was read from a file, but for the front page."""
        yield from self.plans()
        for plan in self.site.plans:
            yield from plan.actions
            yield from plan.reviews
            yield from plan.incidents
            yield from plan.measures
        yield from self.site.owners
        yield from self.site.agencies

    def content_pages(self) -> Iterator[ContentPage]:
        """Everything that was read from a file, the front page included."""
        if self.site.front_page.path:
            yield self.site.front_page
        yield from self.documents()

    def native_pages(self) -> Iterator[ContentPage]:
        """Pages in the site's own layout. What others laid out follows their rules."""
        return (page for page in self.content_pages() if page.path.startswith("content/"))

    def responsible_names(self) -> Iterator[NameUse]:
        """Each owner and supporter that a plan, an action or an incident names."""
        for plan in self.site.plans:
            yield from _list_name_uses(plan, "owner", (plan.owner,))
            for action in plan.actions:
                yield from _list_name_uses(action, "owner", (action.owner,))
                yield from _list_name_uses(action, "supporters", action.supporters)
            for incident in plan.incidents:
                yield from _list_name_uses(incident, "owner", (incident.owner,))

    def agency_names(self) -> Iterator[NameUse]:
        """Each agency that a plan, its protocol or an owner names."""
        for plan in self.site.plans:
            yield from _list_name_uses(plan, "agencies", plan.agencies)
            yield from _list_name_uses(plan, "protocol", (entry.agency for entry in plan.protocol))
        for owner in self.site.owners:
            yield from _list_name_uses(owner, "agency", (owner.agency,))

    def waivers(self) -> Iterator[Waiver]:
        """Each rule set aside in a file, a plan or the settings."""
        for allow in self.site.settings.allow:
            yield Waiver(allow, SETTINGS_FILE, site_wide=True)
        for document in self.documents():
            plan = document.slug if isinstance(document, Plan) else ""
            line = find_field_line(document, "allow")
            yield from (Waiver(allow, document.path, line, plan) for allow in document.allow)

    # What rules look up

    def find_plan(self, document: Action | Incident) -> Plan:
        """The plan that a document belongs to."""
        return self.site.plans_by_slug[document.plan]

    @functools.cached_property
    def rules_by_name(self) -> Mapping[str, Rule]:
        """Rules by name and by code, both in lower case."""
        return {key.casefold(): rule for rule in self.rules for key in (rule.name, rule.code)}

    @functools.cached_property
    def rule_suggestions(self) -> SuggestionIndex:
        """Rules by name."""
        return SuggestionIndex.build(rule.name for rule in self.rules)

    @functools.cached_property
    def missing_fields(self) -> frozenset[tuple[str, str]]:
        """Path and field of what reading already reported as missing."""
        return frozenset((each.path, each.field) for each in self.site.findings if each.rule == MISSING_FIELD)

    @functools.cached_property
    def unreadable_fields(self) -> frozenset[tuple[str, int, str]]:
        """Path, line and name of each field whose value could not be read."""
        return frozenset(
            (each.path, each.line, each.field) for each in self.site.findings if each.rule in _UNREADABLE_VALUE_RULES
        )

    @functools.cached_property
    def declared_people(self) -> People:
        """The owners and agencies that have files."""
        return (
            self.site.cross_plan.declared_people
            if self.site.cross_plan
            else People.build(self.site.owners, self.site.agencies)
        )

    @property
    def has_owners(self) -> bool:
        """Whether any owner has a file."""
        return self.site.cross_plan.has_owners if self.site.cross_plan else bool(self.site.owners)

    @property
    def has_agencies(self) -> bool:
        """Whether any agency has a file."""
        return self.site.cross_plan.has_agencies if self.site.cross_plan else bool(self.site.agencies)

    @functools.cached_property
    def agency_slugs(self) -> Mapping[str, str]:
        """The slug of each agency by its slug and its title, as keys of comparison; slugs first."""
        if self.site.cross_plan:
            return self.site.cross_plan.agency_slugs
        titles = {normalise_name(agency.title): agency.slug for agency in self.site.agencies}
        return titles | {normalise_name(agency.slug): agency.slug for agency in self.site.agencies}

    @functools.cached_property
    def people_suggestions(self) -> SuggestionIndex:
        """Owners and agencies by title and slug."""
        return SuggestionIndex.build(self._suggestion_names("people"))

    @functools.cached_property
    def agency_suggestions(self) -> SuggestionIndex:
        """Agencies by slug and title."""
        return SuggestionIndex.build(self._suggestion_names("agencies"))

    @functools.cached_property
    def mapped_statuses(self) -> frozenset[str]:
        """Status words that the settings of a source say how to read."""
        return frozenset(normalise_name(word) for source in self.site.settings.sources for word, _ in source.statuses)

    @functools.cached_property
    def goal_names(self) -> Mapping[str, frozenset[str]]:
        """Keys and titles of each plan's goals."""
        return {
            plan.slug: frozenset(name for goal in plan.goals for name in (goal.key, goal.title) if name)
            for plan in self.site.plans
        }

    @functools.cached_property
    def goal_suggestions(self) -> Mapping[str, SuggestionIndex]:
        """Keys and titles of each plan's goals, keys first."""
        return {
            plan.slug: SuggestionIndex.build([*(goal.key for goal in plan.goals), *(goal.title for goal in plan.goals)])
            for plan in self.site.plans
        }

    @functools.cached_property
    def action_suggestions(self) -> SuggestionIndex:
        """Slugs of all actions, with their plan."""
        return SuggestionIndex.build(self._suggestion_names("actions"))

    def _suggestion_names(self, category: str) -> tuple[str, ...]:
        """All names of a sort, as they are offered where one is near."""
        if self.site.cross_plan:
            return self.site.cross_plan.suggestion_names[category]
        return list_suggestion_names(
            category, self.site, ((each.plan, each.slug) for each in self.site.actions), self._all_paths
        )

    @functools.cached_property
    def _unreadable_files(self) -> frozenset[tuple[str, str, str]]:
        return frozenset((each.kind, each.plan, each.slug) for each in self.site.unreadable)

    def may_be_unreadable(self, kind: str, plan: str = "", name: str = "") -> bool:
        """Whether a name may stand in a file that could not be read: then nothing can be said of it yet."""
        rest = self.site.cross_plan
        if kind == "action":
            return plan in (rest.plans_with_unreadable_actions if rest else self._plans_with_unreadable_actions)
        return (kind, plan, slugify(name)) in (rest.unreadable if rest else self._unreadable_files)

    @functools.cached_property
    def _plans_with_unreadable_actions(self) -> frozenset[str]:
        """Plans of which at least one action could not be read."""
        return frozenset(each.plan for each in self.site.unreadable if each.kind == "action")

    @functools.cached_property
    def link_targets(self) -> Container[str]:
        """Everything that a link can lead to."""
        return self.site.cross_plan.page_addresses if self.site.cross_plan else self._all_paths

    @functools.cached_property
    def _all_paths(self) -> frozenset[str]:
        read = (page.path for page in self.content_pages())
        return frozenset((*read, *(each.path for each in self.site.unreadable), *self.site.files))

    @functools.cached_property
    def path_by_file_name(self) -> Mapping[str, str]:
        """For the name of each file that a link can lead to, the first path that ends in it."""
        return {posixpath.basename(path): path for path in sorted(self._suggestion_names("paths"), reverse=True)}

    @functools.cached_property
    def file_name_suggestions(self) -> SuggestionIndex:
        """Those names."""
        return SuggestionIndex.build(sorted(self.path_by_file_name))


def list_suggestion_names(
    category: str, site: Site, actions: Iterable[ActionRef], paths: Iterable[str]
) -> tuple[str, ...]:
    """The names of a sort that may be meant where one is wrong, those that are offered first in front."""
    people: list[Owner | Agency] = [*site.owners, *site.agencies]
    match category:
        case "people":
            return (*(each.title for each in people), *(each.slug for each in people))
        case "agencies":
            return (*(each.slug for each in site.agencies), *(each.title for each in site.agencies))
        case "actions":
            return tuple(f"{plan}/{slug}" for plan, slug in actions)
        case _:
            return tuple(sorted(paths))
