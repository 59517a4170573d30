"""The pipeline as a whole: the same inputs give the same bytes, and nothing is lost on the way."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plansite.pipeline.build import build_in_memory
from plansite.render.theme import ThemeError
from tests.sites import FixedClock, demonstration, html_of, unpack, write

_PLAN = "---\ntitle: Falls\n---\n"


def test_two_builds_are_byte_identical(project: Path, tmp_path: Path) -> None:
    """The demonstration built twice is the same in every byte."""
    first, second = (unpack(demonstration(project), tmp_path / name) for name in ("a", "b"))
    files = {path.relative_to(first) for path in first.rglob("*") if path.is_file()}
    assert files == {path.relative_to(second) for path in second.rglob("*") if path.is_file()}
    assert all((first / path).read_bytes() == (second / path).read_bytes() for path in files)


def test_the_day_is_on_every_page(project: Path) -> None:
    """Each page says as at when it speaks, and that it is a demonstration."""
    for path, html in html_of(demonstration(project)).items():
        assert 'datetime="2025-01-20"' in html, path
        assert "Demonstration date" in html, path
        assert "\x03" not in html
        assert "\x04" not in html


def test_a_new_day_changes_overdue(tmp_path: Path) -> None:
    """Due today is not overdue; the day after, it is."""
    root = write(
        tmp_path,
        {"content/plans/p/plan.md": _PLAN, "content/plans/p/actions/a.md": "---\ntitle: A\ndue: 2025-01-20\n---\n"},
    )
    pages = [
        html_of(build_in_memory(root, clock=FixedClock(date(2025, 1, day))))["plans/p/actions/a.html"]
        for day in (20, 21)
    ]
    assert "Overdue by" not in pages[0]
    assert "Overdue by 1 day" in pages[1]


def test_links_lead_somewhere(project: Path) -> None:
    """Every relative link of every page of the demonstration leads to a file of the build."""
    built = demonstration(project)
    for path, html in html_of(built).items():
        if path == "404.html":
            continue
        folder = Path("/") / Path(path).parent
        for link in _links(html):
            target = (folder / link).resolve().relative_to("/").as_posix() if link else path
            assert target in built.files, (path, link)


def _links(html: str) -> list[str]:
    found = []
    for part in html.split('href="')[1:]:
        href = part.split('"', 1)[0].replace("&amp;", "&")
        if not href.startswith(("http", "mailto:", "tel:", "webcal:", "#")):
            found.append(href.partition("#")[0].partition("?")[0])
    return found


def test_files_linked_from_pages_are_published(tmp_path: Path) -> None:
    """A picture and a document beside the content are published where their page finds them; others are not."""
    root = write(
        tmp_path,
        {
            "content/plans/p/plan.md": _PLAN,
            "content/plans/p/actions/a.md": "---\ntitle: A\nevidence: [{label: Log, url: evidence/log.csv}]\n---\n![Door](door.png)\n",
            "content/plans/p/actions/door.png": b"\x89PNG",
            "content/plans/p/evidence/log.csv": "a,b\n",
            "content/plans/p/evidence/unlinked.csv": "a,b\n",
            "content/plans/p/actions/drawing.svg": "<svg/>",
        },
    )
    built = build_in_memory(root, clock=FixedClock(date(2025, 1, 20)))
    published = {path for path in built.files if path.startswith("files/")}
    assert published == {"files/plans/p/actions/door.png", "files/plans/p/evidence/log.csv"}
    assert 'src="../../../files/plans/p/actions/door.png"' in html_of(built)["plans/p/actions/a.html"]


def test_a_theme_that_is_not_there_is_said(tmp_path: Path) -> None:
    """The name, the place and what to do."""
    root = write(tmp_path, {"plansite.yaml": "title: T\ntheme: mine\n"})
    with pytest.raises(ThemeError, match="there is no theme “mine”"):
        build_in_memory(root, clock=FixedClock(date(2025, 1, 20)))


def test_a_template_that_does_nothing_is_reported(tmp_path: Path) -> None:
    """A build with a theme of the site's own says which of its templates no page uses, and draws every page."""
    files = {"plansite.yaml": "title: T\ntheme: mine\n", "themes/mine/templates/register.html": "x"}
    built = build_in_memory(write(tmp_path, files), clock=FixedClock(date(2025, 1, 20)))
    assert [(finding.rule.name, finding.path) for finding in built.findings if finding.rule.code.startswith("PS7")] == [
        ("unused-template", "themes/mine/templates/register.html")
    ]


def test_an_empty_site_builds(tmp_path: Path) -> None:
    """The first minute of a new site: no plan, no owner, and still every page that stands alone."""
    built = build_in_memory(write(tmp_path, {}), clock=FixedClock(date(2025, 1, 20)))
    assert {"index.html", "overdue.html", "search.html", "404.html", "about.html"} <= set(built.files)
