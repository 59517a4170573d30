"""`plansite new plan --template` makes whole plans, `plansite new template` copies a template for changing."""

from __future__ import annotations

import io
import shutil
from datetime import date
from pathlib import Path

import pytest

from plansite.cli.main import main
from plansite.content.site_content import load_site
from plansite.scaffold import atomic_files
from tests.sites import write

OWN = "content/templates/plans"


def _put(root: Path, path: str, text: str) -> None:
    write(root, {"plansite.yaml": "title: Test\ntoday: 2028-02-29\n", path: text})


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with one owner, which is also the current folder; standard input is no terminal."""
    _put(tmp_path, "content/owners/cook.md", "---\ntitle: Cook\n---\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    return tmp_path


def _tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_plan_is_made_and_its_path_printed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The plan's file on standard output; what else is new, and what to do next, beside it."""
    assert main(["new", "plan", "After the fall", "--template", "incident/fall", "--end", "2028-12-31"]) == 0
    said = capsys.readouterr()
    assert said.out == "content/plans/after-the-fall/plan.md\n"
    assert "New as well, since your site had no such file: content/owners/falls-lead.md\n" in said.err
    assert said.err.endswith("Change what does not fit, especially the owners, and run “plansite check”.\n")
    plan = load_site(here).plans_by_slug["after-the-fall"]
    assert (plan.title, plan.start, plan.end) == ("After the fall", date(2028, 2, 29), date(2028, 12, 31))
    assert min(action.due for action in plan.actions if action.due) == date(2028, 3, 1)
    assert main(["check"]) == 0
    assert capsys.readouterr().out.startswith("No problems found in ")
    assert main(["build", "--strict"]) == 0


@pytest.mark.parametrize("arguments", [["plan", "--template"], ["plan", "Winter", "--template"], ["template"]])
def test_without_a_name_the_templates_are_listed(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    """On standard output, one line each, the site's own among them; nothing is asked and nothing written."""
    _put(here, f"{OWN}/move/plan.md", "")
    _put(here, f"{OWN}/move/README.md", "Moving house\n")
    before = _tree(here)
    assert main(["new", *arguments]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert len(said.out.splitlines()) == 13
    assert "move                              Moving house\n" in said.out
    assert _tree(here) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ["plan", "A", "--template", "incident/fal"],
            "did you mean “incident/fall”?\n\nThe templates are:\nbroken\ncounselling/",
        ),
        (["plan", "A", "--template", "broken"], f"{OWN}/broken/actions/a.md:3:6: PS023 not-a-date: “+2 dyas”"),
        (["plan", "Old", "--template", "fall"], "content/plans/old exists already; nothing was written"),
        (["plan", "--template", "fall"], "the title is missing; write it after the kind"),
        (["plan", "A", "--template", "fall", "--owner", "Coook"], "--owner: there is no owner called “Coook”"),
        (["plan", "A", "--template", "fall", "--start", "soon"], "--start: “soon” is not a date"),
        (["template", "fal"], "did you mean “incident/fall”?"),
        (["template", "broken"], f"{OWN}/broken exists already; nothing was written"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    """Each ends with 2."""
    _put(here, "content/plans/old/notes.txt", "mine")
    _put(here, f"{OWN}/broken/plan.md", "---\ntitle: {title}\n---\n")
    _put(here, f"{OWN}/broken/actions/a.md", "---\ntitle: A\ndue: +2 dyas\n---\n")
    before = _tree(here)
    assert main(["new", *arguments]) == 2
    said = capsys.readouterr()
    assert words in said.err
    assert said.out == ""
    assert _tree(here) == before


def test_a_copy_can_be_changed_and_is_then_taken(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What it says of itself is copied too; the copy is no part of the site."""
    assert main(["new", "template", "fall"]) == 0
    said = capsys.readouterr()
    assert said.out == f"{OWN}/incident/fall/plan.md\n"
    assert (here / OWN / "incident/fall/README.md").is_file()
    assert load_site(here).plans == ()
    shutil.rmtree(here / OWN / "incident/fall/actions")
    _put(here, f"{OWN}/incident/fall/actions/ours.md", "---\ntitle: Ours\n---\n")
    assert main(["new", "plan", "A", "--template", "incident/fall"]) == 0
    assert [action.title for action in load_site(here).plans_by_slug["a"].actions] == ["Ours"]


def test_nothing_is_left_where_one_file_cannot_be_written(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A full disk in the middle ends with 4, and the next try finds nothing in its way."""
    before, real = sorted(here.rglob("*")), atomic_files.replace_file
    written: list[Path] = []

    def full(target: Path, data: bytes) -> None:
        if len(written) == 5:
            raise OSError(28, "No space left on device", str(target))
        written.append(target)
        real(target, data)

    with monkeypatch.context() as patch:
        patch.setattr(atomic_files, "replace_file", full)
        assert main(["new", "plan", "A", "--template", "fall"]) == 4
    assert "No space left on device" in capsys.readouterr().err
    assert len(written) == 5
    assert sorted(here.rglob("*")) == before
    assert main(["new", "plan", "A", "--template", "fall"]) == 0


def test_where_no_folder_can_be_made_nothing_is_written(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file called `plans` lies in the way; it stays."""
    (here / "content/plans").write_text("mine", "utf-8")
    before = _tree(here)
    assert main(["new", "plan", "A", "--template", "fall"]) == 4
    assert "content/plans" in capsys.readouterr().err
    assert _tree(here) == before
