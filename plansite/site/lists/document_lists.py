"""The lists of incidents and of measures across plans. A site without any has no such list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from plansite.deferred_dataclass import dataclass
from plansite.model.formatting import format_count, format_list, has_or_have, is_or_are
from plansite.model.page_addresses import INCIDENTS_PAGE, LEARNING_PAGE, MEASURES_PAGE
from plansite.site.components.page import Link, Page
from plansite.site.components.pagination import ROWS_PER_PAGE, Pager, build_pager, numbered_address
from plansite.site.incidents.incident_rows import IncidentRow
from plansite.site.measures.measure_pages import MeasureRow

Row = TypeVar("Row", IncidentRow, MeasureRow)


#: The colour roles of the tags of incidents, in the order of the list.
_INCIDENT_ORDER = {"late": 0, "risk": 1, "track": 2, "status": 3, "proof": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteIncidentsView:
    """A page of the list of incidents. From `until` on its lede is another. `learning` is a link, if there is any."""

    title: str
    lede: str
    until: date | None
    rows: tuple[IncidentRow, ...]
    learning: Link
    pager: Pager | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteMeasuresView:
    """A page of the list of measures."""

    title: str
    lede: str
    rows: tuple[MeasureRow, ...]
    pager: Pager | None


def build_incident_list(rows: Iterable[IncidentRow]) -> Iterator[Page]:
    """`incidents.html`, split where it is too long: what is late first, then what has gaps; each part newest first."""
    ordered = sorted(rows, key=lambda row: row.day or date.min, reverse=True)
    ordered.sort(key=lambda row: _INCIDENT_ORDER.get(row.tag.role, 0))
    lede, until = _describe_incidents(ordered), min((row.until for row in ordered if row.until), default=None)
    has_learning = any(row.has_learning for row in ordered)
    learning = Link("Learning for each service", LEARNING_PAGE if has_learning else "")
    for path, title, pager, part in _split(INCIDENTS_PAGE, "Incidents", ordered):
        view = SiteIncidentsView(title=title, lede=lede, until=until, rows=part, learning=learning, pager=pager)
        yield _build_page(path, "lists/incidents.html", view, INCIDENTS_PAGE)


def build_measure_list(rows: Iterable[MeasureRow]) -> Iterator[Page]:
    """`measures.html`, split where it is too long: measures that are a concern first, then by plan."""
    measures = sorted(rows, key=lambda row: not row.is_concern)
    concerns = sum(row.is_concern for row in measures)
    lede = f"{format_count(len(measures), 'measure')} in {_count_plans(measures)}."
    if concerns:
        lede = f"{lede} {concerns:,} {is_or_are(concerns)} a concern."
    for path, title, pager, part in _split(MEASURES_PAGE, "Measures", measures):
        view = SiteMeasuresView(title=title, lede=lede, rows=part, pager=pager)
        yield _build_page(path, "lists/measures.html", view, MEASURES_PAGE)


def _describe_incidents(rows: Sequence[IncidentRow]) -> str:
    with_gaps = sum(row.gaps > 0 and not row.is_unexamined for row in rows)
    without_finding = sum(row.is_unexamined for row in rows)
    open_ones = [f"{with_gaps:,} {has_or_have(with_gaps)} gaps"] if with_gaps else []
    open_ones += [f"{without_finding:,} {is_or_are(without_finding)} not looked into yet"] if without_finding else []
    sentence = format_list(open_ones) or "None has a gap"
    return f"{format_count(len(rows), 'incident')} in {_count_plans(rows)}. {sentence}."


def _count_plans(rows: Sequence[IncidentRow] | Sequence[MeasureRow]) -> str:
    return format_count(len({row.plan for row in rows}), "plan")


def _split(address: str, title: str, rows: Sequence[Row]) -> Iterator[tuple[str, str, Pager | None, tuple[Row, ...]]]:
    """Each page of a list: its path, its title, the links between the pages, and its rows. None without rows."""
    starts = range(0, len(rows), ROWS_PER_PAGE)
    paths = [numbered_address(address, number) for number, _ in enumerate(starts, 1)]
    for number, start in enumerate(starts, 1):
        part_title = title if number == 1 else f"{title}, page {number}"
        yield paths[number - 1], part_title, build_pager(paths, number), tuple(rows[start : start + ROWS_PER_PAGE])


def _build_page(path: str, template: str, view: SiteIncidentsView | SiteMeasuresView, address: str) -> Page:
    return Page(
        path=path,
        template=template,
        title=view.title,
        view=view,
        section=address,
        trail=(Link("Plans", "index.html"), Link(view.title)),
    )
