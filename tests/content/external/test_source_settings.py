"""Settings that cannot be followed are errors at their line, with what was probably meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.content.external.setting_lines import locate_setting
from plansite.content.settings import parse_settings
from plansite.content.source_tree import scan_site
from plansite.model.external.source_settings import ExternalSource, Part, matches_exclusion, matches_pattern
from plansite.model.findings import Level
from plansite.model.status import Status
from tests.sites import write

_SOURCE = "title: T\nsources:\n  - path: tracker\n    plan: p\n"


def _faults(settings: str) -> list[tuple[int, str, str]]:
    return [(each.line, each.rule.name, each.remedy) for each in parse_settings(settings.encode())[1]]


@pytest.mark.parametrize(
    ("line", "rule", "remedy"),
    [
        ("statuss: {Fin: completed}", "unknown-setting", "did you mean “statuses”?"),
        ("autor: team", "unknown-setting", "correct or delete it"),
        ("status: state", "unknown-setting", "it belongs in `fields`"),
        ("owner: team", "unknown-setting", "it belongs in `fields`"),
        ("key: id", "unknown-setting", "it belongs in `goals`"),
        ("fields: {ownr: team}", "unknown-setting", "did you mean “owner”?"),
        ("fields: {owner: {field: team, splt: x}}", "unknown-setting", "did you mean “split”?"),
        ("fields: {owner: {field: team, take: second}}", "unknown-word", "use first or last"),
        ("fields: {title: {from: headings}}", "unknown-word", "did you mean “heading”?"),
        ("fields: {owner: {split: x}}", "missing-field", "write `field: commitment_agency`"),
        ("fields: [owner]", "wrong-shape", "write it as `{name: value}`"),
        ("statuses: {Fin: complted}", "unknown-status", "did you mean “completed”?"),
        ("statuses: {Fin: purple}", "unknown-status", "use not started, in progress"),
        ("sections: {Aims: Stepz}", "unknown-word", "did you mean “steps”?"),
        ("goals: {path: goals, key: id, tite: name}", "unknown-setting", "did you mean “title”?"),
        ("goals: {path: goals}", "missing-field", "write `key: commitment_id`"),
        ("plan_name: x", "unknown-setting", ""),
        ("plan: {feild: milestone}", "unknown-setting", "did you mean “field”?"),
        ("files: {a: b}", "wrong-shape", "write one value"),
    ],
)
def test_an_entry_of_sources(line: str, rule: str, remedy: str) -> None:
    """Each name and word of an entry counts; the finding stands at its line."""
    settings = _SOURCE if not line.startswith("plan:") else _SOURCE.replace("    plan: p\n", "")
    at_line = settings.count("\n") + 1
    faults = _faults(f"{settings}    {line}\n")
    assert [fault[:2] for fault in faults] == [(at_line, rule)]
    assert faults[0][2].startswith(remedy)


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("timezon: Europe/London", "did you mean “timezone”?"),
        ("statuses: {Fin: completed}", "it belongs in `sources`"),
        (
            "allow: [{rule: long-sentence, resaon: x, reason: Legal text}]",
            "`reason` is given as well; take this one out, if it says the same",
        ),
        ("purple: x", "correct or delete it"),
    ],
)
def test_a_setting_of_the_site(line: str, remedy: str) -> None:
    """It is an error, since a build would go on without what it asks for."""
    _, findings = parse_settings(f"title: T\n{line}\n".encode())
    assert [(each.line, each.rule.name, each.rule.level) for each in findings] == [(2, "unknown-setting", Level.ERROR)]
    assert findings[0].remedy.startswith(remedy)


@pytest.mark.parametrize(
    ("line", "rule", "message", "remedy"),
    [
        ("repository: github.com/example/plans", "refused-address", "is not a web address", "beginning with https://"),
        ("repository: git@github.com:example/plans.git", "refused-address", "is not a web address", "https://"),
        ("base_url: /plans/", "refused-address", "is not a web address", "beginning with https://"),
        ("sources: [{path: tracker, repository: ../tracker}]", "refused-address", "is not a web address", "https://"),
        (
            "audiences: [internal, staff]",
            "unknown-word",
            "“staff” is not an audience",
            "use internal, partners or public",
        ),
        ("theme: defualt", "unknown-word", "there is no theme “defualt”", "did you mean “default”?"),
        ("theme: coucil", "unknown-word", "there is no theme “coucil”", "did you mean “council”?"),
        ("theme: purple", "unknown-word", "there is no theme “purple”", "name a folder in themes/"),
        (f"theme: {'x' * 300}", "unknown-word", "there is no theme", "name a folder in themes/"),
        ("theme: ../themes/council", "unknown-word", "there is no theme", ""),
        ("theme: council", "", "", ""),
    ],
)
def test_values_of_the_site(tmp_path: Path, line: str, rule: str, message: str, remedy: str) -> None:
    """A value that nothing can be done with is a finding in `check`, and not only when a build needs it."""
    files = {"plansite.yaml": f"title: T\n{line}\n", "tracker/a.md": "---\ntitle: A\n---\n", "themes/council/x.txt": ""}
    findings = scan_site(write(tmp_path, files)).findings
    assert [(each.line, each.rule.name) for each in findings] == ([(2, rule)] if rule else [])
    assert all(message in each.message and remedy in each.remedy for each in findings)


def test_values_that_can_be_followed() -> None:
    """Words are of any case, and one value counts as a list of one."""
    words = "files: kep.yaml, fields: {owner: {field: t, split: [',', ' and '], take: LAST}}"
    settings, findings = parse_settings(
        f"title: T\nsources: [{{path: t, {words}, statuses: {{Fin: Done}}, sections: {{AC: STEPS, Log: Progress log}}}}]\n".encode()
    )
    (source,) = settings.sources
    assert findings == ()
    assert source.files == ("kep.yaml",)
    assert source.fields[0][1].take is Part.LAST
    assert source.statuses == (("Fin", Status.COMPLETED),)
    assert [heading.value for _, heading in source.sections] == ["steps", "progress"]


@pytest.mark.parametrize(
    ("pattern", "matched"),
    [
        ("*.md", {"a.md", "B.MD", "x/a.md", "x/y/a.md"}),
        ("a.md", {"a.md", "x/a.md", "x/y/a.md"}),
        ("x/*.md", {"x/a.md", "x/y/a.md"}),
        ("**/*.md", {"a.md", "B.MD", "x/a.md", "x/y/a.md"}),
        ("x/**/a.md", {"x/a.md", "x/y/a.md"}),
        ("./x/y/*", {"x/y/a.md", "x/y/kep.yaml"}),
        ("/a.md", {"a.md", "x/a.md", "x/y/a.md"}),
        ("*/kep.yaml", {"x/y/kep.yaml"}),
        ("KEP.*", {"x/y/kep.yaml"}),
    ],
)
def test_patterns_of_files(pattern: str, matched: set[str]) -> None:
    """By name, or by path where there is a slash, on every computer without regard to case."""
    paths = ["a.md", "B.MD", "x/a.md", "x/y/a.md", "x/y/kep.yaml"]
    assert {path for path in paths if matches_pattern(path, pattern)} == matched


@pytest.mark.parametrize(
    ("pattern", "matched"),
    [
        ("README.md", {"README.md", "x/readme.md"}),
        ("templates/*", {"templates/a.md", "templates/x/a.md"}),
        ("templates/", {"templates/a.md", "templates/x/a.md"}),
        ("templates", {"templates/a.md", "templates/x/a.md"}),
        ("templates/**", {"templates/a.md", "templates/x/a.md"}),
        ("**/x/*", {"x/readme.md", "templates/x/a.md"}),
        ("temp", set()),
    ],
)
def test_patterns_of_exclude(pattern: str, matched: set[str]) -> None:
    """The name of a folder stands for all that is in it."""
    paths = ["README.md", "x/readme.md", "templates/a.md", "templates/x/a.md", "temp.md"]
    assert {path for path in paths if matches_exclusion(path, pattern)} == matched


def _scan(root: Path, source: str, paths: tuple[str, ...]) -> list[tuple[int, str, str, str]]:
    files = {path: f"---\nid: g\ntitle: {path}\n---\n" for path in paths}
    tree = scan_site(write(root / "site", {"plansite.yaml": f"title: T\nsources:\n{source}", **files}))
    return [(each.line, each.rule.name, each.message, each.remedy) for each in tree.findings]


@pytest.mark.parametrize(
    ("source", "line", "rule", "message", "remedy"),
    [
        ("- {path: trackr}", 3, "missing-source", "no folder `trackr`", "did you mean “tracker”?"),
        ("- path: tracker\n  goals:\n    key: id\n    path: gaols", 6, "missing-source", "`gaols`", "mean “goals”?"),
        ("- path: tracker/kep.yaml", 3, "missing-source", "is a file", "the file under `files`"),
        (
            "- path: tracker\n  goals: {path: empty, key: id}",
            4,
            "missing-source",
            "no Markdown or YAML",
            "for each goal",
        ),
        ("- path: tracker\n  files: kep.yml", 4, "unmatched-pattern", "matches `kep.yml`", "did you mean “kep.yaml”?"),
        (
            "- path: tracker\n  files:\n  - '*.md'\n  - '*.rst'",
            6,
            "unmatched-pattern",
            "`*.rst`",
            "files that end in .",
        ),
        ("- path: empty\n  plan: x", 3, "unmatched-pattern", "no Markdown file in `empty`", "only Markdown and YAML"),
        (
            "- path: yaml\n  plan: x",
            3,
            "unmatched-pattern",
            "no Markdown file in `yaml`",
            'write for example `files: "*.yaml"`',
        ),
        ("- path: tracker\n  exclude: '*'", 4, "unmatched-pattern", "leaves out all 2 files", "correct"),
        ("- path: tracker\n  exclude: [b.md, REDME.md]", 4, "unmatched-exclusion", "`REDME.md`", "mean “README.md”?"),
        ("- path: tracker\n  exclude: nothing/*", 4, "unmatched-exclusion", "`nothing/*`", "delete it"),
        (
            "- path: empty\n  files: '*'",
            4,
            "unread-files",
            "1 file that cannot be read, such as `a.png`",
            "name only Markdown",
        ),
        ("- {path: goals}\n- nonsense\n- {path: tracker, files: x.md}", 5, "unmatched-pattern", "matches `x.md`", ""),
    ],
)
def test_a_source_that_leads_to_nothing(
    tmp_path: Path, source: str, line: int, rule: str, message: str, remedy: str
) -> None:
    """Folders and patterns without files are found, at the line of what names them."""
    paths = ("tracker/b.md", "tracker/README.md", "tracker/kep.yaml", "goals/g.md", "empty/a.png", "yaml/a.yaml")
    found = [each for each in _scan(tmp_path, source + "\n", paths) if each[1] != "wrong-shape"]
    assert [each[:2] for each in found] == [(line, rule)]
    assert message in found[0][2]
    assert remedy in found[0][3]


def test_the_place_of_a_setting() -> None:
    """Of the nearest that is there, where something on the way is missing."""
    data = b"title: T\nsources:\n- path: a\n- path: b\n  files: [x,\n    y]\n"
    assert locate_setting(data, "sources", 1, "files", 1) == (6, 5)
    assert locate_setting(data, "sources", 1, "plan") == (4, 3)
    assert locate_setting(data, "sources", 7) == (3, 1)
    assert locate_setting(b"sources: {path: a, files: x}", "sources", 0, "files", 0) == (1, 27)
    assert locate_setting(b"title: [", "title") == (0, 0)
    assert locate_setting(b"\xff", "title") == (0, 0)


def test_markdown_is_read_if_no_pattern_says_otherwise() -> None:
    """Whatever the case and length of its ending."""
    source = ExternalSource(path="t")
    assert [source.includes(name) for name in ("a.md", "A.MD", "x/a.markdown", "a.txt")] == [True, True, True, False]
