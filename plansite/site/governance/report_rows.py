"""The lists of the governance report: what needs a board's attention, and what went well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from plansite.deferred_dataclass import dataclass
from plansite.model.formatting import format_count, format_list, format_long_date, is_or_are
from plansite.model.governance.returning_themes import ReturnedTheme, ThemeKind, find_returned_themes
from plansite.model.governance.similar_titles import find_similar, split_title
from plansite.site.components.page import Link
from plansite.site.governance.contribution import GovernancePart, GovernanceRow
from plansite.site.incidents.incident_rows import IncidentRow
from plansite.site.lists.action_lists import FINISHED
from plansite.site.measures.measure_pages import MeasureRow

#: Of what went well and of owners with overdue actions the report lists so many; a link leads to all.
MAX_ROWS = 30
#: Of groups of similar actions it lists so many.
MAX_GROUPS = 100
#: Of a group of similar actions so many are named beside the first.
_MAX_OTHERS = 5
_KIND_WORDS = {
    ThemeKind.TAG: "Tag",
    ThemeKind.STANDARD: "Standard",
    ThemeKind.GOAL: "Goal",
    ThemeKind.FACTOR: "Factor",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSection:
    """A list of the report under its heading. `label` follows its number in the summary; `empty` is said without rows.

    `number` is what is counted, `more` leads to what is not listed here.
    """

    key: str
    title: str
    label: str
    number: int
    rows: tuple[GovernanceRow, ...]
    empty: str
    note: str = ""
    more: Link = Link("")


#: The part of a plan, its measures that are a concern, and its incidents with gaps.
GovernanceSelection = tuple[GovernancePart | None, tuple[GovernanceRow, ...], tuple[GovernanceRow, ...]]


def build_concern_row(row: MeasureRow) -> GovernanceRow:
    """A measure that is a concern, with what its chart shows."""
    return GovernanceRow(title=row.title, plan=row.plan, words=row.verdict, when=row.figure)


def build_gap_row(row: IncidentRow) -> GovernanceRow:
    """An incident with gaps, with how it stands."""
    severity = f"{row.severity[:1].upper()}{row.severity[1:]}"
    return GovernanceRow(title=row.title, plan=row.plan, words=row.sentence, when=severity, day=row.day)


def list_sections(
    parts: Sequence[GovernancePart],
    measures: Sequence[GovernanceRow],
    incidents: Sequence[GovernanceRow],
    *,
    is_unfiltered: bool,
) -> Iterator[ReportSection]:
    """The lists in the order of urgency. Those of what may only be hidden are not in copies for an audience."""
    yield _build_notices(parts)
    yield _build_interim(parts)
    yield _build_requests(parts)
    yield _build_measures(measures)
    yield _build_incidents(incidents)
    if is_unfiltered:
        yield _build_learning(parts)
    yield _build_duplicates(parts)
    if is_unfiltered:
        yield _build_themes(parts)
    yield _build_finished(parts)


def _build_notices(parts: Sequence[GovernancePart]) -> ReportSection:
    clocks = sorted((clock for part in parts for clock in part.clocks), key=lambda clock: clock.due or date.max)
    late = sum(clock.is_late for clock in clocks)
    return ReportSection(
        key="notices",
        title="Notices to answer",
        label=f"{'notice' if len(clocks) == 1 else 'notices'} to answer",
        number=len(clocks),
        note=f"{late:,} {is_or_are(late)} overdue." if late else "",
        rows=tuple(
            GovernanceRow(
                title=clock.title,
                plan=clock.plan,
                words=f"From {clock.sender.text}." if clock.sender.text else "",
                when=clock.when,
                day=clock.due,
                is_late=clock.is_late,
            )
            for clock in clocks
        ),
        empty="No notice waits for a reply.",
    )


def _build_interim(parts: Sequence[GovernancePart]) -> ReportSection:
    rows = _sort_by_day(row for part in parts for row in part.interim)
    return ReportSection(
        key="interim",
        title="Interim controls not checked",
        label=f"interim {'check' if len(rows) == 1 else 'checks'} late",
        number=len(rows),
        note="What keeps people safe until the work is done",
        rows=rows,
        empty="No check of an interim control is late.",
    )


def _build_requests(parts: Sequence[GovernancePart]) -> ReportSection:
    rows = _sort_by_day(row for part in parts for row in part.requests)
    return ReportSection(
        key="requests",
        title="More time to decide on",
        label=f"{'request' if len(rows) == 1 else 'requests'} for more time",
        number=len(rows),
        rows=rows,
        empty="No request for more time waits for a decision.",
    )


def _build_measures(measures: Sequence[GovernanceRow]) -> ReportSection:
    return ReportSection(
        key="measures",
        title="Measures in concern",
        label=f"{'measure' if len(measures) == 1 else 'measures'} in concern",
        number=len(measures),
        rows=tuple(measures),
        empty="No measure is a concern.",
    )


def _build_incidents(incidents: Sequence[GovernanceRow]) -> ReportSection:
    newest = sorted(incidents, key=lambda row: row.day or date.min, reverse=True)
    return ReportSection(
        key="incidents",
        title="Incidents with open gaps",
        label=f"{'incident' if len(newest) == 1 else 'incidents'} with gaps",
        number=len(newest),
        rows=tuple(newest),
        empty="No incident has an open gap.",
    )


def _build_learning(parts: Sequence[GovernancePart]) -> ReportSection:
    rows = _sort_by_day(row for part in parts for row in part.learning)
    return ReportSection(
        key="learning",
        title="Learning not confirmed",
        label=f"{'incident' if len(rows) == 1 else 'incidents'} with learning not confirmed",
        number=len(rows),
        note="Services that have not confirmed reading it",
        rows=rows,
        empty="Every service has confirmed reading what was learnt.",
    )


def _build_duplicates(parts: Sequence[GovernancePart]) -> ReportSection:
    titles = [(*entry, part.plan) for part in parts for entry in part.open_titles]
    words = {title: split_title(title) for title in {title for title, *_ in titles}}
    groups = find_similar([words[title] for title, *_ in titles], [meeting for _, _, meeting, _ in titles])
    note = "Open actions of several plans or meetings whose titles share most of their words."
    if len(groups) > MAX_GROUPS:
        note = f"{note} The {MAX_GROUPS} largest groups are listed."
    largest = sorted(groups, key=lambda group: (-len(group), group))[:MAX_GROUPS]
    return ReportSection(
        key="duplicates",
        title="Nearly the same action twice",
        label=f"{'group' if len(groups) == 1 else 'groups'} of similar actions",
        number=len(groups),
        note=note if groups else "",
        rows=tuple(_build_group_row([titles[position] for position in group]) for group in largest),
        empty="No two open actions of different plans or meetings have nearly the same title.",
    )


def _build_group_row(group: Sequence[tuple[str, str, str, Link]]) -> GovernanceRow:
    """Similar actions in a row: the first with its plan, and links to others."""
    (title, address, _, plan), *others = group
    return GovernanceRow(
        title=Link(title, address),
        plan=plan,
        words="",
        others=tuple(Link(other, href) for other, href, _, _ in others[:_MAX_OTHERS]),
        more=len(others[_MAX_OTHERS:]),
        when=f"{len(group):,} times",
    )


def _build_themes(parts: Sequence[GovernancePart]) -> ReportSection:
    plans = {part.plan.href.rpartition("/")[0]: part.plan for part in parts}
    themes = find_returned_themes([theme for part in parts for theme in part.themes])
    return ReportSection(
        key="themes",
        title="Themes that came back",
        label=f"{'theme' if len(themes) == 1 else 'themes'} came back",
        number=len(themes),
        note="All actions were finished, and a month later or more there was a new one" if themes else "",
        rows=tuple(_build_theme_row(theme, plans) for theme in themes),
        empty="No theme came back after all of its actions were finished.",
    )


def _build_theme_row(theme: ReturnedTheme, plans: dict[str, Link]) -> GovernanceRow:
    return GovernanceRow(
        title=Link(theme.title, theme.address),
        plan=plans.get("/".join(theme.address.split("/")[:2]), Link("")),
        words=f"{_KIND_WORDS[theme.kind]} “{theme.label}”: closed on {format_long_date(theme.closed)}.",
        when="Back since",
        day=theme.back,
    )


def _build_finished(parts: Sequence[GovernancePart]) -> ReportSection:
    rows = sorted(
        chain.from_iterable(part.finished for part in parts), key=lambda row: row.day or date.min, reverse=True
    )
    checked = sum(row.when == "Checked" for row in rows)
    finished = len(rows) - checked
    counts = [f"{finished:,} finished"] if finished else []
    counts += [f"{checked:,} checked by somebody else"] if checked else []
    return ReportSection(
        key="finished",
        title="What went well",
        label="finished or checked in the last 3 months",
        number=len(rows),
        note=f"In the last 3 months: {format_list(counts)}. Thank you." if rows else "",
        rows=tuple(rows[:MAX_ROWS]),
        empty="Nothing was finished or checked in the last 3 months.",
        more=Link(f"All {format_count(len(rows), 'action')}, by month", FINISHED.href)
        if len(rows) > MAX_ROWS
        else Link(""),
    )


def _sort_by_day(rows: Iterable[GovernanceRow]) -> tuple[GovernanceRow, ...]:
    return tuple(sorted(rows, key=lambda row: row.day or date.max))
