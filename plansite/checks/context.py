"""What a rule can look up while it is applied: a site on a day, with indexes that are built once."""

from __future__ import annotations

import functools
import posixpath
from collections import defaultdict
from collections.abc import Container, Mapping
from datetime import date

from plansite.checks.subjects import ContentPage, list_content_pages, list_links
from plansite.checks.suggestions import SuggestionIndex, list_suggestion_names
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
from plansite.content.privacy_rules import UNCLEAR_MARK
from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.audience.filter import list_hidden_names
from plansite.model.audience.hidden_names import HiddenNames
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.plan import Plan
from plansite.model.evidence.file_report import FileReport
from plansite.model.findings import Rule
from plansite.model.links.anchors import AnchorIndex, Anchors
from plansite.model.links.targets import LinkTarget, find_target, index_twins
from plansite.model.people import People, normalise_name
from plansite.model.site import Site
from plansite.model.slugs import slugify
from plansite.model.status import Audience

#: A field with a finding of one of these rules has no value, although the file gives one.
_UNREADABLE_VALUE_RULES = frozenset(
    {BAD_CHOICE, BAD_DATE, BAD_INTERVAL, BAD_NUMBER, BAD_URL, UNCLEAR_MARK, UNKNOWN_STATUS, WRONG_SHAPE}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionNames:
    """What actions can be found by: plans by slug and title, goals by key and title, and tags, all as written."""

    plans: tuple[str, ...]
    goals: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True)
class CheckContext:
    """A site on a day, and all rules there are.

    A site of one plan (`site.cross_plan` is set) takes what concerns other plans from that index. `known_links`,
    `known_fields` and `known_names` are the values of `linked_files`, `fields_by_folder` and `action_names` where a
    site is checked without its plans.
    """

    dated_site: SiteOnDate
    rules: tuple[Rule, ...] = ()
    known_links: frozenset[str] | None = None
    known_fields: Mapping[str, frozenset[str]] | None = None
    known_names: ActionNames | None = None

    @property
    def site(self) -> Site:
        """The site as read."""
        return self.dated_site.site

    @property
    def today(self) -> date:
        """The day on which the site is checked."""
        return self.dated_site.today

    def find_plan(self, document: Action | Incident) -> Plan:
        """The plan that a document belongs to."""
        return self.site.plans_by_slug[document.plan]

    # Rules, and findings of reading

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
        """Path and field of each required field that was reported as missing while reading."""
        return frozenset(
            (finding.path, finding.field) for finding in self.site.findings if finding.rule == MISSING_FIELD
        )

    @functools.cached_property
    def unreadable_fields(self) -> frozenset[tuple[str, int, str]]:
        """Path, line and name of each field whose value could not be read."""
        return frozenset(
            (finding.path, finding.line, finding.field)
            for finding in self.site.findings
            if finding.rule in _UNREADABLE_VALUE_RULES
        )

    # Owners and agencies

    @functools.cached_property
    def declared_people(self) -> People:
        """The owners and agencies that have files."""
        cross_plan = self.site.cross_plan
        return cross_plan.declared_people if cross_plan else self.site.declared_people

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
        """The slug of each agency by its normalised slug and title; a slug takes precedence over a title."""
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
    def hidden_names(self) -> Mapping[Audience, HiddenNames]:
        """The names that each audience may not see; without audiences from which no name is hidden."""
        cross_plan, audiences = self.site.cross_plan, self.site.settings.audiences
        hidden = cross_plan.hidden_names if cross_plan else list_hidden_names(self.site)
        return {each: names for each in audiences if each is not Audience.INTERNAL and (names := hidden[each])}

    # Statuses, goals and actions

    @functools.cached_property
    def mapped_statuses(self) -> frozenset[str]:
        """Normalised status words for which the settings of an external source give a status."""
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
        """All actions as `plan/slug`."""
        return SuggestionIndex.build(self._suggestion_names("actions"))

    def _suggestion_names(self, category: str) -> tuple[str, ...]:
        """See list_suggestion_names."""
        if self.site.cross_plan:
            return self.site.cross_plan.suggestion_names[category]
        actions = ((action.plan, action.slug) for action in self.site.actions)
        return list_suggestion_names(category, self.site, actions, self._all_paths)

    @functools.cached_property
    def action_names(self) -> ActionNames:
        """The names of plans, goals and tags by which saved views find actions."""
        if self.known_names is not None:
            return self.known_names
        plans = self.site.plans
        return ActionNames(
            plans=tuple(name for plan in plans for name in (plan.slug, plan.title)),
            goals=tuple(name for plan in plans for goal in plan.goals for name in (goal.key, goal.title) if name),
            tags=tuple(dict.fromkeys(tag for action in self.site.actions for tag in action.tags)),
        )

    # Files

    def may_be_unreadable(self, kind: str, plan: str = "", name: str = "") -> bool:
        """Whether a name may belong to a file that could not be read, so that it cannot be called unknown.

        For an action: whether any action of the plan could not be read, as its number is not known then.
        """
        cross_plan = self.site.cross_plan
        if kind == "action":
            return plan in (
                cross_plan.plans_with_unreadable_actions if cross_plan else self._plans_with_unreadable_actions
            )
        return (kind, plan, slugify(name)) in (cross_plan.unreadable if cross_plan else self._unreadable_files)

    @functools.cached_property
    def _unreadable_files(self) -> frozenset[tuple[str, str, str]]:
        return frozenset((file.kind, file.plan, file.slug) for file in self.site.unreadable)

    @functools.cached_property
    def _plans_with_unreadable_actions(self) -> frozenset[str]:
        return frozenset(file.plan for file in self.site.unreadable if file.kind == "action")

    def find_link_target(self, link: str, folder: str) -> LinkTarget | None:
        """What a link in a file in `folder` leads to; None where it leads to nothing on the site."""
        return find_target(link, folder, self._link_targets, self._path_twins)

    def find_file_report(self, path: str) -> FileReport | None:
        """What was found in the file beside the content at this path; None for one that nobody looked into."""
        site = self.site
        return (site.cross_plan.file_reports if site.cross_plan else site.file_reports).get(path)

    @functools.cached_property
    def linked_reports(self) -> dict[str, tuple[tuple[str, FileReport, int], ...]]:
        """For the pages that were asked for, by path: their links to files with a report, as written, and the lines."""
        return {}

    def index_headings(self, page: ContentPage, path: str) -> AnchorIndex:
        """The headings of the file at `path`, to which a link on `page` leads."""
        if path not in self._headings:
            anchors = page.body.list_anchors() if path == page.path else self._anchors_by_path.get(path, ())
            self._headings[path] = AnchorIndex(anchors)
        return self._headings[path]

    @functools.cached_property
    def _headings(self) -> dict[str, AnchorIndex]:
        """The headings of the files that were asked for, by path."""
        return {}

    @functools.cached_property
    def _anchors_by_path(self) -> Mapping[str, Anchors]:
        if self.site.cross_plan:
            return self.site.cross_plan.anchors
        return {page.path: page.body.list_anchors() for page in list_content_pages(self.site)}

    @functools.cached_property
    def _link_targets(self) -> Container[str]:
        """The paths of all files that a link can lead to."""
        return self.site.cross_plan.page_addresses if self.site.cross_plan else self._all_paths

    @functools.cached_property
    def linked_files(self) -> frozenset[str]:
        """The paths to which a page links, or whose readings it shows."""
        if self.known_links is not None:
            return self.known_links
        targets = (self.find_link_target(link, folder) for link, folder in list_links(self.site))
        return frozenset(target.path for target in targets if target)

    @functools.cached_property
    def fields_by_folder(self) -> Mapping[str, frozenset[str]]:
        """The names of the fields that any action has, by the folder of its file."""
        if self.known_fields is not None:
            return self.known_fields
        names: defaultdict[str, set[str]] = defaultdict(set)
        for action in self.site.actions:
            names[posixpath.dirname(action.path)].update(name for name, _ in action.lines)
        return {folder: frozenset(each) for folder, each in names.items()}

    @functools.cached_property
    def _path_twins(self) -> Mapping[str, str]:
        return self.site.cross_plan.path_twins if self.site.cross_plan else index_twins(self._all_paths)

    @functools.cached_property
    def _all_paths(self) -> frozenset[str]:
        pages = (page.path for page in list_content_pages(self.site))
        return frozenset((*pages, *(file.path for file in self.site.unreadable), *self.site.files))

    @functools.cached_property
    def path_by_file_name(self) -> Mapping[str, str]:
        """For the name of each file that a link can lead to, the first path that ends in it."""
        return {posixpath.basename(path): path for path in sorted(self._suggestion_names("paths"), reverse=True)}

    @functools.cached_property
    def file_name_suggestions(self) -> SuggestionIndex:
        """The names of all files that a link can lead to."""
        return SuggestionIndex.build(sorted(self.path_by_file_name))
