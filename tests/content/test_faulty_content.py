"""Faults in content must not lose an action, show a wrong state, or publish what is meant for some readers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plansite.content.settings import SettingsError
from plansite.content.site_content import load_site
from plansite.markdown.body import parse_markdown
from plansite.model.slugs import add_digest
from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, write

_PUBLIC = "title: T\naudience: public\n"
_SECRET = {"content/plans/q/actions/x.md": "---\ntitle: Canary\nowner: Canary Owner\n---\n"}


@pytest.mark.parametrize(
    "files",
    [
        {"content/plans/q/plan.md": "---\nkind: counselling\nowner: @jane\n---\n"},
        {"content/plans/q/plan.md": "---\ntitle: Q\nkind: councelling\n---\n"},
        {"content/plans/q/plan.md": "---\ntitle: Q\nkind: [counselling]\n---\n"},
        {"content/plans/q/plan.md": "---\ntitle: Q\nAudience: internal\n---\n"},
        {"content/plans/q/Plan.md": "---\ntitle: Q\nkind: counselling\n---\n"},
        {},
        {"content/plans/q r/plan.md": "---\ntitle: Open\n---\n", "content/plans/Q/plan.md": "---\ntitle: Open\n---\n"}
        | {"content/plans/q/plan.md": "---\ntitle: Q\naudience: internal\n---\n"},
    ],
)
def test_a_plan_in_doubt_is_hidden(tmp_path: Path, files: dict[str, str]) -> None:
    """A plan whose kind or audience is unreadable is for internal readers only."""
    built = build_in_memory(
        write(tmp_path, {"plansite.yaml": _PUBLIC, **_SECRET, **files}), clock=FixedClock(date(2025, 1, 20))
    )
    for path, content in built.files.items():
        assert b"Canary" not in (content if isinstance(content, bytes) else content.read()), path


@pytest.mark.parametrize("line", ["audience: publc", "Audience: public", "audience: [public]"])
def test_a_site_audience_in_doubt_stops(tmp_path: Path, line: str) -> None:
    """A slip in the site's own audience must not publish everything."""
    with pytest.raises(SettingsError):
        load_site(write(tmp_path, {"plansite.yaml": f"title: T\n{line}\n"}))


def test_external_files_may_set_an_audience(tmp_path: Path) -> None:
    """The audience in an external file counts."""
    root = write(
        tmp_path,
        {
            "plansite.yaml": f"{_PUBLIC}sources: [{{path: theirs, plan: t}}]\n",
            "theirs/a.md": "---\ntitle: Canary\naudience: internal\n---\n",
        },
    )
    built = build_in_memory(root, clock=FixedClock(date(2025, 1, 20)))
    assert not any(isinstance(content, bytes) and b"Canary" in content for content in built.files.values())


@pytest.mark.parametrize("name", ["actions/x.md.txt", "action/x.md", "x.md", "actions/x.mkd"])
def test_a_misplaced_file_is_listed_as_unreadable(tmp_path: Path, name: str) -> None:
    """It is among the unreadable files of its plan, with an error that says what to do."""
    site = load_site(
        write(
            tmp_path,
            {"content/plans/p/plan.md": "---\ntitle: P\n---\n", f"content/plans/p/{name}": "---\ntitle: X\n---\nWords"},
        )
    )
    (file,) = site.unreadable
    assert (file.plan, file.findings[0].rule.name) == ("p", "stray-file")
    assert "Words" in file.text


@pytest.mark.parametrize("name", ["Actions/x.md", "actions/x.markdown", "actions/X.MD"])
def test_upper_case_and_long_suffixes_are_read(tmp_path: Path, name: str) -> None:
    """Folders and suffixes mean the same in upper case."""
    site = load_site(
        write(
            tmp_path,
            {"content/plans/p/plan.md": "---\ntitle: P\n---\n", f"content/plans/p/{name}": "---\ntitle: X\n---\n"},
        )
    )
    assert [action.title for action in site.actions] == ["X"]
    assert site.findings == ()


def test_two_folders_with_one_slug_are_two_plans(tmp_path: Path) -> None:
    """Each keeps its own actions, and the folder that is named like the slug keeps it."""
    files = {
        f"content/plans/{folder}/{name}": f"---\ntitle: {folder}\n---\n"
        for folder in ("q r", "q-r")
        for name in ("plan.md", "actions/x.md")
    }
    site = load_site(write(tmp_path, files))
    plans = [(plan.slug, plan.title, [action.title for action in plan.actions]) for plan in site.plans]
    assert plans == [("q-r", "q-r", ["q-r"]), (add_digest("q-r", "q r"), "q r", ["q r"])]
    assert [finding.rule.name for finding in site.findings] == ["twin-files"]


@pytest.mark.parametrize(
    ("names", "reported", "slugs"),
    [
        (
            ("actions/a b.md", "actions/a-b.md"),
            ["actions/a b.md"],
            {"a-b", add_digest("a-b", "content/plans/p/actions/a b.md")},
        ),
        (
            ("actions/x/y.md", "actions/x-y.md"),
            ["actions/x/y.md"],
            {"x-y", add_digest("x-y", "content/plans/p/actions/x/y.md")},
        ),
        (("actions/R&D.md", "actions/R D.md"), [], {"r-d", add_digest("r-d", "r&d")}),
    ],
)
def test_two_files_with_one_address(
    tmp_path: Path, names: tuple[str, str], reported: list[str], slugs: set[str]
) -> None:
    """The file that is named like the address keeps it, and the other one is reported."""
    files = {f"content/plans/p/{name}": "---\ntitle: A\n---\n" for name in names}
    site = load_site(write(tmp_path, {"content/plans/p/plan.md": "---\ntitle: P\n---\n", **files}))
    assert {action.slug for action in site.actions} == slugs
    assert [(finding.rule.name, finding.path) for finding in site.findings] == [
        ("twin-files", f"content/plans/p/{name}") for name in reported
    ]


@pytest.mark.parametrize("heading", ["## Steps", "## Steps:", "### Steps", "# STEPS", "## Action steps", "## Tasks"])
def test_steps_are_found_under_what_people_write(heading: str) -> None:
    """A colon, upper case or another level lose no step, and all ways to tick a checkbox count."""
    body = parse_markdown(f"{heading}\n- [x] one\n- [ ] two\n- [ x ] three\n- [✓] four\n- [] five\n- [X] six\n")
    assert [step.done for step in body.steps] == [True, False, True, True, False, True]
    assert body.steps[2].text == "three"


@pytest.mark.parametrize(
    "text",
    [
        "## Progress:\n- 2025-01-19 (A): ok",
        "## Progress notes\n* 2025-01-19: ok",
        "## Progress\n\n2025-01-19 (A): ok\n\nMore words.",
    ],
)
def test_progress_is_found_under_what_people_write(text: str) -> None:
    """A dated entry is a progress note, in a list or as a paragraph."""
    assert [note.date for note in parse_markdown(text).progress] == [date(2025, 1, 19)]


def test_a_reading_divided_by_almost_nothing_is_refused(tmp_path: Path) -> None:
    """It is a finding, and the site is built."""
    root = write(
        tmp_path,
        {
            "content/plans/p/plan.md": "---\ntitle: P\n---\n",
            "content/plans/p/measures/m.md": "---\ntitle: M\n---\n",
            "content/plans/p/measures/m.csv": "date,n,d\n2025-01-01,1,1e-320\n2025-02-01,1,1\n",
        },
    )
    built = build_in_memory(root, clock=FixedClock(date(2025, 1, 20)))
    assert [finding.rule.name for finding in built.findings if finding.path.endswith(".csv")] == ["unreadable-reading"]


def test_clashing_names_never_stop_a_build(tmp_path: Path) -> None:
    """Assets, aliases and unreadable owners whose names clash each get a path of their own."""
    files = {
        "content/plans/P2/plan.md": "---\ntitle: P\n---\n",
        "content/plans/P2/actions/care.md": "---\ntitle: Care\nowner: A/B\naliases: [Care, con, old, Old]\n---\n![a](../ev/Photo.JPG) ![b](../ev/photo.jpg) [c](<../ev./audit: 1.pdf>)\n",
        "content/plans/P2/ev/Photo.JPG": "a",
        "content/plans/P2/ev/photo.jpg": "b",
        "content/plans/P2/ev./audit: 1.pdf": "c",
        "content/owners/A-B.md": "no front matter",
    }
    built = build_in_memory(write(tmp_path, files), clock=FixedClock(date(2025, 1, 20)))
    keys = [path.casefold() for path in built.files]
    assert len(keys) == len(set(keys))
    assert sum(path.startswith("files/") for path in built.files) == 3
