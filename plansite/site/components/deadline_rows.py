"""Rows for reviews of plans and for replies to notices, in lists of what is late or due soon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plansite.model.assessment import SiteOnDate
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.requirements import Instrument
from plansite.model.formatting import format_due, format_long_date
from plansite.model.notices.notice_clock import find_notice_due, name_notice
from plansite.model.page_addresses import plan_address
from plansite.model.review_dates import held_reviews, next_review_date
from plansite.site.components.filters import build_plan_values
from plansite.site.components.notice_clocks import NOTICES_ANCHOR
from plansite.site.components.page import Link
from plansite.site.components.page_links import plan_link, profile_link
from plansite.site.components.widgets import ActionRow, StepCount, build_plan_tag

#: How many characters of a control a row shows.


def build_review_rows(dated_site: SiteOnDate, plan: Plan) -> Iterator[ActionRow]:
    """A row for the next review of a plan, if it has a date for it."""
    due = next_review_date(plan)
    if due:
        yield _build_review_row(dated_site, plan, due)


def _build_review_row(dated_site: SiteOnDate, plan: Plan, due: date) -> ActionRow:
    last_held = max((review.date for review in held_reviews(plan) if review.date), default=None)
    return ActionRow(
        title=Link(f"Review: {plan.title}", plan_address(plan.slug, "reviews")),
        ref="",
        plan=plan_link(plan),
        owner=profile_link(dated_site.site, plan.owner),
        when=format_due(due, dated_site.today),
        due=due,
        is_late=due < dated_site.today,
        said=f"Last held on {format_long_date(last_held)}." if last_held else "None has been held yet.",
        said_on=None,
        steps=StepCount(),
        tag=build_plan_tag(dated_site.assess_plan(plan)),
        values=build_plan_values(dated_site, plan),
    )


def build_notice_rows(dated_site: SiteOnDate, plan: Plan) -> Iterator[ActionRow]:
    """A row for each notice to which no reply is noted, and for which the day by which to reply is known."""
    for notice in plan.instrument:
        due = find_notice_due(notice)
        if due and notice.sent is None:
            yield _build_notice_row(dated_site, plan, notice, due)


def _build_notice_row(dated_site: SiteOnDate, plan: Plan, notice: Instrument, due: date) -> ActionRow:
    received = f"Received on {format_long_date(notice.received)}." if notice.received else ""
    return ActionRow(
        title=Link(f"Reply: {name_notice(notice)}", f"{plan_address(plan.slug)}#{NOTICES_ANCHOR}"),
        ref="",
        plan=plan_link(plan),
        owner=profile_link(dated_site.site, plan.owner),
        when=format_due(due, dated_site.today),
        due=due,
        is_late=due < dated_site.today,
        said=received,
        said_on=None,
        steps=StepCount(),
        tag=build_plan_tag(dated_site.assess_plan(plan)),
        values=build_plan_values(dated_site, plan),
    )
