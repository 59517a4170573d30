"""What reaches the stage is encrypted already."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.encryption.cipher import decrypt_file
from plansite.encryption.keys import derive_keys, generate_content_key
from plansite.encryption.output import EncryptedOutput, is_excluded, list_included, map_encrypted_files
from plansite.file_access import FileInFolder
from plansite.publish.stage import StagingFolder

KEYS = derive_keys(*generate_content_key())
TEXT = b"Zebra and more"
LEFT_OUT = (
    "_headers",
    "changes.atom",
    "data.html",
    "data/actions.csv",
    "data/falls.json",
    "owners/porter.atom",
    "robots.txt",
    "search-index.js",
    "search.html",
)


@pytest.fixture
def stage(tmp_path: Path) -> StagingFolder:
    """An empty one."""
    return StagingFolder(tmp_path / "next", live=tmp_path / "public", manifest={}, stats={})


def test_bytes_and_files_are_encrypted_in_memory(stage: StagingFolder, tmp_path: Path) -> None:
    """The stage has hidden names alone, and no plain byte; what comes back tells the digest of what lies there."""
    output = EncryptedOutput(stage, KEYS)
    source = tmp_path / "source.pdf"
    source.write_bytes(TEXT)
    files = {
        "a.html": output.put("a.html", TEXT),
        "files/b.pdf": output.put("files/b.pdf", FileInFolder(tmp_path, "source.pdf")),
    }
    staged = {path.relative_to(stage.folder).as_posix(): path for path in stage.folder.rglob("*.*")}
    assert staged.keys() == map_encrypted_files(KEYS, files).keys() == {KEYS.encrypted_path(path) for path in files}
    for path, content in files.items():
        data = staged[KEYS.encrypted_path(path)].read_bytes()
        assert (TEXT in data, len(data)) == (False, content.size)
        assert decrypt_file(KEYS, path, data) == TEXT


@pytest.mark.parametrize("path", LEFT_OUT)
def test_search_data_and_feeds_are_left_out(stage: StagingFolder, path: str) -> None:
    """They are put nowhere, and nothing counts them."""
    content = EncryptedOutput(stage, KEYS).put(path, TEXT)
    assert list(stage.folder.iterdir()) == []
    assert (map_encrypted_files(KEYS, {path: content}), list_included([path])) == ({}, ())


@pytest.mark.parametrize("path", ["index.html", "plans/data/index.html", "plans/falls/search.html", "next-change.js"])
def test_nothing_else_is(path: str) -> None:
    """A plan may be called data, and an action search."""
    assert not is_excluded(path)


def test_nothing_is_kept_from_an_earlier_build(stage: StagingFolder) -> None:
    """Its files have another key."""
    output = EncryptedOutput(stage, KEYS)
    content = output.put("a.html", TEXT)
    assert not output.keep("a.html", content)
