"""Front matter is read with its positions, or a finding says why not; nothing raises."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.content.report import Report
from plansite.content.yaml.front_matter import ParsedFile, parse_file, parse_text_file
from plansite.content.yaml.nodes import ScalarNode


def _read(text: str | bytes) -> tuple[list[str], bool]:
    report = Report("a.md")
    data = text if isinstance(text, bytes) else text.encode()
    page = parse_file(data, report)
    return [str(finding) for finding in report.findings], page is not None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "title: Fix: door",
            'a.md:2:11: PS012 unreadable-front-matter: a second colon in the line (write `title: "Fix: door"`',
        ),
        (
            "owner: @jane",
            'a.md:2:8: PS012 unreadable-front-matter: a value cannot begin with `@` (write `owner: "@jane"`',
        ),
        ("- @jane", 'a.md:2:3: PS012 unreadable-front-matter: a value cannot begin with `@` (write `- "@jane"`'),
        ("\ttitle: x", "a.md:2:1: PS012 unreadable-front-matter: the line begins with a tab"),
        ("a: 1\na: 2", "a.md:3:1: PS015 duplicate-field: `a` is already given on line 2"),
        ("title: Plan #3", 'a.md:2:12: PS016 cut-by-hash: the value stops before “#3” (write `title: "Plan #3"`'),
        ("x: &a 1", "a.md:2:4: PS014 refused-notation: `&a` is an anchor"),
        ("x: *a", "a.md:2:4: PS014 refused-notation: `*a` is an alias"),
        ("<<: {a: 1}", "a.md:2:1: PS014 refused-notation: `<<` merges fields"),
        ("x: !!python/object 1", "a.md:2:4: PS014 refused-notation: `!` begins a tag"),
        ("x: " + "[" * 30_000, "a.md:2:12: PS014 refused-notation: lists and groups are nested more than 8 deep"),
        ("title: 'abc", "a.md:2:8: PS012 unreadable-front-matter: the quotation mark is never closed"),
        ('t: "a" b', "a.md:2:6: PS012 unreadable-front-matter: words follow the closing quotation mark"),
        ("x: [a", "a.md:2:4: PS012 unreadable-front-matter: `[` begins a list or group that does not end"),
        ("title: \u202eabc", "a.md:2:8: PS005 hidden-direction"),
        ('x: "\\x00"', "a.md:2:4: PS004 control-character: the value has an invisible character"),
        ("- a\n- b", "a.md:2:1: PS013 front-matter-not-fields"),
        ("a: 1\n--- x", "a.md:3:"),
    ],
)
def test_faults_name_place_and_remedy(line: str, said: str) -> None:
    """Each known slip gets its own words, at its line and column, with what to type instead."""
    findings, _ = _read(f"---\n{line}\n---\nText")
    assert any(finding.startswith(said) for finding in findings), findings


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"no front matter", "a.md:1:1: PS010 no-front-matter"),
        (b"---\ntitle: x\n", "a.md:1:1: PS011 unclosed-front-matter"),
        (b"---\ntitle: caf\xe9\n---\n", "a.md:2:11: PS003 not-utf-8: this file is not saved with encoding UTF-8"),
        (b"---\r\ntitle: x\r\n---\r\na\x00b", "a.md:4:2: PS004 control-character"),
    ],
)
def test_bytes_that_are_no_text(data: bytes, said: str) -> None:
    """Encoding and framing faults are placed as well."""
    findings, _ = _read(data)
    assert findings[0].startswith(said)


@pytest.mark.parametrize(
    "data",
    [b"\xef\xbb\xbf---\ntitle: x\n---\nText", b"---\r\ntitle: x\r\n---\r\nText", b"---\n---\n", b"---\ntitle: x\n---"],
)
def test_marks_and_line_ends_are_accepted(data: bytes) -> None:
    """A byte order mark, either line end and an empty front matter are no faults."""
    assert _read(data) == ([], True)


def test_all_faults_at_once() -> None:
    """A second value that begins with a sign is said as well, though the parser stops at the first."""
    findings, _ = _read("---\nowner: @jane\ntitle: x\nreporter: @ben\n---\n")
    assert [finding.split(" ")[0] for finding in findings] == ["a.md:2:8:", "a.md:4:11:"]


def test_scalars_stay_text() -> None:
    """None of YAML's guesses applies: the words arrive as they were typed."""
    page = parse_file(b"---\na: no\nb: 12:30\nc: 010\nd: 1_000\ne: 2026-02-30\n---\n", Report("a.md"))
    assert page is not None
    values = [value.text for _, value in page.fields.entries if isinstance(value, ScalarNode)]
    assert values == ["no", "12:30", "010", "1_000", "2026-02-30"]


def test_text_keeps_its_line() -> None:
    """The text begins on the line after the closing mark."""
    page = parse_file(b"---\ntitle: x\n---\nText\n", Report("a.md"))
    assert page is not None
    assert (page.text, page.text_line) == ("Text\n", 4)


@given(st.binary(max_size=300))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    """Any bytes are read, or a finding says why not."""
    findings, read = _read(data)
    assert read or findings


_ANY = st.characters(exclude_categories=["Cs"])


@given(st.text(st.sampled_from("ab:-#@&*!|>{}[]'\"%,?~ \n\t\\") | _ANY, max_size=200))
def test_no_front_matter_makes_it_raise(text: str) -> None:
    """Any text between the marks is read, or a finding says why not."""
    findings, read = _read(f"---\n{text}\n---\nText")
    assert read or findings


@given(
    st.text(
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\ufeff"), min_size=1, max_size=80
    )
)
def test_a_quoted_title_arrives_as_typed(title: str) -> None:
    """Whatever printable text stands in quotation marks is the value, direction marks aside."""
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    report = Report("a.md")
    page = parse_file(f'---\ntitle: "{quoted}"\n---\n'.encode(), report)
    if not report.findings:
        assert page is not None
        value = page.fields.get("title")
        assert isinstance(value, ScalarNode)
        assert value.text == title


@given(st.lists(st.sampled_from(["---", "--- ", "---\t", "----", "---x", " ---", "a: 1", "", "x"]), max_size=8))
def test_the_first_line_of_dashes_ends_the_front_matter(lines: list[str]) -> None:
    """Blanks behind the dashes do not matter; the text begins on the line after, as it stands."""
    page = parse_file("\n".join(["---", "title: x", *lines]).encode(), Report("a.md"))
    end = next((number for number, line in enumerate(lines) if line.rstrip() == "---"), None)
    if page is None:
        assert end is None or lines[:end] != []
    else:
        assert end is not None
        assert page.text == "\n".join(lines[end + 1 :])
        assert page.text_line == end + 4


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        ('+++\ntitle = "Lamp"\n+++\nText\n', "TOML"),
        ('\n+++\ntitle = "Lamp"\n+++\n', "TOML"),
        ('{"title": "Lamp"}\n\nText\n', "JSON"),
        ('{\n  "title": "Lamp"\n}\n', "JSON"),
        (';;;\n{"title": "Lamp"}\n;;;\n', "JSON"),
    ],
)
@pytest.mark.parametrize("parse", [parse_file, parse_text_file])
def test_fields_in_another_notation_are_named(
    text: str, notation: str, parse: Callable[[bytes, Report], ParsedFile | None]
) -> None:
    """Also where a file needs no fields: they would else be shown as its text, and count for nothing."""
    report = Report("a.md")
    assert parse(text.encode(), report) is None
    assert [finding.message for finding in report.findings] == [
        f"its fields are written in {notation}, which is not read"
    ]


@pytest.mark.parametrize("text", ["\n---\ntitle: Lamp\n---\n", "  ---\ntitle: Lamp\n---\n", "---\ntitle: Lamp\n"])
def test_fields_that_are_not_found_are_no_text(text: str) -> None:
    """A file that needs no fields, and has some behind a blank line or without an end, is reported."""
    report = Report("a.md")
    assert parse_text_file(text.encode(), report) is None
    assert report.findings


@pytest.mark.parametrize(
    "text", ["", "Words\n", "{{ name }} is\n", "+++ more\n", "\n---\nWords\n", "{a}\n", "# Title\n---\n"]
)
def test_other_files_without_fields_are_text(text: str) -> None:
    """Where none are needed."""
    report = Report("a.md")
    page = parse_text_file(text.encode(), report)
    assert page is not None
    assert (page.text, report.findings) == (text, ())
