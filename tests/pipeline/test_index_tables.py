"""Every table of the cross-plan index: where an answer changes, the plan that looked it up is checked or drawn again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pytest

from plansite.incremental.tables import AnsweredLookup
from plansite.model.cross_plan_index import CrossPlanIndex
from plansite.model.status import Audience
from plansite.pipeline.build import BuildResult
from tests.pipeline.builds import Run, build, party, site
from tests.pipeline.index_cases import BASE, CASES, Case

#: Tables that no page and no rule looks anything up in today.
UNUSED = {"declared people agencies"}


def tables(index: CrossPlanIndex) -> dict[str, Mapping[Any, object]]:
    """The tables of an index by the names under which lookups are recorded, and its two flags."""
    return {
        "people": index.people.by_name,
        "people agencies": index.people.agencies_by_name,
        "declared people": index.declared_people.by_name,
        "declared people agencies": index.declared_people.agencies_by_name,
        "agency slugs": index.agency_slugs,
        "actions": index.actions,
        "plans": index.plans,
        "dependents": index.dependents,
        "unreadable": index.unreadable,
        "plans with unreadable actions": index.plans_with_unreadable_actions,
        "page addresses": index.page_addresses,
        "path twins": index.path_twins,
        "anchors": index.anchors,
        "suggestion names": index.suggestion_names,
        "dependency cycles": index.dependency_cycles,
        "hidden names": index.hidden_names,
        "address holders": index.address_holders,
        "file reports": index.file_reports,
        "has_owners": {None: index.has_owners},
        "has_agencies": {None: index.has_agencies},
    }


@dataclass(frozen=True, slots=True)
class State:
    """What one plan depends on after a build: the key of its files, its findings, its pages, and the whole index."""

    key: str
    findings: tuple[str, ...]
    pages: object
    checked: tuple[AnsweredLookup, ...]
    drawn: tuple[AnsweredLookup, ...]
    answers: Mapping[tuple[str, object], object]


def state(made: BuildResult, slug: str, lookups: Iterable[tuple[str, object]] = ()) -> State:
    """Of a plan after a build; `lookups` are made besides those that the build recorded."""
    loaded, drawn, looked = made.build, made.plans.by_slug[slug], made.plans.checks[slug]
    known = tables(loaded.index.for_plan({}))
    recorded = ((table, key) for table, key, _ in (*looked.lookups, *drawn.lookups))
    flags = (("has_owners", None), ("has_agencies", None))
    return State(
        key=loaded.plan_fingerprint(slug),
        findings=tuple(map(str, looked.value.findings)),
        pages=drawn.value.files,
        checked=looked.lookups,
        drawn=drawn.lookups,
        answers={each: known[each[0]].get(each[1]) for each in (*recorded, *flags, *lookups)},
    )


def changed(answers: Iterable[AnsweredLookup], before: State, after: State) -> set[str]:
    """The tables that told a plan something which they would not tell it now."""
    return {table for table, key, _ in answers if before.answers[(table, key)] != after.answers[(table, key)]}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_changed_answer_leaves_nothing_stale(tmp_path: Path, case: Case) -> None:
    """The answer changes, the plan's own files do not, and all published bytes are those of a clean build."""
    root = site(tmp_path / "site", BASE, case.before)
    build(root, Run(audience=Audience.PUBLIC))
    before = state(build(root, Run()), case.slug)
    site(root, case.edit)
    made = build(root, Run())
    after = state(made, case.slug, before.answers)
    build(root, Run(audience=Audience.PUBLIC))
    assert after.key == before.key
    for answer in (*before.checked, *before.drawn):
        is_same = before.answers[answer[:2]] == after.answers[answer[:2]]
        assert (not list(made.build.tables.changed((answer,)))) == is_same, answer
    assert changed(before.checked, before, after) == set(case.checked)
    assert changed(before.drawn, before, after) == set(case.drawn)
    if case.table.startswith("has_"):
        assert before.answers[(case.table, None)] != after.answers[(case.table, None)]
    assert (before.findings, before.pages) != (after.findings, after.pages)


@pytest.mark.parametrize("table", sorted(UNUSED))
def test_a_table_that_is_not_used_yet(tmp_path: Path, table: str) -> None:
    """Its answers hold as long as they stay what they are, too."""
    root = site(tmp_path / "site", BASE)
    before = build(root, Run()).build.tables
    answers = before.answer({(table, "council"): None})
    assert not list(before.changed(answers))
    site(root, {"content/agencies/council.md": party("Council", email="council@example.org")})
    assert list(build(root, Run()).build.tables.changed(answers)) == list(answers)


def test_every_table_is_changed() -> None:
    """Each table that is looked up in is changed by a case; a new field of the index needs one."""
    names = {case.table for case in CASES}
    index = {
        each.name.replace("_", " ") if not each.name.startswith("has_") else each.name
        for each in fields(CrossPlanIndex)
    }
    assert names == index
