"""Templates of a site's own theme that do nothing are reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.render.theme import default_theme_folder, load_theme
from plansite.render.theme_checks import check_theme, find_unused_templates
from tests.sites import write


def _unused(root: Path, files: dict[str, str], *, is_encrypted: bool = False) -> list[tuple[str, str]]:
    """Path and remedy of each finding in the theme `mine` with these files."""
    theme = load_theme(write(root, {f"themes/mine/{name}": text for name, text in files.items()}), "mine")
    findings = find_unused_templates(theme.for_encryption() if is_encrypted else theme, root)
    return [(finding.path.removeprefix("themes/mine/"), finding.remedy) for finding in findings]


def test_a_template_with_the_name_of_another_folder_is_reported(tmp_path: Path) -> None:
    """The finding says under which name the default theme has it."""
    theme = load_theme(write(tmp_path, {"themes/mine/templates/register.html": "x"}), "mine")
    (finding,) = check_theme(theme, tmp_path)
    assert (finding.path, finding.rule.code) == ("themes/mine/templates/register.html", "PS701")
    assert finding.message == "no page uses the template `register.html`"
    assert finding.remedy == "the default theme has `plan/register.html`: give it that name"


def test_a_template_with_a_name_that_the_default_theme_does_not_have_is_reported(tmp_path: Path) -> None:
    """Here no name can be proposed, or several."""
    files = {"templates/404.html": "x", "templates/widgets.html": "x"}
    assert _unused(tmp_path, files) == [
        ("templates/404.html", "give it the name of a template of the default theme, or delete it"),
        (
            "templates/widgets.html",
            "the default theme has `components/widgets.html` and `people/widgets.html`: give it that name",
        ),
    ]


def test_every_template_of_the_default_theme_may_be_replaced(tmp_path: Path) -> None:
    """A whole copy of it has no finding, and neither has the default theme itself."""
    folder = default_theme_folder()
    copy = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.html")}
    assert _unused(tmp_path, copy) == []
    assert _unused(tmp_path, copy, is_encrypted=True) == []
    assert find_unused_templates(load_theme(tmp_path, "default"), tmp_path) == ()


@pytest.mark.parametrize(
    "reference",
    [
        '{% extends "own/a.html" %}',
        '{% include "own/a.html" %}',
        '{% import "own/a.html" as a %}',
        '{% from "own/a.html" import a %}',
        '{% include ["missing.html", "own/a.html"] %}',
        "{% include view.name %}",
    ],
)
def test_a_template_that_another_names_is_used(tmp_path: Path, reference: str) -> None:
    """However it is named; by an expression it could be any."""
    files = {"templates/own/a.html": "x", "templates/plan/board.html": reference}
    assert _unused(tmp_path, files) == []


def test_other_files_and_broken_templates_are_no_references(tmp_path: Path) -> None:
    """A template that cannot be parsed names none, and a file that is not HTML is not taken for a page's template."""
    files = {
        "templates/own/a.html": "x",
        "templates/plan/board.html": '{% include "own/a.html"',
        "templates/README.md": "",
    }
    assert [path for path, _ in _unused(tmp_path, files)] == ["templates/own/a.html"]


def test_templates_of_the_unlock_page_belong_to_encrypted_sites(tmp_path: Path) -> None:
    """They lie in `sealed/`; elsewhere a template of that name does nothing."""
    assert _unused(tmp_path / "a", {"sealed/templates/unlock.html": "x"}, is_encrypted=True) == []
    assert [path for path, _ in _unused(tmp_path / "b", {"templates/unlock.html": "x"})] == ["templates/unlock.html"]
