"""The plans that an agency takes part in, as its page lists them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plansite.model.assessment import SiteOnDate
from plansite.model.documents.plan import Plan
from plansite.model.page_addresses import plan_address, profile_address
from plansite.site.components.page_links import plan_link
from plansite.site.components.plan_header import find_late_since
from plansite.site.components.widgets import build_plan_tag
from plansite.site.people.work_rows import AgencyPlanRow


def list_agency_plans(dated_site: SiteOnDate, plan: Plan) -> Iterator[tuple[str, AgencyPlanRow]]:
    """The row of a plan for each agency that it names among its agencies or in its protocol, with the agency's page."""
    assessment = dated_site.assess_plan(plan)
    for address, (agreed, contact) in _find_agencies(dated_site, plan).items():
        row = AgencyPlanRow(
            plan=plan_link(plan),
            tag=build_plan_tag(assessment),
            sentence=assessment.reason,
            sentence_until=assessment.reason_until,
            late_since=find_late_since(assessment, dated_site.today),
            agreed=agreed,
            protocol=plan_address(plan.slug, "protocol"),
            contact=contact if not contact or contact.endswith((".", "!", "?")) else f"{contact}.",
        )
        yield address, row


def _find_agencies(dated_site: SiteOnDate, plan: Plan) -> dict[str, tuple[date | None, str]]:
    """The agencies of a plan by the address of their page, with the day of agreement and the contact."""
    find_agency = dated_site.site.people.find_agency
    agencies: dict[str, tuple[date | None, str]] = {}
    for entry in plan.protocol:  # the first entry of an agency counts
        agency = find_agency(entry.agency)
        if agency:
            agencies.setdefault(profile_address(agency), (entry.agreed, entry.contact))
    for name in plan.agencies:
        agency = find_agency(name)
        if agency:
            agencies.setdefault(profile_address(agency), (None, ""))
    return agencies
