"""Exceptions and findings in words for whoever saved a file."""

from __future__ import annotations

from pathlib import Path

import jinja2

from plansite.content.settings import SettingsError, settings_of
from plansite.render.theme import ThemeError
from plansite.serve.faults import Fault, fault_of, faults_of
from tests.serve.served import error


def raised(work: object, *arguments: object) -> Exception:
    """What a call raises."""
    assert callable(work)
    try:
        work(*arguments)
    except Exception as caught:
        return caught
    raise AssertionError("nothing was raised")


def drawn(root: Path, template: str) -> None:
    """Draw a template of a site's theme as a build does."""
    folder = root / "themes" / "own" / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "page.html").write_text("\n\n" + template)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), undefined=jinja2.StrictUndefined, autoescape=True
    )
    try:
        environment.get_template("page.html").render()
    except jinja2.TemplateError as error:
        raise ThemeError(f"templates/page.html: {error.message}") from error


def test_a_finding_keeps_its_place_and_remedy() -> None:
    """A fault says what the finding says."""
    fault = fault_of(error("the date cannot be read"))
    assert fault == Fault(place="content/door.md:3", what="PS999 bad-thing: the date cannot be read")


def test_settings_say_where_they_cannot_be_read(tmp_path: Path) -> None:
    """Settings that cannot be read give their findings with file and line."""
    caught = raised(settings_of, b"title: a\nformat: 999\n")
    assert isinstance(caught, SettingsError)
    assert [fault.place for fault in faults_of(caught, tmp_path)] == ["plansite.yaml:2:9"]


def test_a_template_says_which_line_is_wrong(tmp_path: Path) -> None:
    """Faults of a template's grammar and faults while drawing both name the file, from the site's folder, and line."""
    for template in ("{% for %}", "{{ nothing }}", "{{ 1 / 0 }}"):
        (fault,) = faults_of(raised(drawn, tmp_path, template), tmp_path)
        assert fault.place == "themes/own/templates/page.html:3"
        assert fault.what


def test_a_missing_theme_says_so(tmp_path: Path) -> None:
    """A fault of a theme without any template keeps its words."""
    (fault,) = faults_of(ThemeError("plansite.yaml: there is no theme “x”"), tmp_path)
    assert str(fault) == "plansite.yaml: there is no theme “x” (mend the theme and save again)"


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A fault of the disk names the file as it counts from the site's folder."""
    (fault,) = faults_of(raised((tmp_path / "plansite.yaml").read_bytes), tmp_path)
    assert (fault.place, fault.what) == ("plansite.yaml", "the file cannot be read: No such file or directory")


def test_anything_else_is_a_fault_of_plansite(tmp_path: Path) -> None:
    """An exception that nobody foresaw is owned up to, with its place."""
    (fault,) = faults_of(raised([].pop), tmp_path)
    assert fault.what == "plansite itself failed: IndexError: pop from empty list"
    assert fault.place.startswith("test_serve_faults.py:")
    assert fault.remedy == "please report this"
