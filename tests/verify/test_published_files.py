"""How a folder differs from a build, file by file."""

from __future__ import annotations

import hashlib
from pathlib import Path

from plansite.publish.manifest import MANIFEST, format_manifest
from plansite.verify.published_files import DifferenceKind, FileDifference, hash_published_files

BUILT = {"a.html": hashlib.sha256(b"a").hexdigest(), "b/c.html": hashlib.sha256(b"c").hexdigest()}


def _copy(root: Path) -> Path:
    (root / "b").mkdir(parents=True)
    (root / "a.html").write_bytes(b"a")
    (root / "b/c.html").write_bytes(b"c")
    (root / MANIFEST).write_bytes(format_manifest(BUILT))
    return root


def test_a_copy_of_the_build_differs_in_nothing(tmp_path: Path) -> None:
    """Files and list are what the build makes."""
    assert hash_published_files(_copy(tmp_path / "copy")).compare_with(BUILT) == ()


def test_each_way_to_differ(tmp_path: Path) -> None:
    """Different, missing and added; each denied by the copy's own list."""
    copy = _copy(tmp_path / "copy")
    (copy / "a.html").write_bytes(b"z")
    (copy / "b/c.html").unlink()
    (copy / "d.html").write_bytes(b"d")
    assert hash_published_files(copy).compare_with(BUILT) == (
        FileDifference("a.html", DifferenceKind.DIFFERENT, is_edited=True),
        FileDifference("b/c.html", DifferenceKind.MISSING, is_edited=True),
        FileDifference("d.html", DifferenceKind.ADDED, is_edited=True),
    )


def test_another_build_is_not_changed_by_hand(tmp_path: Path) -> None:
    """What its own list bears out was built so; the list then differs from ours."""
    other = {**BUILT, "a.html": hashlib.sha256(b"other").hexdigest()}
    assert hash_published_files(_copy(tmp_path / "copy")).compare_with(other) == (
        FileDifference(MANIFEST, DifferenceKind.DIFFERENT),
        FileDifference("a.html", DifferenceKind.DIFFERENT),
    )


def test_only_the_repository_of_a_clone_is_passed_over(tmp_path: Path) -> None:
    """At the top alone: a folder of that name further down is an addition."""
    copy = _copy(tmp_path / "copy")
    for folder in (copy / ".git", copy / "b/.git"):
        folder.mkdir()
        (folder / "config").write_text("x")
    assert [each.path for each in hash_published_files(copy).compare_with(BUILT)] == ["b/.git/config"]


def test_links_are_no_files(tmp_path: Path) -> None:
    """A link to the very same bytes, or to a folder, is not what was built."""
    copy = _copy(tmp_path / "copy")
    (copy / "a.html").rename(tmp_path / "a.html")
    (copy / "a.html").symlink_to(tmp_path / "a.html")
    (copy / "more").symlink_to(tmp_path)
    assert [(each.path, each.kind) for each in hash_published_files(copy).compare_with(BUILT)] == [
        ("a.html", DifferenceKind.DIFFERENT),
        ("more", DifferenceKind.ADDED),
    ]
