"""Of what a pack does not hold, nothing but what its pages need is known when they are made."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from plansite.cache.site_cache import memory_cache
from plansite.evidence_pack.html_tokens import strip_tags
from plansite.evidence_pack.narrowing import ELSEWHERE, narrow_history
from plansite.evidence_pack.packed_site import PackedSite, select_site
from plansite.history.change import Change, ChangeKind
from plansite.model.status import Audience
from plansite.pipeline.site_build import SiteBuild
from plansite.site.changes.history import PlanHistory
from plansite.site.evidence_pack.period import PackPeriod
from tests.evidence_pack.packs import CLOCK, built_pack, pages_of, sample_site, subject_of


def _selected(root: Path, kind: str, name: str) -> PackedSite:
    build = SiteBuild.load(root, CLOCK, Audience.INTERNAL, memory_cache())
    return select_site(build, subject_of(kind, name))


def test_a_review_that_is_not_in_the_pack(tmp_path: Path) -> None:
    """Its day is known, so that the next review is the same, and neither its title nor its words."""
    plan = _selected(sample_site(tmp_path), "incident", "stairs").plans["falls"].plan
    kept, blank = sorted(plan.reviews, key=lambda review: review.slug)
    assert (kept.title, kept.present) == ("January review", ("Falls Lead",))
    assert (blank.date, blank.title, blank.present, blank.body.sections) == (date(2025, 1, 16), "", (), ())


def test_an_action_elsewhere(tmp_path: Path) -> None:
    """It has no number but its own, no owner and no words, and is in a plan without a title."""
    site = _selected(sample_site(tmp_path), "plan", "falls")
    (action,) = site.plans["falls"].plan.actions[:1]
    assert action.depends_on == ("2", f"{ELSEWHERE}/1")
    other = site.dated_site("falls").site.find_action(action.depends_on[1], "falls")
    assert other is not None
    assert (other.title, other.owner, other.due) == ("An action of another plan", "", date(2025, 1, 10))
    assert site.dated_site("falls").site.plans_by_slug[ELSEWHERE].title == ""


def test_files_of_pages_that_are_not_there(tmp_path: Path) -> None:
    """What only the front page or the page of an owner links to is not in a pack."""
    root = sample_site(tmp_path, content__index="---\ntitle: Front\n---\n[a](front.txt)\n")
    (root / "content/front.txt").write_text("front", "utf-8")
    (root / "content/owners/falls-lead.md").write_text("---\ntitle: Falls Lead\n---\n[b](owner.txt)\n", "utf-8")
    (root / "content/owners/owner.txt").write_text("owner", "utf-8")
    files = built_pack(root, "plan", "falls").files
    linked = {path.rpartition("/")[2] for path in files if path.startswith("files/")}
    assert linked == {"runner.txt", "falls.csv"}
    assert _selected(root, "plan", "falls").index.site.settings.repository == ""


def _change(path: str, **values: str) -> Change:
    return Change(did=ChangeKind.FIELD_CHANGED, document="action", plan="falls", slug="x", path=path, **values)  # type: ignore[arg-type]


def test_history(tmp_path: Path) -> None:
    """Of a part of a plan it is that of its documents; a reference to another plan is told of none."""
    site = _selected(sample_site(tmp_path), "incident", "stairs")
    plan, selected = site.plans["falls"].plan, site.selection.plans["falls"]
    runner, lights = (f"content/plans/falls/actions/{name}.md" for name in ("runner", "lights"))
    own = (_change(runner, field="due"), _change(runner, field="depends_on", after="2"))
    history = PlanHistory(
        by_file={
            runner: (*own, _change(runner, field="depends_on", after="winter/heater")),
            lights: (_change(lights, field="due"),),
            "content/plans/falls/reviews/2025-01-16.md": (_change("x", field="title"),),
        }
    )
    assert narrow_history(history, plan, selected).by_file == {runner: own}
    whole = _selected(sample_site(tmp_path), "plan", "falls")
    narrowed = narrow_history(history, whole.plans["falls"].plan, whole.selection.plans["falls"]).by_file
    assert narrowed.keys() == history.by_file.keys()


def test_the_history_of_an_action_in_a_period(tmp_path: Path) -> None:
    """A move of a date outside the period is counted, and not told."""
    period = PackPeriod(date(2025, 1, 12), date(2025, 1, 20))
    pages = pages_of(built_pack(sample_site(tmp_path), "plan", "falls", period=period))
    words = strip_tags(pages["plans/falls/actions/runner.html"])
    assert "carpenter ill" not in words.lower()
    assert "Re-planned once, by 21 days." in words
