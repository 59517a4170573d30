"""Compiled templates are kept, and whatever happens to the files that keep them, pages are the same."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.render.bytecode_cache import BytecodeFolder
from plansite.render.page_renderer import PageRenderer
from plansite.render.template_compiler import FastEnvironment
from plansite.render.theme import load_theme
from plansite.site.components.page import Page, build_site_layout
from tests.examples import examples
from tests.sites import write

pytestmark = pytest.mark.usefixtures("fast_paths")

SHELL = build_site_layout(Site(settings=Settings(title="Test")), pinned=False)
PAGE = Page(path="x.html", template="x.html", title="X", view="<")
DRAWN = "from y: &lt; and x"


def _site(root: Path, x: str = "and x") -> PageRenderer:
    """A writer with two templates of the site's own; they are kept in `kept`."""
    templates = {"x.html": "{% include 'y.html' %} " + x, "y.html": "from y: {{ view }}"}
    write(root, {f"themes/mine/templates/{name}": text for name, text in templates.items()})
    return PageRenderer.create(load_theme(root, "mine"), SHELL, frozenset(), root / "kept")


def _kept(root: Path) -> list[Path]:
    return sorted((root / "kept").iterdir())


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that were compiled from now on."""
    names: list[str] = []
    compile_it = FastEnvironment.compile

    def noted(self: FastEnvironment, source: str, name: str, filename: str) -> object:
        names.append(name)
        return compile_it(self, source, name, filename)

    monkeypatch.setattr(FastEnvironment, "compile", noted)
    return names


def test_a_second_writer_compiles_nothing(tmp_path: Path, compilations: list[str]) -> None:
    """One file for each template is enough for the same page."""
    assert _site(tmp_path).render(PAGE) == DRAWN
    assert compilations == ["x.html", "y.html"]
    assert len(_kept(tmp_path)) == 2
    compilations.clear()
    assert _site(tmp_path).render(PAGE) == DRAWN
    assert compilations == []


def test_a_changed_template_is_compiled_again(tmp_path: Path, compilations: list[str]) -> None:
    """That one alone, in the place of what was kept of it."""
    _site(tmp_path).render(PAGE)
    compilations.clear()
    assert _site(tmp_path, x="and more").render(PAGE) == "from y: &lt; and more"
    assert compilations == ["x.html"]
    assert len(_kept(tmp_path)) == 2


def test_without_a_folder_nothing_is_kept(tmp_path: Path) -> None:
    """Then pages are drawn all the same, and no file is written."""
    _site(tmp_path)
    assert PageRenderer.create(load_theme(tmp_path, "mine"), SHELL, frozenset()).render(PAGE) == DRAWN
    assert not (tmp_path / "kept").exists()


def test_code_made_otherwise_is_not_used(tmp_path: Path, compilations: list[str]) -> None:
    """Another way to compile finds nothing of ours, and leaves its own."""
    _site(tmp_path).render(PAGE)
    other = _site(tmp_path)
    other.environment.bytecode_cache = BytecodeFolder(tmp_path / "kept", compiler_sources=(__file__,))
    compilations.clear()
    assert other.render(PAGE) == DRAWN
    assert compilations == ["x.html", "y.html"]


def test_without_its_sources_nothing_kept_is_trusted(tmp_path: Path, compilations: list[str]) -> None:
    """Where it cannot be known who compiled, each writer compiles for itself."""
    for _ in range(2):
        drawing = _site(tmp_path)
        drawing.environment.bytecode_cache = BytecodeFolder(
            tmp_path / "kept", compiler_sources=(str(tmp_path / "gone.py"),)
        )
        assert drawing.render(PAGE) == DRAWN
    assert compilations == ["x.html", "y.html"] * 2


def _missing(files: list[Path]) -> None:
    for file in files:
        file.unlink()


def _foreign(files: list[Path]) -> None:
    for file in files:
        file.write_text("not ours, and long enough to hold a digest or two, or so it would seem to one who counts")


def _swapped(files: list[Path]) -> None:
    first, second = (file.read_bytes() for file in files)
    files[0].write_bytes(second)
    files[1].write_bytes(first)


def _folders(files: list[Path]) -> None:
    for file in files:
        file.unlink()
        file.mkdir()


@pytest.mark.parametrize("damage", [_missing, _foreign, _swapped, _folders])
def test_damaged_and_foreign_files_cost_only_time(
    tmp_path: Path, damage: Callable[[list[Path]], None], compilations: list[str]
) -> None:
    """What was kept of one template is no good for another either."""
    _site(tmp_path).render(PAGE)
    damage(_kept(tmp_path))
    compilations.clear()
    assert _site(tmp_path).render(PAGE) == DRAWN
    assert compilations == ["x.html", "y.html"]


def test_each_template_has_its_own(tmp_path: Path) -> None:
    """Two with the same text are two: each knows its name, which a fault in it must say."""
    environment, kept = FastEnvironment(), BytecodeFolder(tmp_path / "kept", compiler_sources=())
    for name in ("x", "y"):
        bucket = kept.get_bucket(environment, name, None, "text")
        bucket.code = environment.compile("text", name)
        kept.set_bucket(bucket)
    assert kept.get_bucket(environment, "x", None, "text").code
    _swapped(_kept(tmp_path))
    assert not kept.get_bucket(environment, "x", None, "text").code


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(60))
@given(where=st.floats(0, 1, exclude_max=True), change=st.integers(1, 255), cut=st.booleans())
def test_one_wrong_byte_is_enough_to_compile_again(
    tmp_path: Path, compilations: list[str], where: float, change: int, cut: bool
) -> None:
    """Wherever it is, or the end is missing from there: such code is never run, and the file is mended."""
    _site(tmp_path).render(PAGE)
    for file in _kept(tmp_path):
        data = bytearray(file.read_bytes())
        place = int(where * len(data))
        data[place] ^= change
        file.write_bytes(data[:place] if cut else data)
    compilations.clear()
    assert _site(tmp_path).render(PAGE) == DRAWN
    assert compilations == ["x.html", "y.html"]
    compilations.clear()
    assert _site(tmp_path).render(PAGE) == DRAWN
    assert compilations == []


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    """Such as one whose name a file has taken."""
    (tmp_path / "kept").write_text("a file")
    assert _site(tmp_path).render(PAGE) == DRAWN


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither half a file nor one under a passing name."""

    def full(*_: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(Path, "replace", full)
    assert _site(tmp_path).render(PAGE) == DRAWN
    assert _kept(tmp_path) == []


def test_what_has_long_not_changed_is_removed(tmp_path: Path) -> None:
    """A hundred files stay, the newest; what is not ours stays as well."""
    write(tmp_path, {f"kept/{number:03}.template": "old" for number in range(200)})
    write(tmp_path, {"kept/README.md": "Not ours\n"})
    for number in range(200):
        os.utime(tmp_path / f"kept/{number:03}.template", (number, number))
    assert _site(tmp_path).render(PAGE) == DRAWN
    names = {path.name for path in _kept(tmp_path)}
    assert len(names) == 101
    assert {"199.template", "README.md"} <= names
    assert "101.template" not in names
    compiled_now = names - {f"{number:03}.template" for number in range(200)} - {"README.md"}
    assert len(compiled_now) == 2
