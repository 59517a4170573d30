"""A site changes one thing of the theme, and inherits the rest."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from plansite.file_access import FileInFolder
from plansite.model.assessment import SiteOnDate
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.render.contrast import find_low_contrast
from plansite.render.page_renderer import PageRenderer
from plansite.render.stylesheet import parse_properties
from plansite.render.theme import ThemeError, default_theme_folder, load_theme
from plansite.site.components.page import Page, build_site_layout
from plansite.site.pages.fallback_pages import build_not_found_page
from plansite.site.pages.glossary import build_glossary_page
from tests.sites import write

SITE = Site(settings=Settings(title="Test"))
OUTLOOK = SiteOnDate(SITE, date(2025, 1, 20))
MISSING, WORDS = build_not_found_page(OUTLOOK), build_glossary_page(OUTLOOK)


def _render(root: Path, page: Page, **files: str) -> str:
    """A page in the theme `mine`, whose files are named with `__` for a slash and the last `_` before the ending."""
    paths = {f"themes/mine/{'.'.join(name.replace('__', '/').rsplit('_', 1))}": text for name, text in files.items()}
    theme = load_theme(write(root, {**paths, "themes/mine/README.md": "Ours\n"}), "mine")
    return PageRenderer.create(
        theme, build_site_layout(SITE, pinned=False), frozenset(theme.static_files()), today=OUTLOOK.today
    ).render(page)


def test_a_theme_without_files_is_the_default(tmp_path: Path) -> None:
    """An empty folder changes nothing."""
    theme = load_theme(write(tmp_path, {}), "default")
    default = PageRenderer.create(
        theme, build_site_layout(SITE, pinned=False), frozenset(theme.static_files()), today=OUTLOOK.today
    )
    assert _render(tmp_path, MISSING) == default.render(MISSING)


def test_one_template_is_replaced_and_the_rest_inherited(tmp_path: Path) -> None:
    """The site's own page, in our frame; other pages stay as they are."""
    own = '{% extends "base.html" %}{% block main %}<h1>Gone fishing</h1>{% endblock %}'
    html = _render(tmp_path / "a", MISSING, templates__pages__not_found_html=own)
    assert "<h1>Gone fishing</h1>" in html
    assert "<h1>Page not found" not in html
    assert 'href="/static/site.css"' in html
    assert _render(tmp_path / "a", WORDS) == _render(tmp_path / "b", WORDS)


def test_a_template_can_add_to_the_default_of_its_name(tmp_path: Path) -> None:
    """`default/` before the name leads to ours, so that a block can be taken over with `super()`."""
    own = (
        '{% extends "default/pages/not_found.html" %}{% block main %}{{ super() }}<p>Ask at the desk.</p>{% endblock %}'
    )
    html = _render(tmp_path, MISSING, templates__pages__not_found_html=own)
    assert "Page not found" in html
    assert html.index("Page not found") < html.index("Ask at the desk.")


def test_the_frame_can_be_changed_for_every_page(tmp_path: Path) -> None:
    """A `base.html` that extends ours reaches pages whose templates are ours."""
    own = '{% extends "default/base.html" %}{% block head %}<meta name="author" content="Us">{% endblock %}'
    assert '<meta name="author" content="Us">' in _render(tmp_path, MISSING, templates__base_html=own)
    assert '<meta name="author" content="Us">' in _render(tmp_path, WORDS)


def test_one_token_is_replaced_and_the_rest_inherited(tmp_path: Path) -> None:
    """`own.css` is linked behind our tokens and styles, which are still there; without it no page links to it."""
    html = _render(tmp_path, MISSING, static__own_css=":root { --accent: #7a1f5c; }")
    assert html.index("tokens.css") < html.index("site.css") < html.index("own.css")
    static = load_theme(tmp_path, "mine").static_files()
    assert static["own.css"] == FileInFolder(tmp_path / "themes/mine", "static/own.css")
    assert static["tokens.css"] == FileInFolder(default_theme_folder(), "static/tokens.css")
    assert "own.css" not in _render(tmp_path / "bare", MISSING)


def test_a_static_file_of_the_same_name_takes_the_place_of_ours(tmp_path: Path) -> None:
    """The site's own stands first, folders within are kept, and hidden files stay at home."""
    static = {"icon.svg": "<svg/>", "pictures/desk.png": "x", ".DS_Store": "x"}
    files = {f"themes/mine/static/{name}": text for name, text in static.items()}
    found = load_theme(write(tmp_path, files), "mine").static_files()
    assert found["icon.svg"] == FileInFolder(tmp_path / "themes/mine", "static/icon.svg")
    assert "pictures/desk.png" in found
    assert ".DS_Store" not in found


def test_the_style_sheet_is_joined_from_its_parts(tmp_path: Path) -> None:
    """Every part of the default theme, once and in the listed order; a part of the site's own takes the place of ours."""
    styles = default_theme_folder() / "styles"
    order = (styles / "order.txt").read_text("utf-8").split()
    assert sorted(order) == sorted(path.relative_to(styles).as_posix() for path in styles.rglob("*.css"))
    parts = [(styles / name).read_bytes() for name in order]
    assert load_theme(tmp_path, "default").static_files()["site.css"] == b"".join(parts)
    theme = load_theme(write(tmp_path, {f"themes/mine/styles/{order[1]}": "/* ours */"}), "mine")
    expected = b"".join((parts[0], b"/* ours */", *parts[2:]))
    assert theme.static_files()["site.css"] == expected
    assert theme.for_encryption().static_files()["site.css"] == expected


def test_every_part_of_the_style_sheet_is_whole() -> None:
    """No rule begins in one part and ends in another, so that a part can be read and replaced alone."""
    for path in (default_theme_folder() / "styles").rglob("*.css"):
        css = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
        depths = [css[: match.end()].count("{") - css[: match.end()].count("}") for match in re.finditer("[{}]", css)]
        assert min(depths) == 0, path
        assert depths[-1] == 0, path


def test_a_whole_style_sheet_takes_the_place_of_ours(tmp_path: Path) -> None:
    """A site's own `static/site.css` is published as it is, also on an encrypted site."""
    theme = load_theme(write(tmp_path, {"themes/mine/static/site.css": "/* ours */"}), "mine")
    own = FileInFolder(tmp_path / "themes/mine", "static/site.css")
    assert theme.static_files()["site.css"] == own
    assert theme.for_encryption().static_files()["site.css"] == own


def test_a_theme_may_be_called_default(tmp_path: Path) -> None:
    """A site's own `themes/default` stands over ours like any other."""
    theme = load_theme(write(tmp_path, {"themes/default/static/own.css": ":root {}"}), "default")
    assert {"own.css", "site.css"} <= set(theme.static_files())


@pytest.mark.parametrize("name", ["missing", "../secrets", "a/b", ".hidden", "", ".."])
def test_a_theme_that_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    """Neither a missing theme nor a path out of `themes/` is taken for one."""
    with pytest.raises(ThemeError, match=r"^plansite\.yaml: "):
        load_theme(write(tmp_path, {"secrets/x": ""}), name)


# The documentation

GUIDE = Path(__file__).parents[2] / "docs/themes.md"


def _names_under(heading: str) -> set[str]:
    """The names in the first column of the table under a heading."""
    part = GUIDE.read_text("utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    table = part.split("\n\n| ", 2)[1].partition("\n\n")[0]
    return {name for row in table.splitlines() for name in re.findall(r"`([^`]+)`", row.split(" | ")[0])}


def test_the_guide_names_every_token() -> None:
    """And none that is not there."""
    css = (default_theme_folder() / "static/tokens.css").read_text("utf-8")
    assert _names_under("Colours and sizes") == {each.name for each in parse_properties(css)}


def test_the_guide_names_every_template() -> None:
    """And none that is not there."""
    folder = default_theme_folder() / "templates"
    assert _names_under("Pages") == {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    }


def test_the_guides_ten_lines_do_what_they_say(tmp_path: Path) -> None:
    """Its files, put where it says, change that colour and that page, and no finding comes of it."""
    blocks = re.findall(r"<!-- (?:file|site): (\S+) -->\n```\w+\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    files: dict[str, str] = dict(blocks)
    assert len(files) == 3
    assert sum(len(text.splitlines()) for text in files.values()) <= 12
    theme = load_theme(write(tmp_path, files), "ours")
    writer = PageRenderer.create(
        theme, build_site_layout(SITE, pinned=False), frozenset(theme.static_files()), today=OUTLOOK.today
    )
    assert "You can also ask at the front desk." in writer.render(MISSING)
    assert "own.css" in writer.render(WORDS)
    assert find_low_contrast(theme, tmp_path) == ()
