"""With the speed layers switched off, the same bytes are made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from plansite import __main__
from plansite.cli.fast_build import run_fast_build
from plansite.content.files import MAX_FILE_SIZE
from plansite.content.report import Report
from plansite.content.text import decode_lossy
from plansite.content.yaml.front_matter import parse_file
from plansite.fast_paths import fast_paths_enabled
from plansite.markdown.body import parse_markdown
from plansite.markdown.limits import RefusedMarkupError
from plansite.model.body import Body
from plansite.pipeline.build import BuiltSite
from plansite.render import compiled_templates, template_compiler
from tests.markdown.stock import switch_fast_path
from tests.publish.versions import files_in
from tests.sites import demonstration, write

_SWITCH = "PLANSITE_NO_FAST_PATHS"


@pytest.mark.parametrize(("value", "enabled"), [(None, True), ("", True), ("0", True), ("1", False)])
def test_the_switch(value: str | None, enabled: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fast paths are used unless the variable is 1."""
    monkeypatch.delenv(_SWITCH, raising=False)
    if value is not None:
        monkeypatch.setenv(_SWITCH, value)
    assert fast_paths_enabled() is enabled


def test_one_place_reads_the_switch(project: Path) -> None:
    """Every layer asks the same function."""
    sources = (project / "plansite").rglob("*.py")
    assert [path.name for path in sources if _SWITCH in path.read_text("utf-8")] == ["fast_paths.py"]


@pytest.mark.parametrize("value", ["0", "1"])
def test_a_layer_that_is_switched_off_is_not_even_imported(value: str) -> None:
    """Nothing of the Markdown fast path is loaded when a text is parsed."""
    code = "import sys, plansite.markdown.body as b; b.parse_markdown('*a*'); print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, _SWITCH: value}, capture_output=True, text=True, check=True
    )
    assert ("plansite.markdown.fast_path" in run.stdout.split()) is (value == "0")


@pytest.mark.slow
def test_the_demonstration_is_built_with_the_same_bytes(project: Path, tmp_path: Path) -> None:
    """Every file that a build publishes, with the fast paths and without."""
    built = [_build(project, tmp_path / value, value) for value in ("0", "1")]
    assert len(built[0]) > 50
    assert built[0].keys() == built[1].keys()
    assert [path for path, content in built[0].items() if content != built[1][path]] == []


def _build(project: Path, folder: Path, value: str) -> dict[str, bytes]:
    """The published files of the demonstration, by path, from a build in a process with the variable set to `value`."""
    site = folder / "site"
    for name in ("content", "themes"):
        shutil.copytree(project / name, site / name)
    shutil.copy(project / "plansite.yaml", site)
    subprocess.run(
        [sys.executable, "-m", "plansite", "build", "--site", site, "--today", "2026-11-20"],
        env={**os.environ, _SWITCH: value, "PYTHONPATH": str(project)},
        cwd=folder,
        capture_output=True,
        check=True,
    )
    public = site / "public"
    return {path.relative_to(public).as_posix(): path.read_bytes() for path in public.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_the_bodies_of_the_real_sets_are_the_same(real_sets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every Markdown file by others, parsed with the fast path and without."""
    texts = [_read_body(path) for path in sorted(real_sets.rglob("*.md")) if path.stat().st_size <= MAX_FILE_SIZE]
    assert len(texts) > 500
    bodies = [_parse_all(texts, enabled, monkeypatch) for enabled in (True, False)]
    assert bodies[0] == bodies[1]


def _read_body(path: Path) -> str:
    """The text of a file after its front matter; all of it where there is none."""
    data = path.read_bytes()
    file = parse_file(data, Report(path.name))
    return file.text if file else decode_lossy(data)


def _parse_all(texts: list[str], enabled: bool, monkeypatch: pytest.MonkeyPatch) -> list[Body | None]:
    """The bodies of texts; None for one that nests too deeply."""
    switch_fast_path(monkeypatch, enabled=enabled)
    bodies: list[Body | None] = []
    for text in texts:
        try:
            bodies.append(parse_markdown(text))
        except RefusedMarkupError:
            bodies.append(None)
    return bodies


def _never(*_: object) -> None:
    raise AssertionError("a fast path was used")


@pytest.fixture(scope="module")
def built_fast(project: Path) -> BuiltSite:
    """The demonstration, built with all fast paths."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PLANSITE_NO_FAST_PATHS", raising=False)
        return demonstration(project)


@pytest.mark.slow
def test_the_demonstration_without_the_template_compiler(
    project: Path, built_fast: BuiltSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plain Jinja renders the same bytes, and the compiler is not used."""
    monkeypatch.setenv("PLANSITE_NO_FAST_PATHS", "1")
    monkeypatch.setattr(template_compiler, "render_template", _never)
    monkeypatch.setattr(template_compiler.FastEnvironment, "compile", _never)
    monkeypatch.setattr(compiled_templates, "load_compiled_templates", _never)
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
