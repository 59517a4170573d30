"""Every field that somebody may write in a file is shown on the page of that file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from plansite.model.fields import declared_fields
from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from plansite.schema import FILE_KINDS
from tests.sites import FixedClock, html_of, write

#: Where each kind of file lies, and its page.
_PLACES = {
    "plan": ("content/plans/{}/plan.md", "plans/{}/{}.html"),
    "action": ("content/plans/p/actions/{}.md", "plans/p/actions/{}.html"),
    "review": ("content/plans/p/reviews/{}.md", "plans/p/reviews/{}.html"),
    "incident": ("content/plans/p/incidents/{}.md", "plans/p/incidents/{}.html"),
    "measure": ("content/plans/p/measures/{}.md", "plans/p/measures/{}.html"),
    "assessment": ("content/plans/{}/assessments/a.md", "plans/{}/assessments/a.html"),
    "owner": ("content/owners/{}.md", "owners/{}.html"),
    "agency": ("content/agencies/{}.md", "agencies/{}.html"),
}
#: Pages of a plan that together show its fields.
_OF_PLAN = ("index", "reviews", "goals", "protocol", "easy-read")
#: What no page shows: other addresses, rules set aside, an opinion that is only checked, and words to find a plan by.
_UNSHOWN = {"plan": {"allow", "tags"}, "action": {"aliases", "allow", "rag"}}
#: Fields that show beside these values only. Where counts are hidden, the public has no chart that a method could make.
_BESIDE = {
    ("action", "reason"): {"status": "cancelled"},
    ("measure", "method"): {"chart": "control", "small_counts": "show"},
    ("measure", "chart"): {"small_counts": "show"},
    ("assessment", "framework"): {"ratings": "[]"},
}
#: What all files of a kind have besides: scores of a questionnaire are for internal readers unless they say otherwise.
_ALL_HAVE = {"measure": {"audience": "public"}}
#: Readings enough for a chart with limits.
_READINGS = "date,value\n" + "".join(f"2024-{month:02}-28,{3 + month % 2}\n" for month in range(1, 13))


def _fields(kind: str) -> dict[str, str]:
    return {each.name: each.field.example for each in declared_fields(FILE_KINDS[kind]) if each.name != "audience"}


def _files(kind: str, name: str, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    path = _PLACES[kind][0].format(name)
    yield path, "---\n" + "".join(f"{field}: {value}\n" for field, value in values.items()) + "---\n"
    if kind == "assessment":  # in a plan of its own, as each says what is different from the one before
        yield f"content/plans/{name}/plan.md", "---\ntitle: P\n---\n"
    if kind == "measure":
        yield path.removesuffix("md") + "csv", _READINGS


def _page(html: Mapping[str, str], kind: str, name: str) -> list[str]:
    """The content of a page; where its own name stands in it, a sign stands instead."""
    paths = [_PLACES[kind][1].format(name, page if kind == "plan" else name) for page in _OF_PLAN]
    paths = paths if kind == "plan" else [_PLACES[kind][1].format(name)]
    return [html[path].partition("<main")[2].replace(name, "*") for path in paths if path in html]


@pytest.mark.parametrize("kind", _PLACES)
def test_every_field_is_shown(tmp_path: Path, kind: str) -> None:
    """A page without one field differs from one with all of them, but for the few fields that are never shown.

    The pages are those for the public: they have no findings, which would repeat a value.
    """
    files = {
        "plansite.yaml": "title: T\naudience: public\n",
        "content/plans/p/actions/two.md": "---\ntitle: Two\nref: 2\n---\n",
    }
    files["content/plans/p/plan.md"] = "---\ntitle: P\ngoals: [{key: care-plans-complete, title: Complete}]\n---\n"
    for field in _fields(kind):
        whole = {**_fields(kind), **_ALL_HAVE.get(kind, {}), **_BESIDE.get((kind, field), {})}
        files.update(_files(kind, f"with-all-{field}", whole))
        files.update(_files(kind, f"less-{field}", {name: value for name, value in whole.items() if name != field}))
    html = html_of(
        build_in_memory(write(tmp_path, files), clock=FixedClock(date(2025, 1, 20)), audience=Audience.PUBLIC)
    )
    shown = {
        field for field in _fields(kind) if _page(html, kind, f"with-all-{field}") != _page(html, kind, f"less-{field}")
    }
    assert all(_page(html, kind, f"with-all-{field}") for field in _fields(kind))
    assert _fields(kind).keys() - shown == _UNSHOWN.get(kind, {"allow"} & _fields(kind).keys())
