"""Which files of a source are read, and as what."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from plansite.content.report import Report
from plansite.content.site_content import load_site
from plansite.content.yaml.front_matter import parse_yaml_file
from plansite.content.yaml.nodes import ScalarNode
from plansite.history.repository import ContentFolder
from plansite.model.documents.action import Action
from plansite.model.site import Site
from plansite.model.status import Status
from tests.history.repo import Repo, settings, summarise_changes
from tests.sites import write

_TASK = "---\ntitle: A\n---\n"


def _load(root: Path, source: str, files: Mapping[str, str | bytes]) -> Site:
    entry = f"title: T\nsources:\n- path: tracker\n  plan: p\n{source}"
    return load_site(write(root, {"plansite.yaml": entry, **{f"tracker/{path}": text for path, text in files.items()}}))


_KEP = """\
# A proposal, as Kubernetes keeps it
---
title: Support user namespaces
kep-number: 127
authors:
  - "@rata"
  - "@giuseppe"
owning-sig: sig-node
status: implementable
creation-date: 2021-11-02
replaces:

# The target
milestone:
  alpha: "v1.25"
...
"""


def test_a_yaml_file_is_fields_without_a_text(tmp_path: Path) -> None:
    """It is an action like any other, with its own lines."""
    fields = "{ref: kep-number, owner: authors, created: creation-date, goal: owning-sig, due: authors}"
    entry = f"  files: kep.yaml\n  fields: {fields}\n  statuses: {{implementable: in progress}}\n"
    site = _load(tmp_path, entry, {"sig-node/127/kep.yaml": _KEP, "sig-node/127/README.md": _TASK})
    (action,) = site.actions
    assert (action.slug, action.title, action.ref) == ("sig-node-127-kep", "Support user namespaces", "127")
    assert (action.owner, action.supporters, action.status) == ("@rata", ("@giuseppe",), Status.IN_PROGRESS)
    assert (action.goal, action.body.sections) == ("sig-node", ())
    assert [(each.path, each.line, each.rule.name) for each in site.findings] == [
        ("tracker/sig-node/127/kep.yaml", 6, "not-a-date")
    ]


@pytest.mark.parametrize(
    ("data", "title", "rules"),
    [
        (b"title: A\n", "A", []),
        (b"\xef\xbb\xbf---\r\ntitle: A\r\n---\r\n", "A", []),
        (b"---\ntitle: A", "A", []),
        (b"# note\n\n---\ntitle: A\n...\n\n", "A", []),
        (b"title: A\n---\n", "A", []),
        (b"title: A\n---\ntitle: B\n", None, ["refused-notation"]),
        (b"title: A\n...\n---\ntitle: B\n", None, ["refused-notation"]),
        (b"- title: A\n", None, ["front-matter-not-fields"]),
        (b"title: Fix: A\n", None, ["unreadable-front-matter"]),
        (b"title: *a\n", None, ["refused-notation"]),
        (b"title: A\n<<<<<<< HEAD\n=======\n>>>>>>> b\n", None, ["conflict-markers"] * 3),
        (b"title: \xff\n", None, ["not-utf-8"]),
        (b"title: A #3\n", "A", ["cut-by-hash"]),
        (b"", "", []),
        (b"---\n---\n", "", []),
        (b"---\n", "", []),
        (b"...\n", "", []),
        (b"text: |\n  a\n  ---\ntitle: A\n", "A", []),
    ],
)
def test_documents_of_yaml(data: bytes, title: str | None, rules: list[str]) -> None:
    """One document, with or without the lines that begin and end it; nothing of a second one is lost in silence."""
    report = Report("kep.yaml")
    file = parse_yaml_file(data, report)
    assert [each.rule.name for each in report.findings] == rules
    node = file.fields.get("title") if file else None
    found = node.text if isinstance(node, ScalarNode) else ""
    assert (found if file else None) == title
    assert file is None or file.text == ""


def test_lines_are_those_of_the_file() -> None:
    """Whatever comes before the fields."""
    report = Report("kep.yaml")
    file = parse_yaml_file(b"# one\n\n---\n# four\ntitle: A\n", report)
    assert file
    assert [(key.text, key.line) for key, _ in file.fields.entries] == [("title", 5)]


@pytest.mark.parametrize(
    "name", ["a.md", "a.MD", "a.markdown", "a.mdx", "a.qmd", "a.txt", "a.md.txt", "a.yaml", "A.YML"]
)
def test_what_a_pattern_names_is_read(tmp_path: Path, name: str) -> None:
    """Text files with front matter, and YAML, whatever the case of the ending."""
    site = _load(tmp_path, f"  files: '{name}'\n", {name: _TASK})
    assert [action.title for action in site.actions] == ["A"]
    assert site.findings == ()


def test_what_is_neither_is_counted(tmp_path: Path) -> None:
    """It has no page, and one finding at the line of the patterns says how many such files there are."""
    files: dict[str, str | bytes] = {
        "a.md": _TASK,
        "b.png": b"\x89PNG",
        "c.json": "{}",
        "d/LICENSE": "free",
        ".hidden.md": _TASK,
    }
    site = _load(tmp_path, "  files: ['*']\n", files)
    assert [action.slug for action in site.actions] == ["a"]
    assert site.unreadable == ()
    assert [(each.line, each.rule.name) for each in site.findings] == [(5, "unread-files")]
    assert "3 files that cannot be read, such as `b.png`" in site.findings[0].message


def test_plans_named_in_yaml_files(tmp_path: Path) -> None:
    """The field that names the plan is looked for in them as well."""
    entry = "title: T\nsources:\n- {path: tracker, files: '*.yaml', plan: {field: milestone}}\n"
    files = {"a.yaml": "title: A\nmilestone: One\n", "b.yaml": "title: B\nmilestone: Two\n"}
    site = load_site(
        write(tmp_path, {"plansite.yaml": entry, **{f"tracker/{path}": each for path, each in files.items()}})
    )
    assert [(plan.slug, [action.title for action in plan.actions]) for plan in site.plans] == [
        ("one", ["A"]),
        ("two", ["B"]),
    ]


def test_goals_of_all_sources_of_a_plan(tmp_path: Path) -> None:
    """Goals may be files of YAML; a second source for the same plan adds its own."""
    entry = "title: T\nsources:\n- {path: one, plan: p, goals: {path: g, key: id}}\n- {path: two, plan: p, goals: {path: h, key: id}}\n"
    files = {
        "one/a.md": "---\ntitle: A\ngoal: warm\n---\n",
        "two/b.md": "---\ntitle: B\ngoal: safe\n---\n",
        "g/warm.yaml": "id: warm\ntitle: Warmth\n",
        "h/safe.markdown": "---\nid: safe\ntitle: Safety\n---\n",
    }
    (plan,) = load_site(write(tmp_path, {"plansite.yaml": entry, **files})).plans
    assert [(goal.key, goal.title) for goal in plan.goals] == [("warm", "Warmth"), ("safe", "Safety")]


def test_a_goal_that_is_refused_is_reported(tmp_path: Path) -> None:
    """A file that is too large is not passed over."""
    entry = "title: T\nsources:\n- {path: one, plan: p, goals: {path: g, key: id}}\n"
    files = {"one/a.md": _TASK, "g/warm.yaml": "id: warm\n" + "# x\n" * 70_000}
    site = load_site(write(tmp_path, {"plansite.yaml": entry, **files}))
    assert [(each.path, each.rule.name) for each in site.findings] == [("g/warm.yaml", "file-too-large")]


@pytest.mark.parametrize(
    ("paths", "titles", "rules"),
    [
        (("tracker/tasks", "tracker"), {"Own", "Task", "Other"}, ["repeated-files"]),
        (("tracker", "tracker/tasks"), {"Own", "Task", "Other"}, ["repeated-files"]),
        (("tracker", "./tracker/"), {"Own", "Task", "Other"}, ["repeated-files"]),
        (("tracker", "../site/tracker"), {"Own", "Task", "Other"}, ["repeated-files"]),
        (("content",), {"Own", "Inner"}, ["repeated-files"]),
        (("content/theirs",), {"Own", "Inner"}, []),
    ],
)
def test_no_file_is_read_twice(tmp_path: Path, paths: tuple[str, ...], titles: set[str], rules: list[str]) -> None:
    """By two sources, or by the site and a source; a source inside the content is none of its stray files."""
    entries = "".join(f"- {{path: {path}, plan: p{number}}}\n" for number, path in enumerate(paths))
    files = {
        "content/plans/own/plan.md": "---\ntitle: P\n---\n",
        "content/plans/own/actions/own.md": "---\ntitle: Own\n---\n",
        "tracker/other.md": "---\ntitle: Other\n---\n",
        "tracker/tasks/task.md": "---\ntitle: Task\n---\n",
        **({"content/theirs/inner.md": "---\ntitle: Inner\n---\n"} if "content" in paths[0] else {}),
    }
    site = load_site(write(tmp_path / "site", {"plansite.yaml": f"title: T\nsources:\n{entries}", **files}))
    found = [action.title for action in site.actions]
    assert (set(found), len(found)) == (titles, len(titles))
    assert [each.rule.name for each in site.findings] == rules


def test_pictures_of_a_source_in_the_content_may_be_linked(tmp_path: Path) -> None:
    """The source does not read them, so the site's own pages may show them."""
    entry = "title: T\nsources: [{path: content/theirs, plan: p, files: '*'}]\n"
    files = {"content/theirs/a.md": _TASK, "content/theirs/b.png": "x", "content/theirs/c.txt": _TASK}
    site = load_site(write(tmp_path, {"plansite.yaml": entry, **files}))
    assert (set(site.files), set(site.other_files)) == ({"content/theirs/b.png"}, set())
    assert [action.slug for action in site.actions] == ["a", "c"]


def test_history_follows_the_same_files(tmp_path: Path) -> None:
    """What is read has a history, and what is not has none."""
    entry = "title: T\nsources: [{path: tracker, plan: p, files: kep.yaml, fields: {owner: authors}}]\n"
    repo = Repo.new(tmp_path / "site")
    repo.settings = settings(entry)
    repo.commit(
        "One",
        {"plansite.yaml": entry, "tracker/x/kep.yaml": "title: A\nauthors: [Ann]\n", "tracker/x/README.md": _TASK},
    )
    repo.commit("Two", {"tracker/x/kep.yaml": "title: A\nauthors: [Ben]\n"})
    (source,) = repo.settings.sources
    folder = ContentFolder("tracker", "tracker", source)
    assert folder.find_location("tracker/x/README.md") is None
    assert [each[1:] for each in summarise_changes(repo.history())] == [
        ("x-kep", "owner", "Ann", "Ben"),
        ("x-kep", "", "", "A"),
    ]


def _only(site: Site) -> Action:
    (action,) = site.actions
    return action


@pytest.mark.parametrize(
    ("mapping", "path", "text", "title"),
    [
        ("heading", "a-b.md", "---\nid: 1\n---\n\nIntro.\n\n## Fit the *rail*\n", "Fit the rail"),
        ("heading", "a-b.md", "# [Fit](x.md) `the` rail\n\nText.\n", "Fit the rail"),
        ("heading", "a-b.md", "Fit the rail\n============\n\nText.\n", "Fit the rail"),
        ("heading", "a-b.md", "```\n# no heading\n```\n\n# Fit the rail #\n", "Fit the rail"),
        ("heading", "a-b.md", "> # quoted\n\n- # item\n\n#\n\n### Fit the rail\n", "Fit the rail"),
        ("heading", "a-b.md", "No heading.\n", "A b"),
        ("heading", "a-b.md", "", "A b"),
        ("heading", "a-b.md", "---\ntitle: Own title\n---\nNo heading.\n", "Own title"),
        ("heading", "a-b.yaml", "title: Own title\n", "Own title"),
        ("heading", "a-b.md", "::: internal\n# Ann Brown\n:::\n\n# Fit the rail\n", "Fit the rail"),
        ("heading", "a-b.md", "::: internal\n# Ann Brown\n:::\n", "A b"),
        ("file name", "x/0012-fit_the-rail.md", "---\ntitle: Other\n---\n", "0012 fit the rail"),
        ("filename", "Fit the rail.md", "# Other\n", "Fit the rail"),
        ("folder", "fit-the-rail/kep.yaml", "title: Other\n", "Fit the rail"),
        ("First heading", "a.md", "# Fit the rail", "Fit the rail"),
    ],
)
def test_titles_from_elsewhere(tmp_path: Path, mapping: str, path: str, text: str, title: str) -> None:
    """The first heading of the text, or the name of the file or folder; such files need no front matter."""
    entry = f"  files: ['{path.rsplit('/')[-1]}']\n  fields: {{title: {{from: {mapping}}}}}\n"
    site = _load(tmp_path, entry, {path: text})
    assert _only(site).title == title
    assert site.findings == ()


def test_other_fields_from_elsewhere(tmp_path: Path) -> None:
    """A number from the file's name, a goal from the folder; their own field comes first where both are named."""
    entry = "  fields: {ref: {from: file name}, goal: {field: theme, from: folder}, owner: {from: heading}}\n"
    files = {"Warm/T-12.md": "---\ntitle: A\nowner: Ann\n---\n", "Warm/T-13.md": "---\ntitle: B\ntheme: Safe\n---\n"}
    site = _load(tmp_path, entry, files)
    assert [(action.ref, action.goal, action.owner) for action in site.actions] == [
        ("T-12", "Warm", "Ann"),
        ("T-13", "Safe", ""),
    ]


def test_a_heading_is_as_safe_as_a_field(tmp_path: Path) -> None:
    """What turns the direction of writing is taken out, and one without end is cut."""
    site = _load(tmp_path, "  fields: {title: {from: heading}}\n", {"a.md": f"# Fit \u202ethe rail{' x' * 9_000}\n"})
    assert _only(site).title.startswith("Fit \ufffdthe rail x x")
    assert len(_only(site).title) < 10_000
    assert [each.rule.name for each in site.findings] == ["hidden-direction"]


def test_a_heading_keeps_its_marks_of_direction(tmp_path: Path) -> None:
    """As a field does: those that reach no further than their words are text."""
    site = _load(tmp_path, "  fields: {title: {from: heading}}\n", {"a.md": "# \u2067מעקה\u2069 rail\u200e\n"})
    assert (_only(site).title, site.findings) == ("\u2067מעקה\u2069 rail\u200e", ())


def test_without_the_setting_front_matter_is_needed(tmp_path: Path) -> None:
    """A file without any cannot be told from one that lost it."""
    site = _load(tmp_path, "", {"a.md": "# Fit the rail\n"})
    assert [each.rule.name for each in site.findings] == ["no-front-matter"]
