"""What a remedy shows can be pasted: done as it says, the finding is gone, and no new error has come."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from plansite.checks.runner import RULES, run_all_checks
from plansite.content.report import Report
from plansite.content.settings import SettingsError
from plansite.content.site_content import load_site
from plansite.content.yaml.nodes import MappingNode, ScalarNode, parse_yaml
from plansite.content.yaml.quoting import quote_value, write_value
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.findings import Finding, Fix, Level
from tests.checks.test_cases import CASES, parse_case
from tests.checks.tiny_sites import ACTION, TODAY, page
from tests.examples import examples
from tests.sites import write

#: Rules whose findings can show what to write.
WITH_FIX = {
    "unknown-standard",
    "cut-by-hash", "front-matter-not-fields", "missing-field", "no-front-matter", "not-a-date", "shared-owner", "unclosed-front-matter",
    "unknown-action", "unknown-agency", "unknown-answer", "unknown-field", "unknown-goal", "unknown-in-view",
    "unknown-owner", "unknown-setting", "unknown-status", "unknown-time-zone", "unknown-waiver", "unknown-word", "unreadable-front-matter",
}  # fmt: skip


def _check(files: Mapping[str, str]) -> tuple[Finding, ...]:
    with tempfile.TemporaryDirectory() as folder:
        try:
            site = load_site(write(Path(folder), files))
        except SettingsError as error:
            return error.findings
        return run_all_checks(SiteOnDate(site, site.settings.today or TODAY))


def _apply(files: Mapping[str, str], finding: Finding) -> dict[str, str]:
    assert finding.fix is not None
    text = files[finding.path]
    fixed = finding.fix.apply(text)
    assert fixed != text, finding
    return {**files, finding.path: fixed}


def _assert_mended(files: Mapping[str, str], finding: Finding, before: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Check that a fix takes its finding away and adds no error; what is found after it."""
    after = _check(_apply(files, finding))
    key = (finding.path, finding.rule.name, finding.message)
    assert after.count(finding) < before.count(finding) or key not in {
        (each.path, each.rule.name, each.message) for each in after
    }, finding
    known = {(each.path, each.rule.name, each.message) for each in before if each.rule.level is Level.ERROR}
    new = [
        each
        for each in after
        if each.rule.level is Level.ERROR and (each.path, each.rule.name, each.message) not in known
    ]
    assert new == [], finding
    return after


_NAMES = sorted(case.stem for case in CASES.iterdir())


@pytest.mark.parametrize("name", _NAMES)
def test_the_remedies_of_a_case(name: str) -> None:
    """Each finding of each case: where it shows what to write, that is written, and the site checked again."""
    files = parse_case((CASES / f"{name}.txt").read_text(encoding="utf-8"))
    del files["expected.txt"]
    before = _check(files)
    for finding in before:
        pasted = re.findall(r"`([^`]*)`", finding.remedy)
        assert not any("…" in text for text in pasted), finding
        assert finding.raw.strip() not in pasted or not finding.raw.strip(), finding
        if finding.fix and finding.path in files:
            assert finding.rule.name in WITH_FIX
            _assert_mended(files, finding, before)


def test_all_rules_that_show_what_to_write() -> None:
    """A remedy that asks "did you mean", or shows a whole line, has its fix; and each such rule is known here."""
    fixed = set()
    for name in _NAMES:
        files = parse_case((CASES / f"{name}.txt").read_text(encoding="utf-8"))
        del files["expected.txt"]
        findings = _check(files)
        fixed |= {finding.rule.name for finding in findings if finding.fix}
        for finding in findings:
            shows = finding.remedy.startswith(("did you mean", "write `")) and finding.rule.name in WITH_FIX
            assert bool(finding.fix) or not shows, finding
    assert fixed == WITH_FIX - {
        "front-matter-not-fields",
        "unknown-answer",
        "unknown-word",
        "unknown-status",
        "not-a-date",
    }
    assert {rule.name for rule in RULES} > WITH_FIX


_SIGNS = st.text(
    st.one_of(
        st.sampled_from("abz09 .,:;#'\"\\-@`*&!%|>[]{}?~=+()/…“”’éß\u0301राم\u00a0"),
        st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")),
    ),
    min_size=1,
    max_size=200,
)


@settings(max_examples=examples(400), deadline=None)
@given(_SIGNS)
@example("@jane")
@example("Fix: door")
@example("[Draft] Fix the door")
@example('"Fix" the door')
@example("'It's cold'")
@example("'Fix' the \"door\"")
@example('"Fix the door')
@example("| door")
@example("> 5 falls")
@example("- door")
@example("Plan #3")
@example("#3")
@example("'Plan' #3")
@example("'It''s' #3")
@example('"C:\\\\new" #3')
@example("Plan # 3 #4")
@example("C:\\new: x")
@example("x: " + "long " * 40)
@example("{{ name }}: x")
@example("*door*")
def test_a_value_with_signs(value: str) -> None:
    """Whatever a title is made of: if a remedy shows a line, the title reads as it was typed when that is written."""
    value = value.strip()
    assume(value and any(character.isalnum() for character in value))
    files = {ACTION: page(f"title: {value}\nowner: Anna")}
    before = _check(files)
    for finding in before:
        if finding.rule.name in ("unreadable-front-matter", "cut-by-hash") and finding.fix:
            assert finding.fix.new.strip() in finding.remedy or len(finding.fix.new) > 120, finding
            assert "…" not in finding.remedy or "…" in value
            _assert_mended(files, finding, before)
            site = _load(_apply(files, finding))
            assert [action.title for action in site] == [_read_as_meant(value, finding.message)]


#: Other places where people write a text, and how it is read from there.
_PLACES = {
    "supporters:\n  - {}": lambda action: action.supporters[0],
    "evidence:\n  - url: https://example.org/\n    label: {}": lambda action: action.evidence[0].label,
    "source:\n  kind: {}\n  ref: Ann": lambda action: action.source.kind,
}


@settings(max_examples=examples(300), deadline=None)
@given(_SIGNS, st.sampled_from(sorted(_PLACES)))
@example("@jane", "supporters:\n  - {}")
@example("Fix: door", "evidence:\n  - url: https://example.org/\n    label: {}")
def test_a_value_with_signs_elsewhere(value: str, place: str) -> None:
    """In lists and groups the line keeps its place."""
    value = value.strip()
    assume(value and any(character.isalnum() for character in value) and "@" not in value[1:])
    files = {ACTION: page(f"title: A\n{place.format(value)}")}
    before = _check(files)
    for finding in before:
        if finding.rule.name in ("unreadable-front-matter", "cut-by-hash") and finding.fix:
            _assert_mended(files, finding, before)
            (action,) = _load(_apply(files, finding))
            assert _PLACES[place](action) == _read_as_meant(value, finding.message)


def _read_as_meant(value: str, message: str) -> str:
    """The title that somebody means who typed this value: without the marks where these are what is wrong."""
    if "never closed" in message:
        return value[1:].strip()
    if "closing quotation mark" in message and value[-1] == value[0] and value[1:-1].count(value[0]) % 2:
        return value[1:-1].strip()
    quoted = re.match(r"'((?:[^']|'')*)'(?= )|\"([^\"]*)\"(?= )", value) if "stops before" in message else None
    if quoted is None:
        return value
    return (quoted[2] if quoted[1] is None else quoted[1].replace("''", "'")) + value[quoted.end() :]


def _load(files: Mapping[str, str]) -> list[Action]:
    with tempfile.TemporaryDirectory() as folder:
        return list(load_site(write(Path(folder), files)).actions)


@settings(max_examples=examples(400), deadline=None)
@given(st.text(max_size=300))
def test_quoting_reads_back(text: str) -> None:
    """Any text that a file may hold, in quotation marks or, where that is the same, without them."""
    assume(text.strip() == text and text and text.isprintable())
    for written in (quote_value(text), write_value(text)):
        report = Report("a.md")
        node = parse_yaml(f"title: {written}\nowner: Anna\n", report)
        assert isinstance(node, MappingNode)
        value = node.get("title")
        assert isinstance(value, ScalarNode)
        assert (value.text, report.findings) == (text, ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\n---\ntitle: A\n---\n", "there is a blank line before the first `---`"),
        ("\n \t\n---\ntitle: A\n---\n", "there are blank lines before the first `---`"),
        ("  ---\ntitle: A\n---\n", "there are spaces before the first `---`"),
        ("----\ntitle: A\n---\n", "the file begins with `----`, and not with `---`"),
        ("\u2014\ntitle: A\n---\n", "the file begins with `\u2014`, and not with `---`"),
        ("Fix the door.\n", "the file does not begin with a line of `---`"),
        ("", "the file does not begin with a line of `---`"),
        ("---\ntitle: A\n\nowner: Anna\n----\nText.\n", "the front matter has no closing line"),
        ("---\ntitle: A\n\nowner: Anna\n\n## Steps\n- [ ] one\n", "the front matter has no closing line"),
        ("---\ntitle: A\nsupporters:\n  - Ben\nText: here\n", "the front matter has no closing line"),
        ("---\ntitle: A", "the front matter has no closing line"),
        ("---\ntitle: A\nWe mend the door.\n", "the front matter has no closing line"),
        ("---\ntitle:\n---\n", "`title` is missing"),
        ("---\nowner: Anna\n---\n", "`title` is missing"),
        ("---\n---\n", "`title` is missing"),
        ("---\ntitle:Fix the door\n---\n", "the front matter is not written as fields"),
        ("---\ntitle:Fix: the #1 door\n---\n", "`title` is missing"),
        ("---\ntitle: A\nowner:Anna\n---\n", "there is no space after the colon"),
        ("---\ntitle: A\n  owner: Anna\n---\n", "the line begins further to the right than the field above"),
        (
            "---\ntitle: A\nverification:\n  by: Ann\n    date: 2025-01-06\n---\n",
            "the line begins further to the right than the field above",
        ),
    ],
)
def test_fences_and_titles(text: str, said: str) -> None:
    """A file with such a fault is read, without an error, when the remedy is done."""
    files = {ACTION: text}
    before = _check(files)
    (finding,) = [each for each in before if each.path == ACTION and each.message == said]
    _assert_mended({ACTION: text.removeprefix("\ufeff")}, finding, before)


@pytest.mark.parametrize(
    ("field", "written", "rule"),
    [
        ("due", "06/02/25", "not-a-date"),
        ("due", "'6 February 2025'", "not-a-date"),
        ("due", "2025-2-6", "not-a-date"),
        ("due", "2025-02-30", "not-a-date"),
        ("due", "2025-02-06 at ten", "not-a-date"),
        ("due_history", "[{due: 2025-02-30, moved: 2025-1-6, reason: Ill}]", "not-a-date"),
        ("status", "compelted", "unknown-status"),
        ("status", "'In  progres'", "unknown-status"),
        ("priority", "hgih", "unknown-word"),
        ("verification", "{by: Ann, result: pased}", "unknown-word"),
        ("suporters", "[Ann]", "unknown-field"),
        ("evidence", "[{url: https://example.org/, labl: A}]", "unknown-field"),
        ("goal", "warn", "unknown-goal"),
        ("owner", "Anne-Marie Dyo", "unknown-owner"),
        ("supporters", "\n  - Ann\n  - Anne-Marie Dyo", "unknown-owner"),
        ("owner", "Ann / Anne-Marie Doyle", "shared-owner"),
        ("owner", "Ann & Anne-Marie Doyle", "shared-owner"),
        ("owner", "Ann, Anne-Marie Doyle and Anne-Marie Deyo", "shared-owner"),
        ("depends_on", "[summer/lmap]", "unknown-action"),
        ("allow", "[{rule: missing-ownr, reason: None is there}]", "unknown-waiver"),
    ],
)
def test_what_is_put_in_the_place_of_a_value(field: str, written: str, rule: str) -> None:
    """It is found in the file, also in a list of several lines, and it is never what is refused."""
    files = {
        "content/owners/a.md": page("title: Anne-Marie Doyle"),
        "content/owners/dyo.md": page("title: Anne-Marie Deyo"),
        "content/owners/ann.md": page("title: Ann"),
        "content/plans/summer/plan.md": page("title: Summer"),
        "content/plans/summer/actions/lamp.md": page("title: Mend the lamp"),
        "content/plans/winter/plan.md": page("title: Winter\ngoals: [{key: warm, title: Warm}]"),
        ACTION: page(f"title: A\n{field}: {written}"),
    }
    before = _check(files)
    found = [each for each in before if each.rule.name == rule]
    assert found and all(finding.fix for finding in found)
    for finding in found:
        assert finding.fix and finding.fix.new != finding.fix.old
        _assert_mended(files, finding, before)


def test_lines_above_the_fields_are_named() -> None:
    """Nothing is to be pasted; what to move is said in words."""
    (finding,) = [each for each in _check({ACTION: "# Door\n---\ntitle: A\n---\n"}) if each.path == ACTION]
    assert finding.message == "there are other lines before the first `---`"
    assert finding.remedy == "move them below the second `---`, or delete them"


@pytest.mark.parametrize(
    "text",
    [
        "--- \ntitle: A\n--- \nText.\n",
        "---\t\r\ntitle: A\r\n---\r\nText.\r\n",
        "\ufeff---\ntitle: A\n---\nText.\n",
        "\ufeff\ufeff---\ntitle: A\n---\nText.\n",
    ],
)
def test_fences_that_are_read(text: str) -> None:
    """Blanks behind the dashes, a byte order mark and the line ends of Windows are nothing; lines count on."""
    assert [
        finding for finding in _check({ACTION: text}) if finding.rule.level is Level.ERROR and finding.path == ACTION
    ] == []
    (action,) = _load({ACTION: text + "\nowner 999 000 0000\n"})
    assert (action.title, action.lines) == ("A", (("title", 2),))


def test_fixes() -> None:
    """The first place from line and column on, and a line of its own, also at the end of a file."""
    assert Fix(2, "a", "b", 3).apply("a a\na a a") == "a a\na b a"
    assert Fix(1, "x", "y").apply("a") == "a"
    assert Fix(2, "", "new").apply("one\ntwo") == "one\nnew\ntwo"
    assert Fix(3, "", "new").apply("one\ntwo") == Fix(3, "", "new").apply("one\ntwo\n") == "one\ntwo\nnew\n"
