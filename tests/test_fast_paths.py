"""PLANSITE_NO_FAST_PATHS=1 turns every fast path off, and what is published stays the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite import __main__
from plansite.cli.fast_build import run_fast_build
from plansite.fast_paths import fast_paths_enabled
from plansite.pipeline.build import BuiltSite
from plansite.render import template_compiler
from tests.publish.versions import files_in
from tests.sites import demonstration, write


def _never(*_: object) -> None:
    raise AssertionError("a fast path was used")


@pytest.fixture(scope="module")
def built_fast(project: Path) -> BuiltSite:
    """The demonstration, built with all fast paths."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PLANSITE_NO_FAST_PATHS", raising=False)
        return demonstration(project)


@pytest.mark.parametrize(("value", "enabled"), [(None, True), ("", True), ("0", True), ("1", False)])
def test_the_switch(monkeypatch: pytest.MonkeyPatch, value: str | None, enabled: bool) -> None:
    """Only the value 1 turns them off."""
    monkeypatch.delenv("PLANSITE_NO_FAST_PATHS", raising=False)
    if value is not None:
        monkeypatch.setenv("PLANSITE_NO_FAST_PATHS", value)
    assert fast_paths_enabled() is enabled


@pytest.mark.slow
def test_the_demonstration_without_the_template_compiler(
    project: Path, built_fast: BuiltSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plain Jinja renders the same bytes, and the compiler is not used."""
    monkeypatch.setenv("PLANSITE_NO_FAST_PATHS", "1")
    monkeypatch.setattr(template_compiler, "render_template", _never)
    monkeypatch.setattr(template_compiler.FastEnvironment, "compile", _never)
    assert demonstration(project).files == built_fast.files


def test_an_unchanged_build_without_the_fast_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command itself builds, exits as with the fast path, and leaves the same files."""
    root = write(tmp_path / "site", {"content/plans/p/plan.md": "---\ntitle: P\n---\n"})
    arguments = ["build", "-q", "--today", "2025-01-20", "--site", str(root)]
    monkeypatch.delenv("PLANSITE_NO_FAST_PATHS", raising=False)
    with pytest.raises(SystemExit, match="0"):
        _run(arguments, monkeypatch)
    files = files_in(root / "public")
    assert run_fast_build(arguments) == 0
    monkeypatch.setenv("PLANSITE_NO_FAST_PATHS", "1")
    assert run_fast_build(arguments) is None
    with pytest.raises(SystemExit, match="0"):
        _run(arguments, monkeypatch)
    assert files_in(root / "public") == files


def _run(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["plansite", *arguments])
    __main__.main()
