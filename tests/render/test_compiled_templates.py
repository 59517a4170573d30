"""The default theme's templates are compiled once, used only where they fit, and never looked for in a site."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Literal

import jinja2
import pytest

from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.render import compiled_templates
from plansite.render.compiled_templates import generate_module, load_compiled_templates
from plansite.render.page_renderer import PageRenderer
from plansite.render.template_compiler import FastEnvironment
from plansite.render.theme import default_template_folders, load_theme
from plansite.site.components.page import Page, build_site_layout
from tests.sites import write

pytestmark = pytest.mark.usefixtures("fast_paths")

SHELL = build_site_layout(Site(settings=Settings(title="Test")), pinned=False)
#: Two small templates in place of those of the default theme.
SOURCES = {"x.html": "{% include 'y.html' %} {{ view }}", "y.html": "{{ view | upper }}"}
SHIPPED = f"{compiled_templates.__package__}.{compiled_templates.SHIPPED_MODULE}"


@pytest.fixture
def default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A default theme of two templates, in a program of which the compiled code lies in `cache`."""
    folder = write(tmp_path / "default", {f"templates/{name}": text for name, text in SOURCES.items()})
    for module in ("theme", "template_loader"):
        monkeypatch.setattr(f"plansite.render.{module}.default_theme_folder", lambda: folder)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "cache"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return folder


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that the template compiler compiles from now on."""
    names: list[str] = []
    compile_it = FastEnvironment.compile

    def noted(self: FastEnvironment, source: str, name: str, raw: Literal[True]) -> str:
        names.append(name)
        return compile_it(self, source, name, raw=raw)

    monkeypatch.setattr(FastEnvironment, "compile", noted)
    return names


@pytest.fixture(autouse=True)
def _forget(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(sys.modules, SHIPPED, None)
    load_compiled_templates.cache_clear()
    compiled_templates._compile_now.cache_clear()
    yield
    load_compiled_templates.cache_clear()


def _render(root: Path, view: str = "a") -> str:
    """The page as another process would render it, which has loaded nothing."""
    load_compiled_templates.cache_clear()
    compiled_templates._compile_now.cache_clear()
    renderer = PageRenderer.create(load_theme(root, "default"), SHELL, frozenset(), today=date(2025, 1, 20))
    return renderer.render(Page(path="x.html", template="x.html", title="X", view=view))


def _stored(root: Path) -> list[Path]:
    return sorted((root / "cache").rglob("default_templates-*"))


def _ship(monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    """Make this source the module that the wheel brings."""
    module = ModuleType(SHIPPED)
    exec(source, module.__dict__)  # noqa: S102
    monkeypatch.setitem(sys.modules, SHIPPED, module)


@pytest.mark.usefixtures("default")
def test_a_second_process_compiles_nothing(tmp_path: Path, compilations: list[str]) -> None:
    """The first stores one file for all templates, beside the compiled code of plansite itself."""
    assert _render(tmp_path) == "A a"
    assert compilations == ["x.html", "y.html"]
    assert len(_stored(tmp_path)) == 1
    assert _render(tmp_path) == "A a"
    assert compilations == ["x.html", "y.html"]


def test_changed_templates_are_compiled_again(default: Path, tmp_path: Path, compilations: list[str]) -> None:
    """What was stored of the old ones is removed, and nothing else."""
    _render(tmp_path)
    other = _stored(tmp_path)[0].with_name("another.pyc")
    other.touch()
    write(default, {"templates/y.html": "{{ view | lower }}"})
    compilations.clear()
    assert _render(tmp_path, "A") == "a A"
    assert compilations == ["x.html", "y.html"]
    assert len(_stored(tmp_path)) == 1
    assert other.exists()


@pytest.mark.usefixtures("default")
def test_another_jinja_compiles_for_itself(
    tmp_path: Path, compilations: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Code of one release is not run by another."""
    _render(tmp_path)
    compilations.clear()
    monkeypatch.setattr(jinja2, "__version__", "3.1.99")
    assert _render(tmp_path) == "A a"
    assert compilations == ["x.html", "y.html"]


@pytest.mark.usefixtures("default")
@pytest.mark.parametrize("damage", [b"", b"not code", None], ids=["empty", "foreign", "a folder"])
def test_a_damaged_file_costs_only_time(tmp_path: Path, damage: bytes | None) -> None:
    """The templates are compiled from source."""
    _render(tmp_path)
    file = _stored(tmp_path)[0]
    file.unlink()
    file.mkdir() if damage is None else file.write_bytes(damage)
    assert _render(tmp_path) == "A a"


@pytest.mark.usefixtures("default")
def test_where_nothing_may_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder that cannot be written, and where Python is told to write no compiled code, none is."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert _render(tmp_path) == "A a"
    assert _stored(tmp_path) == []
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "cache").write_text("a file in the place of the folder")
    assert _render(tmp_path) == "A a"


@pytest.mark.usefixtures("default")
def test_what_the_wheel_brings_is_used(
    tmp_path: Path, compilations: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is compiled and nothing stored; with another Jinja it is left alone."""
    source = generate_module()
    _ship(monkeypatch, source)
    compilations.clear()
    assert _render(tmp_path) == "A a"
    assert compilations == []
    assert not (tmp_path / "cache").exists()
    monkeypatch.setattr(jinja2, "__version__", "3.1.99")
    assert _render(tmp_path) == "A a"
    assert compilations == ["x.html", "y.html"]


def test_a_template_that_the_wheel_does_not_know_is_compiled(
    default: Path, tmp_path: Path, compilations: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as one that was changed where plansite is installed."""
    _ship(monkeypatch, generate_module())
    write(default, {"templates/y.html": "changed"})
    compilations.clear()
    assert _render(tmp_path) == "changed a"
    assert compilations == ["y.html"]


@pytest.mark.usefixtures("default")
def test_without_fast_paths_nothing_compiled_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither what the wheel brings nor what was stored, and the page is the same."""
    _ship(monkeypatch, generate_module().replace("upper", "lower"))
    monkeypatch.setenv("PLANSITE_NO_FAST_PATHS", "1")
    assert _render(tmp_path) == "A a"
    assert not (tmp_path / "cache").exists()


def test_a_template_of_a_site_is_never_stored(default: Path, tmp_path: Path, compilations: list[str]) -> None:
    """It is compiled for each build, in the sandbox; an unchanged copy of a default template needs no compiling."""
    write(tmp_path, {"themes/mine/templates/y.html": "own"})
    write(tmp_path, {"themes/mine/templates/x.html": (default / "templates/x.html").read_text()})
    renderer = PageRenderer.create(load_theme(tmp_path, "mine"), SHELL, frozenset(), today=date(2025, 1, 20))
    assert renderer.render(Page(path="x.html", template="x.html", title="X", view="a")) == "own a"
    assert compilations == ["x.html", "y.html"]
    assert all(b"own" not in file.read_bytes() for file in _stored(tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "default", "plansite.yaml", "themes"]


@pytest.mark.slow
def test_the_module_is_the_same_wherever_it_is_made(project: Path) -> None:
    """Whatever order Python keeps sets in: the wheel has to have the same bytes each time."""
    code = "from plansite.render.compiled_templates import generate_module as g; import sys; sys.stdout.write(g())"
    made = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=project,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert made == {generate_module().encode()}


def test_all_templates_of_the_default_theme_are_in_the_module() -> None:
    """One function for each file."""
    files = [path for folder in default_template_folders() for path in folder.rglob("*.html")]
    assert generate_module().count("\ndef template_") == len(files) > 40


@pytest.mark.usefixtures("default")
def test_the_place_is_that_of_compiled_python(tmp_path: Path) -> None:
    """The folder in which Python keeps the compiled code of the same module."""
    _render(tmp_path)
    own = Path(importlib.util.cache_from_source(compiled_templates.__file__))
    assert [file.parent for file in _stored(tmp_path)] == [own.parent]
