"""The faster judgement of pages finds what the thorough one finds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from plansite.pipeline.build import build_in_memory
from tests.harmless import assert_harmless
from tests.plain_html import assert_plainly_harmless, reduce_to_tags
from tests.sites import FixedClock, html_of, write
from tests.test_hostile import site_files

_PAGE = (
    '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n<title>Fewer falls &amp; more</title>\n</head>\n'
    '<body>\n<main id="main">\n<h1>Fewer falls</h1>\n'
    "<table><thead><tr><th>What</th></tr></thead><tbody>\nROWS</tbody></table>\n"
    '<p class="note">Ring <a href="mailto:a@example.org">us</a>.</p>\nHERE</main>\n</body>\n</html>\n'
)
_ROW = '<tr><td><a href="a.html">Mend the lamp</a></td></tr>\n'
#: What no page may hold, written plainly and otherwise.
_FAULTS = (
    "<div>Not closed",
    "</section>",
    "<b><p>Crossed</b></p>",
    "<a href='x'><a href='y'>One in another</a></a>",
    '<a href="x"><b><a href="y">One in another</a></b></a>',
    "<table><tr><td>No body</td></tr></table><td>",
    "<ul><li>One</ul></li>",
    "<div/>",
    '<p class="a" class="b">Twice</p>',
    '<p onclick="alert(1)">Acts</p>',
    '<p style="color: red">Styled</p>',
    "<iframe></iframe>",
    "<blink>x</blink>",
    "<script>alert(1)",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="java&#115;cript:alert(1)">x</a>',
    '<a href="JAVASCRIPT&#58;alert(1)">x</a>',
    '<a href="data:text/html,x">x</a>',
    '<a href="//example.org">x</a>',
    '<img alt="" src="data:image/png,x">',
    '<form action="javascript:alert(1)"></form>',
    "<p>1 < 2</p>",
    "<p>A & B &nosuch; </p>",
    "<p>&#0;</p>",
    "<p>\x01</p>",
    "<p>\ufdd0</p>",
    "<p title=x>Not quoted</p>",
    "<p title='x'>Quoted once</p><p",
    '<p title="a"b>Stuck</p>',
    "<!-- - -- >",
    "<!doctype html>",
    '<input type="hidden" name="a"></input>',
    "<svg><p>x</p></svg>",
    "</main>",
    "<main>",
)


def _page(fault: str = "", rows: str = _ROW) -> str:
    return _PAGE.replace("HERE", fault).replace("ROWS", rows)


def _accepts(judge: Callable[[str, str], None], page: str) -> bool:
    try:
        judge("page.html", page)
    except AssertionError:
        return False
    return True


@pytest.mark.parametrize("fault", _FAULTS)
def test_both_find_a_fault(fault: str) -> None:
    """Each in the main part of an ordinary page."""
    assert not _accepts(assert_harmless, _page(fault))
    assert not _accepts(assert_plainly_harmless, _page(fault))


@pytest.mark.parametrize("number", [0, 1, 3, 4, 7])
def test_a_fault_in_one_of_many_rows_is_found(number: int) -> None:
    """Rows that are alike are judged once, others each."""
    rows = [_ROW] * 8
    rows[number] = _ROW.replace("</a>", "")
    for page, is_right in ((_page(rows=_ROW * 8), True), (_page(rows="".join(rows)), False)):
        assert _accepts(assert_harmless, page) == _accepts(assert_plainly_harmless, page) == is_right


def test_pages_are_written_plainly(tmp_path: Path) -> None:
    """Pages that hold what might act are judged by their tags, and no page in the slow way."""
    root = write(tmp_path, dict(site_files(["\"><b x='&#x3c;'>", "[x](<javascript:x>)"])))
    pages = html_of(build_in_memory(root, clock=FixedClock(date(2025, 1, 20))))
    assert [path for path, html in pages.items() if reduce_to_tags(html, {}) is None] == []
