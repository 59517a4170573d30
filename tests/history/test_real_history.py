"""The changes of a real tracker of 151 commits are those that `git log -p` shows."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml

from plansite.history.change import ChangeKind
from plansite.history.loader import load_history
from plansite.history.repository import ContentFolder
from plansite.history.site_history import SiteHistory
from tests.history.replay import apply_changes, count_kinds, read_present_state
from tests.history.repo import settings

pytestmark = pytest.mark.slow

_SETTINGS = """\
title: T
sources:
  - path: ../theirs/_subcommitments
    plan: nap5
    fields: {ref: commitment_detail_sub_id, owner: {field: commitment_agency, split: "<br>", take: last}, status: commitment_status, goal: commitment_id}
    statuses: {Complete: completed, In Progress: in progress, Not Started: not started}
"""
_OURS = {
    "title": "title",
    "commitment_detail_sub_id": "ref",
    "commitment_agency": "owner",
    "commitment_status": "status",
    "commitment_id": "goal",
}
_WORDS = {"Complete": "completed", "In Progress": "in progress", "Not Started": "not started"}
_CHANGED = ["us0113-1", "us0116-3", "us0127-2", "us0121-0", "us0130-1"]


@pytest.fixture(scope="module")
def theirs(real_sets: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Their repository, as the bundle holds it."""
    bundle = real_sets / "us-nap5-commitments" / "history.bundle"
    if not bundle.is_file():
        pytest.skip("the real history does not lie beside this checkout")
    folder = tmp_path_factory.mktemp("real") / "theirs"
    subprocess.run(["git", "clone", "-q", str(bundle), str(folder)], check=True)
    return folder


@pytest.fixture(scope="module")
def history(theirs: Path) -> SiteHistory:
    """Its history, adopted by a site beside it."""
    site = theirs.parent / "site"
    site.mkdir()
    subprocess.run(["git", "init", "-q", str(site)], check=True)
    subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-q", "--allow-empty", "-m", "Begin"],
        cwd=site,
        check=True,
    )
    return load_history(site, settings(_SETTINGS))


def _list_git_changes(theirs: Path, name: str) -> Counter[tuple[str, str, str]]:
    """The fields that `git log -p` shows as changed in a file, as commit, our name and new value.

    Lines with - are taken off, lines with + put on. What a commit leaves unreadable counts when it can be read again.
    """
    path = f"_subcommitments/{name}.md"
    words = ["git", "log", "-p", "-U0", "--reverse", "--no-renames", "--format=commit %H", "--", path]
    found: Counter[tuple[str, str, str]] = Counter()
    seen, now = dict[str, str](), dict[str, str]()
    log = subprocess.run(words, cwd=theirs, capture_output=True, check=True).stdout.decode()
    for commit in re.split(r"^commit (?=[0-9a-f]{40}$)", log, flags=re.MULTILINE)[1:]:
        fields = [re.fullmatch(r"([-+])(\w+): *(.*)", line) for line in commit.splitlines()]
        now = {key: value for key, value in now.items() if key not in {each[2] for each in fields if each}}
        now |= {each[2]: _value(each[3]) for each in fields if each and each[1] == "+" and each[2] in _OURS}
        if not now or not _is_readable(theirs, f"{commit[:40]}:{path}"):
            continue
        old = {"commitment_status": "Not Started", **seen}  # left out, it has not started
        changed = [(_OURS[key], value) for key, value in now.items() if seen and value != old.get(key)]
        found.update((commit[:40], ours, _WORDS.get(value, value)) for ours, value in changed)
        seen = now
    return found


def _is_readable(theirs: Path, version: str) -> bool:
    text = subprocess.run(["git", "show", version], cwd=theirs, capture_output=True, check=True).stdout.decode()
    try:
        return bool(yaml.safe_load(text.split("\n---", 1)[0].removeprefix("---")))
    except yaml.YAMLError:
        return False


def _value(text: str) -> str:
    return text.strip().strip('"').split("<br>")[-1].strip()


@pytest.mark.parametrize("name", _CHANGED)
def test_fields_change_as_git_shows(theirs: Path, history: SiteHistory, name: str) -> None:
    """For five sub-commitments the changed fields are those that git shows, commit by commit."""
    assert _list_field_changes(history, name) == _list_git_changes(theirs, name) != Counter()


def test_all_fields_change_as_git_shows(theirs: Path, history: SiteHistory) -> None:
    """The same holds for all but three: two were renamed, and one wraps a value, which reading by lines does not see."""
    names = {path.stem for path in (theirs / "_subcommitments").glob("*.md")}
    renamed = {change.slug for change in history.changes if change.did is ChangeKind.MOVED}
    names -= {*renamed, "us0145-3"}
    assert len(names) == 67
    assert {name: _list_field_changes(history, name) for name in names} == {
        name: _list_git_changes(theirs, name) for name in names
    }


def _list_field_changes(history: SiteHistory, name: str) -> Counter[tuple[str, str, str]]:
    return Counter(
        (change.commit, change.field, str(change.after))
        for change in history.changes_of_action("nap5", name)
        if change.did is ChangeKind.FIELD_CHANGED and change.field in _OURS.values()
    )


def test_all_of_it_adds_up(theirs: Path, history: SiteHistory) -> None:
    """The 151 commits, played from the beginning, give the files as they lie there now."""
    source = settings(_SETTINGS).sources[0]
    present_state = read_present_state(theirs, ContentFolder("../theirs/_subcommitments", "_subcommitments", source))
    assert len(present_state) == 70
    assert apply_changes(history) == present_state
    assert history.omitted_sources == ()
    assert "@" not in {letter for change in history.changes for letter in change.who}
    assert count_kinds(history.changes)[ChangeKind.ADDED] >= 70
    assert history.changes_since(date(2024, 4, 15))[0].slug == "us0132-2"
