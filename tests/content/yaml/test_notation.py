"""Comments that were meant as values, and refused notation, are found before a parser reads the text."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plansite.content.report import Report
from plansite.content.settings import parse_settings
from plansite.content.yaml import nodes, notation
from plansite.content.yaml.front_matter import parse_file
from plansite.content.yaml.nodes import parse_yaml
from plansite.content.yaml.notation import MAX_VALUES
from tests.examples import examples


def _find_hidden(text: str) -> list[str]:
    """The places and words of comments that hide values, in the front matter of a file."""
    report = Report("a.md")
    parse_file(f"---\n{text}\n---\n".encode(), report)
    findings = [finding for finding in report.findings if finding.rule.name == "cut-by-hash"]
    return [f"{finding.line}:{finding.column} {finding.message}" for finding in findings]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("ref: #2", ["2:6"]),
        ("due: ##2", ["2:6"]),
        ("ref:\t#2", ["2:6"]),
        ("ref:\n  #2", ["3:3"]),
        ("depends_on:\n- #1\n- #2", ["3:3", "4:3"]),
        ("depends_on:\n  - #1\n  - 2", ["3:5"]),
        ("depends_on:\n  -\n    #1", ["4:5"]),
        ("evidence:\n  - label: #1\n    url: a.pdf", ["3:12"]),
        ("depends_on: [#1]", ["2:14"]),
        ("depends_on: [#1,\n#2\n]", ["2:14", "3:1"]),
        ("depends_on: [1, #2]\nowner: Jane", ["2:17"]),
        ("source: {ref: #2}", ["2:15"]),
        ('"ref": #2', ["2:8"]),
        ('title: "Plan" #3', ["2:14"]),
        ("title: 'Plan' #3", ["2:14"]),
        ('title: "Plan\n  of" #3', ["3:6"]),
        ("title: Plan #3", ["2:12"]),
        ("title: Plan\n  of #3", ["3:5"]),
        ("title: Plan\n  #3", ["3:3"]),
        ("title: #3\n  of the plan", ["2:8"]),
        ("tags: [a] #b", ["2:11"]),
        ("reason: > #3\n  words", ["2:11"]),
        ("title: @jane #3", ["2:13"]),
    ],
)
def test_a_value_that_yaml_takes_for_a_comment_is_found(text: str, places: list[str]) -> None:
    """Wherever a value may stand, also where the text is not valid YAML because of it."""
    assert [found.split(" ")[0] for found in _find_hidden(text)] == places


@pytest.mark.parametrize(
    "text",
    [
        "# note\ntitle: A",
        "#due: 2025-01-14\ntitle: A",
        "title: A # note",
        "due: # not yet known",
        "due: #",
        "goals: #todo\n  - key: a",
        "goals:\n  #- key: b\n  - key: a",
        "goals:\n  - key: a\n    #title: B\n    title: C",
        'tags: [a, # note\n  #"c",\n  b]',
        "title: C#, 'a' and a#b",
        "title: 'a #b'",
        'title: "a #b"',
        'title: "a \\" #b"',
        "title: 'it''s #1'",
        "reason: |\n  a #b\n  #c\ntitle: A",
        "reason: >-\n  a\n\n  #c",
    ],
)
def test_other_comments_are_comments(text: str) -> None:
    """Notes, lines that were taken out, and hashes within values are no faults."""
    assert _find_hidden(text) == []


def test_the_words_are_those_to_type() -> None:
    """The value in quotation marks, where it is known."""
    report = Report("a.md")
    parse_file(b"---\nref: #2\ntitle: 'Plan' #3\n---\n", report)
    assert [finding.remedy for finding in report.findings] == [
        'write `ref: "#2"` with quotation marks',
        'write `title: "Plan #3"` with quotation marks',
    ]


def test_a_list_that_cannot_end_is_an_error_at_the_same_place() -> None:
    """Its closing bracket is part of the comment, so the file cannot be read."""
    report = Report("a.md")
    parse_file(b"---\ntitle: A\ndepends_on: [#1]\n---\n", report)
    assert {(finding.rule.name, finding.line, finding.column) for finding in report.findings} == {
        ("unreadable-front-matter", 3, 14),
        ("cut-by-hash", 3, 14),
    }


def test_settings_are_read_in_the_same_way() -> None:
    """`branch: #1` is no branch."""
    _, findings = parse_settings(b"title: T\nbranch: #1\n")
    assert [(finding.rule.name, finding.line) for finding in findings] == [("cut-by-hash", 2)]


def test_thousands_of_comments_take_little_time() -> None:
    """Places are counted once from the top; each twentieth of a second would be one for every file."""
    report = Report("a.md")
    parse_file(("---\n" + "a: #1\n" * 40_000 + "---\n").encode(), report)
    assert len(report.findings) == 201


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ("a: &x 1", "`&x` is an anchor", 1, 4),
        ("a: &é 1", "`&é` is an anchor", 1, 4),
        ("&x a: 1", "`&x` is an anchor", 1, 1),
        ("a: 1\nb: *a", "`*a` is an alias", 2, 4),
        ("a: *bold* words", "`*bold*` is an alias", 1, 4),
        ("a: [1, *b]", "`*b` is an alias", 1, 8),
        ("- *b", "`*b` is an alias", 1, 3),
        ("a: !!python/object 1", "`!` begins a tag", 1, 4),
        ("a: ! 1", "`!` begins a tag", 1, 4),
        ("a: !<x> 1", "`!` begins a tag", 1, 4),
        ("<<: {a: 1}", "`<<` merges fields from elsewhere", 1, 1),
        ("b:\n  <<: {a: 1}", "`<<` merges fields from elsewhere", 2, 3),
        ("b: {<<: {a: 1}}", "`<<` merges fields from elsewhere", 1, 5),
        ("%YAML 1.2\n---\na: 1", "`%` begins a directive", 1, 1),
        ("? a\n: b", "`?` begins a long name", 1, 1),
        ("a: ? b", "`?` begins a long name", 1, 4),
        ("a: 1\n---\nb: 2", "a second document begins here", 2, 1),
        ("a: 1\n...\nb: 2", "a second document begins here", 3, 1),
        ("a: 1\n--- b", "a second document begins here", 2, 1),
        ("[a]: b", "there is a list or group where a name should be", 1, 1),
        ("x: {{a: 1}: b}", "there is a list or group where a name should be", 1, 5),
        (f"x: {'[' * 9}", "lists and groups are nested more than 8 deep", 1, 12),
        (f"x: {'[' * 30_000}", "lists and groups are nested more than 8 deep", 1, 12),
        (f"x: {'{a: ' * 30_000}", "lists and groups are nested more than 8 deep", 1, 36),
        (f"x: {'[a: ' * 5}", "lists and groups are nested more than 8 deep", 1, 18),
        ("- " * 9 + "a", "lists and groups are nested more than 8 deep", 1, 17),
        ("- " * 30_000 + "a", "lists and groups are nested more than 8 deep", 1, 17),
        ("\n".join(" " * level + "a:" for level in range(9)), "lists and groups are nested more than 8 deep", 9, 9),
        ("a: [" + "b, " * MAX_VALUES + "]", "there are too many values", 1, 3 * MAX_VALUES - 4),
        ("a: b\n" * MAX_VALUES, "there are too many values", 16_667, 4),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_the_parser_never_sees_what_is_refused(
    text: str, message: str, line: int, column: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that every version of a parser gives the same answer."""
    monkeypatch.setattr(nodes, "_LOADER_CLASS", lambda _: pytest.fail("the parser was called"))
    report = Report("a.md")
    assert parse_yaml(text, report) is None
    (finding,) = report.findings
    assert (finding.rule.name, finding.message) == ("refused-notation", message)
    assert (finding.line, finding.column) == (line, column)


@pytest.mark.parametrize(
    "text",
    [
        "a: R&D, 2 * 3, really!, 100%",
        "a: 'x *b'\nb: \"&c\"",
        "a: |\n  *b\n  - - - - - - - - - c\n  [[[[[[[[[[\n",
        "a: words\n  *b and &c",
        "a: [b\n  *c, d]",
        "a: b # *c [[[[[[[[[[",
        "---\na: 1\n...\n",
        f"x: {'[' * 8}{']' * 8}",
        "a: 1--- 2\nb: x ? y",
    ],
)
def test_signs_within_values_are_no_notation(text: str) -> None:
    """In plain and quoted values, in texts of several lines and in comments."""
    report = Report("a.md")
    assert parse_yaml(text, report) is not None
    assert report.findings == ()


_PIECES = [
    "\n",
    "\n  ",
    "\n    ",
    "- ",
    "a: ",
    "b: ",
    "a",
    "x y",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "'",
    '"',
    "\\",
    "#",
    "# c",
    " ",
]
_PIECES += ["&a ", "*a ", "!t ", "|\n", "> \n", ": ", "---\n", "...\n", "-"]


_BEHIND = re.compile(r"[\]}]\w")


def _refuse_by_events(text: str) -> tuple[bool, bool]:
    """Whether a parser meets what is refused in a text, and whether the text is valid YAML."""
    depth = documents = 0
    is_refused = False
    try:
        for event in yaml.parse(text, yaml.SafeLoader):
            documents += isinstance(event, yaml.DocumentStartEvent)
            is_refused |= isinstance(event, yaml.AliasEvent) or documents > 1
            if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
                is_refused |= bool(event.anchor or event.tag) or depth > notation.MAX_DEPTH
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
    except yaml.YAMLError:
        return is_refused and depth <= notation.MAX_DEPTH, False
    return is_refused, True


#: Words directly behind a closing bracket are an error, up to which parsers and the scan may count the depth otherwise.
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=14).map("".join).filter(lambda text: not _BEHIND.search(text))


@given(_TEXTS, st.sampled_from([2, 8]))
@example("{ b:  ...\n*a , }", 8)
@example("[[a: ", 2)
@example("a\u2028&a ", 8)
@settings(max_examples=examples(3_000))
def test_the_scan_refuses_what_a_parser_would_meet(text: str, deepest: int) -> None:
    """No more in valid texts, and no less in others; the limit of depth is low in some, so that many texts reach it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(notation, "MAX_DEPTH", deepest)
        patch.setattr(notation, "_is_suspect", lambda _: True)
        refusal = notation.scan_notation(text).refusal
        is_refused, is_valid = _refuse_by_events(text)
    if is_refused:
        assert refusal is not None
    elif is_valid and refusal is not None:
        assert refusal.message == "there is a list or group where a name should be"


@given(st.lists(st.sampled_from([*_PIECES, "? ", "%", "<<: "]), max_size=14).map("".join))
@settings(max_examples=examples(2_000))
def test_what_is_passed_over_has_nothing_to_find(text: str) -> None:
    """The quick look that spares most texts the scan misses nothing."""
    if not notation._is_suspect(text):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(notation, "_is_suspect", lambda _: True)
            assert notation.scan_notation(text) == notation.Notation()
