"""No control character reaches a page, a feed or a data file, from wherever it comes; and no words are lost with it."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plansite.content.text import UNPRINTABLE
from plansite.file_access import FileInFolder
from plansite.markdown.body import parse_markdown
from plansite.markdown.html import resolve_links
from plansite.pipeline.build import BuiltSite, build_in_memory
from tests.examples import examples
from tests.harmless import tree_of
from tests.history.repo import Repo
from tests.sites import FixedClock, write
from tests.test_hostile import site_files

_CODES = [*range(0x20), *range(0x7F, 0xA0), 0x202E, 0xD800, 0xDFFF, 0xFDD0, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF]
_CODE = st.sampled_from(_CODES)


def _escape_percent(code: int) -> str:
    return "".join(f"%{byte:02x}" for byte in chr(code).encode("utf-8", "surrogatepass"))


#: One character in all the ways in which it can be written, alone and within the syntax of links.
_PIECE = st.one_of(
    _CODE.filter(lambda code: not 0xD800 <= code < 0xE000).map(chr),
    _CODE.map(lambda code: f"&#{code};"),
    _CODE.map(lambda code: f"&#x{code:X};"),
    st.builds(
        str.format,
        st.sampled_from(["<http://e.org/{}>", "<a{}@b.c>", "[a]({})", "![a](c{}.png)", "[<http://e.org/{}>](u)"]),
        _CODE.map(_escape_percent) | _CODE.map(lambda code: f"&#{code};"),
    )
    | _CODE.map(lambda code: f"[a](b{_escape_percent(code)}.md#{_escape_percent(code)})"),
    _CODE.map(_escape_percent),
)
_TEXT = st.lists(_PIECE, min_size=1, max_size=3).map(lambda pieces: f"Alpha {' '.join(pieces)} omega")


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield name
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def assert_clean(built: BuiltSite) -> None:
    """No file has a control character, decoded or not; pages are valid HTML, feeds XML, and data JSON."""
    for path, content in built.files.items():
        assert not UNPRINTABLE.search(path), ascii(path)
        if isinstance(content, FileInFolder):
            continue
        text = content.decode()
        found = UNPRINTABLE.search(text)
        assert found is None, (path, text[found.start() - 60 : found.end() + 20])
        assert "\r" not in text.replace("\r\n", "\n" if path.endswith(".csv") else "\r"), path
        if path.endswith(".html"):
            tree_of(text)
        elif path.endswith((".atom", ".xml", ".svg")):
            fromstring(text)  # noqa: S314  (our own)
        elif path.endswith(".json"):
            assert not [each for each in _strings(json.loads(text)) if UNPRINTABLE.search(each) or "\r" in each], path
        elif path.endswith(".js") and text.startswith("window."):
            assert not re.search(r"\\u00(?:[01]|7f|[89])|\\[bfr]", text), path


def _build(folder: Path, texts: list[str]) -> BuiltSite:
    return build_in_memory(write(folder, dict(site_files(texts))), clock=FixedClock(date(2025, 1, 20)))


@pytest.mark.slow
@settings(max_examples=examples(30))
@given(st.lists(_TEXT, min_size=1, max_size=8))
def test_no_field_or_text_brings_one_in(texts: list[str]) -> None:
    """In every field of every kind of file, and in every place of a text; each paragraph arrives to its end."""
    with tempfile.TemporaryDirectory() as folder:
        built = _build(Path(folder), texts)
    assert_clean(built)
    for number in range(len(texts)):
        page = built.files[f"plans/p/actions/a{number}.html"]
        assert isinstance(page, bytes)
        paragraphs = ["".join(each.itertext()) for each in tree_of(page.decode()).iter("p")]
        assert [text for text in paragraphs if text.startswith("Alpha") and text.rstrip().endswith("omega")]


@example("<http://e.org/%01> omega")
@example("[x](a%02b) omega")
@settings(max_examples=examples(150))
@given(_TEXT)
def test_no_paragraph_is_lost(text: str) -> None:
    """Its last word is there, and a control character is not, whatever a link decodes to."""
    html = resolve_links(parse_markdown(UNPRINTABLE.sub("?", text)).intro, str)
    assert "omega" in html
    assert not UNPRINTABLE.search(html)
    assert "\r" not in html


_NAMES = (b"a\x01b", b"c\xffd", b"e\xc2\x85f", b"g\x7fh", b"i\xef\xbf\xbej", b"k\nl", b"m\xe2\x80\xaen")


def _write_bytes(root: Path, path: bytes, text: str) -> None:
    target = root / os.fsdecode(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")


def _write_odd_names(root: Path) -> None:
    """Files of all kinds whose names hold such characters, read and unread, with links that lead nowhere."""
    for name in _NAMES:
        plan = b"content/plans/" + name
        _write_bytes(root, plan + b"/plan.md", "---\ntitle: A\nobjective: O\n---\n[x](../%1b.md) ![y](%01.png)\n")
        _write_bytes(
            root, plan + b"/actions/" + name + b".md", "---\nowner: O\nevidence: ['%02.pdf']\n---\n[x](a%1bb.md)\n"
        )
        _write_bytes(root, plan + b"/actions/" + name + b"-2.md", "no front matter\n")
        _write_bytes(root, b"content/owners/" + name + b".md", "---\nrole: A\n---\n")
        _write_bytes(root, b"content/" + name + b".txt", "x")


def test_no_name_of_a_file_brings_one_in(tmp_path: Path) -> None:
    """Names that are not text included."""
    root = write(tmp_path, {"plansite.yaml": "title: T\nrepository: https://github.com/a/b\n"})
    try:
        _write_odd_names(root)
    except OSError:
        pytest.skip("this file system has no such names")
    assert_clean(build_in_memory(root, clock=FixedClock(date(2025, 1, 20))))


def test_history_brings_none_in(tmp_path: Path) -> None:
    """Names of authors and earlier versions, in pages, feeds and data."""
    repo = Repo.new(tmp_path)
    odd = "a\x01b\x7fc\x85d\ufffee <http://e.org/%01%1b%C2%85> &#12; &#13;"
    quoted = json.dumps(odd)
    for number in range(3):
        due = f"due: 2025-02-0{number + 1}\n"
        done = "x" if number else " "
        repo.commit(
            f"{odd} (#{number + 1})",
            {
                "plansite.yaml": f"title: {quoted}\nbase_url: https://plans.example.org/\n",
                "content/plans/p/plan.md": "---\ntitle: P\n---\n",
                "content/plans/p/actions/a.md": f"---\ntitle: {quoted}\nresources: {json.dumps(odd * number)}\nowner: O\n{due}"
                f"---\n## Steps\n- [{done}] {odd}\n\n## Progress\n- 2025-01-0{number + 1} (A): {odd}\n\n## Barriers\n{odd}{number}\n",
            },
            who=f"An{odd}n",
        )
    built = build_in_memory(tmp_path, clock=FixedClock(date(2025, 1, 20)), history=True)
    feed = built.files["changes.atom"]
    assert isinstance(feed, bytes)
    assert b"http://e.org/%01" in feed
    assert_clean(built)


def test_findings_and_values_have_none(tmp_path: Path) -> None:
    """Messages name links as they can be shown; a carriage return in a value is a line end."""
    action = '---\ntitle: A\nresources: "a\\rb\\r\\nc"\n---\n[x](nothing%1bthere.md)\n'
    root = write(tmp_path, {"content/plans/p/plan.md": "---\ntitle: P\n---\n", "content/plans/p/actions/a.md": action})
    built = build_in_memory(root, clock=FixedClock(date(2025, 1, 20)))
    texts = [text for each in built.findings for text in (each.message, each.remedy)]
    assert any("nothing\ufffdthere.md" in text for text in texts)
    assert not [text for text in texts if UNPRINTABLE.search(text)]
    data = built.files["data/p.json"]
    assert isinstance(data, bytes)
    assert "a\nb\nc" in _strings(json.loads(data))
