"""Web pages of a repository: of files to edit, of their history, and of commits."""

from __future__ import annotations

import pytest

from plansite.model.external.source_settings import ExternalSource
from plansite.model.links.repository import commit_url, edit_url, find_host, history_url
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Audience, EditReader, RepositoryHost

_GITHUB, _GITLAB, _FORGEJO = RepositoryHost


def _site(repository: str, *, audience: Audience = Audience.INTERNAL, **settings: object) -> Site:
    return Site(settings=Settings(title="T", repository=repository, **settings), audience=audience)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("repository", "edit", "history", "commit"),
    [
        ("https://github.com/a/b/", "/edit/main/content/x.md", "/commits/main/content/x.md", "/commit/abc"),
        ("https://gitlab.com/a/b", "/-/edit/main/content/x.md", "/-/commits/main/content/x.md", "/-/commit/abc"),
        ("https://codeberg.org/a/b", "/_edit/main/content/x.md", "/commits/branch/main/content/x.md", "/commit/abc"),
    ],
)
def test_each_host_has_addresses_of_its_own(repository: str, edit: str, history: str, commit: str) -> None:
    """GitLab has all below `/-`; Forgejo and Gitea say `_edit`, and `branch` before the branch of a history."""
    site, base = _site(repository), repository.rstrip("/")
    assert edit_url(site, "content/x.md") == f"{base}{edit}"
    assert edit_url(site, "content/x.md", 12) == f"{base}{edit}#L12"
    assert history_url(site, "content/x.md") == f"{base}{history}"
    assert commit_url(site, "abc") == f"{base}{commit}"
    assert commit_url(site, "") == ""


@pytest.mark.parametrize("repository", ["git@example.org:a/b", ""])
def test_without_a_web_address_there_is_no_link(repository: str) -> None:
    """A repository that only git can reach has no pages."""
    site = _site(repository)
    assert edit_url(site, "content/x.md") == edit_url(site, "content/x.md", 12) == ""
    assert history_url(site, "content/x.md") == commit_url(site, "abc") == ""


@pytest.mark.parametrize(
    ("repository", "host"),
    [
        ("https://github.com/a/b", _GITHUB),
        ("https://github.council.gov.uk/a/b", _GITHUB),
        ("https://gitlab.example.org/a/b", _GITLAB),
        ("https://codeberg.org/a/b", _FORGEJO),
        ("https://gitea.example.org/a/b", _FORGEJO),
        ("https://example.org:3000/forgejo/b", None),
        ("https://github.com/gitlab/tracker", _GITHUB),
        ("https://example.org/gitlab", None),
        ("https://[broken", None),
        ("", None),
    ],
)
def test_only_the_name_of_the_computer_tells_the_host(repository: str, host: RepositoryHost | None) -> None:
    """A group or a repository may be called `gitlab` anywhere."""
    assert find_host(repository) is host


@pytest.mark.parametrize(
    ("host", "edit"),
    [
        (None, "edit/main/x.md"),
        (_GITHUB, "edit/main/x.md"),
        (_GITLAB, "-/edit/main/x.md"),
        (_FORGEJO, "_edit/main/x.md"),
    ],
)
def test_a_host_that_the_address_does_not_tell_is_a_setting(host: RepositoryHost | None, edit: str) -> None:
    """Without one, links are made as for GitHub. What the setting says goes before what the address tells."""
    assert edit_url(_site("https://git.example.org/r", host=host), "x.md") == f"https://git.example.org/r/{edit}"
    if host:
        assert edit_url(_site("https://github.com/r", host=host), "x.md") == f"https://github.com/r/{edit}"


def test_characters_of_paths_and_branches_are_escaped() -> None:
    """Those that would end a path or begin an escape."""
    site = _site("https://github.com/r", branch="mend #3", repository_folder="our sites")
    assert edit_url(site, "content/a b#c?d%.md").endswith("/edit/mend%20%233/our%20sites/content/a%20b%23c%3Fd%25.md")


@pytest.mark.parametrize("folder", ["sites/plans", "/sites/plans/", "./sites/plans"])
def test_a_site_below_the_top_of_its_repository(folder: str) -> None:
    """Its folder stands before the path of each file."""
    site = _site("https://github.com/r", repository_folder=folder)
    assert edit_url(site, "content/x.md") == "https://github.com/r/edit/main/sites/plans/content/x.md"


@pytest.mark.parametrize(
    "asked", [(EditReader.NOBODY,), (EditReader.INTERNAL,), (EditReader.PARTNERS, EditReader.PUBLIC)]
)
@pytest.mark.parametrize("audience", list(Audience))
def test_edit_links_are_for_the_audiences_that_are_asked_for(asked: tuple[EditReader, ...], audience: Audience) -> None:
    """The history and the commits have authors, so the public has no link to them even where it may edit."""
    site = _site("https://github.com/r", audience=audience, edit_links=asked)
    assert bool(edit_url(site, "x.md")) == (audience.value in asked)
    assert bool(history_url(site, "x.md")) == bool(commit_url(site, "abc")) == (audience is not Audience.PUBLIC)


def test_edit_links_are_for_internal_readers_unless_said() -> None:
    """Whoever reads another copy has no account there."""
    links = [edit_url(_site("https://github.com/r", audience=audience), "x.md") for audience in Audience]
    assert [bool(link) for link in links] == [True, False, False]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("../theirs/notes/a.md", "https://github.com/theirs/edit/trunk/notes/a.md"),
        ("adopted/notes/a.md", "https://github.com/adopted/edit/next/adopted/notes/a.md"),
        ("adopted-too/a.md", "https://github.com/r/edit/main/adopted-too/a.md"),
        ("content/a.md", "https://github.com/r/edit/main/content/a.md"),
    ],
)
def test_adopted_files_lead_to_the_repository_of_their_source(path: str, expected: str) -> None:
    """A folder beside the site is the root of its own repository; a folder inside the site keeps its path."""
    sources = (
        ExternalSource(path="../theirs/", repository="https://github.com/theirs", branch="trunk"),
        ExternalSource(path="adopted", repository="https://github.com/adopted", branch="next"),
    )
    assert edit_url(_site("https://github.com/r", sources=sources), path) == expected
