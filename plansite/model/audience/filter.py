"""Filtering a site for an audience. Nothing is computed before, so that no result reveals what is filtered out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from plansite.deferred_dataclass import dataclass
from plansite.model.audience.address_filter import replace_addresses
from plansite.model.audience.entries import filter_marked_fields
from plansite.model.audience.evidence_names import name_evidence
from plansite.model.audience.hidden_names import HiddenNames
from plansite.model.audience.measure_filter import hide_small_counts, resolve_document_audience
from plansite.model.audience.people_spellings import list_names_by_address, list_spelled_people
from plansite.model.audience.site_parts import filter_frameworks, filter_settings
from plansite.model.audience.text_filter import TextFilter
from plansite.model.body import Body
from plansite.model.documents.action import Action
from plansite.model.documents.goal import Goal
from plansite.model.documents.incident import Incident
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan
from plansite.model.documents.review import Review
from plansite.model.documents.self_assessment import SelfAssessment
from plansite.model.frameworks.citations import keep_known_standards
from plansite.model.frameworks.framework import Framework
from plansite.model.frameworks.index import StandardIndex, index_standards
from plansite.model.people import (
    Agency,
    Owner,
    OwnerOrAgency,
    Spellings,
    find_account,
    normalise_name,
)
from plansite.model.settings import Settings
from plansite.model.site import FrontPage, Site, UnreadableFile
from plansite.model.status import Audience, PlanKind

TextT = TypeVar("TextT", Action, Review, Incident, Measure, SelfAssessment, Owner, Agency, Plan, FrontPage)
DocumentT = TypeVar("DocumentT", Action, Review, Incident, Measure, SelfAssessment, Owner, Agency)

#: Kinds of plan about one person, which are internal unless they give another audience.
PRIVATE_KINDS = frozenset({PlanKind.COUNSELLING, PlanKind.INTEGRATED})


def resolve_audience(plan: Plan, settings: Settings) -> Audience:
    """The audience of a plan: its own, else internal for counselling and integrated plans, else the site's."""
    if plan.audience is not None:
        return plan.audience
    return Audience.INTERNAL if plan.kind in PRIVATE_KINDS else settings.audience


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceFilter:
    """What an audience sees of the settings, front page, owners and agencies; and it can filter any plan.

    `names_by_address` are the names to show of people whom files name by an e-mail address, which only internal readers
    see there: pairs of the normalised address and the name.
    """

    audience: Audience
    settings: Settings
    front_page: FrontPage
    owners: tuple[Owner, ...]
    agencies: tuple[Agency, ...]
    hidden_names: HiddenNames
    names_by_address: tuple[tuple[str, str], ...] = ()
    frameworks: tuple[Framework, ...] = ()

    @property
    def shows_all(self) -> bool:
        """Whether nothing is filtered out. Only then are unreadable files and findings shown."""
        return self.audience is Audience.INTERNAL

    def filter_plan(self, plan: Plan) -> Plan | None:
        """What the audience sees of a plan; None if the plan as a whole is hidden."""
        if self.shows_all:
            return plan
        plan_audience = resolve_audience(plan, self.settings)
        if not self.audience.sees(plan_audience) or self.text_filter.is_named_after_hidden(plan):
            return None
        names, standards = dict(self.names_by_address), index_standards(self.frameworks)
        return _DocumentFilter(self.audience, plan_audience, self.text_filter, names, standards).filter_plan(plan)

    @property
    def text_filter(self) -> TextFilter:
        """Takes hidden names out of the fields of documents."""
        return TextFilter(self.audience, self.hidden_names)


def build_audience_filter(
    settings: Settings,
    front_page: FrontPage,
    owners: tuple[Owner, ...],
    agencies: tuple[Agency, ...],
    unreadable: Iterable[UnreadableFile],
    audience: Audience,
    stray_people: Iterable[OwnerOrAgency] = (),
    frameworks: tuple[Framework, ...] = (),
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
            frameworks=frameworks,
        )
    hidden_names = find_hidden_names((*owners, *agencies), unreadable, audience, stray_people, settings.people)
    if audience is Audience.PUBLIC and audience.value not in settings.edit_links:
        settings = replace(settings, repository="", sources=())  # the repository shows authors and history
    text_filter = TextFilter(audience, hidden_names)
    document_filter = _DocumentFilter(audience, settings.audience, text_filter, {}, index_standards(()))
    visible_owners = document_filter.filter_documents(owners)
    return AudienceFilter(
        audience=audience,
        settings=filter_settings(settings, audience, text_filter),
        front_page=document_filter.filter_front_page(front_page),
        owners=visible_owners,
        agencies=document_filter.filter_documents(agencies),
        hidden_names=hidden_names,
        names_by_address=tuple(list_names_by_address(visible_owners, settings.people)),
        frameworks=tuple(filter_frameworks(frameworks, settings, audience, text_filter)),
    )


def find_hidden_names(
    people: Iterable[OwnerOrAgency],
    unreadable: Iterable[UnreadableFile],
    audience: Audience,
    stray_people: Iterable[OwnerOrAgency] = (),
    spellings: Spellings = (),
) -> HiddenNames:
    """The names that an audience may not see. One without a mark may be named, whatever the site's default.

    `stray_people` are those whom marked files without a place in the layout may be about. All that the settings give
    as `spellings` of somebody who is hidden is hidden, too.
    """
    hidden: list[OwnerOrAgency] = list(stray_people)
    visible: list[OwnerOrAgency] = []
    for person in people:
        (visible if person.audience is None or audience.sees(person.audience) else hidden).append(person)
    hidden.extend(list_spelled_people(hidden, spellings))
    return HiddenNames.build(hidden, unreadable, visible)


def list_hidden_names(site: Site) -> dict[Audience, HiddenNames]:
    """What `find_hidden_names` returns for each audience of an unfiltered site that does not see everything."""
    people: tuple[OwnerOrAgency, ...] = (*site.owners, *site.agencies)
    narrower = (each for each in site.settings.audiences if each is not Audience.INTERNAL)
    spellings = site.settings.people
    return {audience: find_hidden_names(people, site.unreadable, audience, (), spellings) for audience in narrower}


@dataclass(frozen=True, slots=True)
class _DocumentFilter:
    """Removes what an audience may not see. `default_audience` is that of documents that give none.

    `names` are those to show in place of e-mail addresses, by address; `standards` those that it may see.
    """

    audience: Audience
    default_audience: Audience
    text_filter: TextFilter
    names: Mapping[str, str]
    standards: StandardIndex

    def replace_address(self, name: str) -> str:
        """A name; for one that is an e-mail address the name that goes with it, or else what is before the `@`."""
        account = find_account(name)
        return self.names.get(normalise_name(name), account) if account else name

    def filter_documents(self, documents: Iterable[DocumentT]) -> tuple[DocumentT, ...]:
        """The documents that may be seen, with filtered texts; not those whose file is named after a hidden person."""
        return tuple(
            self._filter_texts(document)
            for document in documents
            if self.audience.sees(resolve_document_audience(document, self.default_audience))
            and not self.text_filter.is_named_after_hidden(document)
        )

    def _filter_texts(self, document: TextT) -> TextT:
        """A document without hidden names in its fields or entries for other audiences, and with a filtered body."""
        filtered = name_evidence(filter_marked_fields(self.audience, self.text_filter.filter_document(document)))
        body = self.filter_body(filtered.body)
        filtered = keep_known_standards(filtered, self.standards)
        return filtered if body is filtered.body else replace(filtered, body=body)

    def filter_body(self, body: Body) -> Body:
        """A body without passages for other audiences, and without hidden names as authors of progress notes."""
        body, hidden_names = body.filter_for(self.audience), self.text_filter.hidden_names
        if not any(hidden_names.matches(note.by) for note in body.progress):
            return body
        return replace(
            body, progress=tuple(replace(note, by=hidden_names.filter_name(note.by)) for note in body.progress)
        )

    def filter_front_page(self, front_page: FrontPage) -> FrontPage:
        """The front page with filtered texts; an empty one if it may not be seen."""
        is_visible = self.audience.sees(front_page.audience or self.default_audience)
        return self._filter_texts(front_page) if is_visible else FrontPage()

    def filter_plan(self, plan: Plan) -> Plan:
        """A plan without what may not be seen, and without references to it."""
        plan, actions = self._filter_texts(plan), self.filter_documents(plan.actions)
        measures = tuple(map(hide_small_counts, self.filter_documents(plan.measures)))
        goals = self._filter_goals(plan.goals, measures)
        targets = _ReferenceTargets(
            plan.slug,
            frozenset(name for action in actions for name in (action.slug, action.ref) if name),
            frozenset(name for goal in goals for name in (goal.key, goal.title)),
            frozenset(normalise_name(name) for measure in measures for name in (measure.slug, measure.title)),
        )
        return replace(
            replace_addresses(plan, self.replace_address),
            goals=goals,
            actions=tuple(self.filter_action(action, targets) for action in actions),
            reviews=tuple(
                replace_addresses(review, self.replace_address) for review in self.filter_documents(plan.reviews)
            ),
            incidents=tuple(
                self.filter_incident(incident, targets) for incident in self.filter_documents(plan.incidents)
            ),
            measures=measures,
            assessments=tuple(
                self.filter_assessment(assessment, targets) for assessment in self.filter_documents(plan.assessments)
            ),
        )

    def _filter_goals(self, goals: tuple[Goal, ...], measures: tuple[Measure, ...]) -> tuple[Goal, ...]:
        """The goals without the names of measures that are filtered out."""
        names = frozenset(normalise_name(name) for measure in measures for name in (measure.slug, measure.title))
        return tuple(goal if normalise_name(goal.measure) in names else replace(goal, measure="") for goal in goals)

    def filter_action(self, action: Action, targets: _ReferenceTargets) -> Action:
        """An action without references to what is filtered out."""
        return replace(
            replace_addresses(action, self.replace_address),
            goal=action.goal if action.goal in targets.goals else "",
            depends_on=targets.keep_valid(action.depends_on),
        )

    def filter_incident(self, incident: Incident, targets: _ReferenceTargets) -> Incident:
        """An incident without references to what is filtered out."""
        shown = replace_addresses(incident, self.replace_address)
        findings = (
            replace(
                finding,
                actions=targets.keep_valid(finding.actions),
                measures=targets.keep_valid_measures(finding.measures),
            )
            for finding in shown.findings
        )
        return replace(shown, findings=tuple(findings))

    def filter_assessment(self, assessment: SelfAssessment, targets: _ReferenceTargets) -> SelfAssessment:
        """A self-assessment without references to what is filtered out."""
        ratings = (replace(rating, actions=targets.keep_valid(rating.actions)) for rating in assessment.ratings)
        return replace(assessment, owner=self.replace_address(assessment.owner), ratings=tuple(ratings))


@dataclass(frozen=True, slots=True)
class _ReferenceTargets:
    """The names by which the visible actions, goals and measures of a plan can be referred to.

    Those of measures are normalised.
    """

    plan: str
    actions: frozenset[str]
    goals: frozenset[str]
    measures: frozenset[str]

    def keep_valid(self, references: tuple[str, ...]) -> tuple[str, ...]:
        """The references to visible actions of this plan, and all references to other plans."""
        return tuple(each for each in references if self._is_valid(each.strip(), self.actions, str))

    def keep_valid_measures(self, references: tuple[str, ...]) -> tuple[str, ...]:
        """The references to visible measures of this plan, and all references to other plans."""
        return tuple(each for each in references if self._is_valid(each.strip(), self.measures, normalise_name))

    def _is_valid(self, reference: str, names: frozenset[str], normalise: Callable[[str], str]) -> bool:
        plan, slash, name = reference.partition("/")
        return normalise(reference) in names or (bool(slash) and (plan != self.plan or normalise(name) in names))
