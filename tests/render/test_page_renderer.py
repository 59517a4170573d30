"""Pages come out escaped whatever the template is called, and a template's fault is said with its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.render.page_renderer import PageRenderer
from plansite.render.theme import ThemeError, load_theme
from plansite.site.components.page import Page, build_site_layout
from tests.sites import write

SHELL = build_site_layout(Site(settings=Settings(title="Test")), pinned=False)


@dataclass(frozen=True, slots=True)
class View:
    """One text."""

    text: str


def _draw(root: Path, name: str, template: str, text: str = "") -> str:
    """The page that a template of a site's own makes of a text."""
    theme = load_theme(write(root, {f"themes/mine/templates/{name}": template}), "mine")
    page = Page(path="x.html", template=name, title="X", view=View(text))
    return PageRenderer.create(theme, SHELL, frozenset(), today=date(2025, 1, 6)).render(page)


@pytest.mark.parametrize("name", ["x.html", "x.txt", "x.svg", "x.xml", "x.js", "x.j2", "x.HTML", "x", "x.html.txt"])
def test_every_template_escapes(tmp_path: Path, name: str) -> None:
    """Whatever a template's name ends in, a text cannot become markup, in words or in an attribute."""
    html = _draw(tmp_path, name, '<p title="{{ view.text }}">{{ view.text }}</p>', "<b a='1' b=\"2\">&")
    escaped = "&lt;b a=&#39;1&#39; b=&#34;2&#34;&gt;&amp;"
    assert html == f'<p title="{escaped}">{escaped}</p>'


def test_macros_and_included_templates_escape_too(tmp_path: Path) -> None:
    """A text stays a text on its way through an imported macro, an include and a parent template."""
    write(
        tmp_path,
        {
            "themes/mine/templates/m.txt": "{% macro say(it) %}{{ it }}{% endmacro %}",
            "themes/mine/templates/i.txt": "{{ view.text }}",
            "themes/mine/templates/p.txt": "{{ view.text }}{% block b %}{% endblock %}",
        },
    )
    block = '{% block b %}{{ m.say(view.text) }}{% include "i.txt" %}{% endblock %}'
    child = '{% extends "p.txt" %}{% import "m.txt" as m %}' + block
    assert _draw(tmp_path, "c.txt", child, "<") == "&lt;" * 3


def test_a_syntax_error_is_said_with_file_and_line(tmp_path: Path) -> None:
    """So that its writer can find it."""
    with pytest.raises(ThemeError, match=r"themes/mine/templates/x\.html:3: "):
        _draw(tmp_path, "x.html", "<p>\n</p>\n{% if %}\n")


def test_an_unknown_filter_is_said_with_file_and_line(tmp_path: Path) -> None:
    """It is found when the template is read."""
    with pytest.raises(ThemeError, match=r"themes/mine/templates/x\.html:2: .*sparkle"):
        _draw(tmp_path, "x.html", "<p>\n{{ view.text | sparkle }}</p>")


@pytest.mark.parametrize("fault", ["{{ nobody }}", "{{ view.nobody }}", "{% if nobody %}{% endif %}", "{{ nobody.x }}"])
def test_an_undefined_name_is_said_with_file_and_line(tmp_path: Path, fault: str) -> None:
    """A name that is not there is a fault of the template, never an empty place on the page."""
    with pytest.raises(ThemeError, match=r"themes/mine/templates/x\.html:4: .*nobody.*while drawing x\.html"):
        _draw(tmp_path, "x.html", f"<p>\n</p>\n\n{fault}\n")


def test_a_fault_in_an_included_template_is_said_there(tmp_path: Path) -> None:
    """The file and line are those of the fault, not of the page that led to it."""
    write(tmp_path, {"themes/mine/templates/inner.html": "\n{{ nobody }}"})
    with pytest.raises(ThemeError, match=r"themes/mine/templates/inner\.html:2: "):
        _draw(tmp_path, "x.html", '<p>\n</p>{% include "inner.html" %}')


@pytest.mark.parametrize("fault", ["{{ 1 + view.text }}", "{{ 1 / 0 }}", "{{ view.text.index('x') }}"])
def test_a_sum_that_fails_is_the_templates_fault(tmp_path: Path, fault: str) -> None:
    """What goes wrong in a template of a site's own is not taken for a fault of ours."""
    with pytest.raises(ThemeError, match=r"themes/mine/templates/x\.html:2: "):
        _draw(tmp_path, "x.html", f"\n{fault}")


def test_a_missing_template_is_named(tmp_path: Path) -> None:
    """Both the one that is missing and the page that needs it."""
    with pytest.raises(ThemeError, match=r"gone\.html.*while drawing x\.html"):
        _draw(tmp_path, "x.html", '{% extends "gone.html" %}')


def test_templates_cannot_reach_out_of_their_folders(tmp_path: Path) -> None:
    """A path upwards is no template."""
    write(tmp_path, {"themes/mine/secret.html": "secret"})
    with pytest.raises(ThemeError):
        _draw(tmp_path, "x.html", '{% include "../secret.html" %}')


def test_templates_know_the_day(tmp_path: Path) -> None:
    """In figures and in words. No text of a page stands for it."""
    html = _draw(tmp_path, "x.html", "{{ as_at }}, {{ as_at_words }}, {{ '\x03\x04' }}")
    assert html == "2025-01-06, 6 January 2025, \x03\x04"
