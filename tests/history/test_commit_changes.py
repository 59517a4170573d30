"""The cache of changes saves work, and the history is the same with and without it; days of commits."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import plansite
from plansite.content.documents import DocumentLocation
from plansite.history.blobs import BlobReader
from plansite.history.commit_changes import day_of
from plansite.history.fast_versions import parse_version_fast
from plansite.history.site_history import SiteHistory, filter_history
from plansite.history.versions import DocumentVersion
from plansite.model.external.source_settings import ExternalSource
from plansite.parallel import timeouts
from tests.history.repo import ACTIONS, RADIATOR, Repo, action


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A repository with some history and a branch that landed."""
    repo = Repo.new(tmp_path / "site")
    repo.commit("Begin", {RADIATOR: action(due="2025-01-07"), f"{ACTIONS}/lights.md": action("Lights")})
    repo.commit("Move", {RADIATOR: action(due="2025-01-14")})
    repo.git("checkout", "-q", "-b", "later")
    repo.commit("Branch", {f"{ACTIONS}/lights.md": action("Lights", due="2025-02-01")}, who="Ben")
    repo.git("checkout", "-q", "main")
    repo.commit("Again", {RADIATOR: action(due="2025-01-21")})
    repo.git("merge", "-q", "--no-ff", "later", "-m", "Merge pull request #3 from later")
    return repo


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """The cache file, in a folder that does not exist yet."""
    return tmp_path / "kept" / "history"


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are parsed in this process, where calls can be counted."""
    monkeypatch.setattr(timeouts, "TIME_LIMIT", None)


@pytest.fixture
def read_blobs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the blobs that are read from git."""
    read_ids: list[str] = []
    read = BlobReader.read

    def read_and_record(self: BlobReader, blob_ids: Sequence[str]) -> dict[str, bytes | None]:
        read_ids.extend(blob_ids)
        return read(self, blob_ids)

    monkeypatch.setattr(BlobReader, "read", read_and_record)
    return read_ids


def _same(warm: SiteHistory, cold: SiteHistory) -> None:
    assert warm.changes == cold.changes
    assert warm.hidden == cold.hidden == ""


def test_nothing_is_read_twice(repo: Repo, cache: Path, read_blobs: list[str]) -> None:
    """A second run reads no version at all, and tells the same."""
    cold = repo.history(cache)
    assert sorted(read_blobs) == sorted(set(read_blobs)) != []
    read_blobs.clear()
    _same(repo.history(cache), cold)
    assert read_blobs == []


def test_a_new_commit_costs_its_own_work(repo: Repo, cache: Path, read_blobs: list[str]) -> None:
    """After a commit that touched one file, its two versions are read, and no other."""
    repo.history(cache)
    read_blobs.clear()
    repo.commit("Once more", {RADIATOR: action(due="2025-01-28")})
    warm = repo.history(cache)
    assert len(read_blobs) == 2
    _same(warm, repo.history())
    assert warm.changes[0].after == "2025-01-28"


@pytest.mark.parametrize("words", ["reset -q --hard HEAD~1", "reset -q --hard HEAD~2", "checkout -q later"])
def test_another_mainline(repo: Repo, cache: Path, words: str) -> None:
    """After a reset or on another branch the answer is that of a first reading."""
    repo.history(cache)
    repo.git(*words.split())
    _same(repo.history(cache), repo.history())
    repo.commit("New", {RADIATOR: action(due="2026-01-01")})
    _same(repo.history(cache), repo.history())


def test_a_rewritten_mainline(repo: Repo, cache: Path, read_blobs: list[str]) -> None:
    """After the newest commit was amended, the old one is forgotten, and the others are not read again."""
    repo.commit("Slip", {RADIATOR: action(due="2026-06-06")})
    repo.history(cache)
    repo.write(RADIATOR, action(due="2025-06-06"))
    repo.git("commit", "-q", "-a", "--amend", "-m", "Right")
    read_blobs.clear()
    warm = repo.history(cache)
    assert len(read_blobs) == 2
    _same(warm, repo.history())
    assert "2026-06-06" not in repr(warm.changes)


def test_a_mainline_merged_the_wrong_way(repo: Repo, cache: Path) -> None:
    """Where what was the mainline becomes the second parent, the story is told anew."""
    repo.history(cache)
    repo.git("checkout", "-q", "-b", "wrong", "HEAD~2")
    repo.commit("Side", {f"{ACTIONS}/stairs.md": action("Stairs")})
    repo.git("merge", "-q", "--no-ff", "main", "-m", "Merge branch main into wrong")
    _same(repo.history(cache), repo.history())


def test_the_lost_commit(repo: Repo, cache: Path) -> None:
    """A kept commit that the repository has thrown away is no obstacle."""
    repo.commit("Slip", {RADIATOR: action(due="2026-06-06")})
    repo.history(cache)
    repo.git("reset", "-q", "--hard", "HEAD~1")
    repo.commit("Right", {RADIATOR: action(due="2025-06-06")})
    repo.git("reflog", "expire", "--expire=now", "--all")
    repo.git("gc", "-q", "--prune=now")
    _same(repo.history(cache), repo.history())


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda _: b"\x80\x04N.",
        lambda data: data[:-20],
        lambda data: data.replace(b"2025-01-14", b"2025-01-15"),
        lambda _: b"[" * 100_000,
        lambda data: data.replace(b"plansite history", b"other history"),
        lambda data: b'["plansite history 1","x"]\n' + data,
    ],
    ids=["empty", "pickle", "cut", "altered", "deep", "foreign", "digest"],
)
def test_damage_costs_only_time(repo: Repo, cache: Path, damage: object) -> None:
    """A damaged or foreign file is passed over and written anew."""
    cold = repo.history(cache)
    whole = cache.read_bytes()
    cache.write_bytes(damage(whole))  # type: ignore[operator]
    _same(repo.history(cache), cold)
    assert cache.read_bytes() == whole


def test_another_sites_cache(repo: Repo, cache: Path, tmp_path: Path) -> None:
    """What another repository keeps in the same place does not get in."""
    other = Repo.new(tmp_path / "other")
    other.commit("Begin", {RADIATOR: action("Other")})
    other.history(cache)
    _same(repo.history(cache), repo.history())


def test_new_names(repo: Repo, cache: Path) -> None:
    """A .mailmap that changed counts for old commits too."""
    repo.history(cache)
    repo.write(".mailmap", "Anna Smith <ann@example.org>\n")
    assert "Anna Smith" in {change.who for change in repo.history(cache).changes}


@pytest.mark.parametrize(
    "module", ["model/audience/filter.py", "content/yaml/nodes.py", "markdown/fast_path/tokens.py", "history/log.py"]
)
def test_other_code(
    repo: Repo, cache: Path, tmp_path: Path, read_blobs: list[str], monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    """After an edit of the code that determines the changes, in a sub-package too, nothing cached is used."""
    package = Path(plansite.__file__).parent
    copy = tmp_path / "code"
    for name in ("content", "history", "markdown", "model"):
        shutil.copytree(package / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(plansite, "__file__", str(copy / "__init__.py"))
    repo.history(cache)
    read_blobs.clear()
    repo.history(cache)
    assert read_blobs == []
    with (copy / module).open("a") as file:
        file.write("# edited\n")
    repo.history(cache)
    assert read_blobs != []


def test_a_place_that_cannot_be_written(repo: Repo, tmp_path: Path) -> None:
    """A cache that cannot be kept is done without."""
    (tmp_path / "file").write_text("")
    _same(repo.history(tmp_path / "file" / "history"), repo.history())


def test_it_is_plain_and_bounded(repo: Repo, cache: Path) -> None:
    """One line of JSON for each commit of the mainline, beside two of its own; no more after many runs."""
    for _ in range(3):
        repo.commit("More", {RADIATOR: action(due="2025-03-01")})
        repo.history(cache)
    lines = cache.read_bytes().splitlines()
    assert all(json.loads(line) for line in lines)
    assert len(lines) == 2 + int(repo.git("rev-list", "--first-parent", "--count", "HEAD"))
    assert [path.name for path in cache.parent.iterdir()] == ["history"]


def test_shares_add_up(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in two runs of commits side by side, a history is the same."""
    whole = repo.history()
    monkeypatch.setattr("plansite.history.loader._MIN_FILES_PER_PROCESS", 1)
    _same(repo.history(), whole)


def test_each_version_is_parsed_once(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """A version is read as the later of two, and not again as the earlier of the next."""
    parsed: list[bytes] = []

    def parse_and_record(
        location: DocumentLocation, data: bytes, source: ExternalSource | None, zone: str
    ) -> DocumentVersion:
        parsed.append(data)
        return parse_version_fast(location, data, source, zone)

    monkeypatch.setattr("plansite.history.renames.commit_renames.parse_version_fast", parse_and_record)
    assert repo.history().changes
    assert len(parsed) == len(set(parsed)) == 5


def test_only_what_may_be_seen(repo: Repo) -> None:
    """A history for some is that of the files they may see, and nothing else is in it."""
    repo.commit("Secret", {f"{ACTIONS}/secret.md": action("Secret")})
    repo.commit("Gone", {f"{ACTIONS}/secret.md": None, f"{ACTIONS}/other.md": action("Other")})
    seen = filter_history(repo.history(), {RADIATOR})
    assert {change.path for change in seen.changes} == {RADIATOR}
    assert seen.changes_of_action("winter", "radiator") == repo.history().changes_of_action("winter", "radiator") != ()
    assert "ecret" not in repr(seen)


@pytest.mark.parametrize(
    ("time", "day"),
    [
        (0, date(1970, 1, 1)),
        (1_735_689_599, date(2024, 12, 31)),
        (1_735_689_600, date(2025, 1, 1)),
        (1_751_324_400, date(2025, 7, 1)),
        (48_000_000_000, date(2999, 12, 31)),
        (10**18, date(2999, 12, 31)),
        (10**30, date(2999, 12, 31)),
        (-(10**10), date(1900, 1, 1)),
    ],
)
def test_days_in_london(time: int, day: date) -> None:
    """A day ends at midnight of the zone, in summer an hour before UTC's; no number is too large."""
    assert day_of(time, ZoneInfo("Europe/London")) == day
