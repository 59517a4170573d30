"""What a template of a site's own theme may do, and that it reaches nothing else, wherever it takes part in a page."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum, StrEnum
from pathlib import Path
from types import NoneType
from typing import Any

import pytest
from markupsafe import Markup

from plansite.checks.runner import run_all_checks
from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Audience
from plansite.render import environment
from plansite.render.page_renderer import PageRenderer
from plansite.render.theme import ThemeError, default_theme_folder, load_theme
from plansite.site.components.page import Page, build_site_layout
from plansite.site.pages.fallback_pages import build_not_found_page
from tests.sites import write
from tests.whole import copy_of, pages

SITE = Site(settings=Settings(title="Test"))
SHELL = build_site_layout(SITE, pinned=False)
NOT_FOUND = build_not_found_page(SiteOnDate(SITE, date(2025, 1, 20)))


class Colour(StrEnum):
    """An enumeration with a method."""

    RED = "red"

    def paint(self) -> str:
        """Never called by a template."""
        raise AssertionError


@dataclass(frozen=True, slots=True)
class View:
    """Values of the kinds that views have, and a method."""

    text: str = "<b>"
    day: date = date(2025, 1, 20)
    items: tuple[str, ...] = ("a", "b")
    colour: Colour = Colour.RED
    links: tuple[str, ...] = ()

    @property
    def first(self) -> str:
        """Templates may use properties."""
        return self.items[0]

    def act(self) -> str:
        """Never called by a template."""
        raise AssertionError


#: From the usual collections of payloads against Jinja, and what the additions of our own sandbox refuse.
REFUSED = r"""
{{ ''.__class__ }}
{{ ''.__class__.__mro__[1].__subclasses__() }}
{{ ().__class__.__bases__[0].__subclasses__() }}
{{ (1).__class__ }}
{{ view.__class__.__init__.__globals__ }}
{{ view.__dataclass_fields__ }}
{{ shell.__class__.__module__ }}
{{ count.__globals__ }}
{{ count.__globals__['__builtins__']['__import__']('os').system('id') }}
{{ count.__call__.__self__ }}
{{ long_date.cache_clear() }}
{{ cycler.__init__.__globals__.os.popen('id').read() }}
{{ joiner.__init__.__globals__.os.popen('id').read() }}
{{ namespace.__init__.__globals__.os.popen('id').read() }}
{{ lipsum.__globals__.os.popen('id').read() }}
{{ lipsum() }}
{{ range.__globals__ }}
{{ dict.__base__ }}
{{ dict.mro() }}
{{ dict.fromkeys('a') }}
{{ cycler.mro() }}
{{ cycler('a').__class__ }}
{{ joiner().__init__ }}
{% set ns = namespace(a=1) %}{{ ns.__class__ }}
{{ self.__init__.__globals__ }}
{{ self._TemplateReference__context }}
{{ self['_TemplateReference__context'] }}
{{ request.application.__globals__ }}
{{ config.items() }}
{{ url_for.__globals__ }}
{{ get_flashed_messages.__globals__ }}
{{ ''|attr('__class__') }}
{{ ''|attr('\x5f\x5fclass\x5f\x5f') }}
{{ ''|attr(['__cl', 'ass__']|join) }}
{{ ''['__class__'] }}
{{ ''['__cla' ~ 'ss__'] }}
{{ ''['\x5f\x5fclass\x5f\x5f'] }}
{{ ['x']|map(attribute='__class__')|list|join }}
{{ [view]|map(attribute='__class__.__init__')|list|join }}
{{ [view]|map('attr', '__class__')|list|join }}
{{ [view]|selectattr('__class__.x')|list|join }}
{{ [view]|rejectattr('__class__.x')|list|join }}
{{ [view]|groupby('__class__.x') }}
{{ [view, view]|sort(attribute='__class__.x') }}
{{ [view, view]|unique(attribute='__class__.x')|list }}
{{ [view, view]|max(attribute='__class__.x') }}
{{ [view]|sum(attribute='__class__.x') }}
{{ "{0.__class__}".format(view) }}
{{ "{0.__class__.__init__.__globals__}".format(count) }}
{{ "{0[__class__]}".format(view) }}
{{ "{x.__class__}".format(x=view) }}
{{ "{x.__class__}".format_map({'x': view}) }}
{{ ("{0.__class__}"|attr("format"))(view) }}
{{ "{0.__class__}"["format"](view) }}
{{ (["{0.__class__}"]|map(attribute="format")|first)(view) }}
{% set f = "{0.__class__}".format %}{{ f(view) }}
{% set f = ("{0.__class__}"|safe).format %}{{ f(view) }}
{% set d = {'f': "{0.__class__}".format} %}{{ d.f(view) }}
{{ "".join.__self__.__class__ }}
{% for x in [1] %}{{ loop._iterator }}{% endfor %}
{% for x in [1] %}{{ loop.__class__ }}{% endfor %}
{% macro m() %}{% endmacro %}{{ m._func }}
{% macro m() %}{% endmacro %}{{ m._environment.from_string }}
{% macro m() %}{{ caller.__globals__ }}{% endmacro %}{% call m() %}{% endcall %}
{% import 'default/components/widgets.html' as w %}{{ w.__dict__ }}
{% import 'default/components/widgets.html' as w %}{{ w.tag._func.__globals__ }}
{% import 'default/components/widgets.html' as w %}{{ w._body_stream }}
{{ ([1]|map('string')).gi_frame }}
{{ ([1]|select).gi_code.co_code }}
{{ ([1]|map('string')).send(1) }}
{{ view.act() }}
{{ view.colour.paint() }}
{{ view.colour.__class__ }}
{{ view.text.encode() }}
{{ view.day.today() }}
{{ view.day.fromtimestamp(0) }}
{{ [1].append(2) }}
{{ {'a': 1}.update({'b': 2}) }}
{{ {'a': 1}.pop('a') }}
{{ static.add('a') }}
{{ range(100001)|length }}
{{ 'a' * 10 ** 9 }}
{{ 10 ** 9 * 'a' }}
{{ [1] * 10 ** 9 }}
{{ 9 ** (9 ** 9) }}
{{ (2 ** 9999) * (2 ** 9999) }}
{{ [1, 2]|random }}
{{ view|tojson }}
{% include '../../../plansite.yaml' %}
{% include '/etc/passwd' %}
{% include 'default/../../../../plansite.yaml' %}
{% include 'default//etc/passwd' %}
{% include '..\\..\\..\\plansite.yaml' %}
{% include 'templates' %}
{% import 'os' as os %}
{% from 'os' import system %}
{% import '../../../plansite.yaml' as x %}
{% include view %}
{% include ['../x', '/etc/passwd'] %}
{% include "a\0b" %}
{% debug %}
{% do view.act() %}
{% trans %}a{% endtrans %}
{% macro deep() %}{{ deep() }}{% endmacro %}{{ deep() }}
""".strip().splitlines()

ALLOWED = {
    "{{ view.text }}{{ view.first }}{{ view['text'] }}": "&lt;b&gt;a&lt;b&gt;",
    "{{ view.day.isoformat() }} {{ view.day.year }} {{ view.day | long_date }}": "2025-01-20 2025 20 January 2025",
    "{{ view.day.strftime('%d') }}": "20",
    "{{ view.colour }}{{ view.colour.value }}{{ view.colour.name }}{{ view.colour.upper() }}": "redredREDRED",
    "{% for it in view.items if it != 'a' %}{{ loop.length }}{{ loop.last }}{{ it }}{% else %}-{% endfor %}": "1Trueb",
    "{% for a, b in [(1, [2])] recursive %}{{ a }}{{ loop([(3, [])]) if b }}{{ loop.revindex }}{% endfor %}": "1311",
    "{% for it in [] %}{% else %}-{% endfor %}": "-",
    "{% for it in view.items %}{{ loop.index }}{{ it.upper() }}{{ loop.cycle('-', '.') }}{% endfor %}": "1A-2B.",
    "{{ view.items | map('upper') | join(',') }}{{ view.items | length }}": "A,B2",
    "{{ [view] | map(attribute='day.year') | first }}": "2025",
    "{% for key, value in {'k': 'v'}.items() %}{{ key }}{{ value }}{% endfor %}": "kv",
    "{{ '{} {x}'.format('<', x=view.text) }}{{ '%s' % 3 }}": "&lt; &lt;b&gt;3",
    "{% macro m(a, b=2) %}{{ a }}{{ b }}{{ caller() }}{% endmacro %}{% call m(1) %}{% endcall %}{% call m(3) %}!{% endcall %}": (
        "1232!"
    ),
    "{% set ns = namespace(n=0) %}{% for i in range(4) %}{% set ns.n = ns.n + i * 2 %}{% endfor %}{{ ns.n }}": "12",
    "{% set j = joiner(',') %}{{ j() }}{{ j() }}{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.current }}": ",ab",
    "{{ count(2, 'step') }} {{ listed(['a', 'b']) }} {{ shell.title }}": "2 steps a and b Test",
    "{{ 'ab' * 3 }}{{ 2 ** 10 }}{{ [0] * 2 }}": "ababab1024[0, 0]",
}


def _default(name: str) -> str:
    return (default_theme_folder() / "templates" / name).read_text("utf-8")


#: How a template takes part in a page: its name, and its text with a payload in it.
PLACES: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "the page": ("x.html", lambda text: text),
    "a block": (
        "x.html",
        lambda text: '{% extends "default/base.html" %}{% block main %}\n' + text + "{{ super }}{% endblock %}",
    ),
    "the frame of a default page": ("base.html", lambda text: _default("base.html") + text),
    "macros for a default page": ("components/widgets.html", lambda text: _default("components/widgets.html") + text),
    "included by a default page": ("sprite.html", lambda text: _default("sprite.html") + text),
}


def _render(root: Path, place: str, payload: str) -> str:
    name, surround = PLACES[place]
    write(root, {"plansite.yaml": "title: secret\n", f"themes/mine/templates/{name}": surround(payload)})
    renderer = PageRenderer.create(load_theme(root, "mine"), SHELL, frozenset({"site.css"}), today=date(2025, 1, 20))
    template = "x.html" if name == "x.html" else "pages/not_found.html"
    return renderer.render(Page(path="x.html", template=template, title="X", view=View()))


#: Events of Python's audit hooks since `record` was switched on.
_EVENTS: list[tuple[str, tuple[Any, ...]]] = []
_IS_RECORDING = [False]
_WATCHED = ("ctypes.", "ftplib.", "http.", "os.", "shutil.", "socket.", "subprocess.", "urllib.", "open")


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if _IS_RECORDING[0] and event.startswith(_WATCHED) and event != "os.putenv":
        _EVENTS.append((event, arguments))


@pytest.fixture(scope="module", autouse=True)
def _audit() -> None:
    """A hook can never be removed, so it is switched on and off."""
    sys.addaudithook(_hook)


@pytest.fixture
def events() -> Iterator[list[tuple[str, tuple[Any, ...]]]]:
    """What Python's audit hooks are told from now on."""
    _EVENTS.clear()
    _IS_RECORDING[0] = True
    yield _EVENTS
    _IS_RECORDING[0] = False


@pytest.mark.parametrize("switch", ["0", "1"])
@pytest.mark.parametrize("payload", REFUSED)
def test_a_payload_is_refused(
    tmp_path: Path,
    payload: str,
    switch: str,
    monkeypatch: pytest.MonkeyPatch,
    events: list[tuple[str, tuple[Any, ...]]],
) -> None:
    """Wherever it stands, the page is not made, its file and line are named, and nothing was run, opened or connected."""
    monkeypatch.setenv("PLANSITE_NO_FAST_PATHS", switch)
    for number, (place, (name, surround)) in enumerate(PLACES.items()):
        line = 1 + surround("@@").split("@@")[0].count("\n")
        with pytest.raises(ThemeError, match=rf"themes/mine/templates/{name}:{line}: (?!.*(secret|AssertionError))"):
            _render(tmp_path / str(number), place, payload)
    assert [event for event in events if not _is_reading(event, tmp_path)] == []


def _is_reading(event: tuple[str, tuple[Any, ...]], root: Path) -> bool:
    """Whether it is what rendering does: reading templates and modules of Python, and the test's own files."""
    name, arguments = event
    if name in ("os.listdir", "os.scandir", "os.mkdir"):
        return True
    allowed = (root, default_theme_folder(), default_theme_folder().parents[1], Path(sys.prefix), Path(sys.base_prefix))
    if name != "open" or isinstance(arguments[0], int):  # a file that was opened already is wrapped
        return name == "open"
    if "/" not in arguments[0]:  # opened from the folder that it is in
        return any(next(folder.rglob(arguments[0]), None) for folder in allowed[:2])
    return any(Path(arguments[0]).is_relative_to(folder) for folder in allowed)


@pytest.mark.parametrize(("template", "text"), ALLOWED.items())
def test_what_a_template_may_do(tmp_path: Path, template: str, text: str) -> None:
    """All that the themes page speaks of goes on working."""
    assert _render(tmp_path, "the page", template) == text


def test_the_payloads_would_be_seen(events: list[tuple[str, tuple[Any, ...]]]) -> None:
    """The hook hears of a program and of a file elsewhere."""
    import os

    os.system("true")  # noqa: S605
    Path(os.devnull).read_bytes()
    assert [event for event, _ in events] == ["os.system", "open"]
    assert [event[0] for event in events if not _is_reading(event, Path("/nowhere"))] == ["os.system", "open"]


@pytest.mark.parametrize("switch", ["0", "1"])
@pytest.mark.parametrize("value", ['"{0.__class__}".format', '("{0.__class__}" | safe).format', "count.__call__"])
def test_what_a_default_template_is_given_to_call(
    tmp_path: Path, value: str, switch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A method in the place of a macro that a page of the default theme calls is refused there too."""
    monkeypatch.setenv("PLANSITE_NO_FAST_PATHS", switch)
    widgets = _default("components/widgets.html") + f"{{% set link = {value} %}}"
    theme = load_theme(write(tmp_path, {"themes/mine/templates/components/widgets.html": widgets}), "mine")
    with pytest.raises(ThemeError, match="unsafe"):
        PageRenderer.create(theme, SHELL, frozenset({"site.css"}), today=date(2025, 1, 20)).render(NOT_FOUND)


def test_a_default_template_is_not_trusted_by_its_name(tmp_path: Path) -> None:
    """A changed copy of a default template is sandboxed, and an unchanged one is what it was."""
    same = _render(tmp_path / "a", "the frame of a default page", "")
    assert same == _render(tmp_path / "b", "included by a default page", "")
    with pytest.raises(ThemeError, match="unsafe"):
        _render(tmp_path / "c", "the frame of a default page", "{{ view.__class__ }}")


@pytest.mark.parametrize(
    "template",
    [
        "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(50) }}",
        "{% for a in range(9) recursive %}{% if loop.depth < 20 %}{{ loop(range(9)) }}{% endif %}{% endfor %}",
    ],
)
def test_a_template_that_would_never_end(tmp_path: Path, template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Loops, and macros that call themselves, stop when the page has had its time."""
    monkeypatch.setattr(environment, "TIME_LIMIT", 0.05)
    with pytest.raises(ThemeError, match=r"x\.html:1: the page takes longer than 0\.05 s of processor time"):
        _render(tmp_path, "the page", template)


def test_each_page_has_its_own_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one page has used is not taken from the next."""
    monkeypatch.setattr(environment, "TIME_LIMIT", 0.2)
    root = write(tmp_path, {"themes/mine/templates/x.html": "{% for a in range(50000) %}{% endfor %}{{ view.first }}"})
    renderer = PageRenderer.create(load_theme(root, "mine"), SHELL, frozenset(), today=date(2025, 1, 20))
    page = Page(path="x.html", template="x.html", title="X", view=View())
    start = time.thread_time()
    while time.thread_time() < start + 0.4:
        assert renderer.render(page) == "a"


def test_a_template_is_given_plain_values_only(project: Path) -> None:
    """No view of the demonstration, nor what is around it, holds a function, a module, a path or an open file."""
    site = load_site(project)
    day = SiteOnDate(site, date(2025, 1, 20))
    layout = build_site_layout(site, pinned=False)
    renderer = PageRenderer.create(
        load_theme(project, "default"), layout, frozenset({"site.css"}), today=date(2025, 1, 20)
    )
    functions = {"count", "cycler", "days", "dict", "joiner", "listed", "namespace", "range"}
    around = {name: value for name, value in renderer.environment.globals.items() if name not in functions}
    assert around.keys() == {"shell", "static", "as_at", "as_at_words"}
    kinds: set[type] = set()
    for value in (*around.values(), *pages(day, run_all_checks(day), copy_of(site, Audience.INTERNAL))):
        _collect_kinds(value, kinds)
    ours = {kind for kind in kinds if is_dataclass(kind) or issubclass(kind, Enum) or hasattr(kind, "_fields")}
    assert len(ours) > 50
    assert kinds - ours <= {str, Markup, int, float, bool, NoneType, tuple, dict, frozenset, date}
    parameters = [getattr(kind, "__dataclass_params__", None) for kind in ours]
    assert all(each is None or each.frozen for each in parameters)


def _collect_kinds(value: Any, kinds: set[type]) -> None:
    kinds.add(type(value))
    if is_dataclass(value):
        for field in fields(value):
            _collect_kinds(getattr(value, field.name), kinds)
    elif isinstance(value, Mapping):
        _collect_kinds((*value, *value.values()), kinds)
    elif isinstance(value, tuple | frozenset | list):
        for each in value:
            _collect_kinds(each, kinds)


def test_links_that_leave_the_theme_are_not_followed(tmp_path: Path) -> None:
    """A template, a folder of templates or a theme that is a link to another place is refused by name."""
    outside = write(tmp_path / "outside", {"templates/x.html": "secret"})
    page = Page(path="x.html", template="x.html", title="X", view=View())
    for number, link in enumerate(("themes/mine/templates/x.html", "themes/mine/templates", "themes/mine")):
        root = tmp_path / str(number)
        (root / link).parent.mkdir(parents=True)
        (root / link).symlink_to(outside / Path(link).relative_to("themes/mine"))
        with pytest.raises(ThemeError, match=rf"{link}.*link that (leads out of the theme|leaves the site)"):
            PageRenderer.create(load_theme(root, "mine"), SHELL, frozenset(), today=date(2025, 1, 20)).render(page)


def test_a_link_within_the_theme_is_followed(tmp_path: Path) -> None:
    """One template may be another one's."""
    root = write(tmp_path, {"themes/mine/templates/y.html": "{{ view.first }}"})
    (root / "themes/mine/templates/x.html").symlink_to("y.html")
    assert _render_page(root) == "a"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: path.mkdir(), "not a plain file"),
        (lambda path: path.symlink_to("gone.html"), "cannot be read"),
        (lambda path: path.write_bytes(b"\xff"), "not text in UTF-8"),
        (lambda path: path.write_text("a" * 300_000), "at most 256 KiB"),
    ],
    ids=["folder", "dangling", "encoding", "size"],
)
def test_a_file_that_is_no_template(tmp_path: Path, make: Callable[[Path], object], message: str) -> None:
    """It is named, and neither skipped nor read for ever."""
    path = tmp_path / "themes/mine/templates/x.html"
    path.parent.mkdir(parents=True)
    make(path)
    with pytest.raises(ThemeError, match=rf"x\.html: .*{message}"):
        _render_page(tmp_path)


@pytest.mark.parametrize(
    "template", ["{{ " + "(" * 20_000 + "1" + ")" * 20_000 + " }}", "{% if 1 %}" * 3_000 + "{% endif %}" * 3_000]
)
def test_a_template_that_nests_too_deeply(tmp_path: Path, template: str) -> None:
    """It is a fault of the theme, and does not end the process."""
    with pytest.raises(ThemeError, match=r"x\.html"):
        _render(tmp_path, "the page", template)


def _render_page(root: Path) -> str:
    page = Page(path="x.html", template="x.html", title="X", view=View())
    return PageRenderer.create(load_theme(root, "mine"), SHELL, frozenset(), today=date(2025, 1, 20)).render(page)
