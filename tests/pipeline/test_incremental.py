"""After any edits a build that kept what it could equals one that kept nothing."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plansite.cache.site_cache import open_cache
from plansite.checks.runner import run_all_checks
from plansite.file_access import FileInFolder
from plansite.model.assessment import SiteOnDate
from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from plansite.pipeline.plan_checks import check_site
from plansite.pipeline.preview_pages.preview_site import PreviewSite
from plansite.publish.headers import meta_policy
from plansite.render.page_renderer import PageRenderer
from plansite.render.theme import load_theme
from plansite.site.components.page import build_site_layout
from tests.examples import examples
from tests.pipeline.builds import Run, build
from tests.pipeline.edits import FRAMEWORKS, SETTINGS, Named, begun, edits, written
from tests.pipeline.git_edits import git_edits
from tests.sites import FixedClock
from tests.whole import copy_of, data_files, files_checked, for_audience, load_with_reports, pages

DAYS = st.sampled_from([date(2025, 1, 20), date(2025, 1, 21)])
AUDIENCES = st.sampled_from(list(Audience))
NARROWER = st.sampled_from([Audience.PARTNERS, Audience.PUBLIC])
ANY = st.one_of(edits(), edits(), git_edits())
Turn = tuple[list[Named], date, Audience]


def turns(most: int) -> st.SearchStrategy[list[Turn]]:
    """So many turns at most: some edits, and then a build on a day, for all and for fewer readers."""
    return st.lists(st.tuples(st.lists(ANY, min_size=1, max_size=3), DAYS, NARROWER), min_size=1, max_size=most)


def _bytes(files: dict[str, bytes | FileInFolder]) -> dict[str, bytes]:
    return {path: content if isinstance(content, bytes) else content.read() for path, content in files.items()}


def _equal_clean_builds(turns: list[Turn]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = begun(Path(folder) / "site")
        for made, day, narrower in turns:
            for edit in made:
                edit.make(root)
            for audience in (Audience.INTERNAL, narrower):
                build(root, Run(day=day, audience=audience))


@settings(max_examples=12)
@given(turns(3))
def test_any_edits_equal_a_clean_build(turns: list[Turn]) -> None:
    """Whatever was edited, committed or merged, on any day and for any readers: the bytes are those of a clean build."""
    _equal_clean_builds(turns)


@pytest.mark.slow
@settings(max_examples=examples(25))
@given(turns(6))
def test_many_edits_equal_a_clean_build(turns: list[Turn]) -> None:
    """The same, with more turns and more often."""
    _equal_clean_builds(turns)


@pytest.mark.slow
@settings(max_examples=examples(40))
@given(st.lists(edits(), max_size=6), DAYS, AUDIENCES)
def test_a_plan_alone_is_what_it_is_among_all(made: list[Named], day: date, audience: Audience) -> None:
    """Pages, data and findings of each plan by itself are those of the site as a whole, whatever it asks about others."""
    _equals_the_whole(made, day, audience)


@pytest.mark.slow
@pytest.mark.parametrize("line", SETTINGS)
def test_a_plan_alone_under_each_setting(line: str) -> None:
    """The same with each line of the settings by itself, for all readers, and with a framework of the site's own."""
    made = [
        written("plansite.yaml", f"title: Our plans\n{line}\n"),
        written("content/frameworks/ours.yaml", FRAMEWORKS[0]),
    ]
    for audience in Audience:
        _equals_the_whole(made, date(2025, 1, 20), audience)


def _equals_the_whole(made: list[Named], day: date, audience: Audience) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = begun(Path(folder))
        for edit in made:
            edit.make(root)
        whole = load_with_reports(root)
        outlook = SiteOnDate(for_audience(whole, audience), day)
        built = build_in_memory(root, clock=FixedClock(day), audience=audience)
        found = run_all_checks(outlook) if outlook.site.is_unfiltered else ()
        theme = load_theme(root, "default")
        shell = build_site_layout(outlook.site, pinned=False, policy=meta_policy())
        writer = PageRenderer.create(theme, shell, frozenset(theme.static_files()), today=day)
        drawn = {page.path: writer.render(page).encode() for page in pages(outlook, found, copy_of(whole, audience))}
        expected = drawn | data_files(outlook, found)
        assert {path: built.files[path] for path in expected} == expected
        assert {path for path in built.files if path.endswith(".html")} == {p for p in expected if p.endswith(".html")}
        said = run_all_checks(SiteOnDate(whole, day))
        assert built.findings[: len(said)] == said


@pytest.mark.slow
@settings(max_examples=examples(25))
@given(st.lists(st.tuples(st.lists(edits(), max_size=2), DAYS), min_size=1, max_size=4))
def test_check_keeps_what_it_found(turns: list[tuple[list[Named], date]]) -> None:
    """After any edits `check` says what it would say of a site it had never seen."""
    with tempfile.TemporaryDirectory() as folder:
        root = begun(Path(folder))
        for made, day in turns:
            for edit in made:
                edit.make(root)
            loaded, findings = check_site(root, FixedClock(day), open_cache(root))
            fresh = SiteOnDate(load_with_reports(root), day)
            assert findings == run_all_checks(fresh)
            assert loaded.count_files() == files_checked(fresh)


@pytest.mark.slow
@settings(max_examples=examples(20))
@given(st.lists(st.lists(ANY, max_size=2), min_size=1, max_size=3))
def test_the_preview_shows_a_clean_build(turns: list[list[Named]]) -> None:
    """After any edits each page that the preview draws is that of a clean build, and there are no others."""
    with tempfile.TemporaryDirectory() as folder:
        root, clock = begun(Path(folder)), FixedClock(date(2025, 1, 20))
        workshop = PreviewSite(root, clock)
        for made in turns:
            for edit in made:
                edit.make(root)
            built, clean = workshop.build(), build_in_memory(root, clock=clock, history=True)
            assert built.findings == clean.findings
            assert sorted(built.files) == sorted(clean.files)
            assert all(path in built.files for path in clean.files)
            assert _bytes(dict(built.files)) == _bytes(dict(clean.files))
