"""Entries of feeds keep their ids and words through everything that happens to files later."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from plansite.pipeline.build import build_in_memory
from tests.history.repo import Repo, action
from tests.site.changes.atom_validator import ATOM, find_faults, read_text
from tests.sites import FixedClock

_FIRST = date(2025, 1, 6)
_HEATER = "content/plans/winter/actions/heater.md"

#: Title, summary and time of each entry, by id.
Entries = dict[str, tuple[str, str, str]]


def _read_feeds(repo: Repo, day: date) -> dict[str, Entries]:
    """The entries of each feed of the site as at a day; each feed is valid."""
    built = build_in_memory(repo.root, clock=FixedClock(day), history=True)
    feeds = {path: data.decode() for path, data in built.files.items() if path.endswith(".atom")}  # type: ignore[union-attr]
    assert {path: faults for path, text in feeds.items() if (faults := find_faults(text))} == {}
    return {path: _read_entries(text) for path, text in feeds.items()}


def _read_entries(text: str) -> Entries:
    entries = fromstring(text).findall(f"{ATOM}entry")  # noqa: S314  (our own text)
    return {
        read_text(each, "id"): (read_text(each, "title"), read_text(each, "summary"), read_text(each, "updated"))
        for each in entries
    }


def _begin(root: Path) -> Repo:
    repo = Repo.new(root)
    files: dict[str, str | None] = {
        "plansite.yaml": "title: T\nbase_url: https://plans.example.org/\n",
        "content/plans/winter/plan.md": action("A warm winter", ""),
        "content/plans/summer/plan.md": action("A cool summer", ""),
        _HEATER: action("Mend the heater", "## Steps\n- [ ] Ring\n- [ ] Wait\n", owner="Cook", due="2025-01-20"),
    }
    repo.commit("Begin", files, when=f"{_FIRST}T09:00:00Z")
    return repo


def _commit(repo: Repo, day: date, hour: int, files: dict[str, str | None] | None = None) -> None:
    repo.commit("Update", files or {}, when=f"{day}T{hour:02}:00:00Z")


def test_each_change_is_an_entry_with_the_words_of_its_commit(tmp_path: Path) -> None:
    """Two changes of one commit are two entries, in every feed that tells of them under the same id."""
    repo = _begin(tmp_path / "site")
    text = (repo.root / _HEATER).read_text("utf-8")
    _commit(repo, _FIRST, 12, {_HEATER: text.replace("[ ]", "[x]").replace("2025-01-20", "2025-02-03")})
    feeds = _read_feeds(repo, _FIRST)
    assert set(feeds) == {"changes.atom", "plans/winter/changes.atom", "plans/summer/changes.atom", "owners/cook.atom"}
    mended = {words: title for title, words, _ in feeds["owners/cook.atom"].values()}
    assert mended == {
        "Added by Ann: Mend the heater.": "Mend the heater (Winter)",
        "Step done by Ann: Ring.": "Mend the heater (Winter)",
        "Step done by Ann: Wait.": "Mend the heater (Winter)",
        "Due moved from 20 January to 3 February 2025 by Ann.": "Mend the heater (Winter)",
    }
    assert feeds["owners/cook.atom"].items() < feeds["plans/winter/changes.atom"].items()
    assert feeds["plans/winter/changes.atom"].items() < feeds["changes.atom"].items()


@pytest.mark.parametrize(
    "what", ["file", "plan folder", "other plan", "title", "plan title", "reason", "owner", "removed", "plan removed"]
)
@pytest.mark.parametrize("later", [0, 2])
def test_whatever_happens_later_an_entry_stays(what: str, later: int, tmp_path: Path) -> None:
    """Its id, its words and its time; on the same day as well as on a later one."""
    repo = _begin(tmp_path / "site")
    text = (repo.root / _HEATER).read_text("utf-8")
    moved = text.replace("2025-01-20", "2025-02-03")
    _commit(repo, _FIRST, 10, {_HEATER: moved})
    before = _read_feeds(repo, _FIRST)["changes.atom"]
    day = _FIRST + timedelta(days=later)
    renames = {
        "file": (_HEATER, "content/plans/winter/actions/boiler.md"),
        "plan folder": ("content/plans/winter", "content/plans/cold"),
        "other plan": (_HEATER, "content/plans/summer/actions/heater.md"),
    }
    edits: dict[str, dict[str, str | None]] = {
        "title": {_HEATER: moved.replace("Mend the heater", "Replace the heater")},
        "plan title": {"content/plans/winter/plan.md": action("A dry winter", "")},
        "reason": {_HEATER: moved.replace("owner:", 'due_history: [{due: 2025-01-20, reason: "Ill"}]\nowner:')},
        "owner": {_HEATER: moved.replace("Cook", "Nurse")},
        "removed": {_HEATER: None},
        "plan removed": {_HEATER: None, "content/plans/winter/plan.md": None},
    }
    if what in renames:
        old, new = renames[what]
        (repo.root / new).parent.mkdir(parents=True, exist_ok=True)
        repo.git("mv", old, new)
    _commit(repo, day, 11, edits.get(what))
    after = _read_feeds(repo, day)["changes.atom"]
    assert {id: after.get(id) for id in before} == before
    assert (len(after) > len(before)) is (what != "reason")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_ids_and_words_last_through_any_commits(seed: int, tmp_path: Path) -> None:
    """Renames, moves between plans, edits, removals and new files, several on a day."""
    chance, day = random.Random(seed), _FIRST  # noqa: S311  (edits for a test)
    repo, seen = _begin(tmp_path / "site"), dict[str, tuple[str, str, str]]()
    for number in range(12):
        day += timedelta(days=chance.choice([0, 0, 1]))
        _edit(repo, chance, number)
        _commit(repo, day, 10 + number % 12)
        entries = _read_feeds(repo, day)["changes.atom"]
        assert {id: entries.get(id) for id in seen} == seen, number
        seen = entries
    assert len(seen) > 12


def _edit(repo: Repo, chance: random.Random, number: int) -> None:
    """Change the files in some way."""
    files = sorted((repo.root / "content/plans").rglob("*.md"))
    file, plan = chance.choice(files), chance.choice(sorted((repo.root / "content/plans").iterdir()))
    text = file.read_text("utf-8")
    match chance.choice(["title", "note", "new", "rename", "move", "folder", "remove", "owner"]):
        case "title":
            file.write_text(text.replace("title: ", f"title: {number} "), "utf-8")
        case "note":
            file.write_text(f"{text}\n## Progress\n- 2025-01-06: News {number}.\n", "utf-8")
        case "owner":
            file.write_text(text.replace("---\n", f"---\nsponsor: A{number}\n", 1), "utf-8")
        case "rename" if file.name != "plan.md":
            file.rename(file.with_name(f"renamed-{number}.md"))
        case "move" if file.name != "plan.md":
            (plan / "actions").mkdir(exist_ok=True)
            file.rename(plan / "actions" / f"moved-{number}.md")
        case "folder":
            plan.rename(plan.with_name(f"plan-{number}"))
        case "remove" if file.name != "plan.md":
            file.unlink()
        case _:
            (plan / "actions").mkdir(exist_ok=True)
            (plan / "actions" / f"new-{number}.md").write_text(action(f"New {number}", f"Word {number}.\n"), "utf-8")
