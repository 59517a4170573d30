"""What plan pages and the front page say of measures: concerns first, and whether finished work has helped."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from plansite.site.components.page import Link
from plansite.site.components.widgets import Tag
from plansite.site.measures.measure_alerts import (
    MeasureAlert,
    build_measure_alerts,
    build_plan_measures,
    describe_unproven,
)
from plansite.site.measures.measure_pages import MeasureRow, list_measure_rows
from tests.sites import FixedClock, html_of, write

_TODAY = date(2025, 1, 20)
_OPEN = "---\ntitle: A\nstatus: in progress\ndue: 2025-03-01\nowner: Cook\n---\n"
_DONE = "---\ntitle: A\nstatus: completed\ncompleted: 2024-12-01\nowner: Cook\n---\n"
_STEADY, _FALLING, _RISING = (
    [5, 6, 4, 5, 6, 4] * 3,
    [*[90, 92] * 5, 90, 86, 82, 78, 74, 70, 66, 62],
    [*[5, 6, 4] * 5, 30],
)
_LAPSED = "target: 90\nstate: sustaining\ndirection: up\n"


def _table(values: list[int]) -> str:
    return "date,value\n" + "".join(f"{2023 + n // 12}-{n % 12 + 1:02}-01,{value}\n" for n, value in enumerate(values))


def _site(
    root: Path, measures: dict[str, tuple[str, list[int]]], action: str = _OPEN, kind: str = "improvement"
) -> SiteOnDate:
    files = {"content/plans/p/plan.md": f"---\ntitle: P\nkind: {kind}\n---\n", "content/plans/p/actions/a.md": action}
    for name, (fields, values) in measures.items():
        files[f"content/plans/p/measures/{name.lower()}.md"] = f"---\ntitle: {name}\n{fields}---\n"
        files[f"content/plans/p/measures/{name.lower()}.csv"] = _table(values)
    return SiteOnDate(load_site(write(root, files)), _TODAY)


def test_a_plan_without_measures_says_nothing_of_them(tmp_path: Path) -> None:
    site = _site(tmp_path, {})
    assert build_plan_measures(site, site.site.plans[0]) is None


def test_concerns_come_first(tmp_path: Path) -> None:
    """A target that has lapsed before others, at most two by name; what the others show is counted."""
    site = _site(
        tmp_path,
        {
            "Aaa": ("", _STEADY),
            "Bbb": ("direction: up\n", _FALLING),
            "Ccc": (_LAPSED, [*_STEADY, 80]),
            "Ddd": ("direction: up\n", _FALLING),
            "Eee": ("direction: up\n", _RISING),
        },
    )
    measures = build_plan_measures(site, site.site.plans[0])
    assert measures
    assert [(line.tag.words, line.measure.text, line.latest) for line in measures.concerns] == [
        ("Reached, then lapsed", "Ccc", "80, July 2024"),
        ("Concern", "Bbb", "62, June 2024"),
    ]
    assert measures.others == "the others: expected variation (1), concern (1) and improvement (1)"
    assert measures.all == Link("5 measures", "plans/p/measures.html")


@pytest.mark.parametrize(
    ("measures", "kind", "said"),
    [
        ({}, "improvement", "All actions are done; no measure shows yet whether it helped."),
        ({}, "service", ""),
        ({"Falls": ("", [])}, "service", "All actions are done; the measure “Falls” does not show it yet."),
        ({"Falls": ("direction: up\n", _FALLING)}, "service", "All actions are done; the measure “Falls” does not show it yet."),
        ({"Falls": ("direction: down\ntarget: 2\n", [5, 3])}, "service", "All actions are done; the measure “Falls” does not show it yet."),
        ({"Falls": ("direction: down\ntarget: 4\n", _STEADY)}, "improvement", ""),
        ({"One": ("", []), "Two": ("", [])}, "improvement", "All actions are done; 2 measures do not show it yet."),
        ({"Falls": ("", _STEADY)}, "improvement", ""),
    ],
)  # fmt: skip
def test_done_is_not_the_same_as_better(
    tmp_path: Path, measures: dict[str, tuple[str, list[int]]], kind: str, said: str
) -> None:
    """Said only where all actions are done."""
    done = _site(tmp_path / "done", measures, _DONE, kind)
    assert describe_unproven(done, done.site.plans[0]) == said
    open_ = _site(tmp_path / "open", measures, _OPEN, kind)
    assert describe_unproven(open_, open_.site.plans[0]) == ""


@pytest.mark.parametrize("audience", [Audience.PARTNERS, Audience.PUBLIC])
def test_a_hidden_measure_is_not_missed(tmp_path: Path, audience: Audience) -> None:
    """Readers who cannot see whether there is a measure are not told that there is none."""
    files = {
        "plansite.yaml": "title: T\naudience: public\n",
        "content/plans/p/plan.md": "---\ntitle: P\nkind: improvement\n---\n",
        "content/plans/p/actions/a.md": _DONE,
        "content/plans/p/measures/m.md": "---\ntitle: M\nscale: GAD-7\n---\n",
    }
    html = html_of(build_in_memory(write(tmp_path, files), clock=FixedClock(_TODAY), audience=audience))
    assert "no measure shows" not in html["plans/p/index.html"] + html["index.html"]
    inside = html_of(build_in_memory(tmp_path, clock=FixedClock(_TODAY), audience=Audience.INTERNAL))
    assert "the measure “M” does not show it yet" in inside["plans/p/index.html"]


def _row(name: str, *, lapsed: bool = False, concern: bool = True) -> MeasureRow:
    return MeasureRow(
        title=Link(name, f"{name}.html"), plan=Link("P"), figure="80%", when="December 2024", sentence="", verdict="",
        is_concern=concern, has_lapsed=lapsed, kind="", state="", goals=(),
    )  # fmt: skip


def test_the_front_page_names_one_and_counts_several() -> None:
    """Lapsed targets first, each measure once; nothing without a concern."""
    lapsed, concern = Tag("Reached, then lapsed", "risk", "risk"), Tag("Concern", "risk", "risk")
    assert build_measure_alerts([_row("fine", concern=False)]) == ()
    assert build_measure_alerts([_row("a"), _row("b", lapsed=True)]) == (
        MeasureAlert(lapsed, Link("b", "b.html"), "80%, December 2024"),
        MeasureAlert(concern, Link("a", "a.html"), "80%, December 2024"),
    )
    rows = [_row("a"), _row("b", lapsed=True), _row("c"), _row("d", lapsed=True)]
    assert build_measure_alerts(rows) == (
        MeasureAlert(lapsed, Link("2 targets were reached and have lapsed", "measures.html")),
        MeasureAlert(concern, Link("2 measures are a concern", "measures.html")),
    )


def test_both_pages_show_it(tmp_path: Path) -> None:
    site = _site(tmp_path, {"Falls": ("direction: up\n", _FALLING)})
    assert [row.is_concern for row in list_measure_rows(site.site.plans[0])] == [True]
    html = html_of(build_in_memory(tmp_path, clock=FixedClock(_TODAY)))
    assert "</svg>Concern</span><span><a" in html["index.html"]
    assert "Falls</a>: 62, June 2024" in html["index.html"]
    assert "Falls</a>: 62, June 2024" in html["plans/p/index.html"]
