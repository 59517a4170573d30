"""The data files of plans and of the site, and the page that explains them."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.exports.action_records import ActionRecord
from plansite.exports.csv_cells import format_csv_file
from plansite.exports.data_formats import format_records_csv_header, join_json_items
from plansite.exports.register_data import REGISTER_COLUMNS, build_records, render_register_csv, render_register_json
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_count
from plansite.model.page_addresses import DATA_PAGE, ROBOTS_FILE, register_data_address
from plansite.model.site import Site
from plansite.schema import build_combined_schema
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import plan_link
from plansite.site.data.next_change import render_next_change_script
from plansite.site.downloads.download_links import (
    DownloadLink,
    DownloadPersonRow,
    list_people_downloads,
    list_plan_downloads,
    list_site_downloads,
)

#: Crawlers are allowed so that they read the HTTP header that forbids them to index the site.
_ROBOTS_TXT = "User-agent: *\nAllow: /\n"
#: The output paths of the data files across plans.
SITE_DATA_PATHS = ("data/actions.csv", "data/actions.json", "data/schema.json", "next-change.js", ROBOTS_FILE)


@dataclass(frozen=True, slots=True)
class RegisterDataRow:
    """The data files of one plan: the plan, how many actions it has, and links to the files."""

    plan: Link
    actions: str
    files: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataView:
    """What the page shows; `columns` are those of a register with what each holds.

    `downloads` and `people` are the registers that the site offers besides.
    """

    csv: Link
    json: Link
    schema: Link
    holds: str
    registers: tuple[RegisterDataRow, ...]
    downloads: tuple[DownloadLink, ...]
    people: tuple[DownloadPersonRow, ...]
    columns: tuple[tuple[str, str], ...]


def build_data_page(dated_site: SiteOnDate) -> Page:
    """`data.html`: which data files there are and what they hold."""
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
            registers=tuple(_build_register_row(dated_site.site, plan) for plan in plans),
            downloads=list_site_downloads(dated_site.site),
            people=tuple(list_people_downloads(dated_site.site)),
            columns=tuple(REGISTER_COLUMNS.items()),
        ),
        trail=(Link("Plans", "index.html"), Link("Data")),
    )


def _build_register_row(site: Site, plan: Plan) -> RegisterDataRow:
    csv, json = (Link(ending.upper(), register_data_address(plan, ending)) for ending in ("csv", "json"))
    files = (*list_plan_downloads(site, plan), csv, json)
    return RegisterDataRow(plan=plan_link(plan), actions=f"{len(plan.actions):,}", files=files)


def render_plan_data_files(site: Site, plan: Plan, records: Sequence[ActionRecord]) -> Iterator[tuple[str, str]]:
    """The text of the data files of one plan, by output path. `records` are those of its actions."""
    register = build_records(records, plan.actions, site)
    yield register_data_address(plan, "csv"), format_csv_file(render_register_csv(register))
    yield register_data_address(plan, "json"), render_register_json(register)


def render_site_data_files(
    csv_parts: Iterable[str], json_parts: Iterable[str], next_change: date | None
) -> Iterator[tuple[str, str]]:
    """The text of the data files across plans, by output path, from the part of each plan.

    `next_change` is the first day on which a page changes by date alone.
    """
    yield "data/actions.csv", format_csv_file(format_records_csv_header(), *csv_parts)
    yield "data/actions.json", join_json_items(json_parts)
    yield "data/schema.json", _format_schema()
    yield "next-change.js", render_next_change_script(next_change)
    yield ROBOTS_FILE, _ROBOTS_TXT


@functools.cache
def _format_schema() -> str:
    """The schema of all kinds of files as JSON without white space. The same for every site, it is made once."""
    return json.dumps(build_combined_schema(), ensure_ascii=False, separators=(",", ":")) + "\n"
