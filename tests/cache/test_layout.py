"""Half-written files beside the site go; whatever else lies there stays."""

from __future__ import annotations

from pathlib import Path

from plansite.cache.layout import remove_leftovers

_DIGEST = "0123456789abcdef" * 2 + "01234567"
_HALF = (
    "last-build.json.4711",
    ".history.jsonlx7_a2b",
    f"memo/{_DIGEST}.4711",
    "templates/new-4711-page.template",
)
_WHOLE = (
    ".gitignore",
    "history.jsonl",
    "last-build.json",
    "last-build.json.txt",
    f"memo/{_DIGEST}.memo",
    "memo/report.2024",
    "templates/page.template",
    "notes/last-build.json.1",
)


def _lay(folder: Path) -> None:
    for name in (*_HALF, *_WHOLE):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_only_half_written_files_go(tmp_path: Path) -> None:
    """What bears a name under which nobody begins to write stays, whoever put it there."""
    _lay(tmp_path)
    remove_leftovers(tmp_path)
    assert _files(tmp_path) == set(_WHOLE)


def test_where_nothing_is_kept_there_is_nothing_to_do(tmp_path: Path) -> None:
    """A first build has no such folder, and makes none by tidying."""
    remove_leftovers(tmp_path / ".plansite")
    assert list(tmp_path.iterdir()) == []


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """A folder that somebody linked into a site is not tidied, neither as a whole nor in part."""
    _lay(tmp_path / "theirs")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/memo").symlink_to(tmp_path / "theirs/memo")
    (tmp_path / "link").symlink_to(tmp_path / "theirs")
    for name in ("site", "link"):
        remove_leftovers(tmp_path / name)
    assert _files(tmp_path / "theirs") == {*_HALF, *_WHOLE}
