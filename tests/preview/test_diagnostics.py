"""Exceptions and findings in words for whoever saved a file."""

from __future__ import annotations

from pathlib import Path

import jinja2

from plansite.content.settings import SettingsError, parse_settings
from plansite.preview.diagnostics import Diagnostic, diagnose_error, diagnose_finding
from plansite.render.theme import ThemeError
from tests.preview.served import error


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
    fault = diagnose_finding(error("the date cannot be read"))
    assert fault == Diagnostic(location="content/door.md:3", message="PS999 bad-thing: the date cannot be read")


def test_settings_say_where_they_cannot_be_read(tmp_path: Path) -> None:
    """Settings that cannot be read give their findings with file and line."""
    caught = raised(parse_settings, b"title: a\nformat: 999\n")
    assert isinstance(caught, SettingsError)
    assert [fault.location for fault in diagnose_error(caught, tmp_path)] == ["plansite.yaml:2:9"]


def test_a_template_says_which_line_is_wrong(tmp_path: Path) -> None:
    """Faults of a template's grammar and faults while drawing both name the file, from the site's folder, and line."""
    for template in ("{% for %}", "{{ nothing }}", "{{ 1 / 0 }}"):
        (fault,) = diagnose_error(raised(drawn, tmp_path, template), tmp_path)
        assert fault.location == "themes/own/templates/page.html:3"
        assert fault.message


def test_a_missing_theme_says_so(tmp_path: Path) -> None:
    """A fault of a theme without any template keeps its words."""
    (fault,) = diagnose_error(ThemeError("plansite.yaml: there is no theme “x”"), tmp_path)
    assert str(fault) == "plansite.yaml: there is no theme “x” (correct the theme and save again)"


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A fault of the disk names the file as it counts from the site's folder."""
    (fault,) = diagnose_error(raised((tmp_path / "plansite.yaml").read_bytes), tmp_path)
    assert (fault.location, fault.message) == ("plansite.yaml", "the file cannot be read: No such file or directory")


def test_anything_else_is_a_fault_of_plansite(tmp_path: Path) -> None:
    """An exception that nobody foresaw is owned up to, with its place."""
    (fault,) = diagnose_error(raised([].pop), tmp_path)
    assert fault.message == "plansite failed: IndexError: pop from empty list"
    assert fault.location.startswith("test_diagnostics.py:")
    assert fault.remedy == "please report this"
