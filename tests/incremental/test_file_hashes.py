"""Digests of files: equal exactly where a build would see the same, and taken again only where they must be."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.incremental.file_hashes import HashCache, fingerprint_files, hash_file, hash_folder
from tests.sites import write


def test_every_visible_file_counts(tmp_path: Path) -> None:
    """In the order of paths; hidden files and folders do not count."""
    write(tmp_path, {"content/b.md": "b", "content/a/c.md": "c", "content/.x": "x", "content/.git/y": "y"})
    assert list(hash_folder(tmp_path, "content")) == ["content/a/c.md", "content/b.md"]
    assert hash_folder(tmp_path, "./content/") == hash_folder(tmp_path, "content")
    assert hash_folder(tmp_path, "nowhere") == {}


@given(st.binary(max_size=3000), st.binary(max_size=3000))
def test_digests_are_equal_where_bytes_are(one: bytes, other: bytes) -> None:
    """And only there."""
    with tempfile.TemporaryDirectory() as folder:
        a, b = Path(folder) / "a", Path(folder) / "b"
        a.write_bytes(one)
        b.write_bytes(other)
        assert (hash_file(str(a)) == hash_file(str(b))) == (one == other)


def test_a_large_file_counts_to_its_end(tmp_path: Path) -> None:
    """A change in the last byte of several megabytes is seen."""
    file = tmp_path / "large"
    file.write_bytes(b"x" * 3_000_000)
    before = hash_file(str(file))
    file.write_bytes(b"x" * 2_999_999 + b"y")
    assert hash_file(str(file)) != before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_what_is_no_plain_file_is_never_waited_for(tmp_path: Path) -> None:
    """A pipe, a link, a folder behind a link and a link to nothing each count by what they are."""
    write(tmp_path, {"content/a.md": "a"})
    os.mkfifo(tmp_path / "content/pipe.md")
    for name, to in (("link.md", "a.md"), ("folder", "."), ("gone.md", "nobody")):
        (tmp_path / "content" / name).symlink_to(to)
    found = hash_folder(tmp_path, "content")
    assert len(set(found.values())) == 5
    assert all(" " in found[f"content/{name}"] for name in ("pipe.md", "link.md", "folder", "gone.md"))


def test_names_and_bytes_cannot_be_confused() -> None:
    """One digest for many tells a renamed file from a changed one."""
    assert (
        len({fingerprint_files(each) for each in ({"a": "1"}, {"b": "1"}, {"a": "2"}, {"a": "1", "b": "1"}, {})}) == 5
    )


NAMES = st.sampled_from(["a.md", "b/c.md", "d.csv"])


@given(st.lists(st.tuples(NAMES, st.one_of(st.none(), st.text(max_size=3))), max_size=8))
def test_looking_again_sees_what_a_first_look_sees(edits: list[tuple[str, str | None]]) -> None:
    """After any edits, even of one length within one tick of the clock."""
    with tempfile.TemporaryDirectory() as folder:
        root = write(Path(folder), {"content/a.md": "a"})
        looker = HashCache()
        for name, text in edits:
            if text is None:
                (root / "content" / name).unlink(missing_ok=True)
            else:
                write(root, {f"content/{name}": text})
            found = looker.hash_files(root, "plansite.yaml", ["content"])
            assert found == {"plansite.yaml": hash_file(str(root / "plansite.yaml")), **hash_folder(root, "content")}


def test_an_old_file_is_not_opened_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that rests for a while is believed; a touched one is opened."""
    write(tmp_path, {"content/a.md": "a"})
    file = tmp_path / "content/a.md"
    long_after = file.stat().st_ctime_ns + 60_000_000_000
    monkeypatch.setattr("plansite.incremental.file_hashes.time.time_ns", lambda: long_after)
    looker = HashCache()
    opened: list[str] = []

    def note(path: str) -> str:
        opened.append(path)
        return "digest"

    monkeypatch.setattr("plansite.incremental.file_hashes.hash_file", note)
    for _ in range(3):
        looker.hash_files(tmp_path, "plansite.yaml", ["content"])
    assert opened.count(str(file)) == 1
    os.utime(file)
    looker.hash_files(tmp_path, "plansite.yaml", ["content"])
    assert opened.count(str(file)) == 2
