"""The data files of plans and of the site, and the page that explains them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from plansite.checks.runner import find_paths_with_errors
from plansite.exports.action_records import build_action_records
from plansite.exports.data_formats import (
    format_records_csv_header,
    format_records_csv_lines,
    format_records_json_items,
    join_json_items,
)
from plansite.model.assessment import SiteOnDate
from plansite.model.findings import Finding
from plansite.model.formatting import format_count
from plansite.model.plan import Plan
from plansite.schema import build_combined_schema
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import plan_link
from plansite.site.data.next_change import find_next_change, render_next_change_script
from plansite.site.data.register_data import REGISTER_COLUMNS, build_records, render_register_csv, render_register_json
from plansite.site.data.search_index import render_search_index, render_search_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanData:
    """The data files of one plan by output path, and its part of the data files across plans.

    `next_change` is the first day on which a page of the plan changes by date alone.
    """

    files: tuple[tuple[str, str], ...]
    csv: str
    json: str
    search: str
    next_change: date | None


#: Crawlers are allowed so that they read the HTTP header that forbids them to index the site.
_ROBOTS_TXT = "User-agent: *\nAllow: /\n"
#: Makes spreadsheet programs read a file as UTF-8.
_BYTE_ORDER_MARK = "\ufeff"
_RESERVED_SLUGS = frozenset({"actions", "schema"})
#: The output paths of the data files across plans.
SITE_DATA_PATHS = frozenset(
    {"data/actions.csv", "data/actions.json", "data/schema.json", "next-change.js", "robots.txt", "search-index.js"}
)


@dataclass(frozen=True, slots=True)
class RegisterDataRow:
    """The data files of one plan: the plan, how many actions it has, and the addresses of both files."""

    plan: Link
    actions: str
    csv: str
    json: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DataView:
    """What the page shows; `columns` are those of a register with what each holds."""

    csv: Link
    json: Link
    schema: Link
    holds: str
    registers: tuple[RegisterDataRow, ...]
    columns: tuple[tuple[str, str], ...]


def build_data_page(dated_site: SiteOnDate) -> Page:
    """`data.html`: which data files there are and what they hold."""
    plans = dated_site.site.plans
    return Page(
        path="data.html",
        template="data.html",
        title="Data",
        view=DataView(
            csv=Link("All actions, as a spreadsheet (CSV)", "data/actions.csv"),
            json=Link("All actions, for programs (JSON)", "data/actions.json"),
            schema=Link("The fields of every file (JSON Schema)", "data/schema.json"),
            holds=(
                f"{format_count(sum(len(plan.actions) for plan in plans), 'action')} in "
                f"{format_count(len(plans), 'plan')}"
            ),
            registers=tuple(_build_register_row(plan) for plan in plans),
            columns=tuple(REGISTER_COLUMNS.items()),
        ),
        trail=(Link("Plans", "index.html"), Link("Data")),
    )


def register_data_address(plan: Plan, extension: str) -> str:
    """The output path of a plan's register. A `~` after a reserved slug keeps it apart from the files across plans."""
    return f"data/{plan.slug}{'~' if plan.slug.casefold() in _RESERVED_SLUGS else ''}.{extension}"


def _build_register_row(plan: Plan) -> RegisterDataRow:
    return RegisterDataRow(
        plan=plan_link(plan),
        actions=f"{len(plan.actions):,}",
        csv=register_data_address(plan, "csv"),
        json=register_data_address(plan, "json"),
    )


def build_plan_data(dated_site: SiteOnDate, plan: Plan, findings: Sequence[Finding]) -> PlanData:
    """The data of one plan. The site may hold that plan alone."""
    action_records = build_action_records(dated_site, find_paths_with_errors(findings))
    records = [record for record in action_records if record.plan == plan.slug]
    register = build_records(records, plan.actions)
    return PlanData(
        files=(
            (register_data_address(plan, "csv"), _BYTE_ORDER_MARK + render_register_csv(register)),
            (register_data_address(plan, "json"), render_register_json(register)),
        ),
        csv=format_records_csv_lines(records),
        json=format_records_json_items(records),
        search=render_search_rows(dated_site, plan, records),
        next_change=find_next_change(dated_site),
    )


def build_site_data(dated_site: SiteOnDate, plans: Sequence[PlanData]) -> dict[str, str]:
    """The text of the data files across plans, by output path. The site may be without plans."""
    return {
        "data/actions.csv": _BYTE_ORDER_MARK + format_records_csv_header() + "".join(plan.csv for plan in plans),
        "data/actions.json": join_json_items(plan.json for plan in plans),
        "data/schema.json": json.dumps(build_combined_schema(), indent=2, ensure_ascii=False) + "\n",
        "next-change.js": render_next_change_script(find_earliest_change(plans)),
        "robots.txt": _ROBOTS_TXT,
        "search-index.js": render_search_index(dated_site, (plan.search for plan in plans)),
    }


def find_earliest_change(plans: Iterable[PlanData]) -> date | None:
    """The first day on which a page changes by date alone; None if none does."""
    return min((plan.next_change for plan in plans if plan.next_change), default=None)
