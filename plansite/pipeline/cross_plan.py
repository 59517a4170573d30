"""The rest of a site as one plan may ask about it, and whether the answers are still what they were."""

from __future__ import annotations

import functools
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from plansite.checks.context import CheckContext
from plansite.checks.runner import find_dependency_cycles
from plansite.checks.suggestions import list_suggestion_names
from plansite.incremental.file_hashes import FileHashes
from plansite.model.action import Action
from plansite.model.assessment import SiteOnDate
from plansite.model.cross_plan_index import ActionRef, CrossPlanIndex, Lookups, RecordingMapping
from plansite.model.findings import Finding
from plansite.model.people import People
from plansite.model.plan import Plan
from plansite.model.site import Site
from plansite.pipeline.plan_index import PlanIndex, PlanSummary, action_names
from plansite.site.components.content_links import LinkResolver, assign_file_addresses

Key = TypeVar("Key")
Value = TypeVar("Value")

#: A table, what it was asked, and a digest of what it answered.
AnsweredLookup = tuple[str, object, str]


class LazyMapping(dict[Key, Value]):
    """A mapping whose values are made when they are first asked for; None stands for no answer."""

    def __init__(self, make: Callable[[Key], Value | None]) -> None:
        """`make` gives the value for a key."""
        super().__init__()
        self._make = make

    def __missing__(self, key: Key) -> Value:
        value = self._make(key)
        if value is None:
            raise KeyError(key)
        self[key] = value
        return value


class SiteIndex:
    """All plans by their outlines, and the head of the site: whatever one plan may ask about the others.

    `site` is the head alone, without plans. `lean` gives a plan by its slug; it is asked only where a plan refers to
    another, so that the rest need not be fetched.
    """

    def __init__(
        self, site: Site, plans: Mapping[str, PlanIndex], keys: Mapping[str, str], summary: Callable[[str], PlanSummary]
    ) -> None:
        """`keys` are the digests of what each plan was read from."""
        self.site = site
        self.plans = plans
        self._keys = keys
        self._summary = functools.cache(summary)

    # What can be asked

    def recording_index(self, questions: Lookups) -> CrossPlanIndex:
        """The tables for one plan; what it asks is noted in `questions`."""

        def asked(table: str, known: Mapping[Key, Value]) -> Mapping[Key, Value]:
            return RecordingMapping(table, known, questions)

        def people(table: str, known: People) -> People:
            return People((), (), asked(table, known.by_name), asked(f"{table} agencies", known.agencies_by_name))

        return CrossPlanIndex(
            people=people("people", self.people),
            declared_people=people("declared", self._grounds.declared_people),
            agency_slugs=asked("agency slugs", self._grounds.agency_slugs),
            has_owners=bool(self.site.owners),
            has_agencies=bool(self.site.agencies),
            actions=asked("actions", self._actions),
            plans=asked("plans", self._plans),
            dependents=asked("waiting", self._waiting),
            unreadable=asked("unread", self._unread),
            plans_with_unreadable_actions=asked("plans unread", self._plans_unread),
            page_addresses=asked("pages", self.addresses.address_by_path),
            suggestion_names=asked("names", self._names),
            dependency_cycles=asked("circles", self._circles),
        )

    @functools.cached_property
    def people(self) -> People:
        """All who have a file or are named anywhere."""
        return self.site.build_people(name for outline in self.plans.values() for name in outline.named)

    @functools.cached_property
    def addresses(self) -> LinkResolver:
        """Where every file of the site stands."""
        plans = dict(pair for outline in self.plans.values() for pair in outline.pages)
        head = LinkResolver.from_site(self.site).address_by_path
        return LinkResolver({**assign_file_addresses(self.site.files), **head, **plans})

    def _all_waiting(self) -> Iterator[Action]:
        return (action for outline in self.plans.values() for action in outline.waiting)

    def _find(self, reference: str, plan: str) -> Action | None:
        """The action meant by a name, if it waits for others itself; only such can be part of a circle."""
        key = self._key_of(reference, plan)
        return self._waiting_ones.get(key) if key else None

    def _key_of(self, reference: str, plan: str) -> ActionRef | None:
        """The plan and slug of the action meant by a name in a plan, as `Site.action` has it."""
        reference = reference.strip()
        own = self._slugs.get((plan, reference))
        if own is not None:
            return plan, own
        other, slash, name = reference.partition("/")
        slug = self._slugs.get((other, name)) if slash else None
        return (other, slug) if slug is not None else None

    # The tables

    @functools.cached_property
    def _grounds(self) -> CheckContext:
        """Of the head alone, for what rules look up there."""
        return CheckContext(SiteOnDate(self.site, date.min))

    @functools.cached_property
    def _slugs(self) -> dict[ActionRef, str]:
        slugs: dict[ActionRef, str] = {}
        for outline in self.plans.values():
            for name, slug in action_names(outline):
                slugs.setdefault(name, slug)
        return slugs

    @functools.cached_property
    def _paths(self) -> dict[ActionRef, str]:
        """The file of each action, by plan and slug."""
        return {(each.slug, slug): path for each in self.plans.values() for slug, _, path in each.actions}

    @functools.cached_property
    def _actions(self) -> Mapping[ActionRef, Action]:
        return LazyMapping(self._action)

    def _action(self, name: ActionRef) -> Action | None:
        slug = self._slugs.get(name)
        found = (each for each in self._summary(name[0]).plan.actions if each.slug == slug) if slug is not None else ()
        return next(iter(found), None)

    @functools.cached_property
    def _plans(self) -> Mapping[str, Plan]:
        return LazyMapping(lambda slug: self._summary(slug).plan if slug in self.plans else None)

    @functools.cached_property
    def _waiting_ones(self) -> dict[ActionRef, Action]:
        return {(action.plan, action.slug): action for action in self._all_waiting()}

    @functools.cached_property
    def _waiting_for(self) -> Mapping[ActionRef, list[ActionRef]]:
        groups: defaultdict[ActionRef, list[ActionRef]] = defaultdict(list)
        for action in self._all_waiting():
            for reference in action.depends_on:
                key = self._key_of(reference, action.plan)
                if key:
                    groups[key].append((action.plan, action.slug))
        return groups

    @functools.cached_property
    def _waiting(self) -> dict[ActionRef, tuple[Action, ...]]:
        ones = self._waiting_ones
        return {name: tuple(ones[each] for each in waiting) for name, waiting in self._waiting_for.items()}

    @functools.cached_property
    def _circles(self) -> dict[str, tuple[Finding, ...]]:
        groups: defaultdict[str, list[Finding]] = defaultdict(list)
        plan_of = {action.path: action.plan for action in self._waiting_ones.values()}
        for finding in find_dependency_cycles(SiteOnDate(self.site, date.min), self._all_waiting(), self._find):
            groups[plan_of[finding.path]].append(finding)
        return {plan: tuple(found) for plan, found in groups.items()}

    @functools.cached_property
    def _unread(self) -> dict[tuple[str, str, str], bool]:
        head = ((each.kind, each.plan, each.slug) for each in self.site.unreadable)
        return dict.fromkeys((*head, *(each for outline in self.plans.values() for each in outline.unread)), True)

    @functools.cached_property
    def _plans_unread(self) -> dict[str, bool]:
        return {plan: True for kind, plan, _ in self._unread if kind == "action"}

    @functools.cached_property
    def _names(self) -> Mapping[str, tuple[str, ...]]:
        return LazyMapping(lambda of: list_suggestion_names(of, self.site, self._paths, self.addresses.address_by_path))

    # Whether answers still hold

    def answer_lookups(self, questions: Lookups, prints: FileHashes) -> tuple[AnsweredLookup, ...]:
        """What was asked, each with a digest of the answer."""
        return tuple((table, key, self._fingerprint_answer(table, key, prints)) for table, key in questions)

    def are_unchanged(self, answers: Iterable[AnsweredLookup], prints: FileHashes) -> bool:
        """Whether all of these would be answered the same now."""
        return all(self._fingerprint_answer(table, key, prints) == mark for table, key, mark in answers)

    def _fingerprint_answer(self, table: str, key: object, prints: FileHashes) -> str:
        known = self._answer_fingerprints.get((table, key))
        if known is None:
            known = self._answer_fingerprints[(table, key)] = self._compute_fingerprint(table, key, prints)
        return known

    @functools.cached_property
    def _answer_fingerprints(self) -> dict[tuple[str, object], str]:
        return {}

    def _compute_fingerprint(self, table: str, key: object, prints: FileHashes) -> str:
        """A digest of an answer: of an action that of its file, of a plan that of all its files."""
        match table:
            case "actions" if isinstance(key, tuple):
                slug = self._slugs.get(key)
                return self._fingerprint_action((key[0], slug), prints) if slug is not None else ""
            case "waiting":
                names = self._waiting_for.get(key, ()) if isinstance(key, tuple) else ()
                return " ".join(self._fingerprint_action(name, prints) for name in names)
            case "plans":
                return self._keys.get(str(key), "")
            case "names":
                return _digest(self._names[str(key)])
        known: object = self._tables[table].get(key)
        return _digest(known) if known is not None else ""

    def _fingerprint_action(self, name: ActionRef, prints: FileHashes) -> str:
        return f"{name} {prints.get(self._paths[name]) or self._keys.get(name[0], '')}"

    @functools.cached_property
    def _tables(self) -> Mapping[str, Mapping[Any, object]]:
        return {
            "people": self.people.by_name,
            "people agencies": self.people.agencies_by_name,
            "declared": self._grounds.declared_people.by_name,
            "declared agencies": self._grounds.declared_people.agencies_by_name,
            "agency slugs": self._grounds.agency_slugs,
            "unread": self._unread,
            "plans unread": self._plans_unread,
            "circles": self._circles,
            "pages": self.addresses.address_by_path,
        }


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()
