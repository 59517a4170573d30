"""What an audience may see. Filtering comes before anything is computed, so nothing can leak from a result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from plansite.model.action import Action
from plansite.model.hidden import Hidden
from plansite.model.people import Agency, Owner, Party, same_name
from plansite.model.plan import Incident, Measure, Plan, Review
from plansite.model.prose import Body
from plansite.model.site import Front, Settings, Site, Unread
from plansite.model.status import Audience, Kind


class _Marked(Protocol):
    @property
    def audience(self) -> Audience | None: ...


Part = TypeVar("Part", bound=_Marked)
Document = TypeVar("Document", Action, Review, Incident, Measure, Owner, Agency)

#: Kinds of plan about one person, internal unless they say otherwise.
PRIVATE = frozenset({Kind.COUNSELLING, Kind.INTEGRATED})


def of_plan(plan: Plan, site: Site) -> Audience:
    """Whom a plan is for: as it says; else internal for counselling and integrated plans; else as the site says."""
    return audience_of(plan, site.settings)


def audience_of(plan: Plan, settings: Settings) -> Audience:
    """The same by the settings alone."""
    if plan.audience is not None:
        return plan.audience
    return Audience.INTERNAL if plan.kind in PRIVATE else settings.audience


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What an audience sees of what stands above the plans; enough to say of any plan what it sees of that."""

    audience: Audience
    settings: Settings
    front: Front
    owners: tuple[Owner, ...]
    agencies: tuple[Agency, ...]
    hidden: Hidden

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out; only then are unreadable files and findings shown."""
        return self.audience is Audience.INTERNAL

    def plan(self, plan: Plan) -> Plan | None:
        """What is seen of a plan; None where that is nothing."""
        if self.is_whole:
            return plan
        own = audience_of(plan, self.settings)
        return _Seen(self.audience, own, self.hidden).plan(plan) if self.audience.sees(own) else None


def sight_of(
    settings: Settings,
    front: Front,
    owners: tuple[Owner, ...],
    agencies: tuple[Agency, ...],
    unread: Iterable[Unread],
    audience: Audience,
) -> Sight:
    """What an audience sees of what stands above the plans; `unread` are files that could not be read."""
    if audience is Audience.INTERNAL:
        return Sight(
            audience=audience, settings=settings, front=front, owners=owners, agencies=agencies, hidden=Hidden()
        )
    everybody: tuple[Party, ...] = (*owners, *agencies)
    parties: dict[bool, list[Party]] = {True: [], False: []}
    for party in everybody:  # who is only not marked may still be named
        parties[party.audience is None or audience.sees(party.audience)].append(party)
    hidden = Hidden.of(parties[False], unread, parties[True])
    if audience is Audience.PUBLIC:  # the public is not led to the repository, its authors or its history
        settings = replace(settings, repository="", sources=())
    see = _Seen(audience, settings.audience, hidden)
    return Sight(
        audience=audience,
        settings=settings,
        front=see.front(front),
        owners=tuple(replace(owner, agency=hidden.one(owner.agency)) for owner in see.documents(owners)),
        agencies=see.documents(agencies),
        hidden=hidden,
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """Takes out what an audience may not see. `own` is whom something is for that does not say so itself."""

    audience: Audience
    own: Audience
    hidden: Hidden

    def documents(self, documents: Iterable[Document]) -> tuple[Document, ...]:
        """Whole files, each with what may be seen of its text."""
        seen = (each for each in documents if self.audience.sees(each.audience or self.own))
        return tuple(replace(each, body=self.body(each.body)) for each in seen)

    def body(self, body: Body) -> Body:
        """Those passages of a text that are for everybody who sees its file, and no hidden name under a note."""
        body = body.seen_by(self.audience)
        if not self.hidden.names or not body.progress:
            return body
        return replace(body, progress=tuple(replace(note, by=self.hidden.one(note.by)) for note in body.progress))

    def parts(self, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        """Entries of a list in a file."""
        return tuple(part for part in parts if self.part(part))

    def part(self, part: Part | None) -> Part | None:
        """A group of fields, or nothing."""
        return part if part is None or part.audience is None or self.audience.sees(part.audience) else None

    def front(self, front: Front) -> Front:
        """The words of the front page."""
        seen = self.audience.sees(front.audience or self.own)
        return replace(front, body=self.body(front.body)) if seen else Front()

    def plan(self, plan: Plan) -> Plan:
        """A plan that may be seen. What refers to something left out is left out with it."""
        hidden, actions = self.hidden, self.documents(plan.actions)
        measures = tuple(replace(each, rebase=self.parts(each.rebase)) for each in self.documents(plan.measures))
        named = frozenset(same_name(name) for each in measures for name in (each.slug, each.title))
        goals = tuple(
            goal if same_name(goal.measure) in named else replace(goal, measure="") for goal in self.parts(plan.goals)
        )
        known = _Known(
            plan.slug,
            frozenset(name for each in actions for name in (each.slug, each.ref) if name),
            frozenset(name for goal in goals for name in (goal.key, goal.title)),
        )
        return replace(
            plan,
            body=self.body(plan.body),
            owner=hidden.one(plan.owner),
            sponsor=hidden.one(plan.sponsor),
            agencies=hidden.many(plan.agencies),
            goals=goals,
            protocol=tuple(
                replace(entry, contact=hidden.one(entry.contact))
                for entry in self.parts(plan.protocol)
                if not hidden.hides(entry.agency)
            ),
            involvement=self.parts(plan.involvement),
            views=self.parts(plan.views),
            actions=tuple(self.action(action, known) for action in actions),
            reviews=tuple(self.review(review) for review in self.documents(plan.reviews)),
            incidents=tuple(self.incident(incident, known) for incident in self.documents(plan.incidents)),
            measures=measures,
        )

    def action(self, action: Action, known: _Known) -> Action:
        """An action without the names of those who may not be seen."""
        hidden, check = self.hidden, self.part(action.verification)
        return replace(
            action,
            owner=hidden.one(action.owner),
            supporters=hidden.many(action.supporters),
            goal=action.goal if action.goal in known.goals else "",
            evidence=self.parts(action.evidence),
            verification=replace(check, by=hidden.one(check.by)) if check else None,
            depends_on=known.only(action.depends_on),
            due_history=tuple(replace(move, by=hidden.one(move.by)) for move in self.parts(action.due_history)),
            source=self.part(action.source),
            homework=self.part(action.homework),
        )

    def review(self, review: Review) -> Review:
        """The same of a review."""
        hidden = self.hidden
        return replace(
            review,
            chair=hidden.one(review.chair),
            minute_taker=hidden.one(review.minute_taker),
            present=hidden.many(review.present),
            apologies=hidden.many(review.apologies),
            distribution=hidden.many(review.distribution),
        )

    def incident(self, incident: Incident, known: _Known) -> Incident:
        """The same of an incident."""
        findings = (replace(finding, actions=known.only(finding.actions)) for finding in self.parts(incident.findings))
        return replace(
            incident,
            owner=self.hidden.one(incident.owner),
            learning_for=self.hidden.many(incident.learning_for),
            findings=tuple(findings),
            evidence=self.parts(incident.evidence),
        )


@dataclass(frozen=True, slots=True)
class _Known:
    """What in a plan may be referred to: its actions and its goals, by all their names."""

    plan: str
    actions: frozenset[str]
    goals: frozenset[str]

    def only(self, references: tuple[str, ...]) -> tuple[str, ...]:
        """Those that lead to something in this plan; of other plans it is not known here."""
        return tuple(each for each in references if self._leads(each.strip()))

    def _leads(self, reference: str) -> bool:
        plan, slash, name = reference.partition("/")
        return reference in self.actions or (bool(slash) and (plan != self.plan or name in self.actions))
