"""Every input of a fingerprint: where it changes, whatever is made from it is made again."""

from __future__ import annotations

import dataclasses
from itertools import permutations
from pathlib import Path

import pytest

from plansite.cache.site_cache import open_cache
from plansite.model.status import Audience
from plansite.pipeline.plan_checks import check_site
from tests.pipeline.builds import DAY, Files, Run, action, build, plan, site, tree
from tests.pipeline.input_cases import INPUTS, START, Input
from tests.sites import FixedClock

A = "content/plans/falls/actions/a.md"


@pytest.mark.parametrize("case", INPUTS, ids=str)
def test_a_changed_input_leaves_nothing_stale(tmp_path: Path, case: Input) -> None:
    """The input changes, published bytes change with it, and all of them are those of a clean build."""
    root, then = site(tmp_path / "site", START, case.before), case.then or case.run
    other = Audience.PUBLIC if case.run.audience is Audience.INTERNAL else Audience.INTERNAL
    out = tmp_path / f"out-{case.run.audience}"
    build(root, dataclasses.replace(case.run, audience=other))
    value, files = case.value(root, build(root, case.run)), tree(out)
    site(root, case.edit)
    assert case.value(root, build(root, then)) != value
    assert tree(out) != files
    build(root, dataclasses.replace(then, audience=other))


@pytest.mark.parametrize(
    ("before", "edit"),
    [
        ({}, {A: action("Mend the lamp", "By the stairs.")}),
        ({A: action("Mend the lamp", owner="Night Lead")}, {"content/owners/night-lead.md": "no front matter"}),
        ({A: action("Mend the lamp", depends_on="[night/x]")}, {"content/plans/night/actions/d.md": "no front matter"}),
    ],
    ids=["an action's words", "an error that is none any more", "an action that may be the one meant"],
)
def test_a_check_between_two_builds(tmp_path: Path, before: Files, edit: Files) -> None:
    """A check keeps its findings for the next build, which still sees that pages are stale."""
    root = site(tmp_path / "site", START, before)
    files = build(root, Run()).plans.by_slug["falls"].value.files
    site(root, edit)
    check_site(root, FixedClock(DAY), open_cache(root))
    made = build(root, Run())
    assert made.plans.by_slug["falls"].value.files != files
    assert "falls" in made.plans.rendered


@pytest.mark.parametrize(("first", "second"), list(permutations(Audience, 2)))
@pytest.mark.parametrize("audiences", ["[internal, public]", "[internal, partners, public]"])
def test_nothing_is_reused_for_other_readers(tmp_path: Path, first: Audience, second: Audience, audiences: str) -> None:
    """A build for one audience after one for another, into the same folder, is that of a clean build."""
    hidden = {
        "content/plans/night/plan.md": plan("Night", audience="partners"),
        "content/plans/food/actions/b.md": action("Buy fruit", audience="internal", depends_on="[falls/a]"),
    }
    root = site(tmp_path / "site", START, hidden, {"plansite.yaml": f"title: Test site\naudiences: {audiences}\n"})
    build(root, Run(audience=first))
    (tmp_path / f"out-{first}").rename(tmp_path / f"out-{second}")
    build(root, Run(audience=second))
