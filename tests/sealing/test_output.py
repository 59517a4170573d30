"""What reaches the stage is encrypted already."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.publish.stage import Stage
from plansite.sealing.box import opened
from plansite.sealing.keys import keys_of, new_secret
from plansite.sealing.output import Sealed, hidden_files, inside, is_left_out

KEYS = keys_of(*new_secret())
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
def stage(tmp_path: Path) -> Stage:
    """An empty one."""
    return Stage(tmp_path / "next", live=tmp_path / "public", known={}, marks={})


def test_bytes_and_files_are_encrypted_in_memory(stage: Stage, tmp_path: Path) -> None:
    """The stage has hidden names alone, and no plain byte; what comes back tells the digest of what lies there."""
    output = Sealed(stage, KEYS)
    source = tmp_path / "source.pdf"
    source.write_bytes(TEXT)
    files = {"a.html": output.put("a.html", TEXT), "files/b.pdf": output.put("files/b.pdf", source)}
    staged = {path.relative_to(stage.folder).as_posix(): path for path in stage.folder.rglob("*.*")}
    assert staged.keys() == hidden_files(KEYS, files).keys() == {KEYS.hidden(path) for path in files}
    for path, content in files.items():
        data = staged[KEYS.hidden(path)].read_bytes()
        assert (TEXT in data, len(data)) == (False, content.size)
        assert opened(KEYS, path, data) == TEXT


@pytest.mark.parametrize("path", LEFT_OUT)
def test_search_data_and_feeds_are_left_out(stage: Stage, path: str) -> None:
    """They are put nowhere, and nothing counts them."""
    content = Sealed(stage, KEYS).put(path, TEXT)
    assert list(stage.folder.iterdir()) == []
    assert (hidden_files(KEYS, {path: content}), inside([path])) == ({}, ())


@pytest.mark.parametrize("path", ["index.html", "plans/data/index.html", "plans/falls/search.html", "next-change.js"])
def test_nothing_else_is(path: str) -> None:
    """A plan may be called data, and an action search."""
    assert not is_left_out(path)


def test_nothing_is_kept_from_an_earlier_build(stage: Stage) -> None:
    """Its files have another key."""
    output = Sealed(stage, KEYS)
    content = output.put("a.html", TEXT)
    assert not output.keep("a.html", content)
