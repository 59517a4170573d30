"""Each text field of each document: what becomes of the name of a person whom the audience may not see."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from plansite.content.site_content import load_site
from plansite.model.action import Action
from plansite.model.fields import ListOf, NamedField, Text, declared_fields
from plansite.model.plan import Incident, Measure, Plan, Review
from plansite.model.site import Site
from plansite.model.status import Audience
from tests.sites import write
from tests.whole import for_audience

_NAME = "Canary Person"
_PATHS = {
    Plan: "plan.md",
    Action: "actions/a.md",
    Review: "reviews/2025-01-02.md",
    Incident: "incidents/a.md",
    Measure: "measures/a.md",
}
#: Running text and words about things, in which a name stays: an audience is given for the file, or a passage in it.
#: A new field comes here only after somebody has decided that its name may stay.
RUNNING_TEXT = {
    Plan: {"title", "objective", "tags"},
    Action: {"title", "ref", "resources", "reason", "repeat", "tags", "aliases"},
    Review: {"title", "kind"},
    Incident: {"title", "severity", "source", "factors"},
    Measure: {"title", "unit", "source", "state"},
}


def _text_fields(kind: type) -> Iterator[NamedField]:
    for each in declared_fields(kind):
        plain = each.field.kind.of if isinstance(each.field.kind, ListOf) else each.field.kind
        if isinstance(plain, Text):
            yield each


def _site(root: Path, kind: type, field: NamedField) -> Site:
    value = f"[{_NAME}]" if isinstance(field.field.kind, ListOf) else _NAME
    title = "" if field.name == "title" else "title: T\n"
    files = {
        "plansite.yaml": "title: Site\naudience: public\n",
        "content/owners/canary.md": f"---\ntitle: {_NAME}\naudience: internal\n---\n",
        "content/plans/p/plan.md": "---\ntitle: P\n---\n",
        f"content/plans/p/{_PATHS[kind]}": f"---\n{title}{field.name}: {value}\n---\n",
    }
    return load_site(write(root, files))


@pytest.mark.parametrize("kind", _PATHS, ids=lambda kind: kind.__name__)
def test_what_becomes_of_a_hidden_name(kind: type, tmp_path: Path) -> None:
    """It is taken out of every text field but those for running text. A new field needs a decision."""
    kept = set()
    for number, field in enumerate(_text_fields(kind)):
        site = _site(tmp_path / str(number), kind, field)
        assert _NAME in repr(site.plans), f"{field.name} is not read"
        if _NAME in repr(for_audience(site, Audience.PUBLIC).plans):
            kept.add(field.name)
    assert sorted(kept) == sorted(RUNNING_TEXT[kind])
