"""Cleaning removes what a build wrote, and nothing that anybody else did."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.cache.clean import CleanedOutput, clean_site
from plansite.publish.errors import NotOursError
from plansite.publish.publish import publish_files


def test_only_our_files_go(tmp_path: Path) -> None:
    """Files of the manifest go, with folders left empty; a file of somebody else's stays with its folder."""
    out = tmp_path / "public"
    publish_files(out, {"index.html": b"a", "plans/p/index.html": b"b"}, root=tmp_path)
    (out / "plans" / "theirs.txt").write_text("kept")
    assert clean_site(tmp_path, out) == CleanedOutput(3, ("plans/theirs.txt",))
    assert [path.relative_to(out).as_posix() for path in sorted(out.rglob("*"))] == ["plans", "plans/theirs.txt"]


def test_a_whole_site_of_ours_goes_with_its_folder(tmp_path: Path) -> None:
    """Nothing is left of it, and a second time there is nothing to do."""
    out = tmp_path / "public"
    publish_files(out, {"index.html": b"a"}, root=tmp_path)
    assert clean_site(tmp_path, out) == CleanedOutput(2)
    assert not out.exists()
    assert clean_site(tmp_path, out) == CleanedOutput()


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    """Without our manifest nothing is removed, and the reason is said."""
    out = tmp_path / "mine"
    out.mkdir()
    (out / "a.txt").write_text("kept")
    with pytest.raises(NotOursError):
        clean_site(tmp_path, out)
    assert (out / "a.txt").exists()


def test_what_is_kept_of_the_last_build_goes_too(tmp_path: Path) -> None:
    """The next build then starts from nothing; other files in that folder stay."""
    kept = tmp_path / ".plansite"
    kept.mkdir()
    (kept / "last-build.json").write_text("{}")
    (kept / "theirs").write_text("kept")
    clean_site(tmp_path, tmp_path / "public")
    assert [path.name for path in kept.iterdir()] == ["theirs"]


def test_what_builds_keep_goes_too(tmp_path: Path) -> None:
    """A folder that holds nothing else goes with it; somebody else's file in it stays."""
    memo = tmp_path / ".plansite" / "memo"
    memo.mkdir(parents=True)
    for name in ("memo/a.memo", "history.jsonl", ".gitignore"):
        (tmp_path / ".plansite" / name).write_text("x")
    clean_site(tmp_path, tmp_path / "public")
    assert not (tmp_path / ".plansite").exists()
    memo.mkdir(parents=True)
    (memo / "theirs.txt").write_text("kept")
    clean_site(tmp_path, tmp_path / "public")
    assert (memo / "theirs.txt").exists()


@pytest.mark.parametrize("there", [True, False])
def test_what_a_killed_build_left_goes_too(tmp_path: Path, there: bool) -> None:
    """A lock that nobody holds, a site half put together and a half-written note are made by builds as well."""
    out = tmp_path / "public"
    if there:
        publish_files(out, {"index.html": b"a"}, root=tmp_path)
    (tmp_path / ".public.plansite-next/plans").mkdir(parents=True)
    for name in (".public.plansite-lock", ".public.plansite-next/plans/a.html", ".plansite/last-build.json.1"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    clean_site(tmp_path, out)
    assert list(tmp_path.iterdir()) == []
