"""What an audience may see. Filtering comes before anything is computed, so nothing can leak from a result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from plansite.model.action import Action
from plansite.model.audience.hidden_names import HiddenNames
from plansite.model.body import Body
from plansite.model.people import Agency, Owner, OwnerOrAgency, normalise_name
from plansite.model.plan import Incident, Measure, Plan, Review
from plansite.model.settings import Settings
from plansite.model.site import FrontPage, Site, UnreadableFile
from plansite.model.status import Audience, PlanKind


class _HasAudience(Protocol):
    @property
    def audience(self) -> Audience | None: ...


EntryT = TypeVar("EntryT", bound=_HasAudience)
DocumentT = TypeVar("DocumentT", Action, Review, Incident, Measure, Owner, Agency)

#: Kinds of plan about one person, internal unless they say otherwise.
PRIVATE_KINDS = frozenset({PlanKind.COUNSELLING, PlanKind.INTEGRATED})


def resolve_plan_audience(plan: Plan, site: Site) -> Audience:
    """Whom a plan is for: as it says; else internal for counselling and integrated plans; else as the site says."""
    return resolve_audience(plan, site.settings)


def resolve_audience(plan: Plan, settings: Settings) -> Audience:
    """The same by the settings alone."""
    if plan.audience is not None:
        return plan.audience
    return Audience.INTERNAL if plan.kind in PRIVATE_KINDS else settings.audience


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceFilter:
    """What an audience sees of what stands above the plans; enough to say of any plan what it sees of that."""

    audience: Audience
    settings: Settings
    front_page: FrontPage
    owners: tuple[Owner, ...]
    agencies: tuple[Agency, ...]
    hidden_names: HiddenNames

    @property
    def shows_all(self) -> bool:
        """Whether nothing is left out; only then are unreadable files and findings shown."""
        return self.audience is Audience.INTERNAL

    def filter_plan(self, plan: Plan) -> Plan | None:
        """What is seen of a plan; None where that is nothing."""
        if self.shows_all:
            return plan
        own = resolve_audience(plan, self.settings)
        return (
            _DocumentFilter(self.audience, own, self.hidden_names).filter_plan(plan)
            if self.audience.sees(own)
            else None
        )


def build_audience_filter(
    settings: Settings,
    front_page: FrontPage,
    owners: tuple[Owner, ...],
    agencies: tuple[Agency, ...],
    unreadable: Iterable[UnreadableFile],
    audience: Audience,
) -> AudienceFilter:
    """What an audience sees of what stands above the plans; `unread` are files that could not be read."""
    if audience is Audience.INTERNAL:
        return AudienceFilter(
            audience=audience,
            settings=settings,
            front_page=front_page,
            owners=owners,
            agencies=agencies,
            hidden_names=HiddenNames(),
        )
    everybody: tuple[OwnerOrAgency, ...] = (*owners, *agencies)
    parties: dict[bool, list[OwnerOrAgency]] = {True: [], False: []}
    for party in everybody:  # who is only not marked may still be named
        parties[party.audience is None or audience.sees(party.audience)].append(party)
    hidden = HiddenNames.build(parties[False], unreadable, parties[True])
    if audience is Audience.PUBLIC:  # the public is not led to the repository, its authors or its history
        settings = replace(settings, repository="", sources=())
    see = _DocumentFilter(audience, settings.audience, hidden)
    return AudienceFilter(
        audience=audience,
        settings=settings,
        front_page=see.filter_front_page(front_page),
        owners=tuple(replace(owner, agency=hidden.filter_name(owner.agency)) for owner in see.filter_documents(owners)),
        agencies=see.filter_documents(agencies),
        hidden_names=hidden,
    )


@dataclass(frozen=True, slots=True)
class _DocumentFilter:
    """Takes out what an audience may not see. `own` is whom something is for that does not say so itself."""

    audience: Audience
    default_audience: Audience
    hidden_names: HiddenNames

    def filter_documents(self, documents: Iterable[DocumentT]) -> tuple[DocumentT, ...]:
        """Whole files, each with what may be seen of its text."""
        seen = (each for each in documents if self.audience.sees(each.audience or self.default_audience))
        return tuple(replace(each, body=self.filter_body(each.body)) for each in seen)

    def filter_body(self, body: Body) -> Body:
        """Those passages of a text that are for everybody who sees its file, and no hidden name under a note."""
        body = body.filter_for(self.audience)
        if not self.hidden_names.names or not body.progress:
            return body
        return replace(
            body, progress=tuple(replace(note, by=self.hidden_names.filter_name(note.by)) for note in body.progress)
        )

    def filter_entries(self, entries: tuple[EntryT, ...]) -> tuple[EntryT, ...]:
        """Entries of a list in a file."""
        return tuple(part for part in entries if self.filter_entry(part))

    def filter_entry(self, entry: EntryT | None) -> EntryT | None:
        """A group of fields, or nothing."""
        return entry if entry is None or entry.audience is None or self.audience.sees(entry.audience) else None

    def filter_front_page(self, front_page: FrontPage) -> FrontPage:
        """The words of the front page."""
        seen = self.audience.sees(front_page.audience or self.default_audience)
        return replace(front_page, body=self.filter_body(front_page.body)) if seen else FrontPage()

    def filter_plan(self, plan: Plan) -> Plan:
        """A plan that may be seen. What refers to something left out is left out with it."""
        hidden, actions = self.hidden_names, self.filter_documents(plan.actions)
        measures = tuple(
            replace(each, rebase=self.filter_entries(each.rebase)) for each in self.filter_documents(plan.measures)
        )
        named = frozenset(normalise_name(name) for each in measures for name in (each.slug, each.title))
        goals = tuple(
            goal if normalise_name(goal.measure) in named else replace(goal, measure="")
            for goal in self.filter_entries(plan.goals)
        )
        known = _ReferenceTargets(
            plan.slug,
            frozenset(name for each in actions for name in (each.slug, each.ref) if name),
            frozenset(name for goal in goals for name in (goal.key, goal.title)),
        )
        return replace(
            plan,
            body=self.filter_body(plan.body),
            owner=hidden.filter_name(plan.owner),
            sponsor=hidden.filter_name(plan.sponsor),
            agencies=hidden.filter_names(plan.agencies),
            goals=goals,
            protocol=tuple(
                replace(entry, contact=hidden.filter_name(entry.contact))
                for entry in self.filter_entries(plan.protocol)
                if not hidden.matches(entry.agency)
            ),
            involvement=self.filter_entries(plan.involvement),
            views=self.filter_entries(plan.views),
            actions=tuple(self.filter_action(action, known) for action in actions),
            reviews=tuple(self.filter_review(review) for review in self.filter_documents(plan.reviews)),
            incidents=tuple(
                self.filter_incident(incident, known) for incident in self.filter_documents(plan.incidents)
            ),
            measures=measures,
        )

    def filter_action(self, action: Action, targets: _ReferenceTargets) -> Action:
        """An action without the names of those who may not be seen."""
        hidden, check = self.hidden_names, self.filter_entry(action.verification)
        return replace(
            action,
            owner=hidden.filter_name(action.owner),
            supporters=hidden.filter_names(action.supporters),
            goal=action.goal if action.goal in targets.goals else "",
            evidence=self.filter_entries(action.evidence),
            verification=replace(check, by=hidden.filter_name(check.by)) if check else None,
            depends_on=targets.keep_valid(action.depends_on),
            due_history=tuple(
                replace(move, by=hidden.filter_name(move.by)) for move in self.filter_entries(action.due_history)
            ),
            source=self.filter_entry(action.source),
            homework=self.filter_entry(action.homework),
        )

    def filter_review(self, review: Review) -> Review:
        """The same of a review."""
        hidden = self.hidden_names
        return replace(
            review,
            chair=hidden.filter_name(review.chair),
            minute_taker=hidden.filter_name(review.minute_taker),
            present=hidden.filter_names(review.present),
            apologies=hidden.filter_names(review.apologies),
            distribution=hidden.filter_names(review.distribution),
        )

    def filter_incident(self, incident: Incident, targets: _ReferenceTargets) -> Incident:
        """The same of an incident."""
        findings = (
            replace(finding, actions=targets.keep_valid(finding.actions))
            for finding in self.filter_entries(incident.findings)
        )
        return replace(
            incident,
            owner=self.hidden_names.filter_name(incident.owner),
            learning_for=self.hidden_names.filter_names(incident.learning_for),
            findings=tuple(findings),
            evidence=self.filter_entries(incident.evidence),
        )


@dataclass(frozen=True, slots=True)
class _ReferenceTargets:
    """What in a plan may be referred to: its actions and its goals, by all their names."""

    plan: str
    actions: frozenset[str]
    goals: frozenset[str]

    def keep_valid(self, references: tuple[str, ...]) -> tuple[str, ...]:
        """Those that lead to something in this plan; of other plans it is not known here."""
        return tuple(each for each in references if self._is_valid(each.strip()))

    def _is_valid(self, reference: str) -> bool:
        plan, slash, name = reference.partition("/")
        return reference in self.actions or (bool(slash) and (plan != self.plan or name in self.actions))
