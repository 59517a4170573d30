"""Files at the edge of what they may hold: each is read in time, and no page grows out of proportion."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plansite.content.documents import DocumentLocation, parse_document
from plansite.content.files import MAX_FILE_SIZE
from plansite.content.report import MAX_FINDINGS
from plansite.content.values import MAX_ENTRIES
from plansite.content.yaml.nodes import MAX_VALUE_LENGTH
from plansite.markdown.body import parse_markdown
from plansite.markdown.dialect import MIN_URL_CHARACTERS
from plansite.markdown.html import resolve_links
from plansite.model.documents.action import Action
from plansite.parallel import timeouts
from plansite.parallel.timeouts import TimedOutError, run_with_timeout
from plansite.pipeline.build import build_in_memory
from tests.markdown.stock import switch_fast_path
from tests.sites import FixedClock, write

_PLACE = DocumentLocation("action", "p", "a", "content/plans/p/actions/a.md")
_HEAD = "---\ntitle: A\n"
_SIZE = MAX_FILE_SIZE - 100
#: Each of these once took time that grows with the square of its length, and would take many minutes at this size.
_SLOW = {
    "steps with blanks": f"{_HEAD}---\n## Steps\n- [{' ' * _SIZE}x",
    "a line of dashes": f"{_HEAD}{'- ' * (_SIZE // 2)}@\n---\n",
    "dashes": f"{_HEAD}{'- ' * (_SIZE // 2)}\n---\n",
    "comments with one end": f"{_HEAD}---\n" + "<!--a\n" * (_SIZE // 6) + "--> x",
    "comments before a long line": f"{_HEAD}---\n" + "<!--a\n" * (_SIZE // 12) + "-->" + "x" * (_SIZE // 2),
    "comments in a quotation": f"{_HEAD}---\n" + "> <!--\n" * (_SIZE // 7) + "\n-->",
    "headings, all the same": f"{_HEAD}---\n" + "### a\n" * (_SIZE // 6),
    "backticks": f"{_HEAD}---\n" + " ".join("`" * count for count in range(1, 700)),
    "one long address": f"{_HEAD}---\n[a]({'é' * (_SIZE // 2)})",
    "names of fields": _HEAD + "".join(f"k{number}: a\n" for number in range(16_000)) + "---\n",
}


def _read(text: str) -> bool:
    """Whether a file is read within the limit."""
    try:
        run_with_timeout("file", lambda: parse_document(_PLACE, text.encode()))
    except TimedOutError:
        return False
    return True


@pytest.fixture(params=["fast path", "no fast path"])
def _markdown_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Has texts parsed with the fast path, and then without it."""
    switch_fast_path(monkeypatch, enabled=request.param == "fast path")


@pytest.mark.slow
@pytest.mark.usefixtures("_markdown_parser")
@pytest.mark.parametrize("name", _SLOW)
def test_it_is_read_in_time(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within the very limit at which a file is given up, with much to spare."""
    monkeypatch.setattr(timeouts, "_timed_out", set())
    assert timeouts.map_with_timeout(_read, [_SLOW[name]], 1, timeouts.TIME_LIMIT) == [True]


@pytest.mark.slow
@pytest.mark.usefixtures("_markdown_parser")
def test_a_reference_cannot_be_used_without_end() -> None:
    """Links to one long address stop when all addresses are as long as the text; the rest stays words in brackets."""
    text = f"[a]: /{'u' * 2000}\n\n" + "[a] " * 9_000
    html = resolve_links(parse_markdown(text).intro, str)
    assert MIN_URL_CHARACTERS < len(html) < MIN_URL_CHARACTERS + 2 * len(text)
    assert html.count("<a ") + html.count("[a]") == 9_000


@pytest.mark.slow
@pytest.mark.usefixtures("_markdown_parser")
@pytest.mark.parametrize("use", ["![a]\n\n", "- [a]\n", "|[a]|\n", "[![a]][a]\n\n", "# [a]\n", "[b][a] *[a]*\n"])
def test_wherever_it_is_used(use: str) -> None:
    """In lists, tables, headings and pictures as well; twice the addresses, for pictures within links."""
    start = "|a|\n|-|\n" if use.startswith("|") else ""
    body = parse_markdown(f"[a]: /{'u' * 2000}\n\n{start}" + use * 400)
    htmls = (body.intro, *((*part.html, part.title) for part in body.sections))
    assert sum(len(part) for html in htmls for part in html) < 2 * MIN_URL_CHARACTERS


def test_references_in_ordinary_use_are_links() -> None:
    """However often a short one is used."""
    assert parse_markdown("[a]: https://example.org/\n\n" + "[a] " * 5_000).intro[0].count("<a ") == 5_000


def test_long_lists_are_cut_and_said() -> None:
    """The first entries are read; the rest is said, once."""
    names = ", ".join(f"n{number}" for number in range(MAX_ENTRIES + 1))
    result = parse_document(_PLACE, f"{_HEAD}supporters: [{names}]\n---\n".encode())
    assert isinstance(result.document, Action)
    assert len(result.document.supporters) == MAX_ENTRIES
    assert [finding.rule.name for finding in result.findings] == ["too-many-entries"]


def test_long_values_are_cut_and_said() -> None:
    """A title stands on many pages. An address is not shortened to another one, but refused."""
    long = MAX_VALUE_LENGTH + 1
    url = f"https://e.org/{'a' * long}"
    result = parse_document(_PLACE, f"---\ntitle: {'a' * long}\nevidence: [{{label: b, url: {url}}}]\n---\n".encode())
    assert isinstance(result.document, Action)
    assert result.document.title == "a" * MAX_VALUE_LENGTH + "…"
    assert [each.url for each in result.document.evidence] == [""]
    assert [finding.rule.name for finding in result.findings] == ["value-too-long", "value-too-long", "refused-address"]
    result = parse_document(_PLACE, f"---\ntitle: {'a' * MAX_VALUE_LENGTH}\n---\n".encode())
    assert not result.findings


def test_faults_without_end_are_counted() -> None:
    """The first are told one by one, and the worst of the others stands for them all."""
    lines = "".join(f"k{number}: x\n" for number in range(5_000))
    result = parse_document(_PLACE, f"{_HEAD}{lines}due: never\n---\n".encode())
    assert len(result.findings) == MAX_FINDINGS + 1
    assert result.findings[-1].rule.name == "not-a-date"
    assert "4,801 more" in result.findings[-1].message


#: What makes the largest pages: see benchmarks/hostile.py for the whole table.
_LARGE = {
    "tables": f"{_HEAD}---\n" + "a|b\n-|-\n\n" * (_SIZE // 9),
    "lists and quotations": f"{_HEAD}---\n" + ("- > " * 14 + "a\n") * (_SIZE // 58),
    "links that lead nowhere": f"{_HEAD}---\n" + "[a](b)" * (_SIZE // 6),
    "references": f"{_HEAD}---\n[a]: /{'u' * 2000}\n\n" + "[a] " * 60_000,
    "quotation marks": f"{_HEAD}owner: '{'<' * (_SIZE - 50)}'\n---\n",
    "faults": _HEAD + "a: @b\n" * (_SIZE // 6) + "---\n",
    "names": f"{_HEAD}supporters: [{', '.join(f'n{number}' for number in range(30_000))}]\n---\n",
    "aliases": f"{_HEAD}aliases: [{', '.join(f'n{number}' for number in range(30_000))}]\n---\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", _LARGE)
def test_no_file_makes_a_site_out_of_proportion(name: str, tmp_path: Path) -> None:
    """The largest file of the site stays below 12 MiB, and all of it below 32 MiB."""
    root = write(tmp_path, {"content/plans/p/plan.md": "---\ntitle: P\n---\n", _PLACE.path: _LARGE[name]})
    files = build_in_memory(root, clock=FixedClock(date(2025, 1, 20))).files.values()
    sizes = [len(content) for content in files if isinstance(content, bytes)]
    assert max(sizes) < 12 << 20
    assert sum(sizes) < 32 << 20
