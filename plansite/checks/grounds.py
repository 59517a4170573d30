"""What rules judge by: a site on a day, with everything they look up gathered once."""

from __future__ import annotations

import functools
import posixpath
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from plansite.checks.near import Names
from plansite.content.faults import (
    BAD_CHOICE,
    BAD_DATE,
    BAD_INTERVAL,
    BAD_NUMBER,
    BAD_URL,
    MISSING_FIELD,
    UNKNOWN_STATUS,
    WRONG_SHAPE,
)
from plansite.content.settings import FILE
from plansite.model.action import Action
from plansite.model.course import Outlook
from plansite.model.findings import Rule
from plansite.model.names import slug_of
from plansite.model.parts import Allow
from plansite.model.people import Agency, Owner, People, same_name
from plansite.model.plan import Incident, Plan
from plansite.model.rest import Name
from plansite.model.site import Document, Front, Site

Page = Document | Front

#: After these a field has no value, although the file gives one.
_LOST = frozenset({BAD_CHOICE, BAD_DATE, BAD_INTERVAL, BAD_NUMBER, BAD_URL, UNKNOWN_STATUS, WRONG_SHAPE})


class Named(NamedTuple):
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
    whole: bool = False


def line_of(page: Page, field: str) -> int:
    """The line of the file on which a field stands; 1 where it is not given."""
    lines = () if isinstance(page, Front) else page.lines
    return next((line for name, line in lines if name == field), 1)


def _given(document: Document, field: str, names: Iterable[str]) -> Iterator[Named]:
    return (Named(document, field, name) for name in names if name)


@dataclass(frozen=True)
class Grounds:
    """A site on a day, and the rules there are."""

    outlook: Outlook
    rules: tuple[Rule, ...] = ()

    @property
    def site(self) -> Site:
        """The site as read."""
        return self.outlook.site

    @property
    def today(self) -> date:
        """The day it is judged on."""
        return self.outlook.today

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

    def pages(self) -> Iterator[Page]:
        """Everything that was read from a file, the front page included."""
        if self.site.front.path:
            yield self.site.front
        yield from self.documents()

    def own_pages(self) -> Iterator[Page]:
        """Pages in the site's own layout. What others laid out follows their rules."""
        return (page for page in self.pages() if page.path.startswith("content/"))

    def responsible(self) -> Iterator[Named]:
        """Each owner and supporter that a plan, an action or an incident names."""
        for plan in self.site.plans:
            yield from _given(plan, "owner", (plan.owner,))
            for action in plan.actions:
                yield from _given(action, "owner", (action.owner,))
                yield from _given(action, "supporters", action.supporters)
            for incident in plan.incidents:
                yield from _given(incident, "owner", (incident.owner,))

    def agencies_named(self) -> Iterator[Named]:
        """Each agency that a plan, its protocol or an owner names."""
        for plan in self.site.plans:
            yield from _given(plan, "agencies", plan.agencies)
            yield from _given(plan, "protocol", (entry.agency for entry in plan.protocol))
        for owner in self.site.owners:
            yield from _given(owner, "agency", (owner.agency,))

    def waivers(self) -> Iterator[Waiver]:
        """Each rule set aside in a file, a plan or the settings."""
        for allow in self.site.settings.allow:
            yield Waiver(allow, FILE, whole=True)
        for document in self.documents():
            plan = document.slug if isinstance(document, Plan) else ""
            line = line_of(document, "allow")
            yield from (Waiver(allow, document.path, line, plan) for allow in document.allow)

    # What rules look up

    def plan(self, document: Action | Incident) -> Plan:
        """The plan that a document belongs to."""
        return self.site.plans_by_slug[document.plan]

    @functools.cached_property
    def rules_by_name(self) -> Mapping[str, Rule]:
        """Rules by name and by code, both in lower case."""
        return {key.casefold(): rule for rule in self.rules for key in (rule.name, rule.code)}

    @functools.cached_property
    def near_rules(self) -> Names:
        """Rules by name."""
        return Names.of(rule.name for rule in self.rules)

    @functools.cached_property
    def missing_fields(self) -> frozenset[tuple[str, str]]:
        """Path and field of what reading already reported as missing."""
        return frozenset((each.path, each.field) for each in self.site.findings if each.rule == MISSING_FIELD)

    @functools.cached_property
    def unreadable(self) -> frozenset[tuple[str, int, str]]:
        """Path, line and name of each field whose value could not be read."""
        return frozenset((each.path, each.line, each.field) for each in self.site.findings if each.rule in _LOST)

    @functools.cached_property
    def declared(self) -> People:
        """The owners and agencies that have files."""
        return self.site.rest.declared if self.site.rest else People.of(self.site.owners, self.site.agencies)

    @property
    def has_owners(self) -> bool:
        """Whether any owner has a file."""
        return self.site.rest.has_owners if self.site.rest else bool(self.site.owners)

    @property
    def has_agencies(self) -> bool:
        """Whether any agency has a file."""
        return self.site.rest.has_agencies if self.site.rest else bool(self.site.agencies)

    @functools.cached_property
    def agency_slugs(self) -> Mapping[str, str]:
        """The slug of each agency by its slug and its title, as keys of comparison; slugs first."""
        if self.site.rest:
            return self.site.rest.agency_slugs
        titles = {same_name(agency.title): agency.slug for agency in self.site.agencies}
        return titles | {same_name(agency.slug): agency.slug for agency in self.site.agencies}

    @functools.cached_property
    def near_people(self) -> Names:
        """Owners and agencies by title and slug."""
        return Names.of(self._names("people"))

    @functools.cached_property
    def near_agencies(self) -> Names:
        """Agencies by slug and title."""
        return Names.of(self._names("agencies"))

    @functools.cached_property
    def translated(self) -> frozenset[str]:
        """Status words that the settings of a source say how to read."""
        return frozenset(same_name(word) for source in self.site.settings.sources for word, _ in source.statuses)

    @functools.cached_property
    def goals(self) -> Mapping[str, frozenset[str]]:
        """Keys and titles of each plan's goals."""
        return {
            plan.slug: frozenset(name for goal in plan.goals for name in (goal.key, goal.title) if name)
            for plan in self.site.plans
        }

    @functools.cached_property
    def near_goals(self) -> Mapping[str, Names]:
        """Keys and titles of each plan's goals, keys first."""
        return {
            plan.slug: Names.of([*(goal.key for goal in plan.goals), *(goal.title for goal in plan.goals)])
            for plan in self.site.plans
        }

    @functools.cached_property
    def near_actions(self) -> Names:
        """Slugs of all actions, with their plan."""
        return Names.of(self._names("actions"))

    def _names(self, of: str) -> tuple[str, ...]:
        """All names of a sort, as they are offered where one is near."""
        if self.site.rest:
            return self.site.rest.names[of]
        return names_of(of, self.site, ((each.plan, each.slug) for each in self.site.actions), self._all_paths)

    @functools.cached_property
    def _unread(self) -> frozenset[tuple[str, str, str]]:
        return frozenset((each.kind, each.plan, each.slug) for each in self.site.unread)

    def may_be_unread(self, kind: str, plan: str = "", name: str = "") -> bool:
        """Whether a name may stand in a file that could not be read: then nothing can be said of it yet."""
        rest = self.site.rest
        if kind == "action":
            return plan in (rest.plans_unread if rest else self._plans_unread)
        return (kind, plan, slug_of(name)) in (rest.unread if rest else self._unread)

    @functools.cached_property
    def _plans_unread(self) -> frozenset[str]:
        """Plans of which at least one action could not be read."""
        return frozenset(each.plan for each in self.site.unread if each.kind == "action")

    @functools.cached_property
    def paths(self) -> Container[str]:
        """Everything that a link can lead to."""
        return self.site.rest.pages if self.site.rest else self._all_paths

    @functools.cached_property
    def _all_paths(self) -> frozenset[str]:
        read = (page.path for page in self.pages())
        return frozenset((*read, *(each.path for each in self.site.unread), *self.site.files))

    @functools.cached_property
    def path_of_name(self) -> Mapping[str, str]:
        """For the name of each file that a link can lead to, the first path that ends in it."""
        return {posixpath.basename(path): path for path in sorted(self._names("paths"), reverse=True)}

    @functools.cached_property
    def near_paths(self) -> Names:
        """Those names."""
        return Names.of(sorted(self.path_of_name))


def names_of(of: str, site: Site, actions: Iterable[Name], paths: Iterable[str]) -> tuple[str, ...]:
    """The names of a sort that may be meant where one is wrong, those that are offered first in front."""
    people: list[Owner | Agency] = [*site.owners, *site.agencies]
    match of:
        case "people":
            return (*(each.title for each in people), *(each.slug for each in people))
        case "agencies":
            return (*(each.slug for each in site.agencies), *(each.title for each in site.agencies))
        case "actions":
            return tuple(f"{plan}/{slug}" for plan, slug in actions)
        case _:
            return tuple(sorted(paths))
