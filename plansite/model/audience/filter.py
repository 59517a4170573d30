"""Filtering a site for an audience. Nothing is computed before, so that no result reveals what is filtered out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from plansite.model.action import Action
from plansite.model.audience.hidden_names import HiddenNames
from plansite.model.body import Body
from plansite.model.people import Agency, Owner, OwnerOrAgency, normalise_name
from plansite.model.plan import Goal, Incident, Measure, Plan, Review
from plansite.model.settings import Settings
from plansite.model.site import FrontPage, UnreadableFile
from plansite.model.status import Audience, PlanKind


class _HasAudience(Protocol):
    @property
    def audience(self) -> Audience | None: ...


EntryT = TypeVar("EntryT", bound=_HasAudience)
DocumentT = TypeVar("DocumentT", Action, Review, Incident, Measure, Owner, Agency)

#: Kinds of plan about one person, which are internal unless they give another audience.
PRIVATE_KINDS = frozenset({PlanKind.COUNSELLING, PlanKind.INTEGRATED})


def resolve_audience(plan: Plan, settings: Settings) -> Audience:
    """The audience of a plan: its own, else internal for counselling and integrated plans, else the site's."""
    if plan.audience is not None:
        return plan.audience
    return Audience.INTERNAL if plan.kind in PRIVATE_KINDS else settings.audience


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceFilter:
    """What an audience sees of the settings, front page, owners and agencies; and it can filter any plan."""

    audience: Audience
    settings: Settings
    front_page: FrontPage
    owners: tuple[Owner, ...]
    agencies: tuple[Agency, ...]
    hidden_names: HiddenNames

    @property
    def shows_all(self) -> bool:
        """Whether nothing is filtered out. Only then are unreadable files and findings shown."""
        return self.audience is Audience.INTERNAL

    def filter_plan(self, plan: Plan) -> Plan | None:
        """What the audience sees of a plan; None if the plan as a whole is hidden."""
        if self.shows_all:
            return plan
        plan_audience = resolve_audience(plan, self.settings)
        if not self.audience.sees(plan_audience):
            return None
        return _DocumentFilter(self.audience, plan_audience, self.hidden_names).filter_plan(plan)


def build_audience_filter(
    settings: Settings,
    front_page: FrontPage,
    owners: tuple[Owner, ...],
    agencies: tuple[Agency, ...],
    unreadable: Iterable[UnreadableFile],
    audience: Audience,
    stray_people: Iterable[OwnerOrAgency] = (),
) -> AudienceFilter:
    """The filter for an audience. `unreadable` are files that could not be read; names in them are hidden, too.

    So are those of `stray_people`, whom files may be about that have no place in the layout.
    """
    if audience is Audience.INTERNAL:
        return AudienceFilter(
            audience=audience,
            settings=settings,
            front_page=front_page,
            owners=owners,
            agencies=agencies,
            hidden_names=HiddenNames(),
        )
    hidden_names = _find_hidden_names((*owners, *agencies), unreadable, audience, stray_people)
    if audience is Audience.PUBLIC:  # no links to the repository, which shows authors and history
        settings = replace(settings, repository="", sources=())
    document_filter = _DocumentFilter(audience, settings.audience, hidden_names)
    return AudienceFilter(
        audience=audience,
        settings=settings,
        front_page=document_filter.filter_front_page(front_page),
        owners=tuple(
            replace(owner, agency=hidden_names.filter_name(owner.agency))
            for owner in document_filter.filter_documents(owners)
        ),
        agencies=document_filter.filter_documents(agencies),
        hidden_names=hidden_names,
    )


def _find_hidden_names(
    people: Iterable[OwnerOrAgency],
    unreadable: Iterable[UnreadableFile],
    audience: Audience,
    stray_people: Iterable[OwnerOrAgency],
) -> HiddenNames:
    """The names that an audience may not see; see build_audience_filter."""
    hidden_people: list[OwnerOrAgency] = list(stray_people)
    visible_people: list[OwnerOrAgency] = []
    for person in people:  # one without a mark of their own may be named, whatever the site's default
        is_visible = person.audience is None or audience.sees(person.audience)
        (visible_people if is_visible else hidden_people).append(person)
    return HiddenNames.build(hidden_people, unreadable, visible_people)


@dataclass(frozen=True, slots=True)
class _DocumentFilter:
    """Removes what an audience may not see. `default_audience` is that of documents that give none."""

    audience: Audience
    default_audience: Audience
    hidden_names: HiddenNames

    def filter_documents(self, documents: Iterable[DocumentT]) -> tuple[DocumentT, ...]:
        """The documents that may be seen, with filtered bodies."""
        visible = (document for document in documents if self.audience.sees(document.audience or self.default_audience))
        return tuple(replace(document, body=self.filter_body(document.body)) for document in visible)

    def filter_body(self, body: Body) -> Body:
        """A body without passages for other audiences, and without hidden names as authors of progress notes."""
        body = body.filter_for(self.audience)
        if not self.hidden_names.names or not body.progress:
            return body
        notes = tuple(replace(note, by=self.hidden_names.filter_name(note.by)) for note in body.progress)
        return replace(body, progress=notes)

    def filter_entries(self, entries: tuple[EntryT, ...]) -> tuple[EntryT, ...]:
        """The entries of a list that may be seen."""
        return tuple(entry for entry in entries if self.filter_entry(entry))

    def filter_entry(self, entry: EntryT | None) -> EntryT | None:
        """The entry if it may be seen, else None."""
        return entry if entry is None or entry.audience is None or self.audience.sees(entry.audience) else None

    def filter_front_page(self, front_page: FrontPage) -> FrontPage:
        """The front page with a filtered body; an empty one if it may not be seen."""
        is_visible = self.audience.sees(front_page.audience or self.default_audience)
        return replace(front_page, body=self.filter_body(front_page.body)) if is_visible else FrontPage()

    def filter_plan(self, plan: Plan) -> Plan:
        """A plan without what may not be seen, and without references to it."""
        hidden_names, actions = self.hidden_names, self.filter_documents(plan.actions)
        measures = tuple(
            replace(measure, rebase=self.filter_entries(measure.rebase))
            for measure in self.filter_documents(plan.measures)
        )
        goals = self._filter_goals(plan.goals, measures)
        targets = _ReferenceTargets(
            plan.slug,
            frozenset(name for action in actions for name in (action.slug, action.ref) if name),
            frozenset(name for goal in goals for name in (goal.key, goal.title)),
        )
        return replace(
            plan,
            body=self.filter_body(plan.body),
            owner=hidden_names.filter_name(plan.owner),
            sponsor=hidden_names.filter_name(plan.sponsor),
            agencies=hidden_names.filter_names(plan.agencies),
            goals=goals,
            protocol=tuple(
                replace(entry, contact=hidden_names.filter_name(entry.contact))
                for entry in self.filter_entries(plan.protocol)
                if not hidden_names.matches(entry.agency)
            ),
            involvement=self.filter_entries(plan.involvement),
            views=self.filter_entries(plan.views),
            actions=tuple(self.filter_action(action, targets) for action in actions),
            reviews=tuple(self.filter_review(review) for review in self.filter_documents(plan.reviews)),
            incidents=tuple(
                self.filter_incident(incident, targets) for incident in self.filter_documents(plan.incidents)
            ),
            measures=measures,
        )

    def _filter_goals(self, goals: tuple[Goal, ...], measures: tuple[Measure, ...]) -> tuple[Goal, ...]:
        """The goals that may be seen, without the names of measures that are filtered out."""
        names = frozenset(normalise_name(name) for measure in measures for name in (measure.slug, measure.title))
        return tuple(
            goal if normalise_name(goal.measure) in names else replace(goal, measure="")
            for goal in self.filter_entries(goals)
        )

    def filter_action(self, action: Action, targets: _ReferenceTargets) -> Action:
        """An action without hidden names, entries for other audiences, and references to what is filtered out."""
        hidden_names, verification = self.hidden_names, self.filter_entry(action.verification)
        return replace(
            action,
            owner=hidden_names.filter_name(action.owner),
            supporters=hidden_names.filter_names(action.supporters),
            goal=action.goal if action.goal in targets.goals else "",
            evidence=self.filter_entries(action.evidence),
            verification=replace(verification, by=hidden_names.filter_name(verification.by)) if verification else None,
            depends_on=targets.keep_valid(action.depends_on),
            due_history=tuple(
                replace(move, by=hidden_names.filter_name(move.by)) for move in self.filter_entries(action.due_history)
            ),
            source=self.filter_entry(action.source),
            homework=self.filter_entry(action.homework),
        )

    def filter_review(self, review: Review) -> Review:
        """A review without hidden names."""
        hidden_names = self.hidden_names
        return replace(
            review,
            chair=hidden_names.filter_name(review.chair),
            minute_taker=hidden_names.filter_name(review.minute_taker),
            present=hidden_names.filter_names(review.present),
            apologies=hidden_names.filter_names(review.apologies),
            distribution=hidden_names.filter_names(review.distribution),
        )

    def filter_incident(self, incident: Incident, targets: _ReferenceTargets) -> Incident:
        """An incident without hidden names, entries for other audiences, and references to what is filtered out."""
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
    """The names by which the visible actions and goals of a plan can be referred to."""

    plan: str
    actions: frozenset[str]
    goals: frozenset[str]

    def keep_valid(self, references: tuple[str, ...]) -> tuple[str, ...]:
        """The references to visible actions of this plan, and all references to other plans."""
        return tuple(reference for reference in references if self._is_valid(reference.strip()))

    def _is_valid(self, reference: str) -> bool:
        plan, slash, name = reference.partition("/")
        return reference in self.actions or (bool(slash) and (plan != self.plan or name in self.actions))
