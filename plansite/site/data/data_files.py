"""Data files for spreadsheets, programs and scripts, and the page that explains them."""

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
from plansite.model.page_addresses import DATA_PAGE, ROBOTS_FILE, SEARCH_INDEX, register_data_address
from plansite.model.plan import Plan
from plansite.schema import build_combined_schema
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import plan_link
from plansite.site.data.next_change import find_next_change, render_next_change_script
from plansite.site.data.register_data import REGISTER_COLUMNS, build_records, render_register_csv, render_register_json
from plansite.site.pages.search import render_search_index, render_search_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanData:
    """One plan's own data files by output path, and its part of the files for all plans.

    `next_change` is the first day on which anything in it changes by itself.
    """

    files: tuple[tuple[str, str], ...]
    csv: str
    json: str
    search: str
    next_change: date | None


#: Crawlers may come and are told by a header to keep nothing; a refusal here would hide that header from them.
_ROBOTS_TXT = "User-agent: *\nAllow: /\n"
#: Tells spreadsheet programs that a file is UTF-8; without it some show “é” as two other letters.
_BYTE_ORDER_MARK = "\ufeff"
#: The data files across plans.
SITE_DATA_PATHS = frozenset(
    {"data/actions.csv", "data/actions.json", "data/schema.json", "next-change.js", ROBOTS_FILE, SEARCH_INDEX}
)


@dataclass(frozen=True, slots=True)
class RegisterDataRow:
    """One plan's data: the plan, how many actions it has, and the addresses of its two files."""

    plan: Link
    actions: str
    csv: str
    json: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DataView:
    """What the page shows; `columns` are the columns of a register with what they hold."""

    csv: Link
    json: Link
    schema: Link
    holds: str
    registers: tuple[RegisterDataRow, ...]
    columns: tuple[tuple[str, str], ...]


def build_data_page(dated_site: SiteOnDate) -> Page:
    """The page that says which data there is and how to read it."""
    plans = dated_site.site.plans
    return Page(
        path=DATA_PAGE,
        template="data/data.html",
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


def _build_register_row(plan: Plan) -> RegisterDataRow:
    return RegisterDataRow(
        plan=plan_link(plan),
        actions=f"{len(plan.actions):,}",
        csv=register_data_address(plan, "csv"),
        json=register_data_address(plan, "json"),
    )


def build_plan_data(dated_site: SiteOnDate, plan: Plan, findings: Sequence[Finding]) -> PlanData:
    """The data of one plan. The site may be that plan alone."""
    every = [
        entry for entry in build_action_records(dated_site, find_paths_with_errors(findings)) if entry.plan == plan.slug
    ]
    found = build_records(every, plan.actions)
    return PlanData(
        files=(
            (register_data_address(plan, "csv"), _BYTE_ORDER_MARK + render_register_csv(found)),
            (register_data_address(plan, "json"), render_register_json(found)),
        ),
        csv=format_records_csv_lines(every),
        json=format_records_json_items(every),
        search=render_search_rows(dated_site, plan, every),
        next_change=find_next_change(dated_site),
    )


def build_site_data(dated_site: SiteOnDate, plans: Sequence[PlanData]) -> dict[str, str]:
    """The data files across plans, by output path. They need no body of an action."""
    return {
        "data/actions.csv": _BYTE_ORDER_MARK + format_records_csv_header() + "".join(plan.csv for plan in plans),
        "data/actions.json": join_json_items(plan.json for plan in plans),
        "data/schema.json": json.dumps(build_combined_schema(), indent=2, ensure_ascii=False) + "\n",
        "next-change.js": render_next_change_script(find_earliest_change(plans)),
        ROBOTS_FILE: _ROBOTS_TXT,
        SEARCH_INDEX: render_search_index(dated_site, (plan.search for plan in plans)),
    }


def find_earliest_change(plans: Iterable[PlanData]) -> date | None:
    """The first day on which anything changes by itself."""
    return min((plan.next_change for plan in plans if plan.next_change), default=None)
