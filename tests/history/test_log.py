"""The pull request in a commit's message, and the commits of the mainline with their authors."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.history.log import ChangedFile, Commit, read_commits
from plansite.history.mainline.landings import build_mainline, follow_mainline
from plansite.history.mainline.merge_messages import names_pull_requests_in_brackets, parse_pull_request
from tests.history.repo import Repo


@pytest.mark.parametrize(
    ("message", "number"),
    [
        ("Merge pull request #12 from example/later\n\nMove the date", "12"),
        ("Move the date (#34)\n\n* one\n* two", "34"),
        ("Merge branch 'later' into 'main'\n\nMove the date\n\nSee merge request example/plans!56", "56"),
        ("Merged in later (pull request #78)\n\nMove", "78"),
        ("Merged PR 90: Move the date", "90"),
        ('Revert "Move the date (#34)" (#35)', "35"),
        ('Revert "Move the date (#34)"', ""),
        ("Move the date\n\nas in (#34)", ""),
        ("Answer #12", ""),
        ("", ""),
    ],
)
def test_pull_requests(message: str, number: str) -> None:
    """Each of the usual hosts' messages names its number; a number that is only mentioned is none."""
    assert parse_pull_request(message) == number


@pytest.mark.parametrize(
    ("url", "holds"),
    [
        ("https://github.com/example/plans", True),
        ("https://GitHub.com/example/plans", True),
        ("https://github.example.org:8443/plans", True),
        ("https://codeberg.org/example/plans", True),
        ("https://our-gitea.example.org/plans", True),
        ("https://forgejo.example.org/plans", True),
        ("https://gitlab.com/example/plans", False),
        ("https://gitlab.example.org/github/plans", False),
        ("https://bitbucket.org/example/plans", False),
        ("https://mygithub.example.org/plans", False),
        ("https://git.example.org/plans", False),
        ("", False),
    ],
)
def test_a_number_in_brackets_is_a_pull_request_where_the_host_says_so(url: str, holds: bool) -> None:
    """Elsewhere it is an issue, or an action; what names a pull request in words counts everywhere."""
    in_brackets = names_pull_requests_in_brackets(url)
    assert in_brackets is holds
    assert parse_pull_request("Move the date (#34)", in_brackets=in_brackets) == ("34" if holds else "")
    assert parse_pull_request("Merge pull request #12 from a/b", in_brackets=in_brackets) == "12"


def _commit(name: str, parents: str, who: str = "", path: str = "") -> Commit:
    files = (ChangedFile(path, path, "a", "b"),) if path else ()
    return Commit(name, tuple(parents.split()), 0, who, "", files)


def test_authors_of_a_merge() -> None:
    """A merge's file belongs to those who touched that file on the branch; a second merge does not count them again."""
    commits = [
        _commit("m2", "m1 d", "Manager", "x"),
        _commit("d", "c", "Di", "x"),
        _commit("m1", "a c", "Manager", "x"),
        _commit("c", "b", "Cy", "y"),
        _commit("b", "a", "Ben", "x"),
        _commit("a", "", "Ann", "x"),
    ]
    line = follow_mainline(commits)
    assert [each.commit_id for each in line] == ["m2", "m1", "a"]
    assert [[who for _, who in each.files] for each in build_mainline(commits, line)] == [["Di"], ["Ben"], ["Ann"]]


def test_what_a_merge_itself_changed() -> None:
    """A file that nobody touched on the branch was changed by whoever merged."""
    commits = [_commit("m", "a b", "Manager", "x"), _commit("b", "a", "Ben", "y"), _commit("a", "", "Ann", "x")]
    assert build_mainline(commits, follow_mainline(commits))[0].files[0][1] == "Manager"


def test_taking_over_is_not_writing() -> None:
    """A branch's own merge of the mainline does not make its author one of the file's."""
    commits = [
        _commit("m", "c t", "Manager", "x"),
        _commit("t", "b c", "Eve", "x"),
        _commit("c", "a", "Cy", "x"),
        _commit("b", "a", "Ben", "x"),
        _commit("a", "", "Ann", "x"),
    ]
    assert build_mainline(commits, follow_mainline(commits))[0].files[0][1] == "Ben"


def test_an_octopus() -> None:
    """Every branch of a merge counts, in the order of the work."""
    commits = [
        _commit("m", "a b c", "Manager", "x"),
        _commit("c", "a", "Cy", "x"),
        _commit("b", "a", "Ben", "x"),
        _commit("a", "", "Ann", "x"),
    ]
    assert build_mainline(commits, follow_mainline(commits))[0].files[0][1] == "Ben and Cy"


def test_paths_are_those_of_a_build(tmp_path: Path) -> None:
    """A name with a character that cannot be shown has the same sign for it as on the pages."""
    repo = Repo.new(tmp_path)
    repo.commit(files={"content/a\x07b.md": "x", "content/c\x85d.md": "x"})
    commits = read_commits(tmp_path, "HEAD", ["content"]) or []
    assert [file.path for commit in commits for file in commit.files] == ["content/a\ufffdb.md", "content/c\ufffdd.md"]
