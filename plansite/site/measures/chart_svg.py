"""The chart of a measure as an SVG file of its own, with its headline and its key: it looks right without a page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, tostring

from plansite.model.documents.measure import Measure
from plansite.site.charts.line_chart import LineChart
from plansite.site.measures.chart_texts import build_caption, describe_chart
from plansite.site.measures.measure_chart import MeasureChart, build_measure_chart
from plansite.site.measures.measure_figures import MeasureFigures
from plansite.site.measures.measure_statistics import MeasureStatistics
from plansite.spc.days_between import DaysBetween
from plansite.spc.xmr import XmrChart

_NAMESPACE = "http://www.w3.org/2000/svg"
#: Sizes in pixels.
_WIDTH, _MARGIN, _LINE, _KEY_COLUMN, _PLOT_TOP = 960, 24, 22, 300, 20
_CHARACTERS = 112
_SHAPES = {"better": "M0-6.5L6.5 0L0 6.5L-6.5 0z", "worse": "M-5-5H5V5H-5z", "unusual": "M0-6L6 5H-6z"}
_LINES = ("mean", "limit", "target", "baseline")
#: The colours of the default theme, by class: in light, and what differs in dark.
_STYLE = """
text { font: 13px system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif; fill: #515a61; }
.paper { fill: #faf9f6; } .title, .word { fill: #1a2126; font-weight: 600; } .title { font-size: 15px; }
.end { text-anchor: end; } .mid { text-anchor: middle; } .target-word { fill: #b3161b; }
line { fill: none; } .axis { stroke: #85847c; } .grid { stroke: #dedad1; } .path { stroke: #515a61; stroke-width: 1.5; }
.mean { stroke: #1a2126; stroke-width: 1.5; } .limit { stroke: #515a61; stroke-width: 1.25; stroke-dasharray: 3 4; }
.target { stroke: #b3161b; stroke-width: 1.75; stroke-dasharray: 9 5; }
.baseline { stroke: #515a61; stroke-width: 1.5; stroke-dasharray: 10 4 2 4; } .unfinished { stroke-dasharray: 2 4; }
.point { stroke: #1a2126; stroke-width: 1.5; } .common { fill: #a6a6a6; } .better { fill: #00b0f0; }
.worse { fill: #e46c0a; } .unusual, .small, .open { fill: #faf9f6; } .small, .open { stroke-dasharray: 2 1.5; }
@media (prefers-color-scheme: dark) {
text { fill: #a8b1b6; } .paper, .unusual, .small, .open { fill: #14191c; } .title, .word { fill: #e9e7e2; }
.target-word { fill: #ff8f8a; } .axis { stroke: #79848b; } .grid { stroke: #30383d; } .path { stroke: #a8b1b6; }
.mean, .point { stroke: #e9e7e2; } .limit, .baseline { stroke: #a8b1b6; } .target { stroke: #ff8f8a; }
}
"""


def format_chart_svg(measure: Measure, chart: XmrChart | DaysBetween | None) -> str:
    """The chart of a measure that is on no page, with the statistics `chart`, as the text of an SVG file.

    It has no script, and refers to nothing outside itself. Its title is that of the measure, and its description begins
    with what the chart shows.
    """
    statistics = MeasureStatistics(
        figures=MeasureFigures.from_measure(measure),
        control=chart if isinstance(chart, XmrChart) and chart.groups else None,
        days=chart if isinstance(chart, DaysBetween) else None,
    )
    headline = " ".join(filter(None, (statistics.describe(), statistics.figures.describe_latest())))
    lines = textwrap.wrap(headline, _CHARACTERS)
    svg = Element("svg", {"xmlns": _NAMESPACE, "role": "img", "aria-labelledby": "title desc"})
    SubElement(svg, "title", {"id": "title"}).text = measure.title
    SubElement(svg, "desc", {"id": "desc"}).text = f"{headline} {describe_chart(statistics)}".strip()
    SubElement(svg, "style").text = _STYLE
    background = SubElement(svg, "rect", {"class": "paper", "width": "100%"})
    top = _MARGIN + _LINE * (len(lines) + 1) - _PLOT_TOP
    for number, line in enumerate(lines):
        _add_text(svg, "title", _MARGIN, _MARGIN + _LINE * number, line)
    _add_text(svg, "caption", _MARGIN, top + _PLOT_TOP - _LINE, build_caption(statistics))
    drawn = build_measure_chart(statistics, ())
    bottom = _draw(svg, drawn, statistics, top) if drawn else top
    svg.attrib.update(width=str(_WIDTH), height=str(bottom), viewBox=f"0 0 {_WIDTH} {bottom}")
    background.set("height", str(bottom))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(svg, encoding="unicode")}\n'


def _draw(svg: Element, drawn: MeasureChart, statistics: MeasureStatistics, top: int) -> int:
    """Draw the chart from `top` on, then its key and its method. Returns where these end."""
    _draw_chart(SubElement(svg, "g", {"transform": f"translate(0 {top})"}), drawn.drawing)
    y = top + drawn.drawing.height + _LINE // 2
    items = list(_list_key(drawn))
    for number, (role, words) in enumerate(items):
        row, column = divmod(number, 3)
        _draw_key_item(svg, role, words, _MARGIN + column * _KEY_COLUMN, y + row * _LINE)
    y += _LINE * (-(-len(items) // 3) + 1) - _LINE // 2
    for sentence in statistics.describe_method():
        for line in textwrap.wrap(sentence, _CHARACTERS + 16):
            _add_text(svg, "note", _MARGIN, y, line)
            y += _LINE
    return y


def _draw_chart(group: Element, chart: LineChart) -> None:
    left, right, foot = _to_pixels(chart.left), _to_pixels(chart.right), chart.values[0].at
    for number, tick in enumerate(chart.values):
        _add_line(group, "grid" if number else "axis", (left, tick.at, right, tick.at))
        _add_text(group, "end", float(left) - 8, float(tick.at) + 4, tick.words)
    for tick in chart.days:
        x = _to_pixels(tick.at)
        _add_line(group, "axis", (x, foot, x, "345"))
        _add_text(group, "mid", float(x), 361, tick.words)
        _add_text(group, "mid", float(x), 378, tick.under)
    for line in chart.lines:
        _add_line(group, line.role, (_to_pixels(line.left), line.y, _to_pixels(line.right), line.y))
    for label in chart.labels:
        _add_text(group, label.role, float(right) + 8, float(label.y) + 4, f"{label.name} {label.value}")
    _draw_points(group, chart)


def _draw_points(group: Element, chart: LineChart) -> None:
    """The points on top of the lines between them. No line leads to a count that is not told."""
    path = SubElement(group, "g", {"class": "path"})
    for before, after in chart.joins:
        role = "unfinished" if after.role == "open" else ""
        _add_line(path, role, (_to_pixels(before.x), before.y, _to_pixels(after.x), after.y))
    for point in chart.points:
        _add_point(group, point.role, _to_pixels(point.x), point.y, chart.radius)


def _list_key(drawn: MeasureChart) -> Iterator[tuple[str, str]]:
    """The roles that are drawn, with what they mean."""
    words = {
        "common": "Expected variation" if "limit" in drawn.roles else drawn.point.capitalize(),
        "better": "Improvement",
        "worse": "Concern",
        "unusual": "Unusual",
        "small": "Fewer than 5, not shown exactly",
        "open": "Days so far since the last one",
        "mean": drawn.centre or "Mean",
        "limit": "Limits of what is usual",
        "target": "Target",
        "baseline": "Before the work began",
    }
    return ((role, text) for role, text in words.items() if role in drawn.roles)


def _draw_key_item(svg: Element, role: str, words: str, x: int, y: int) -> None:
    if role in _LINES:
        _add_line(svg, role, (str(x), str(y - 4), str(x + 32), str(y - 4)))
    else:
        _add_point(svg, role, str(x + 16), str(y - 4), 4)
    _add_text(svg, "key", x + 42, y, words)


def _add_point(parent: Element, role: str, x: str, y: str, radius: float) -> None:
    shape = _SHAPES.get(role)
    if shape:
        SubElement(parent, "path", {"class": f"point {role}", "d": shape, "transform": f"translate({x} {y})"})
    else:
        SubElement(parent, "circle", {"class": f"point {role}", "cx": x, "cy": y, "r": f"{radius:g}"})


def _add_line(parent: Element, role: str, ends: tuple[str, str, str, str]) -> None:
    attributes = dict(zip(("x1", "y1", "x2", "y2"), ends, strict=True))
    SubElement(parent, "line", {"class": role, **attributes} if role else attributes)


def _add_text(parent: Element, role: str, x: float, y: float, words: str) -> None:
    if words:
        SubElement(parent, "text", {"class": role, "x": f"{x:g}", "y": f"{y:g}"}).text = words


def _to_pixels(place: str) -> str:
    """A place in per cent across, in pixels."""
    return f"{float(place.removesuffix('%')) * _WIDTH / 100:.1f}"
