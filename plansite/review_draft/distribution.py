"""Who is expected at a review, and who gets its minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plansite.model.action import Action
from plansite.model.audience.filter import resolve_audience
from plansite.model.audience.hidden_names import split_names
from plansite.model.people import normalise_name
from plansite.model.plan import Plan, Review
from plansite.model.review_dates import EXPECTED_SUFFIX
from plansite.model.site import Site
from plansite.model.status import Audience, PlanKind
from plansite.review_draft.agenda import Agenda

_PERSON = "The person whose plan it is"
_ALL_OWNERS = "Everybody who owns an action"
_CONTACT_NAME = re.compile(r"[^,;:.(\d@]+")


def list_expected_people(site: Site, plan: Plan, last_review: Review | None) -> tuple[str, ...]:
    """Everybody who is expected: those of the last review, and each agency of the protocol that was not there.

    Each with their agency, and marked in a way that tells the file from minutes.
    """
    names = [*last_review.present, *last_review.apologies] if last_review else list(_list_first_attendees(plan))
    names = [re.sub(rf"\s*{re.escape(EXPECTED_SUFFIX)}$", "", name, flags=re.IGNORECASE) for name in names]
    for person, agency in _list_protocol_people(site, plan):
        if not _is_named(names, person, agency):
            names.append(", ".join(filter(None, (person, agency))))
    distinct: dict[str, str] = {}
    for name in filter(None, names or [_ALL_OWNERS]):
        distinct.setdefault(normalise_name(name), name)
    return tuple(f"{name} {EXPECTED_SUFFIX}" for name in distinct.values())


def list_recipients(site: Site, plan: Plan, last_review: Review | None) -> tuple[str, ...]:
    """Who gets the minutes: as last time, else every agency of the protocol."""
    if last_review and last_review.distribution:
        return last_review.distribution
    return tuple(dict.fromkeys(agency for _, agency in _list_protocol_people(site, plan)))


def _list_first_attendees(plan: Plan) -> Iterator[str]:
    """Before there was any review: the person whose plan it is, or whoever is responsible for it."""
    if plan.kind in (PlanKind.INTEGRATED, PlanKind.COUNSELLING):
        yield _PERSON
    if plan.owner and not plan.protocol:
        yield plan.owner


def _list_protocol_people(site: Site, plan: Plan) -> Iterator[tuple[str, str]]:
    """The person and the agency of each entry; a contact begins with a name that the site knows, or names nobody."""
    for entry in plan.protocol:
        name = _CONTACT_NAME.match(entry.contact)
        known = site.find_owner_or_agency(name.group()) if name else None
        agency = site.people.find_agency(entry.agency)
        yield known.title if known else "", agency.title if agency else entry.agency


def _is_named(names: list[str], person: str, agency: str) -> bool:
    """Whether that person, or for an agency without one anybody of it, is named already."""
    wanted = {normalise_name(person), normalise_name(f"{person}, {agency}")} if person else {normalise_name(agency)}
    for name in names:
        if normalise_name(name) in wanted or (
            not person and normalise_name(name).endswith(f", {normalise_name(agency)}")
        ):
            return True
    return False


def find_narrowest_audience(agenda: Agenda) -> Audience | None:
    """The audience to write into a draft: that of the most private thing in it; None where its plan's will do."""
    own = resolve_audience(agenda.plan, agenda.site.settings)
    order = (Audience.PUBLIC, Audience.PARTNERS, Audience.INTERNAL)
    marks = [mark for mark in _list_audiences(agenda) if mark is not None]
    found = max((own, *marks), key=order.index)
    return found if found is not own else None


def _list_audiences(agenda: Agenda) -> Iterator[Audience | None]:
    """The audiences of all that a draft names."""
    plan = agenda.plan
    yield agenda.last_review.audience if agenda.last_review else None
    yield from (measure.audience for measure in plan.measures)
    yield from (entry.audience for entry in plan.protocol)
    for action in _list_named_actions(agenda):
        yield action.audience
        yield (
            Audience.INTERNAL if action.body.audience_variants else None
        )  # its barriers may stand in a passage for few
        other = agenda.site.plans_by_slug.get(action.plan)
        yield resolve_audience(other, agenda.site.settings) if other and other is not plan else None
        for name in (action.owner, action.verification.by if action.verification else ""):
            parties = (agenda.site.find_owner_or_agency(part) for part in (name, *split_names(name)))
            yield from (party.audience for party in parties if party)


def _list_named_actions(agenda: Agenda) -> Iterator[Action]:
    for item in agenda.items:
        yield item.action
        yield from item.waits_for
    yield from (action for action, _ in agenda.closed)
    yield from (check.action for check in agenda.checks)
    yield from agenda.checked_actions
