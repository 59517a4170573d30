"""The note of the last build: losing it costs time, and a folder that cannot be written to stops nobody."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plansite.cache.last_build import LastBuild, forget_last_build, load_last_build, save_last_build
from plansite.cache.recorded_settings import RecordedSettings

_BUILD = LastBuild(
    fingerprint="a",
    out="/out",
    output_fingerprint="b",
    settings=RecordedSettings(file_hash="c", timezone="Europe/London", today="", theme="default", sources=("content",)),
    messages=("a: b",),
    pages=3,
    needs_lenient=False,
)


def test_a_note_comes_back_as_it_was(tmp_path: Path) -> None:
    """It is kept, read and forgotten, and nothing lies beside it."""
    save_last_build(tmp_path, _BUILD)
    assert load_last_build(tmp_path) == _BUILD
    assert [path.name for path in (tmp_path / ".plansite").iterdir()] == ["last-build.json"]
    forget_last_build(tmp_path)
    assert load_last_build(tmp_path) is None


def test_a_file_in_the_place_of_the_folder_stops_nobody(tmp_path: Path) -> None:
    """Then nothing is kept, and nothing is raised."""
    (tmp_path / ".plansite").write_text("mine")
    save_last_build(tmp_path, _BUILD)
    forget_last_build(tmp_path)
    assert load_last_build(tmp_path) is None
    assert (tmp_path / ".plansite").read_text() == "mine"


@pytest.mark.parametrize("call", ["replace", "unlink"])
def test_a_disk_that_refuses_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    """Neither where a note cannot be put in its place nor where it cannot be removed: a read-only disk says so."""
    save_last_build(tmp_path, _BUILD)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, call, refuse)
    save_last_build(tmp_path, _BUILD)
    forget_last_build(tmp_path)
