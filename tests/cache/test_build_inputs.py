"""The fingerprint of a build: it changes with each thing that a build depends on, and with nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from plansite.cache import build_inputs
from plansite.cache.build_inputs import collect_inputs, program_fingerprint
from tests.history.repo import Repo
from tests.sites import write

DAY = date(2025, 1, 20)
PLAN = "content/plans/falls/plan.md"
Change = Callable[[Repo, pytest.MonkeyPatch], object]


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A site in a repository, beside another repository that it may adopt files from."""
    repo = Repo.new(tmp_path / "site")
    write(repo.root, {PLAN: "---\ntitle: Falls\n---\n", "themes/own/static/own.css": "a {}\n"})
    repo.commit()
    Repo.new(tmp_path / "tracker").commit("Begin", {"t.md": "---\ntitle: Paint\n---\n"})
    return repo


def _digest(root: Path, theme: str = "own", day: date = DAY, *, pinned: bool = False, audience: str = "") -> str:
    return collect_inputs(root, theme, ("../tracker",), day, pinned=pinned, audience=audience).fingerprint


def _copy(repo: Repo, _: pytest.MonkeyPatch) -> None:
    copytree(repo.root, repo.root.parent / "copy")
    repo.root = repo.root.parent / "copy"


def _default_theme(repo: Repo, patch: pytest.MonkeyPatch) -> None:
    folder = repo.root.parent / "theme"
    write(folder, {"static/site.css": "b {}\n"})
    patch.setattr(build_inputs, "default_theme_folder", lambda: folder)


CHANGES: dict[str, Change] = {
    "the folder": _copy,
    "the settings": lambda repo, _: repo.write("plansite.yaml", "title: Other\n"),
    "the content": lambda repo, _: repo.write(PLAN, "---\ntitle: Fewer falls\n---\n"),
    "a file that is new": lambda repo, _: repo.write("content/index.md", "---\n---\nHello.\n"),
    "an adopted folder": lambda repo, _: repo.write("../tracker/t.md", "---\ntitle: Paint it\n---\n"),
    "the site's own theme": lambda repo, _: repo.write("themes/own/static/own.css", "b {}\n"),
    "the default theme": _default_theme,
    "the program": lambda _, patch: patch.setattr(build_inputs, "program_fingerprint", lambda: "another"),
    "a commit of nothing": lambda repo, _: repo.commit(),
    "a commit in the repository of an adopted folder": lambda repo, _: Repo(repo.root.parent / "tracker").commit(),
    "names of authors": lambda repo, _: repo.write(".mailmap", "Anna <ann@example.org>\n"),
    "a signed tag": lambda _, patch: patch.setattr(build_inputs, "fingerprint_signatures", lambda *_: "another"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_a_build_is_made_from(repo: Repo, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The digest is the same until that changes."""
    before = _digest(repo.root)
    assert _digest(repo.root) == before
    CHANGES[name](repo, monkeypatch)
    assert _digest(repo.root) != before


def test_how_a_build_is_asked_for(repo: Repo) -> None:
    """Theme, day, whether that is pinned, and audience each make another digest."""
    root = repo.root
    asked = [
        _digest(root),
        _digest(root, theme="default"),
        _digest(root, day=date(2025, 1, 21)),
        _digest(root, pinned=True),
        _digest(root, audience="public"),
    ]
    assert len(set(asked)) == len(asked)


def test_the_rest_of_a_shallow_copy(repo: Repo, tmp_path: Path) -> None:
    """The commit stays, and git has those before it."""
    repo.commit()
    copy = Repo(tmp_path / "copy")
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.root}", str(copy.root))
    before = _digest(copy.root)
    copy.git("fetch", "-q", "--unshallow")
    assert _digest(copy.root) != before


def test_what_a_build_is_not_made_from(repo: Repo) -> None:
    """Another theme, what builds keep, and files beside the content change nothing."""
    before = _digest(repo.root)
    write(repo.root, {"themes/other/static/own.css": "c {}\n", ".plansite/memo/x": "x", "notes.txt": "x"})
    assert _digest(repo.root) == before


def test_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each source and each file of data counts, but not what Python compiled, however much there is of it."""
    monkeypatch.setattr(build_inputs, "_package_folder", lambda: tmp_path)
    write(tmp_path, {"a.py": "1\n", "data/b.json": "1\n", "data/__pycache__/c.pyc": "1\n", ".d": "1\n"})
    assert _changes_program({tmp_path / "a.py", tmp_path / "data/b.json"})
    assert not _changes_program({tmp_path / "data/__pycache__/c.pyc", tmp_path / ".d"})


def test_the_program_of_a_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process goes on with the program that it began with."""
    monkeypatch.setattr(build_inputs, "_package_folder", lambda: tmp_path)
    write(tmp_path, {"a.py": "1\n"})
    program_fingerprint.cache_clear()
    before = program_fingerprint()
    write(tmp_path, {"a.py": "2\n"})
    assert program_fingerprint() == before
    program_fingerprint.cache_clear()
    assert program_fingerprint() != before
    program_fingerprint.cache_clear()


def _changes_program(paths: set[Path]) -> bool:
    """Whether the fingerprint becomes another one with every one of these files; False where it does with none."""
    changed = set()
    for path in paths:
        program_fingerprint.cache_clear()
        before = program_fingerprint()
        path.write_text(path.read_text("utf-8") + "2\n", "utf-8")
        program_fingerprint.cache_clear()
        changed.add(program_fingerprint() != before)
    program_fingerprint.cache_clear()
    (is_changed,) = changed
    return is_changed
