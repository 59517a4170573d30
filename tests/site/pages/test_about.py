"""About this copy: what it was made from, counted truly."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plansite import __version__
from plansite.checks.runner import run_all_checks
from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.model.findings import Level
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from plansite.site.components.page import Link
from plansite.site.data.next_change import find_next_change
from plansite.site.pages.about import AboutView, BuildInfo, build_about_page
from plansite.verify.claims import read_claims
from tests.sites import FixedClock, unpack, write

TODAY = date(2025, 1, 20)
FILES = {
    "content/index.md": "Welcome.\n",
    "content/plans/falls/plan.md": "---\ntitle: Fewer falls\n---\n",
    "content/plans/falls/actions/a.md": "---\ntitle: A\ndue: soon\n---\n",
    "content/plans/falls/actions/b.md": "---\ntitle: B\ndue: 2025-01-25\n---\n",
    "content/plans/falls/actions/torn.md": "---\ntitle: [\n",
    "content/owners/cook.md": "---\ntitle: Cook\n---\n",
}


def _view(dated_site: SiteOnDate, commit: str = "", audience: Audience = Audience.INTERNAL) -> AboutView:
    view = build_about_page(
        dated_site,
        run_all_checks(dated_site),
        BuildInfo(audience=audience, commit=commit),
        next_change=find_next_change(dated_site),
    ).view
    assert isinstance(view, AboutView)
    return view


def test_it_counts_what_was_read(tmp_path: Path) -> None:
    """Plans, actions and files, with those that could not be read."""
    view = _view(SiteOnDate(load_site(write(tmp_path, FILES)), TODAY))
    assert (view.plans, view.actions, view.files, view.unreadable) == ("1 plan", "2 actions", "6 files", "1 file")
    assert (view.site, view.version, view.timezone) == ("Test site", __version__, "Europe/London")


def test_findings_lead_to_their_list(tmp_path: Path) -> None:
    """How many of each level, in a link; the worst first."""
    dated_site = SiteOnDate(load_site(write(tmp_path, FILES)), TODAY)
    found = [
        *run_all_checks(dated_site)[:1] * 2,
        *(each for each in run_all_checks(dated_site) if each.rule.level is Level.HINT),
    ][:3]
    view = build_about_page(dated_site, found, BuildInfo(), next_change=None).view
    assert isinstance(view, AboutView)
    assert view.findings == Link("2 errors and 1 hint", "attention.html")


def test_a_sound_site_says_so() -> None:
    """No finding, no number; an empty site has no files and no date ahead."""
    view = _view(SiteOnDate(Site(settings=Settings(title="Empty")), TODAY))
    assert view.findings.text == ""
    assert (view.files, view.unreadable, view.next_change) == ("0 files", "", None)


def test_it_says_until_when_it_holds(tmp_path: Path) -> None:
    """The next day on which a date changes something: here, the day after B was due."""
    assert _view(SiteOnDate(load_site(write(tmp_path, FILES)), TODAY)).next_change == date(2025, 1, 26)


@pytest.mark.parametrize(
    ("repository", "href"),
    [
        ("https://github.com/example/plans/", "https://github.com/example/plans/commit/7c1f0e2"),
        ("https://gitlab.com/example/plans", "https://gitlab.com/example/plans/-/commit/7c1f0e2"),
        ("", ""),
        ("mailto:plans@example.org", ""),
    ],
)
def test_the_commit_leads_to_the_repository(repository: str, href: str) -> None:
    """Where the site names a repository on the web; else the commit is words."""
    site = Site(settings=Settings(repository=repository))
    assert _view(SiteOnDate(site, TODAY), "7c1f0e2").commit == Link("7c1f0e2", href)
    assert _view(SiteOnDate(site, TODAY)).commit == Link("", "")


def test_it_says_whom_it_was_made_for() -> None:
    """The audience of the build; left out, the one of the settings."""
    dated_site = SiteOnDate(Site(settings=Settings(audience=Audience.PARTNERS)), TODAY)
    assert _view(dated_site, audience=Audience.PARTNERS).audience.startswith("Partners.")
    assert _view(dated_site, audience=Audience.PUBLIC).audience.startswith("Everybody.")


def test_signatures_are_for_internal_readers() -> None:
    """They name people, so that no other audience sees them; unsigned content says nothing."""
    dated_site = SiteOnDate(Site(settings=Settings()), TODAY)

    def signed(audience: Audience, *words: str) -> str:
        view = build_about_page(
            dated_site, (), BuildInfo(commit="7c1f0e2", audience=audience, signature_notes=words), next_change=None
        ).view
        assert isinstance(view, AboutView)
        return view.signed

    assert signed(Audience.INTERNAL, "One.", "Two.") == "One. Two."
    assert signed(Audience.PARTNERS, "One.") == signed(Audience.PUBLIC, "One.") == ""
    assert signed(Audience.INTERNAL) == ""


@pytest.mark.parametrize("audience", Audience)
def test_it_says_to_programs_what_it_says_in_words(tmp_path: Path, audience: Audience) -> None:
    """For whom, for which day, and whether that day is a fixed one: enough to build the same copy again."""
    write(tmp_path / "site", FILES)
    built = build_in_memory(tmp_path / "site", clock=FixedClock(TODAY), audience=audience)
    claims = read_claims(unpack(built, tmp_path / "out"))
    assert (claims.audience, claims.day, claims.is_pinned, claims.commit) == (audience, TODAY, False, "")
