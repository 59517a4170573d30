"""The day and the author of changes, whichever way round the mainline was merged. All with real repositories."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from plansite.history.change import ChangeKind
from plansite.history.checkout import resolve_commit
from plansite.history.repository import SHALLOW
from plansite.history.revisions import find_changes_since_revision
from tests.history.repo import ACTIONS, RADIATOR, Repo, action

_LIGHTS = f"{ACTIONS}/lights.md"
_GATE = f"{ACTIONS}/gate.md"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Three actions; Ben changes one of them on a branch, and then Cy another one on the mainline."""
    made = Repo.new(tmp_path / "site")
    made.commit("Begin", {RADIATOR: action(), _LIGHTS: action("Lights"), _GATE: action("Gate")})
    made.git("checkout", "-q", "-b", "later")
    made.commit("Branch", {RADIATOR: action(due="2025-02-01")}, who="Ben")
    made.git("checkout", "-q", "main")
    made.commit("Mainline", {_LIGHTS: action("Lights", due="2025-03-01")}, who="Cy")
    return made


def _told(repo: Repo, cache: Path | None = None) -> dict[str, tuple[str, date]]:
    """Who moved which due date, and on which day."""
    changes = repo.history(cache).changes
    assert len([change for change in changes if change.did is ChangeKind.ADDED]) == 3
    return {change.slug: (change.who, change.when) for change in changes if change.field == "due"}


def _publish_branch(repo: Repo, *merge: str) -> None:
    """Merge the mainline into the branch, and publish the result as the mainline."""
    repo.git("checkout", "-q", "later")
    repo.day += 1
    repo.git("merge", "-q", "--no-ff", *merge, who="Ben")
    repo.git("branch", "-q", "-f", "main", "later")
    repo.git("checkout", "-q", "main")


def test_the_wrong_way_round(repo: Repo) -> None:
    """What others did on the mainline keeps its day and author; the branch lands with the merge."""
    _publish_branch(repo, "main", "--no-edit")
    assert repo.git("log", "-1", "--format=%s") == "Merge branch 'main' into later"
    assert _told(repo) == {"radiator": ("Ben", date(2025, 1, 5)), "lights": ("Cy", date(2025, 1, 4))}


def test_a_plain_pull(repo: Repo, tmp_path: Path) -> None:
    """Somebody commits on their own mainline, pulls the common one, and pushes: the same holds."""
    theirs = Repo(tmp_path / "theirs", day=10)
    repo.git("clone", "-q", str(repo.root), str(theirs.root))
    theirs.commit("Own", {_GATE: action("Gate", due="2025-04-01")}, who="Di")
    repo.commit("Meanwhile", {RADIATOR: action(due="2025-02-02")}, who="Eve")
    theirs.day += 1
    theirs.git("pull", "-q", "--no-rebase", "--no-edit", who="Di")
    told = _told(theirs)
    assert told["radiator"] == ("Eve", date(2025, 1, 5))
    assert (told["lights"][0], told["gate"]) == ("Cy", ("Di", date(2025, 1, 13)))


def test_a_history_that_was_read_before_is_the_same(repo: Repo, tmp_path: Path) -> None:
    """With what is cached of the mainline as it was before the merge."""
    cache = tmp_path / "cache"
    _told(repo, cache)
    _publish_branch(repo, "main", "--no-edit")
    repo.commit("After", {_GATE: action("Gate", due="2025-04-01")})
    assert _told(repo, cache) == _told(repo, cache) == _told(repo)


def test_since_a_commit_of_the_mainline(repo: Repo) -> None:
    """What a branch changed is what it brings, and not what it took over."""
    repo.git("tag", "before")
    _publish_branch(repo, "main", "--no-edit")
    found = find_changes_since_revision(repo.root, repo.settings, repo.history(), "before")
    assert [(change.slug, change.who) for change in found] == [("radiator", "Ben")]


def test_the_site_as_at_a_day(repo: Repo) -> None:
    """The commit of a day is that of the mainline, and not the newest one of the branch."""
    mainline = repo.git("rev-parse", "main")
    _publish_branch(repo, "main", "--no-edit")
    commit = resolve_commit(repo.root, date(2025, 1, 4), ZoneInfo(repo.settings.timezone))
    assert mainline.startswith(commit.commit)


def test_a_criss_cross(repo: Repo) -> None:
    """The branch landed properly, then took the mainline over, and was published: each change has its first day."""
    repo.day += 1
    repo.git("merge", "-q", "--no-ff", "later", "-m", "Merge branch 'later'")
    repo.commit("Elsewhere", {_LIGHTS: action("Lights", due="2025-03-02")}, who="Cy")
    repo.git("checkout", "-q", "later")
    repo.commit("More", {_GATE: action("Gate", due="2025-04-01")}, who="Ben")
    _publish_branch(repo, "main", "--no-edit")
    told = _told(repo)
    assert (told["gate"], told["radiator"]) == (("Ben", date(2025, 1, 8)), ("Ben", date(2025, 1, 5)))
    days = [change.when for change in repo.history().changes if change.field == "due" and change.slug == "lights"]
    assert days == [date(2025, 1, 6), date(2025, 1, 4)]


def test_an_octopus(repo: Repo) -> None:
    """A branch that takes over two others at a time, the mainline among them."""
    repo.git("checkout", "-q", "-b", "third", "later~1")
    repo.commit("Third", {_GATE: action("Gate", due="2025-04-01")}, who="Di")
    _publish_branch(repo, "third", "main", "--no-edit")
    assert len(repo.git("log", "-1", "--format=%P").split()) == 3
    assert _told(repo) == {
        "radiator": ("Ben", date(2025, 1, 6)),
        "gate": ("Di", date(2025, 1, 6)),
        "lights": ("Cy", date(2025, 1, 4)),
    }


def test_a_merge_in_other_words_goes_by_its_first_parent(repo: Repo) -> None:
    """A message of somebody's own does not tell which side is the mainline, so that it is git's order that counts."""
    _publish_branch(repo, "main", "-m", "Bring it up to date")
    assert _told(repo) == {"radiator": ("Ben", date(2025, 1, 3)), "lights": ("Cy", date(2025, 1, 5))}


def test_the_merge_of_a_branch_is_reverted(repo: Repo) -> None:
    """The revert takes the change of the branch back, and leaves that of the mainline as it is."""
    _publish_branch(repo, "main", "--no-edit")
    repo.day += 1
    repo.git("revert", "--no-edit", "-m", "2", "HEAD", who="Eve")
    newest = next(change for change in repo.history().changes if change.field == "due")
    assert (newest.slug, newest.before, newest.after, newest.who) == ("radiator", "2025-02-01", "", "Eve")


def test_dates_before_those_of_the_parents(repo: Repo) -> None:
    """A clock that is behind does not change the order, and no change is lost or told twice."""
    repo.commit("Behind", {_GATE: action("Gate", due="2025-04-01")}, when="2024-06-01T12:00:00Z")
    repo.commit("Right", {_GATE: action("Gate", due="2025-04-02")})
    moves = [change for change in repo.history().changes_of_action("winter", "gate") if change.field == "due"]
    assert [(change.after, change.when.year) for change in moves] == [("2025-04-02", 2025), ("2025-04-01", 2024)]


def test_old_author_dates(repo: Repo) -> None:
    """A branch that was rebased counts on the day of the rebase, whatever its authors' clocks said."""
    repo.git("checkout", "-q", "later")
    repo.git("rebase", "-q", "main", who="Manager", when="2025-02-03T12:00:00Z")
    repo.git("branch", "-q", "-f", "main", "later")
    assert _told(repo)["radiator"] == ("Ben", date(2025, 2, 3))


def test_a_shallow_copy_says_so(repo: Repo, tmp_path: Path) -> None:
    """Where the mainline is cut off, nothing is told."""
    _publish_branch(repo, "main", "--no-edit")
    copy = tmp_path / "copy"
    repo.git("clone", "-q", "--depth", "2", f"file://{repo.root}", str(copy))
    history = Repo(copy).history()
    assert (history.hidden, history.changes) == (SHALLOW, ())
