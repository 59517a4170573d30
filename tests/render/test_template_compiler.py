"""The template compiler renders what plain Jinja renders, or raises so that plain Jinja renders the page."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, Template, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from plansite.encryption.unlock_page import UnlockView
from plansite.model.assessment import SiteOnDate
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.pipeline.build import build_in_memory
from plansite.render import page_renderer, template_compiler
from plansite.render.environment import create_environment
from plansite.render.page_renderer import PageRenderer
from plansite.render.template_compiler import FastEnvironment
from plansite.render.theme import load_theme
from plansite.site.components.page import Page, build_site_layout
from plansite.site.pages.glossary import build_glossary_page
from tests.sites import FixedClock, write

pytestmark = pytest.mark.usefixtures("fast_paths")

SITE = Site(settings=Settings(title="Test"))
SHELL = build_site_layout(SITE, pinned=False)

#: Macros for the templates below, which are called with hostile texts.
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

SUPPORTED = {
    "text": "{{ view.text }}<p title='{{ view.text }}'>",
    "markup": "{{ view.text | safe }}{{ view.text | escape }}{{ ('<b>' | safe) ~ view.text }}",
    "numbers": "{{ 1 + 1 }} {{ view.number }} {{ 0.5 * view.number }} {{ 10 ** 30 }} {{ true }} {{ none }} {{ 1e400 }}",
    "values": "{{ view.items }} {{ view.items[0] }} {{ {'<': '>'} }} {{ ('<', 1) }}",
    "attributes": "{{ view.text.upper() }} {{ page.path }} {{ up }} {{ {'a': 1}.items() | list }}",
    "keywords": "{{ view.words.in }}{{ {'class': '<'}.class }}",
    "dunder": "{{ view.items.__len__() }} {{ view.text.__class__.__name__ }}",
    "methods": "{{ '{:,} {}'.format(12345, view.text) }} {{ ('<b>{}</b>' | safe).format(view.text) }}",
    "dates": "{{ view.day.isoformat() }}{{ view.day.isoformat() | length }}<p title='{{ view.day }}'>",
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
    "many left out": "{% macro w("
    + ", ".join(f"a{n}={n}" for n in range(20))
    + ") %}{{ a0 }}{{ a19 }}{% endmacro %}{{ w() }}{{ w('<') }}",
    "filtered": "{% filter upper %}{{ view.text }}{{ m.plain('<') }}{% endfilter %}",
}
UNSUPPORTED = {
    "key": "{% set d = {'a': '<'} %}{{ d.a }}",
    "index": "{{ view.words.first }}",
    "defined": "{{ view.gone is defined }}{{ nobody is defined }}",
    "default": "{{ view.gone | default(view.text) }}",
}


@dataclass(frozen=True, slots=True, weakref_slot=True)
class View:
    """Values of the kinds that views have."""

    text: str = "<b a='1' b=\"2\">&amp;"
    number: int = 7
    day: date = date(2025, 1, 20)
    items: tuple[str, ...] = ("<", "&", "c")
    words: dict[str, str] = field(default_factory=lambda: {"first": "<", "in": "&"})


def _create_template(environment_type: type[Environment], template: str) -> Template:
    """The template of this text, with the macros of `pieces.html` as `m`."""
    extends, ends, rest = template.partition(" %}") if template.startswith("{% extends") else ("", "", template)
    environment = create_environment(environment_type)
    environment.globals.update(seen=_seen, as_at=Markup("<b>"))
    environment.loader = DictLoader(
        {
            "x.html": f"{extends}{ends}{{% import 'pieces.html' as m %}}{rest}",
            "pieces.html": PIECES,
            "frame.html": FRAME,
            "included.html": "{{ view.text }}{{ m.plain('<') }}",
        }
    )
    return environment.get_template("x.html")


def _names() -> dict[str, object]:
    view = View()
    return {"page": Page(path="a/x.html", template="x.html", title="X", view=view), "view": view, "up": "../"}


def _compiled(template: str) -> str:
    return template_compiler.render_template(_create_template(FastEnvironment, template), _names())


def _jinja(template: str) -> str:
    return _create_template(Environment, template).render(_names())


@pass_context
def _seen(context: Context, name: str) -> object:
    return context[name]


@pytest.mark.parametrize("template", SUPPORTED.values(), ids=SUPPORTED)
def test_a_supported_template_renders_as_in_jinja(template: str) -> None:
    """The text is the same, character by character."""
    # An import's own text names the place of an object in memory; nothing else may differ.
    assert _compiled(template).partition("TemplateModule")[0] == _jinja(template).partition("TemplateModule")[0]


@pytest.mark.parametrize("template", UNSUPPORTED.values(), ids=UNSUPPORTED)
def test_an_unsupported_template_raises(template: str) -> None:
    """It raises instead of rendering something else, so that plain Jinja renders the page, which it can."""
    with pytest.raises(Exception, match=r"."):
        _compiled(template)
    assert _jinja(template)


def test_nothing_of_a_page_stays_in_memory() -> None:
    """A build renders thousands of pages without collecting garbage."""
    own_macro = "{% macro own(it) %}{{ m.plain(it) }}{{ view.text }}{% endmacro %}{{ own(view.text) }}"
    template, names = _create_template(FastEnvironment, own_macro), _names()
    view = weakref.ref(names["view"])
    gc.disable()
    try:
        assert template_compiler.render_template(template, names)
        names.clear()
        assert view() is None
    finally:
        gc.enable()


def test_a_function_sees_the_variables_around_its_call() -> None:
    """One that asks for the context finds those of the loop and of the block it is called in."""
    loop = "{% for it in view.items %}{% set x = it %}{{ seen('x') }}{% endfor %}"
    template = "{% block b %}{% set y = '>' %}{{ seen('y') }}" + loop + "{% endblock %}"
    assert _compiled(template) == _jinja(template) == "&gt;&lt;&amp;c"


@given(
    st.one_of(
        st.text(), st.integers(), st.floats(), st.booleans(), st.none(), st.text().map(Markup), st.lists(st.text())
    )
)
def test_values_are_escaped_as_everywhere(value: object) -> None:
    """Numbers stay as they are, markup stays markup, and all else loses what could be a tag."""
    assert template_compiler.escape_value(value) == str(escape(value))


@pytest.mark.slow
def test_no_page_of_the_demonstration_is_rendered_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The compiler can render every template of the default theme."""

    def never(*_: object) -> str:
        raise AssertionError

    monkeypatch.setattr(page_renderer, "_render_with_jinja", never)
    assert build_in_memory(project, clock=FixedClock()).files


_UNLOCK = Page(path="index.html", template="unlock.html", title="X", view=UnlockView(is_elsewhere=False))


def _render_unlock(root: Path) -> str:
    theme = load_theme(write(root, {}), "default").for_encryption()
    return PageRenderer.create(theme, SHELL, frozenset()).render(_UNLOCK)


def test_rendering_a_default_template_again_is_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the compiler in a template of ours cannot stay unnoticed, since tests turn warnings into errors."""

    def fail(*_: object) -> str:
        raise TypeError

    html = _render_unlock(tmp_path)
    monkeypatch.setattr(template_compiler, "render_template", fail)
    with pytest.warns(page_renderer.FastPathWarning, match=r"unlock\.html.*index\.html.*TypeError"):
        assert _render_unlock(tmp_path) == html


@pytest.mark.parametrize("name", ["call", "call_and_escape", "escape_text", "escape_value"])
def test_a_private_name_that_is_missing_while_rendering(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Compiled code raises, and never renders without escaping."""

    def fail(*_: object) -> str:
        raise AttributeError("_argument_count")

    monkeypatch.setattr(template_compiler, name, fail)
    with pytest.raises(AttributeError, match="_argument_count"):
        _compiled("{{ m.plain(view.text) }}{{ view.text }}{{ view.number }}{% if view.text.upper() %}!{% endif %}")


def test_compiled_code_that_raises_leads_to_plain_jinja(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page is the same."""

    def fail(*_: object) -> str:
        raise AttributeError("_argument_count")

    theme, page = load_theme(write(tmp_path, {}), "default"), build_glossary_page(SiteOnDate(SITE, date(2025, 1, 20)))
    static = frozenset(theme.static_files())
    html = PageRenderer.create(theme, SHELL, static, today=date(2025, 1, 20)).render(page)
    monkeypatch.setattr(template_compiler, "escape_text", fail)
    with pytest.warns(page_renderer.FastPathWarning, match="_argument_count"):
        assert PageRenderer.create(theme, SHELL, static, today=date(2025, 1, 20)).render(page) == html


_RENDER_WITHOUT = """
import sys, types, warnings, jinja2, markupsafe
{remove}
from pathlib import Path
from plansite.encryption.unlock_page import UnlockView
from plansite.model.site import Settings, Site
from plansite.render import page_renderer
from plansite.render.page_renderer import PageRenderer
from plansite.render.theme import load_theme
from plansite.site.components.page import Page, build_site_layout
warnings.simplefilter("error")
layout = build_site_layout(Site(settings=Settings(title="Test")), pinned=False)
renderer = PageRenderer.create(load_theme(Path(sys.argv[1]), "default").for_encryption(), layout, frozenset())
print(page_renderer.template_compiler is not None, end=":")
view = UnlockView(is_elsewhere=False)
print(renderer.render(Page(path="index.html", template="unlock.html", title="X", view=view)), end="")
"""


@pytest.mark.parametrize(
    ("remove", "is_fast"),
    [
        ("", True),
        ("sys.modules['markupsafe._speedups'] = None", True),
        ("del markupsafe._speedups._escape_inner", True),
        ("import jinja2.utils; del jinja2.utils.missing", False),
    ],
    ids=["nothing", "compiled MarkupSafe", "name of MarkupSafe", "name of Jinja"],
)
def test_private_names_that_are_missing_at_the_start(tmp_path: Path, remove: str, is_fast: bool) -> None:
    """Another release of MarkupSafe or Jinja without the names that the compiler imports gives the same page."""
    code = _RENDER_WITHOUT.format(remove=remove)
    done = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=True)
    assert done.stdout == f"{is_fast}:{_render_unlock(tmp_path)}"
