"""Addresses of pages, of data files, and of source files in a repository."""

from __future__ import annotations

import pytest

from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan
from plansite.model.documents.review import Review
from plansite.model.page_addresses import (
    commit_url,
    edit_url,
    page_address,
    plan_address,
    register_data_address,
    unreadable_file_address,
)
from plansite.model.people import Agency, Owner
from plansite.model.settings import ExternalSource, Settings
from plansite.model.site import Document, Site, UnreadableFile


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (Plan(slug="falls", path="p"), "plans/falls/index.html"),
        (Action(plan="falls", slug="lights", path="p"), "plans/falls/actions/lights.html"),
        (Review(plan="falls", slug="may", path="p"), "plans/falls/reviews/may.html"),
        (Incident(plan="falls", slug="stairs", path="p"), "plans/falls/incidents/stairs.html"),
        (Measure(plan="falls", slug="rate", path="p"), "plans/falls/measures/rate.html"),
        (Owner(slug="cook", path="p"), "owners/cook.html"),
        (Agency(slug="council", path="p"), "agencies/council.html"),
    ],
)
def test_every_kind_of_document_has_its_page(document: Document, expected: str) -> None:
    """Pages lie in folders like those of the content."""
    assert page_address(document) == expected


@pytest.mark.parametrize(
    ("kind", "plan", "expected"),
    [
        ("action", "falls", "plans/falls/actions/x.html"),
        ("measure", "falls", "plans/falls/measures/x.html"),
        ("plan", "", "plans/x/plan-file.html"),
        ("owner", "", "owners/x.html"),
        ("agency", "", "agencies/x.html"),
    ],
)
def test_an_unreadable_file_has_the_address_of_its_document(kind: str, plan: str, expected: str) -> None:
    """But for a plan, whose board is there all the same."""
    file = UnreadableFile(kind=kind, plan=plan, slug="x", path="p", text="", findings=())
    assert unreadable_file_address(file) == expected
    assert plan_address("x") != expected


@pytest.mark.parametrize(
    ("slug", "expected"),
    [("falls", "data/falls.csv"), ("actions", "data/actions~.csv"), ("Schema", "data/Schema~.csv")],
)
def test_a_register_never_replaces_a_file_across_plans(slug: str, expected: str) -> None:
    """`data/actions.csv` and `data/schema.json` belong to the whole site."""
    assert register_data_address(Plan(slug=slug, path="p"), "csv") == expected


@pytest.mark.parametrize(
    ("repository", "edit", "commit"),
    [
        (
            "https://github.com/a/b/",
            "https://github.com/a/b/edit/main/content/x.md",
            "https://github.com/a/b/commit/abc",
        ),
        (
            "https://gitlab.com/a/b",
            "https://gitlab.com/a/b/-/edit/main/content/x.md",
            "https://gitlab.com/a/b/-/commit/abc",
        ),
        ("git@example.org:a/b", "", ""),
        ("", "", ""),
    ],
)
def test_files_and_commits_lead_to_the_repository(repository: str, edit: str, commit: str) -> None:
    """GitLab has both below `/-`; without a web address there is no link."""
    site = Site(settings=Settings(title="T", repository=repository, branch="main"))
    assert edit_url(site, "content/x.md") == edit
    assert commit_url(site, "abc") == commit
    assert commit_url(site, "") == ""


def test_characters_of_paths_are_escaped() -> None:
    """Those that would end a path or begin an escape."""
    site = Site(settings=Settings(title="T", repository="https://example.org/r", branch="main"))
    assert edit_url(site, "content/a b#c?d%.md").endswith("/edit/main/content/a%20b%23c%3Fd%25.md")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("../theirs/notes/a.md", "https://example.org/theirs/edit/trunk/notes/a.md"),
        ("adopted/notes/a.md", "https://example.org/adopted/edit/next/adopted/notes/a.md"),
        ("adopted-too/a.md", "https://example.org/r/edit/main/adopted-too/a.md"),
        ("content/a.md", "https://example.org/r/edit/main/content/a.md"),
    ],
)
def test_adopted_files_lead_to_the_repository_of_their_source(path: str, expected: str) -> None:
    """A folder beside the site is the root of its own repository; a folder inside the site keeps its path."""
    sources = (
        ExternalSource(path="../theirs/", repository="https://example.org/theirs", branch="trunk"),
        ExternalSource(path="adopted", repository="https://example.org/adopted", branch="next"),
    )
    settings = Settings(title="T", repository="https://example.org/r", branch="main", sources=sources)
    assert edit_url(Site(settings=settings), path) == expected
