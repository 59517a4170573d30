"""`plansite new` writes what was given, asks where it can, and never overwrites."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from plansite.cli.main import main
from plansite.content.site_content import load_site
from plansite.model.site import Site

FILES = {
    "plansite.yaml": "title: Test\ntoday: 2025-01-20\n",
    "content/owners/maintenance.md": "---\ntitle: Maintenance\n---\n",
    "content/plans/falls/plan.md": (
        "---\ntitle: Fewer falls\nowner: Maintenance\ngoals:\n  - {key: light, title: Light}\n---\nText\n"
    ),
    "content/plans/falls/actions/lights.md": "---\ntitle: Mend the lights\nref: 4\n---\n",
    "content/plans/meals/plan.md": "---\ntitle: Better meals\ngoals: [{title: Warm}]\n---\n",
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small site, which is also the current folder; standard input is no terminal."""
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    return tmp_path


def _tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def _action(site: Site, name: str) -> tuple[str, ...]:
    action = site.find_action(name, "falls")
    assert action is not None
    return (action.title, action.ref, action.owner, action.goal, str(action.created), str(action.due))


def test_an_action_is_written_and_its_path_printed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Names are written as their files write them, whatever was typed; the number and the day are filled in."""
    given = ["--plan", "fewer falls", "--owner", "MAINTENANCE", "--goal", "Light", "--due", "2025-02-01"]
    assert main(["new", "action", 'Fix: the "door" @ #3', *given]) == 0
    said = capsys.readouterr()
    assert said.out == "content/plans/falls/actions/fix-the-door-3.md\n"
    assert _action(load_site(here), "fix-the-door-3") == (
        'Fix: the "door" @ #3',
        "5",
        "Maintenance",
        "light",
        "2025-01-20",
        "2025-02-01",
    )


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (["plan", "Winter", "--kind", "service"], "content/plans/winter/plan.md"),
        (["incident", "A fall", "--plan", "falls"], "content/plans/falls/incidents/a-fall.md"),
        (["measure", "Falls", "--plan", "falls"], "content/plans/falls/measures/falls.md"),
        (["review", "--plan", "falls"], "content/plans/falls/reviews/2025-01-20.md"),
        (["review", "Spring", "--plan", "falls", "--date", "2025-04-01"], "content/plans/falls/reviews/2025-04-01.md"),
        (["owner", "Night Cook", "--role", "Cooks"], "content/owners/night-cook.md"),
        (["agency", "The Lodge"], "content/agencies/the-lodge.md"),
    ],
)
def test_every_kind_has_its_place(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], path: str
) -> None:
    """The path printed is that of the new file, and the second time it says that the file exists."""
    before = set(_tree(here))
    assert main(["new", *arguments]) == 0
    assert capsys.readouterr().out == f"{path}\n"
    more = {path.replace(".md", ".csv")} if arguments[0] == "measure" else set()
    after = _tree(here)
    assert set(after) - before == {path, *more}
    assert main(["new", *arguments]) == 2
    assert f"{path}" in capsys.readouterr().err
    assert _tree(here) == after


def test_a_goal_goes_into_its_plan(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Behind the others, with every part of SMART to fill in; all else stays."""
    path = "content/plans/falls/plan.md"
    assert main(["new", "goal", "Dry: floors", "--plan", "falls", "--time-bound", "By May"]) == 0
    assert capsys.readouterr().out == f"{path}\n"
    added = (
        '  - key: dry-floors\n    title: "Dry: floors"\n    specific:\n    measurable:\n    achievable:\n'
        "    relevant:\n    time_bound: By May\n"
    )
    head = FILES[path].removesuffix("---\nText\n")
    assert (here / path).read_text("utf-8") == f"{head}{added}---\nText\n"


def test_a_goal_that_cannot_be_added_safely_is_handed_over(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It ends with 1, changes nothing, and says what to paste where."""
    before = _tree(here)
    assert main(["new", "goal", "Hot soup", "--plan", "meals", "--specific", "At noon"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("content/plans/meals/plan.md: ")
    assert ", {key: hot-soup, title: Hot soup, specific: At noon}" in said.err
    assert _tree(here) == before


def test_a_plan_without_a_file_gets_no_goal(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There is nothing to put it into."""
    (here / "content/plans/falls/plan.md").unlink()
    assert main(["new", "goal", "Dry floors", "--plan", "falls"]) == 2
    assert "has no plan.md; start one with “plansite new plan”" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["action"], "the title is missing; write it after the kind"),
        (["action", " "], "the title is empty"),
        (["action", "A"], "--plan is missing; the plans are falls, meals"),
        (["action", "A", "--plan", "fals"], "did you mean “falls”?"),
        (["action", "A", "--plan", "falls", "--owner", "Maintenence"], "--owner: there is no owner called"),
        (["action", "A", "--plan", "falls", "--goal", "lihgt"], "did you mean “light”?"),
        (["action", "A", "--plan", "falls", "--due", "6/1/25"], "if you mean 6 January 2025, write 2025-01-06"),
        (["action", "A\u202e", "--plan", "falls"], "invisible character"),
        (["goal", "light", "--plan", "falls"], "exists already"),
        (["owner", "maintenance"], "content/owners/maintenance.md exists already"),
        (["holiday"], "No such command"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    """Usage errors end with 2 and name the option or the nearest name."""
    before = _tree(here)
    assert main(["new", *arguments]) == 2
    said = capsys.readouterr()
    assert words in said.err
    assert said.out == ""
    assert _tree(here) == before


def test_one_plan_needs_no_name(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where there is a single plan, it is the one meant; where there is none, that is said."""
    (here / "content/plans/meals/plan.md").unlink()
    assert main(["new", "action", "A"]) == 0
    for path in (here / "content/plans/falls").rglob("*.md"):
        path.unlink()
    capsys.readouterr()
    assert main(["new", "action", "A"]) == 2
    assert "there is no plan yet; start one with “plansite new plan”" in capsys.readouterr().err


def test_a_sites_own_template_is_used(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And a template that cannot work is named."""
    template = here / "content/templates/action.md"
    template.parent.mkdir()
    template.write_text("---\ntitle: {title}\ntags: [fall]\n---\n## Steps\n- [ ] Look\n", "utf-8")
    assert main(["new", "action", "A", "--plan", "falls"]) == 0
    found = load_site(here).find_action("a", "falls")
    assert found is not None
    assert (found.tags, len(found.body.steps)) == (("fall",), 1)
    template.write_text("---\ntitle: {title}\ntags: @x\n---\n", "utf-8")
    assert main(["new", "action", "B", "--plan", "falls"]) == 2
    assert "content/templates/action.md" in capsys.readouterr().err


def _on_a_terminal(folder: Path, typed: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    ours, theirs = pty.openpty()
    os.write(ours, typed.encode())
    command = [sys.executable, "-m", "plansite", "new", *arguments]
    done = subprocess.run(command, stdin=theirs, capture_output=True, text=True, cwd=folder, check=False, timeout=60)
    os.close(ours)
    os.close(theirs)
    return done


def test_on_a_terminal_it_asks_for_the_rest(here: Path) -> None:
    """Only for what was not given; a wrong answer is asked again; Enter leaves a field out."""
    typed = "Mend the door\nfals\nfalls\nMaintenence\nmaintenance\n\n2025-02-01\n"
    done = _on_a_terminal(here, typed, "action", "--resources", "£40")
    assert (done.returncode, done.stdout) == (0, "content/plans/falls/actions/mend-the-door.md\n")
    assert _action(load_site(here), "mend-the-door") == (
        "Mend the door",
        "5",
        "Maintenance",
        "",
        "2025-01-20",
        "2025-02-01",
    )
    for asked in ("Title", "Plan (falls, meals)", "did you mean “falls”?", "Owner: ", "did you mean “Maintenance”?"):
        assert asked in done.stderr
    for not_asked in ("Ref:", "Created:", "Resources:", "Status:", "Supporters:"):
        assert not_asked not in done.stderr


def test_on_a_terminal_a_goal_is_asked_to_be_smart(here: Path) -> None:
    """Each part with its question."""
    done = _on_a_terminal(here, "All floors\nBy touch\n\n\nBy May\n", "goal", "Dry floors", "--plan", "falls")
    assert done.returncode == 0
    goal = load_site(here).plans_by_slug["falls"].find_goal("dry-floors")
    assert goal is not None
    assert (goal.specific, goal.measurable, goal.achievable, goal.time_bound) == (
        "All floors",
        "By touch",
        "",
        "By May",
    )
