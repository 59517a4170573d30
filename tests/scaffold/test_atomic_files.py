"""New files are written completely or not at all, and never replace others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plansite.scaffold import atomic_files
from plansite.scaffold.atomic_files import AlreadyExistsError, replace_file, write_new_files


def _tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_files_are_written_with_their_folders(tmp_path: Path) -> None:
    """UTF-8, line ends as given, and nothing else left behind."""
    write_new_files(tmp_path / "new", {"a/b.md": "£\n", "c.md": "C"})
    assert _tree(tmp_path) == {"new/a/b.md": "£\n".encode(), "new/c.md": b"C"}


def test_nothing_is_written_where_one_would_be_overwritten(tmp_path: Path) -> None:
    """The error names every file that is in the way."""
    (tmp_path / "b.md").write_text("mine", "utf-8")
    (tmp_path / "c.md").symlink_to("nowhere")
    with pytest.raises(AlreadyExistsError, match=r"^b\.md and c\.md exist already; nothing was written$"):
        write_new_files(tmp_path, {"a.md": "A", "b.md": "B", "c.md": "C"})
    assert _tree(tmp_path) == {"b.md": b"mine"}


@pytest.mark.parametrize(("old", "new"), [("Door.md", "door.md"), ("cafe\u0301.md", "caf\u00e9.md")])
def test_a_twin_counts_as_the_same_file(tmp_path: Path, old: str, new: str) -> None:
    """What another computer could not tell apart is not written beside it."""
    (tmp_path / old).write_text("mine", "utf-8")
    with pytest.raises(AlreadyExistsError):
        write_new_files(tmp_path, {new: "A"})
    assert list(_tree(tmp_path)) == [old]


def test_a_failure_takes_back_what_was_written(tmp_path: Path) -> None:
    """If one file cannot be written, none is there, and no temporary file either."""
    (tmp_path / "b").write_text("a file where a folder is wanted", "utf-8")
    with pytest.raises(OSError):
        write_new_files(tmp_path, {"a.md": "A", "b/c.md": "C"})
    assert list(_tree(tmp_path)) == ["b"]


def test_a_failure_takes_back_the_folders_it_made(tmp_path: Path) -> None:
    """Otherwise the next try would find a folder in its way; folders that were there before stay."""
    (tmp_path / "content/plans").mkdir(parents=True)
    (tmp_path / "b").write_text("a file where a folder is wanted", "utf-8")
    with pytest.raises(OSError):
        write_new_files(tmp_path, {"content/plans/a/actions/c.md": "C", "content/owners/d.md": "D", "b/c.md": "C"})
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == [
        "b",
        "content",
        "content/plans",
    ]


def test_stopping_in_the_middle_takes_back_what_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C between two files leaves none of them."""
    real = atomic_files.replace_file

    def stopped(target: Path, data: bytes) -> None:
        if target.name == "b.md":
            raise KeyboardInterrupt
        real(target, data)

    monkeypatch.setattr(atomic_files, "replace_file", stopped)
    with pytest.raises(KeyboardInterrupt):
        write_new_files(tmp_path, {"x/a.md": "A", "x/b.md": "B"})
    assert list(tmp_path.iterdir()) == []


def test_a_replaced_file_keeps_its_permissions_and_its_link(tmp_path: Path) -> None:
    """Only its bytes change."""
    (tmp_path / "real.md").write_text("old", "utf-8")
    (tmp_path / "real.md").chmod(0o640)
    (tmp_path / "link.md").symlink_to("real.md")
    replace_file(tmp_path / "link.md", b"new")
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_bytes() == b"new"
    assert (tmp_path / "real.md").stat().st_mode & 0o777 == 0o640


def test_a_new_file_gets_what_new_files_get(tmp_path: Path) -> None:
    """As if it had been made in an editor, so that others in the group can read it."""
    (tmp_path / "usual.md").write_text("A", "utf-8")
    replace_file(tmp_path / "ours.md", b"A")
    assert os.stat(tmp_path / "ours.md").st_mode == os.stat(tmp_path / "usual.md").st_mode  # noqa: PTH116  (plain)
