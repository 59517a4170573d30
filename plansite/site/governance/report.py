"""The governance report: one page for a board, about all plans on one day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.formatting import format_count
from plansite.model.governance.outcomes import AgeGroup
from plansite.model.page_addresses import GOVERNANCE_PAGE, OWNERS_PAGE, plan_address
from plansite.site.components.page import Link, Page
from plansite.site.contributions import PlanContribution
from plansite.site.governance.contribution import GovernancePart, PlanFigures
from plansite.site.governance.report_rows import (
    MAX_ROWS,
    GovernanceSelection,
    ReportSection,
    build_concern_row,
    build_gap_row,
    list_sections,
)
from plansite.site.lists.action_lists import FINISHED, OPEN, OVERDUE

#: The table of plans, where the numbers of each plan are.
_TABLE = "#by-plan"


@dataclass(frozen=True, slots=True)
class OutcomeFigure:
    """One of the three counts, with what it means, and where its list is."""

    number: int
    words: str
    href: str
    note: str


#: A number with its words, and the address of what it counts; empty where there is nothing.
CountedLink = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class NumberLine:
    """Numbers under one name: the open actions by age, the overdue ones by owner."""

    name: str
    numbers: tuple[CountedLink, ...]


@dataclass(frozen=True, slots=True)
class PlanNumbers:
    """A row of the table of plans: each number with the address of what it counts; 0 has none."""

    plan: Link
    cells: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernanceView:
    """What the report shows. All of it is as at one day, which no script changes.

    `columns`, `age_columns` and `more_columns` are the headings of the table of plans; `totals` are its last row.
    """

    day: date
    lede: str
    unread_files: str
    outcomes: tuple[OutcomeFigure, ...]
    facts: tuple[NumberLine, ...]
    sections: tuple[ReportSection, ...]
    columns: tuple[str, ...]
    age_columns: tuple[str, ...]
    more_columns: tuple[str, ...]
    rows: tuple[PlanNumbers, ...]
    totals: tuple[int, ...]


def select_governance(contribution: PlanContribution) -> GovernanceSelection:
    """The part of a plan, its measures that are a concern, and its incidents with gaps; nothing without a report."""
    if contribution.governance is None:
        return None, (), ()
    return (
        contribution.governance,
        tuple(build_concern_row(row) for row in contribution.measures if row.is_concern),
        tuple(build_gap_row(row) for row in contribution.incidents if row.gaps),
    )


def build_governance_page(dated_site: SiteOnDate, selected: Sequence[GovernanceSelection]) -> Iterator[Page]:
    """`governance.html`, from the contributions of all plans; none in copies without it, or if there is nothing."""
    parts = [part for part, _, _ in selected if part]
    if not parts:
        return
    yield Page(
        path=GOVERNANCE_PAGE,
        template="governance/report.html",
        title="Governance report",
        view=_build_view(dated_site, parts, selected),
        section=GOVERNANCE_PAGE,
        trail=(Link("Plans", "index.html"), Link("Governance report")),
        running_head="Governance report",
    )


def _build_view(
    dated_site: SiteOnDate, parts: Sequence[GovernancePart], selected: Sequence[GovernanceSelection]
) -> GovernanceView:
    totals, unread_files = sum_figures([part.figures for part in parts]), sum(part.unread_files for part in parts)
    sections = tuple(
        list_sections(
            parts,
            [row for _, measures, _ in selected for row in measures],
            [row for _, _, incidents in selected for row in incidents],
            is_unfiltered=dated_site.site.is_unfiltered,
        )
    )
    return GovernanceView(
        day=dated_site.today,
        lede=f"{format_count(len(parts), 'plan')} with {format_count(totals.agreed, 'action')}.",
        unread_files=f"{format_count(unread_files, 'file')} could not be read, and no number here counts them."
        if unread_files
        else "",
        outcomes=_build_outcomes(totals),
        facts=tuple(_list_facts(totals, parts, sections)),
        sections=sections,
        columns=_COLUMNS,
        age_columns=_AGE_COLUMNS,
        more_columns=_MORE_COLUMNS,
        rows=tuple(_build_row(part) for part in sorted(parts, key=_sort_key)),
        totals=tuple(_list_numbers(totals)),
    )


def _build_outcomes(totals: PlanFigures) -> tuple[OutcomeFigure, ...]:
    return (
        OutcomeFigure(
            totals.implemented, "implemented", FINISHED.href, f"of {totals.agreed:,} agreed: the work is done"
        ),
        OutcomeFigure(
            totals.monitored,
            "monitored",
            _TABLE,
            f"of {totals.implemented:,} implemented: there is evidence, and a check or measure shows whether it lasts",
        ),
        OutcomeFigure(
            totals.evaluated,
            "evaluated",
            _TABLE,
            f"of {totals.implemented:,} implemented: somebody else checked, and it is known what came of it",
        ),
    )


def _list_facts(
    totals: PlanFigures, parts: Sequence[GovernancePart], sections: Sequence[ReportSection]
) -> Iterator[NumberLine]:
    """The numbers at the top, each with the address of its list."""
    yield NumberLine("To look at", tuple((each.number, each.label, f"#{each.key}") for each in sections))
    ages = zip(totals.ages, AgeGroup, strict=True)
    yield NumberLine(
        "Open actions",
        ((totals.open, "open", OPEN.href), *((number, group, _TABLE if number else "") for number, group in ages)),
    )
    owners = _sum_owners(parts)
    more = sum(number for number, _, _ in owners[MAX_ROWS:])
    yield NumberLine(
        "Overdue, by owner",
        (
            (totals.overdue, "overdue", OVERDUE.href),
            *owners[:MAX_ROWS],
            *([(more, "of other owners", OWNERS_PAGE)] if more else []),
        ),
    )
    yield NumberLine(
        "Dates moved",
        (
            (totals.moved, "open actions" if totals.moved != 1 else "open action", _TABLE if totals.moved else ""),
            (totals.moves, "moves" if totals.moves != 1 else "move", _TABLE if totals.moves else ""),
            (totals.days_moved, "days later in all", _TABLE if totals.days_moved else ""),
        ),
    )
    yield NumberLine(
        "More time",
        (
            (totals.asked, "asked for", _TABLE if totals.asked else ""),
            (totals.granted, "granted", _TABLE if totals.granted else ""),
            (totals.refused, "refused", _TABLE if totals.refused else ""),
            (totals.undecided, "not decided", "#requests"),
        ),
    )


def sum_figures(every: Sequence[PlanFigures]) -> PlanFigures:
    """The figures of all plans together."""
    sums = {
        field.name: sum(getattr(each, field.name) for each in every)
        for field in fields(PlanFigures)
        if field.name != "ages"
    }
    ages = tuple(map(sum, zip(*(each.ages for each in every), strict=True)))
    return PlanFigures(**sums, ages=ages)


def _sum_owners(parts: Sequence[GovernancePart]) -> tuple[CountedLink, ...]:
    """The owners of overdue actions, those with most first."""
    counts: Counter[Link] = Counter()
    for part in parts:
        counts.update(dict(part.owners))
    ordered = sorted(
        counts.items(), key=lambda pair: (-pair[1], not pair[0].text.strip(), pair[0].text.casefold(), pair[0].href)
    )
    return tuple((number, owner.text.strip() or "with nobody named", owner.href) for owner, number in ordered)


_COLUMNS = ("Agreed", "Implemented", "Monitored", "Evaluated", "Open")
_AGE_COLUMNS = ("0 to 30", "31 to 90", "91 to 180", "Over 180", "Not noted")
_MORE_COLUMNS = ("Overdue", "Dates moved", "More time")


def _list_numbers(figures: PlanFigures) -> Iterator[int]:
    """The numbers of a plan in the order of the columns."""
    yield from (figures.agreed, figures.implemented, figures.monitored, figures.evaluated, figures.open)
    yield from figures.ages
    yield from (figures.overdue, figures.moved, figures.asked)


def _build_row(part: GovernancePart) -> PlanNumbers:
    slug = part.plan.href.split("/")[1]
    paper, board = plan_address(slug, "committee"), plan_address(slug)
    targets = (
        plan_address(slug, "register"),
        *(f"{paper}#worked",) * 3,
        f"{paper}#live",
        *(f"{paper}#{age_anchor(group)}" for group in AgeGroup),
        f"{board}#late",
        f"{paper}#moved",
        f"{paper}#extensions",
    )
    numbers = _list_numbers(part.figures)
    return PlanNumbers(
        part.plan, tuple((number, href if number else "") for number, href in zip(numbers, targets, strict=True))
    )


def age_anchor(group: AgeGroup) -> str:
    """Where on a committee paper the open actions of an age are."""
    return f"age-{group.name.lower().replace('_', '-')}"


def _sort_key(part: GovernancePart) -> tuple[int, int, str, str]:
    """Plans with most overdue actions first, then those with most open ones, then by title."""
    return -part.figures.overdue, -part.figures.open, part.plan.text.casefold(), part.plan.href
