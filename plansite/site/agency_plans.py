"""The plans that each agency takes part in, and since when it has agreed to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from plansite.model.course import Outlook
from plansite.model.plan import Plan
from plansite.site.addresses import party_page, plan_link, plan_page
from plansite.site.page import Link
from plansite.site.parts import Tag, plan_tag


@dataclass(frozen=True, slots=True, kw_only=True)
class TakesPart:
    """A plan with an agency's part in it; `agreed` is None where it has not signed the protocol."""

    plan: Link
    tag: Tag
    sentence: str
    agreed: date | None
    protocol: str
    contact: str


def plans_by_agency(outlook: Outlook) -> Mapping[str, tuple[TakesPart, ...]]:
    """By the address of the agency's page: each plan that names it among its agencies or in its protocol."""
    parts: defaultdict[str, list[TakesPart]] = defaultdict(list)
    for plan in outlook.site.plans:
        for page, (agreed, contact) in _named(outlook, plan).items():
            standing = outlook.plan_standing(plan)
            parts[page].append(
                TakesPart(
                    plan=plan_link(plan),
                    tag=plan_tag(standing),
                    sentence=standing.reason,
                    agreed=agreed,
                    protocol=plan_page(plan.slug, "protocol"),
                    contact=contact if not contact or contact.endswith((".", "!", "?")) else f"{contact}.",
                )
            )
    return {page: tuple(each) for page, each in parts.items()}


def _named(outlook: Outlook, plan: Plan) -> dict[str, tuple[date | None, str]]:
    """The agencies of a plan by their page, each with the day it agreed and its contact; the first entry counts."""
    find = outlook.site.people.agency
    agreed: dict[str, tuple[date | None, str]] = {}
    for entry in plan.protocol:
        agency = find(entry.agency)
        if agency:
            agreed.setdefault(party_page(agency), (entry.agreed, entry.contact))
    for name in plan.agencies:
        agency = find(name)
        if agency:
            agreed.setdefault(party_page(agency), (None, ""))
    return agreed
