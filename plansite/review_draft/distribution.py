"""The people expected at a review, the recipients of its minutes, and the audience of the draft."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plansite.deferred_pattern import compile_lazily
from plansite.model.audience.filter import resolve_audience
from plansite.model.audience.hidden_names import split_names
from plansite.model.audience.measure_filter import count_small, resolve_document_audience
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.due_dates import EarlierDue, Escalation, Extension
from plansite.model.documents.records.homework import Homework
from plansite.model.documents.records.requirements import RecommendationResponse
from plansite.model.documents.records.update_requests import UpdateRequest
from plansite.model.documents.records.verification import Verification
from plansite.model.documents.review import Review
from plansite.model.people import normalise_name
from plansite.model.review_dates import EXPECTED_SUFFIX
from plansite.model.site import Site
from plansite.model.status import Audience, PlanKind
from plansite.site.paper.agenda import Agenda

_QuotedEntry = Verification | Homework | RecommendationResponse | EarlierDue | Extension | Escalation | UpdateRequest
_PERSON = "The person whose plan it is"
_ALL_OWNERS = "Everybody who owns an action"
_CONTACT_NAME = compile_lazily(r"[^,;:.(\d@]+")


def list_expected_people(site: Site, plan: Plan, last_review: Review | None) -> tuple[str, ...]:
    """The names of those at the last review, and of each agency of the plan's protocol that was not there.

    Each name has a suffix that marks it as expected, which distinguishes a draft from minutes.
    """
    names = [*last_review.present, *last_review.apologies] if last_review else list(_list_first_attendees(plan))
    names = [re.sub(rf"\s*{re.escape(EXPECTED_SUFFIX)}$", "", name, flags=re.IGNORECASE) for name in names]
    for person, agency in _list_protocol_people(site, plan):
        if not _is_named(names, person, agency):
            names.append(", ".join(filter(None, (person, agency))))
    distinct_names: dict[str, str] = {}
    for name in filter(None, names or [_ALL_OWNERS]):
        distinct_names.setdefault(normalise_name(name), name)
    return tuple(f"{name} {EXPECTED_SUFFIX}" for name in distinct_names.values())


def list_recipients(site: Site, plan: Plan, last_review: Review | None) -> tuple[str, ...]:
    """The recipients of the minutes: those of the last review, else every agency of the plan's protocol."""
    if last_review and last_review.distribution:
        return last_review.distribution
    return tuple(dict.fromkeys(agency for _, agency in _list_protocol_people(site, plan)))


def _list_first_attendees(plan: Plan) -> Iterator[str]:
    """The people expected at a plan's first review: the person whose plan it is, or its owner."""
    if plan.kind in (PlanKind.INTEGRATED, PlanKind.COUNSELLING):
        yield _PERSON
    if plan.owner and not plan.protocol:
        yield plan.owner


def _list_protocol_people(site: Site, plan: Plan) -> Iterator[tuple[str, str]]:
    """The person and the agency of each entry of the protocol.

    The person is empty unless the entry's contact begins with the name of an owner or agency of the site.
    """
    for entry in plan.protocol:
        match = _CONTACT_NAME.match(entry.contact)
        contact = site.find_owner_or_agency(match.group()) if match else None
        agency = site.people.find_agency(entry.agency)
        yield contact.title if contact else "", agency.title if agency else entry.agency


def _is_named(names: list[str], person: str, agency: str) -> bool:
    """Whether the person is among the names, or without a person anybody of the agency."""
    normalised_names = [normalise_name(name) for name in names]
    if person:
        return any(normalise_name(name) in normalised_names for name in (person, f"{person}, {agency}"))
    agency_name = normalise_name(agency)
    return any(name == agency_name or name.endswith(f", {agency_name}") for name in normalised_names)


def find_narrowest_audience(agenda: Agenda) -> Audience | None:
    """The narrowest audience of all documents that a draft mentions; None if it is that of the plan."""
    plan_audience = resolve_audience(agenda.plan, agenda.site.settings)
    order = (Audience.PUBLIC, Audience.PARTNERS, Audience.INTERNAL)
    audiences = [audience for audience in _list_audiences(agenda) if audience is not None]
    narrowest = max((plan_audience, *audiences), key=order.index)
    return narrowest if narrowest is not plan_audience else None


def _list_audiences(agenda: Agenda) -> Iterator[Audience | None]:
    """The audiences of all documents that a draft mentions; None for those without one of their own."""
    plan = agenda.plan
    yield agenda.last_review.audience if agenda.last_review else None
    for measure in plan.measures:  # the draft quotes counts that other copies do not tell
        yield Audience.INTERNAL if count_small(measure) else resolve_document_audience(measure, Audience.PUBLIC)
    yield from (entry.audience for entry in plan.protocol)
    for action in _list_named_actions(agenda):
        yield action.audience
        # The draft may quote its barriers, which may be in a passage for a narrower audience.
        yield Audience.INTERNAL if action.body.audience_variants else None
        other_plan = agenda.site.plans_by_slug.get(action.plan)
        yield resolve_audience(other_plan, agenda.site.settings) if other_plan and other_plan is not plan else None
        yield from (entry.audience for entry in _list_quoted_entries(action) if entry)
        for name in _list_quoted_names(action):
            parties = (agenda.site.find_owner_or_agency(part) for part in (name, *split_names(name)))
            yield from (party.audience for party in parties if party)

    for control in agenda.controls:
        yield from (control.document.audience, control.control.audience)
        if isinstance(control.document, Incident):
            yield control.document.findings[control.finding - 1].audience
        parties = (agenda.site.find_owner_or_agency(part) for part in split_names(control.control.by))
        yield from (party.audience for party in parties if party)


def _list_quoted_entries(action: Action) -> Iterator[_QuotedEntry | None]:
    """The entries of an action of which a draft may quote something."""
    yield action.verification
    yield action.homework
    yield action.response
    yield from action.due_history
    yield from action.extension
    yield from action.escalated
    yield from action.asked


def _list_quoted_names(action: Action) -> Iterator[str]:
    """The names in an action that a draft may give."""
    yield action.owner
    yield action.verification.by if action.verification else ""
    yield from (name for extension in action.extension for name in (extension.asked_by, extension.decided_by))
    yield from (escalation.to for escalation in action.escalated)
    yield from (request.by for request in action.asked)


def _list_named_actions(agenda: Agenda) -> Iterator[Action]:
    for item in agenda.items:
        yield item.action
        yield from item.waits_for
    yield from (action for action, _ in agenda.closed)
    yield from (check.action for check in agenda.checks)
    yield from agenda.checked_actions
