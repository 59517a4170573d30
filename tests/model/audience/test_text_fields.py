"""Each text field of each document: what becomes of the name of a person whom the audience may not see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pytest

from plansite.content.site_content import load_site
from plansite.model.audience.hidden_names import HiddenNames
from plansite.model.audience.text_filter import TextFilter
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan
from plansite.model.documents.review import Review
from plansite.model.fields import Field, ListOf, NamedField, Text, declared_fields
from plansite.model.people import Owner
from plansite.model.site import Site
from plansite.model.status import Audience, Status
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
    """It is taken out of every text field, those of a field that was added last included."""
    kept = set()
    for number, field in enumerate(_text_fields(kind)):
        site = _site(tmp_path / str(number), kind, field)
        assert _NAME in repr(site.plans), f"{field.name} is not read"
        if _NAME in repr(for_audience(site, Audience.PUBLIC).plans):
            kept.add(field.name)
    assert kept == set()


@dataclass(frozen=True, slots=True, kw_only=True)
class _NewEntry:
    label: Annotated[str, Field(Text(), "Needed.", "x", True)] = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _NewDocument:
    """A document of a kind that there is not, with fields of all shapes."""

    slug: str = "plain"
    path: str = "content/plain.md"
    title: str = "T"
    remark: str = ""
    words: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    entry: _NewEntry | None = None
    entries: tuple[_NewEntry, ...] = ()


def test_a_new_field_is_covered_by_itself() -> None:
    """Whatever its shape: the smallest whole that has the name in it goes, and all that goes is counted."""
    named, plain = _NewEntry(label="L", remark=f"by {_NAME}"), _NewEntry(label="L", remark="R")
    document = _NewDocument(
        remark=_NAME,
        words=("a", _NAME, "b"),
        pairs=(("a", "b"), ("c", _NAME)),
        entry=_NewEntry(label=_NAME),
        entries=(named, plain, _NewEntry(label=_NAME)),
    )
    names = HiddenNames.build([Owner(slug="c", title=_NAME)], (), ())
    text_filter = TextFilter(Audience.PUBLIC, names)
    filtered = text_filter.filter_document(document)  # type: ignore[type-var]
    assert filtered == _NewDocument(words=("a", "b"), pairs=(("a", "b"),), entries=(_NewEntry(label="L"), plain))
    fields = [removed.field for removed in text_filter.list_removed(document)]  # type: ignore[arg-type]
    assert fields == ["remark", "words", "pairs", "entry", "entries", "entries"]
    unchanged = _NewDocument(entries=(plain,))
    assert text_filter.filter_document(unchanged) is unchanged  # type: ignore[type-var]


def test_what_goes_with_a_title(tmp_path: Path) -> None:
    """Without it the title is made from the slug, as for a file that gives none; a file named after her is left out."""
    files = {
        "plansite.yaml": f"title: {_NAME}\naudience: public\n",
        "content/owners/canary.md": f"---\ntitle: {_NAME}\naudience: internal\n---\n",
        "content/plans/p/plan.md": f"---\ntitle: Plan of {_NAME}\n---\n",
        "content/plans/p/actions/mend-lamps.md": f"---\ntitle: Ask {_NAME} for lamps\nstatus: with {_NAME}\n---\n",
        "content/plans/p/actions/ask-canary-person.md": "---\ntitle: Lamps\n---\n",
        "content/plans/canary-person/plan.md": "---\ntitle: Q\n---\n",
    }
    site = for_audience(load_site(write(tmp_path, files)), Audience.PUBLIC)
    assert (site.settings.title, [plan.title for plan in site.plans]) == ("Action plans", ["P"])
    (action,) = site.actions
    assert (action.title, action.status, action.status_word) == ("Mend lamps", Status.NOT_STARTED, "")
