"""The plans that each agency takes part in, and since when it has agreed to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from plansite.model.assessment import SiteOnDate
from plansite.model.page_addresses import plan_address, profile_address
from plansite.model.plan import Plan
from plansite.site.components.page import Link
from plansite.site.components.page_links import plan_link
from plansite.site.components.widgets import Tag, build_plan_tag


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyPlanRow:
    """A plan with an agency's part in it; `agreed` is None where it has not signed the protocol."""

    plan: Link
    tag: Tag
    sentence: str
    agreed: date | None
    protocol: str
    contact: str


def group_plans_by_agency(dated_site: SiteOnDate) -> Mapping[str, tuple[AgencyPlanRow, ...]]:
    """By the address of the agency's page: each plan that names it among its agencies or in its protocol."""
    parts: defaultdict[str, list[AgencyPlanRow]] = defaultdict(list)
    for plan in dated_site.site.plans:
        for page, (agreed, contact) in _find_agencies(dated_site, plan).items():
            standing = dated_site.assess_plan(plan)
            parts[page].append(
                AgencyPlanRow(
                    plan=plan_link(plan),
                    tag=build_plan_tag(standing),
                    sentence=standing.reason,
                    agreed=agreed,
                    protocol=plan_address(plan.slug, "protocol"),
                    contact=contact if not contact or contact.endswith((".", "!", "?")) else f"{contact}.",
                )
            )
    return {page: tuple(each) for page, each in parts.items()}


def _find_agencies(dated_site: SiteOnDate, plan: Plan) -> dict[str, tuple[date | None, str]]:
    """The agencies of a plan by their page, each with the day it agreed and its contact; the first entry counts."""
    find = dated_site.site.people.find_agency
    agreed: dict[str, tuple[date | None, str]] = {}
    for entry in plan.protocol:
        agency = find(entry.agency)
        if agency:
            agreed.setdefault(profile_address(agency), (entry.agreed, entry.contact))
    for name in plan.agencies:
        agency = find(name)
        if agency:
            agreed.setdefault(profile_address(agency), (None, ""))
    return agreed
