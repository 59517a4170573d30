"""A plan's measures, and the page of each: the latest reading, the line of all readings, and the data."""

from __future__ import annotations

import math
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plansite.markdown.html import resolve
from plansite.model.course import Outlook
from plansite.model.plan import Measure, Plan, Reading
from plansite.model.status import Direction, MeasureKind
from plansite.model.words import count, long_date
from plansite.site.actions import SectionView
from plansite.site.addresses import document_page, edit_url, plan_link, plan_page
from plansite.site.charts import Chart, chart_of, decimal
from plansite.site.goals import goals_of
from plansite.site.links import Addresses
from plansite.site.page import Link, Page
from plansite.site.plan_head import PlanHead, plan_head, plan_trail
from plansite.site.reviews import sections_of

#: Up to so many readings the table stands open.
_OPEN = 12
_DIRECTIONS = {
    Direction.UP: "Higher is better.",
    Direction.DOWN: "Lower is better.",
    Direction.NEUTRAL: "Neither way is better in itself.",
}
_KINDS = {
    MeasureKind.OUTCOME: "Outcome: what it is like for people",
    MeasureKind.PROCESS: "Process: whether the work is done",
    MeasureKind.BALANCING: "Balancing: whether something else gets worse",
}


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure in the list."""

    title: Link
    figure: str
    when: str
    sentence: str
    kind: str
    state: str
    goals: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuresView:
    """What the list of measures shows."""

    head: PlanHead
    rows: tuple[MeasureRow, ...]


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A reading in the table. `of` is "11 of 26" for a count; `reached` is empty where there is no target to reach."""

    when: str
    iso: str
    figure: str
    of: str
    reached: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureView:
    """What a measure's own page shows. `headline` and `description` say only what the readings say themselves."""

    title: str
    plan: Link
    headline: str
    caption: str
    description: str
    chart: Chart | None
    figure: str
    when: str
    target: str
    direction: str
    kind: str
    source: str
    state: str
    goals: tuple[Link, ...]
    rebases: tuple[tuple[date | None, str], ...]
    about: str
    sections: tuple[SectionView, ...]
    readings: tuple[ReadingRow, ...]
    counted: str
    is_open: bool
    download: str
    file: str
    edit: str


def measure_pages(outlook: Outlook, plan: Plan, addresses: Addresses) -> Iterator[Page]:
    """The list of a plan's measures, and a page for each; nothing where there are none."""
    if not plan.measures:
        return
    yield Page(
        path=plan_page(plan.slug, "measures"),
        template="measures.html",
        title=f"Measures: {plan.title}",
        view=MeasuresView(
            head=plan_head(outlook, plan, "measures"),
            rows=tuple(_row(plan, measure) for measure in plan.measures),
        ),
        section="plans",
        trail=plan_trail(plan, Link("Measures")),
    )
    for measure in plan.measures:
        yield Page(
            path=document_page(measure),
            template="measure.html",
            title=measure.title,
            view=_view(outlook, plan, measure, addresses),
            section="plans",
            trail=plan_trail(plan, Link("Measures", plan_page(plan.slug, "measures")), Link(measure.title)),
        )


def is_share(measure: Measure) -> bool:
    """Its readings are counts out of a whole, and are shown as percentages."""
    return bool(measure.readings) and all(reading.d is not None for reading in measure.readings)


def target_of(measure: Measure) -> float | None:
    """The target in the terms of the readings; beside shares, one above 1 or with a "%" in its unit is a percentage."""
    is_percentage = measure.unit.strip().startswith("%") or (measure.target or 0) > 1
    if measure.target is not None and is_share(measure) and is_percentage:
        return measure.target / 100
    return measure.target


def figure(value: float) -> str:
    """A number as a sentence has it: no needless noughts, thousands apart; small ones with three figures."""
    if value == 0 or abs(value) < 1e-12:
        return "0"
    return decimal(value, min(8, max(2, 2 - math.floor(math.log10(abs(value))))) if abs(value) < 1e9 else 0)


def latest_in_short(measure: Measure) -> str:
    """The latest reading in a few words: "1.9, December 2024"; empty without readings."""
    if not measure.readings:
        return ""
    latest = measure.readings[-1]
    return f"{_shown(measure, latest.value)}, {_when(measure, latest.date)}"


def _row(plan: Plan, measure: Measure) -> MeasureRow:
    latest = measure.readings[-1] if measure.readings else None
    return MeasureRow(
        title=Link(measure.title, document_page(measure)),
        figure=_shown(measure, latest.value) if latest else "No reading",
        when=_when(measure, latest.date) if latest else "",
        sentence=" ".join(text for text in (_target(measure), _DIRECTIONS[measure.direction]) if text),
        kind=_KINDS[measure.kind].partition(":")[0] if measure.kind else "",
        state=measure.state.capitalize(),
        goals=goals_of(plan, measure),
    )


def _view(outlook: Outlook, plan: Plan, measure: Measure, addresses: Addresses) -> MeasureView:
    readings, folder = measure.readings, posixpath.dirname(measure.path)
    latest, file = (readings[-1] if readings else None), f"{measure.slug}.csv"
    share = is_share(measure)
    return MeasureView(
        title=measure.title,
        plan=plan_link(plan),
        headline=_headline(measure),
        caption=_caption(measure),
        description=_description(measure),
        chart=chart_of(readings, target_of(measure), factor=100 if share else 1, suffix=_sign(measure)),
        figure=_with_unit(measure, latest.value) if latest else "",
        when=_when(measure, latest.date) if latest else "",
        target=_target(measure),
        direction=_DIRECTIONS[measure.direction],
        kind=_KINDS[measure.kind] if measure.kind else "",
        source=measure.source,
        state=measure.state.capitalize(),
        goals=goals_of(plan, measure),
        rebases=tuple((rebase.date, rebase.reason) for rebase in measure.rebase),
        about=resolve(measure.body.intro, addresses.of(measure)),
        sections=sections_of(measure, addresses, ()),
        readings=tuple(_reading(measure, reading) for reading in readings),
        counted=count(len(readings), "reading"),
        is_open=len(readings) <= _OPEN,
        download=addresses.target(file, folder),
        file=file,
        edit=edit_url(outlook.site, measure.path),
    )


def _sign(measure: Measure) -> str:
    return "%" if is_share(measure) or measure.unit.strip().startswith("%") else ""


def _shown(measure: Measure, value: float) -> str:
    """A value with its per cent sign, without the rest of its unit."""
    return f"{figure(round(value * 100, 1) if is_share(measure) else value)}{_sign(measure)}"


def _with_unit(measure: Measure, value: float) -> str:
    """A value with its unit: "4 falls", "86.8% of visits"."""
    unit = measure.unit.strip()
    if unit.startswith("%"):
        return f"{_shown(measure, value)} {unit[1:].strip()}".strip()
    if value == 1 and unit.isalpha() and unit.endswith("s") and not unit.endswith("ss"):
        unit = unit[:-1]
    return f"{_shown(measure, value)} {unit}".strip() if not is_share(measure) else _shown(measure, value)


def _is_monthly(measure: Measure) -> bool:
    return all(reading.date.day == 1 for reading in measure.readings)


def _when(measure: Measure, day: date) -> str:
    """The month where readings are dated on the first of months; else the day."""
    return long_date(day).partition(" ")[2] if _is_monthly(measure) else long_date(day)


def _headline(measure: Measure) -> str:
    """What is certain: the latest reading, and the target."""
    if not measure.readings:
        return " ".join(text for text in ("There are no readings yet.", _target(measure)) if text)
    latest = measure.readings[-1]
    preposition = "in" if _is_monthly(measure) else "on"
    said = f"The latest reading is {_with_unit(measure, latest.value)}, {preposition} {_when(measure, latest.date)}."
    return f"{said} {_target(measure)}".strip()


def _target(measure: Measure) -> str:
    aim = target_of(measure)
    if aim is None:
        return ""
    less = "less" if _sign(measure) else "fewer"
    bound = {Direction.UP: " or more", Direction.DOWN: f" or {less}", Direction.NEUTRAL: ""}[measure.direction]
    return f"The target is {_shown(measure, aim)}{bound}."


def _caption(measure: Measure) -> str:
    """What the line shows, over what time, and which way is better."""
    unit = measure.unit.strip()
    what = unit[:1].upper() + unit[1:] if unit else measure.title
    if not measure.readings:
        return ""
    first, last = (_when(measure, measure.readings[at].date) for at in (0, -1))
    span = first if first == last else f"{first} to {last}"
    return f"{what}, {span}. {_DIRECTIONS[measure.direction]}"


def _description(measure: Measure) -> str:
    """The picture in words, for those who cannot see it."""
    if not measure.readings:
        return ""
    low = min(measure.readings, key=lambda reading: reading.value)
    high = max(measure.readings, key=lambda reading: reading.value)
    lowest = f"The lowest is {_shown(measure, low.value)} ({_when(measure, low.date)})"
    range_ = f"{lowest}, the highest {_shown(measure, high.value)} ({_when(measure, high.date)})."
    if low.value == high.value:
        range_ = "It stands" if len(measure.readings) == 1 else "All stand"
        range_ += f" at {_shown(measure, low.value)}."
    told = f"Line chart of {count(len(measure.readings), 'reading')}. {range_} {_target(measure)}"
    return f"{told.strip()} The table below holds every reading."


def _reading(measure: Measure, reading: Reading) -> ReadingRow:
    of = f"{figure(reading.n)} of {figure(reading.d)}" if reading.n is not None and reading.d is not None else ""
    iso = reading.date.isoformat()
    return ReadingRow(
        when=_when(measure, reading.date),
        iso=iso[:7] if _is_monthly(measure) else iso,
        figure=_shown(measure, reading.value),
        of=of,
        reached=_reached(measure, reading.value),
    )


def _reached(measure: Measure, value: float) -> str:
    aim = target_of(measure)
    if aim is None or measure.direction is Direction.NEUTRAL:
        return ""
    is_reached = value >= aim if measure.direction is Direction.UP else value <= aim
    return "Reached" if is_reached else "Not reached"
