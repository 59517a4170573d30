"""Leaner code draws what Jinja's own would have drawn, or leaves it to Jinja."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.pipeline.build import build_in_memory
from plansite.render import page_renderer, template_compiler
from plansite.render.page_renderer import PageRenderer
from plansite.render.theme import load_theme
from plansite.site.components.page import Page, build_site_layout
from tests.sites import FixedClock, write

SHELL = build_site_layout(Site(settings=Settings(title="Test")), pinned=False)

#: What others are made of; their texts are hostile.
PIECES = """
{% macro plain(it) -%}<b title="{{ it }}">{{ it }}</b>{%- endmacro %}
{% macro optional(it, other="<&>", quiet=true) -%}{{ it }}{{ other }}{{ quiet }}{%- endmacro %}
{% macro nested(it) -%}<i>{{ plain(it) }}{{ optional(plain(it), it) }}</i>{%- endmacro %}
{% macro many(it) -%}{{ it }}{{ varargs | join("<") }}{{ kwargs.items() | list }}{%- endmacro %}
{% macro around(it) -%}<p>{{ caller(it) }}</p>{%- endmacro %}
{% macro rest(it) -%}{{ it }}{{ varargs | join("<") }}{%- endmacro %}
{% macro options(it) -%}{{ it }}{{ kwargs | length }}{%- endmacro %}
{% macro perhaps(it) -%}{{ it }}{{ caller("<") if caller is defined }}{%- endmacro %}
{% macro named(caller="&") -%}{{ caller }}{%- endmacro %}
{% macro deep(n) -%}{{ n }}{% if n %}{{ deep(n - 1) }}{% endif %}{%- endmacro %}
"""
FRAME = "<{% block a %}{{ view.text }}{% endblock %}{% block b required %}{% endblock %}>"

LEAN = {
    "text": "{{ view.text }}<p title='{{ view.text }}'>",
    "markup": "{{ view.text | safe }}{{ view.text | escape }}{{ ('<b>' | safe) ~ view.text }}",
    "numbers": "{{ 1 + 1 }} {{ view.number }} {{ 0.5 * view.number }} {{ 10 ** 30 }} {{ true }} {{ none }} {{ 1e400 }}",
    "values": "{{ view.items }} {{ view.items[0] }} {{ {'<': '>'} }} {{ ('<', 1) }}",
    "attributes": "{{ view.text.upper() }} {{ page.path }} {{ up }} {{ {'a': 1}.items() | list }}",
    "keywords": "{{ view.words.in }}{{ {'class': '<'}.class }}",
    "dunder": "{{ view.items.__len__() }} {{ view.text.__class__.__name__ }}",
    "methods": "{{ '{:,} {}'.format(12345, view.text) }} {{ ('<b>{}</b>' | safe).format(view.text) }}",
    "conditions": "{% if view.text.startswith('<') %}{{ view.text if view.number > 2 else '&' }}{% endif %}",
    "macro": "{{ m.plain(view.text) }}{{ m.nested(view.text) }}",
    "left out": "{{ m.optional(1) }}{{ m.optional(1, view.text) }}{{ m.optional(1, 2, 3) }}",
    "by name": "{{ m.optional(it=view.text) }}{{ m.optional(1, quiet='<') }}{{ m.optional(*view.items) }}",
    "many": "{{ m.many(1, view.text, '&', a='<', **{'b': '>'}) }}",
    "call": "{% call(it) m.around(view.text) %}<u>{{ it }}{{ m.plain(it) }}</u>{% endcall %}",
    "none caught": "{{ m.rest('<') }}{{ m.rest('<', 1, 2) }}{{ m.options('<') }}{{ m.perhaps('<') }}",
    "named caller": "{{ m.named('<') }}{{ m.named(caller='<') }}",
    "deep": "{{ m.deep(20) }}",
    "kept": "{% set x = m.plain(view.text) %}{{ x }}{{ x | length }}{{ m.plain(x) | upper }}{{ m.plain('<') ~ '<' }}",
    "own": "{% macro own(it) %}{{ it }}{{ view.text }}{% endmacro %}{{ own('<') }}{{ own(own('<')) }}",
    "imported": "{% from 'pieces.html' import plain as p %}{{ p('<') }}{% include 'included.html' %}",
    "loops": "{% for it in view.items %}{{ loop.index }}{{ it }}{{ m.plain(it) }}{{ ',' if not loop.last }}{% endfor %}",
    "cycles": "{% for it in 'abc' %}{{ loop.cycle('<', '>') }}{{ m.plain(loop.index) }}{% endfor %}",
    "recursive": "{% for it in [[1], [2]] recursive %}{{ it }}{{ loop(it) if it is iterable }}{% endfor %}",
    "helpers": "{% set j = joiner('<') %}{{ j() }}{{ j() }}{% set n = namespace(x=1) %}{% set n.x = '<' %}{{ n.x }}",
    "globals": "{{ count(3, 'step') }}{{ days(view.number) }}{{ listed(view.items) }}{{ range(3) | list }}{{ as_at }}",
    "blocks": "{% extends 'frame.html' %}{% block a %}{{ super() }}!{% endblock %}{% block b %}{{ m }}{% endblock %}",
    "self": "{% block x %}<i>{{ view.text }}</i>{% endblock %}{{ self.x() }}",
    "unescaped": "{% autoescape false %}{{ view.text }}{{ m.plain(view.text) }}{{ m.nested('<') }}{% endautoescape %}",
    "half escaped": "{% macro a(x) %}{{ x }}{% endmacro %}{% macro b(x) %}{{ a(x) }}{% endmacro %}"
    "{{ b('<') }}{% autoescape false %}{{ b('<') }}{% endautoescape %}",
    "as it comes": "{% autoescape view.number > 2 %}{{ view.text }}{{ m.plain(view.text) }}{% endautoescape %}",
    "as it comes, plain": "{% autoescape view.number < 2 %}{{ view.text }}{{ m.plain(view.text) }}{% endautoescape %}",
    "filtered": "{% filter upper %}{{ view.text }}{{ m.plain('<') }}{% endfilter %}",
}
NOT_LEAN = {
    "key": "{% set d = {'a': '<'} %}{{ d.a }}",
    "index": "{{ view.words.first }}",
    "defined": "{{ view.gone is defined }}{{ nobody is defined }}",
    "default": "{{ view.gone | default(view.text) }}",
    "too many left out": "{% macro w("
    + ", ".join(f"a{n}=1" for n in range(20))
    + ") %}{{ a19 }}{% endmacro %}{{ w() }}",
}


@dataclass(frozen=True, slots=True)
class View:
    """Values of the kinds that views have."""

    text: str = "<b a='1' b=\"2\">&amp;"
    number: int = 7
    items: tuple[str, ...] = ("<", "&", "c")
    words: dict[str, str] = field(default_factory=lambda: {"first": "<", "in": "&"})


def _writer(root: Path, template: str) -> PageRenderer:
    """For a site whose page is this template, with the pieces as `m`."""
    extends, ends, rest = template.partition(" %}") if template.startswith("{% extends") else ("", "", template)
    files = {
        "x.html": f"{extends}{ends}{{% import 'pieces.html' as m %}}{rest}",
        "pieces.html": PIECES,
        "frame.html": FRAME,
        "included.html": "{{ view.text }}{{ m.plain('<') }}",
    }
    theme = load_theme(write(root, {f"themes/mine/templates/{name}": text for name, text in files.items()}), "mine")
    return PageRenderer.create(theme, SHELL, frozenset())


def _names(view: View) -> dict[str, object]:
    return {"page": Page(path="a/x.html", template="x.html", title="X", view=view), "view": view, "up": "../"}


def _lean(drawing: PageRenderer, view: View) -> str:
    return template_compiler.render_template(drawing.environment.get_template("x.html"), _names(view))


def _jinja(drawing: PageRenderer, view: View) -> str:
    return drawing.fallback_environment().get_template("x.html").render(_names(view))


@pytest.mark.parametrize("template", LEAN.values(), ids=LEAN)
def test_what_is_drawn_is_what_jinja_draws(tmp_path: Path, template: str) -> None:
    """Every way to write a template that lean code knows gives the same page, character by character."""
    drawing = _writer(tmp_path, template)
    # An import's own text names the place of an object in memory; nothing else may differ.
    assert (
        _lean(drawing, View()).partition("TemplateModule")[0] == _jinja(drawing, View()).partition("TemplateModule")[0]
    )


@pytest.mark.parametrize("template", NOT_LEAN.values(), ids=NOT_LEAN)
def test_what_lean_code_cannot_draw_jinja_does(tmp_path: Path, template: str) -> None:
    """It raises instead of drawing something else, and the page comes out as it should."""
    drawing = _writer(tmp_path, template)
    with pytest.raises(Exception, match=r"."):
        _lean(drawing, View())
    page = Page(path="a/x.html", template="x.html", title="X", view=View())
    assert drawing.render(page) == _jinja(drawing, View())


def test_a_function_sees_the_variables_around_its_call(tmp_path: Path) -> None:
    """One that asks for the context finds those of the loop and of the block it is called in."""

    @pass_context
    def seen(context: Context, name: str) -> object:
        return context[name]

    loop = "{% for it in view.items %}{% set x = it %}{{ seen('x') }}{% endfor %}"
    template = "{% block b %}{% set y = '>' %}{{ seen('y') }}" + loop + "{% endblock %}"
    drawing = _writer(tmp_path, template)
    for environment in (drawing.environment, drawing.fallback_environment()):
        environment.globals["seen"] = seen
    assert _lean(drawing, View()) == _jinja(drawing, View()) == "&gt;&lt;&amp;c"


@given(
    st.one_of(
        st.text(), st.integers(), st.floats(), st.booleans(), st.none(), st.text().map(Markup), st.lists(st.text())
    )
)
def test_values_are_escaped_as_everywhere(value: object) -> None:
    """Numbers stay as they are, markup stays markup, and all else loses what could be a tag."""
    assert template_compiler.escape_value(value) == str(escape(value))


@pytest.mark.slow
def test_the_demonstration_is_drawn_by_lean_code_alone_and_alike(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No page of the default theme needs Jinja's own code, and with it every byte would be the same."""

    def never(*_: object) -> str:
        raise AssertionError

    with monkeypatch.context() as patch:
        patch.setattr(page_renderer, "_render_with_jinja", never)
        by_lean = build_in_memory(project, clock=FixedClock()).files
    monkeypatch.setattr(template_compiler, "render_template", never)
    assert build_in_memory(project, clock=FixedClock()).files == by_lean
