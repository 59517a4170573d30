"""Data files for spreadsheets, programs and scripts, and the page that explains them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from plansite.checks.check import needs_attention
from plansite.listing.entries import entries
from plansite.listing.records import csv_head, csv_rows, json_joined, json_rows
from plansite.model.course import Outlook
from plansite.model.findings import Finding
from plansite.model.plan import Plan
from plansite.model.words import count
from plansite.schema import whole_schema
from plansite.site.addresses import plan_link
from plansite.site.next_change import next_change, next_change_script
from plansite.site.page import Link, Page
from plansite.site.plan_data import PlanData
from plansite.site.register_data import COLUMNS, records, register_csv, register_json
from plansite.site.search import search_index, search_rows

#: Crawlers may come and are told by a header to keep nothing; a refusal here would hide that header from them.
_ROBOTS = "User-agent: *\nAllow: /\n"
#: Tells spreadsheet programs that a file is UTF-8; without it some show “é” as two other letters.
_MARK = "\ufeff"
_OURS = frozenset({"actions", "schema"})
#: The data files across plans.
WHOLE = frozenset(
    {"data/actions.csv", "data/actions.json", "data/schema.json", "next-change.js", "robots.txt", "search-index.js"}
)


@dataclass(frozen=True, slots=True)
class Register:
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
    registers: tuple[Register, ...]
    columns: tuple[tuple[str, str], ...]


def data_page(outlook: Outlook) -> Page:
    """The page that says which data there is and how to read it."""
    plans = outlook.site.plans
    return Page(
        path="data.html",
        template="data.html",
        title="Data",
        view=DataView(
            csv=Link("All actions, as a spreadsheet (CSV)", "data/actions.csv"),
            json=Link("All actions, for programs (JSON)", "data/actions.json"),
            schema=Link("The fields of every file (JSON Schema)", "data/schema.json"),
            holds=f"{count(sum(len(plan.actions) for plan in plans), 'action')} in {count(len(plans), 'plan')}",
            registers=tuple(_register(plan) for plan in plans),
            columns=tuple(COLUMNS.items()),
        ),
        trail=(Link("Plans", "index.html"), Link("Data")),
    )


def register_file(plan: Plan, ending: str) -> str:
    """Where a plan's register lies. No plan's folder holds `~`, so none can take the place of the files for all."""
    return f"data/{plan.slug}{'~' if plan.slug.casefold() in _OURS else ''}.{ending}"


def _register(plan: Plan) -> Register:
    return Register(
        plan=plan_link(plan),
        actions=f"{len(plan.actions):,}",
        csv=register_file(plan, "csv"),
        json=register_file(plan, "json"),
    )


def plan_data(outlook: Outlook, plan: Plan, findings: Sequence[Finding]) -> PlanData:
    """The data of one plan. The site may be that plan alone."""
    every = [entry for entry in entries(outlook, needs_attention(findings)) if entry.plan == plan.slug]
    found = records(every, plan.actions)
    return PlanData(
        files=(
            (register_file(plan, "csv"), _MARK + register_csv(found)),
            (register_file(plan, "json"), register_json(found)),
        ),
        csv=csv_rows(every),
        json=json_rows(every),
        search=search_rows(outlook, plan, every),
        next_change=next_change(outlook),
    )


def site_data(outlook: Outlook, plans: Sequence[PlanData]) -> dict[str, str]:
    """The data files across plans, by output path. They need no body of an action."""
    return {
        "data/actions.csv": _MARK + csv_head() + "".join(plan.csv for plan in plans),
        "data/actions.json": json_joined(plan.json for plan in plans),
        "data/schema.json": json.dumps(whole_schema(), indent=2, ensure_ascii=False) + "\n",
        "next-change.js": next_change_script(first_change(plans)),
        "robots.txt": _ROBOTS,
        "search-index.js": search_index(outlook, (plan.search for plan in plans)),
    }


def first_change(plans: Iterable[PlanData]) -> date | None:
    """The first day on which anything changes by itself."""
    return min((plan.next_change for plan in plans if plan.next_change), default=None)
