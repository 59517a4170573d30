"""What plansite asks at a terminal: a suggestion can be accepted, an unknown owner can be made, nobody is left stuck."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.cli.main import main
from plansite.content.site_content import load_site
from tests.cli.terminal import CTRL_C, CTRL_D, converse
from tests.sites import write

FILES = {
    "plansite.yaml": "title: Test\ntoday: 2025-01-20\n",
    "content/owners/manager.md": "---\ntitle: Manager\n---\n",
    "content/owners/cook.md": "---\ntitle: Cook\n---\n",
    "content/agencies/council.md": "---\ntitle: Riverside Council\n---\n",
    "content/plans/falls/plan.md": "---\ntitle: Fewer falls\ngoals:\n  - {key: light, title: Light}\n---\n",
    "content/plans/falls/actions/lamps.md": "---\ntitle: Put up lamps\nref: 1\nowner: Manager\nstatus: done\n---\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site."""
    return write(tmp_path, FILES)


def _tree(root: Path) -> dict[str, bytes]:
    """All files but the cache."""
    paths = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in paths.items() if not name.startswith(".plansite/")}


SUGGESTIONS = [
    (["list", "--owner", "Manger"], "There is no owner called “Manger”; did you mean “Manager”? [Y/n]", "1 action."),
    (["list", "--status", "doen"], "did you mean “done”? [Y/n]", "1 action."),
    (["list", "--plan", "fals"], "did you mean “falls”? [Y/n]", "1 action."),
    (["review", "fals", "--print"], "did you mean “falls”? [Y/n]", "title:"),
    (["changes", "--plan", "fals", "--since", "2025-01-01"], "did you mean “falls”? [Y/n]", ""),
    (["rules", "silent-acton"], "did you mean “silent-action”? [Y/n]", "PS305"),
    (["new", "action", "A", "--plan", "fals"], "did you mean “falls”? [Y/n]", "falls/actions/a.md"),
    (["new", "action", "A", "--owner", "Manger"], "did you mean “Manager”? [Y/n]", "actions/a.md"),
    (["new", "action", "A", "--supporters", "Manger"], "did you mean “Manager”? [Y/n]", "actions/a.md"),
    (["new", "action", "A", "--goal", "ligth"], "did you mean “light”? [Y/n]", "actions/a.md"),
    (["new", "action", "A", "--status", "bloked"], "did you mean “blocked”? [Y/n]", "actions/a.md"),
    (["new", "action", "A", "--depends-on", "lmaps"], "did you mean “lamps”? [Y/n]", "actions/a.md"),
    (["new", "plan", "B", "--agencies", "counsil"], "did you mean “council”? [Y/n]", "plans/b/plan.md"),
    (["new", "plan", "B", "--kind", "servise"], "did you mean “service”? [Y/n]", "plans/b/plan.md"),
    (["new", "plan", "B", "--template", "incident/fal"], "did you mean “incident/fall”? [Y/n]", "plans/b/plan.md"),
]


@pytest.mark.parametrize(("command", "question", "result"), SUGGESTIONS, ids=lambda value: str(value)[:50])
def test_a_suggestion_can_be_accepted(site: Path, command: list[str], question: str, result: str) -> None:
    """With `y` or Enter the command goes on as if the name had been typed; it asks for nothing else first."""
    answer = "y" if command[0] == "new" else ""
    known = {"new": [("For example", CTRL_D)]}.get(command[0], []) if "--template" not in command else []
    done = converse(site, [(question, answer), *known], *command)
    if known:  # the name is accepted, and the next question is about another field
        assert done.returncode == 130
        assert question in done.stderr
        return
    assert done.returncode == 0, done.stderr
    assert result in done.stdout


def test_an_accepted_name_is_what_is_written(site: Path) -> None:
    """The file has the suggestion; another name can be typed in place of an answer."""
    rest = [("Goal:", ""), ("Due:", ""), ("Resources:", "")]
    done = converse(site, [("“Manager”? [Y/n]", "y"), *rest], "new", "action", "A", "--owner", "Manger")
    assert (done.returncode, done.stdout) == (0, "content/plans/falls/actions/a.md\n"), done.stderr
    done = converse(site, [("“Manager”? [Y/n]", "cook"), *rest], "new", "action", "B", "--owner", "Manger")
    assert done.returncode == 0, done.stderr
    loaded = load_site(site)
    assert [action.owner for action in loaded.actions if action.slug in "ab"] == ["Manager", "Cook"]


@pytest.mark.parametrize(("command", "question", "result"), SUGGESTIONS[::3], ids=lambda value: str(value)[:50])
def test_a_suggestion_can_be_declined(site: Path, command: list[str], question: str, result: str) -> None:  # noqa: ARG001
    """With `n` it ends with 2, as without a terminal, and nothing is written."""
    before = _tree(site)
    party = [("[y/N]", "n")] if "owner" in question or {"--supporters", "--agencies", "--owner"} & {*command} else []
    done = converse(site, [(question, "n"), *(party if command[0] == "new" else [])], *command)
    assert done.returncode == 2
    assert "Error: " in done.stderr
    assert _tree(site) == before


@pytest.mark.parametrize(("command", "question", "result"), SUGGESTIONS[::3], ids=lambda value: str(value)[:50])
def test_nothing_is_asked_in_a_workflow(site: Path, command: list[str], question: str, result: str) -> None:  # noqa: ARG001
    """Where CI is set, a terminal is not asked, and the suggestion is part of the error."""
    before = _tree(site)
    done = converse(site, [], *command, CI="true")
    assert done.returncode == 2
    assert question.removesuffix(" [Y/n]").partition("did")[2] in done.stderr
    assert "[Y/n]" not in done.stderr
    assert _tree(site) == before


def test_an_unknown_owner_can_be_made(site: Path) -> None:
    """With `y` the owner gets a file; the same name is not asked about twice."""
    asked = [("Make a file for them in content/owners? [y/N]", "y"), ("Goal:", ""), ("Due:", ""), ("Resources:", "")]
    done = converse(site, asked, "new", "action", "A", "--owner", "Night Nurse", "--supporters", "night  nurse")
    assert done.returncode == 0, done.stderr
    assert "content/owners/night-nurse.md" in done.stderr
    loaded = load_site(site)
    assert [owner.title for owner in loaded.owners] == ["Cook", "Manager", "Night Nurse"]
    assert loaded.find_action("a", "falls").owner == "Night Nurse"  # type: ignore[union-attr]


def test_owners_and_agencies_are_made_on_request(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a terminal the options do it; without them the error names the option. A private plan stays private."""
    assert main(["new", "action", "A", "--owner", "Night Nurse", "--site", str(site)]) == 2
    assert "add --make-owner" in capsys.readouterr().err
    assert not (site / "content/plans/falls/actions/a.md").exists()
    wanted = ["--owner", "Night Nurse", "--supporters", "Ward Clerk", "--supporters", "Manager"]
    assert main(["new", "action", "A", *wanted, "--make-owner", "--site", str(site)]) == 0
    assert [path.name for path in sorted((site / "content/owners").iterdir())] == [
        "cook.md",
        "manager.md",
        "night-nurse.md",
        "ward-clerk.md",
    ]
    private = ["--kind", "counselling", "--agencies", "The Lodge", "--make-agency", "--audience", "internal"]
    assert main(["new", "plan", "B", *private, "--site", str(site)]) == 0
    assert "audience: internal" in (site / "content/agencies/the-lodge.md").read_text("utf-8")
    assert "agencies: [the-lodge]" in (site / "content/plans/b/plan.md").read_text("utf-8")


@pytest.mark.parametrize("owner", ["Manager / Cook", "Manager and Cook", "Manager & Cook", "Manager, Cook"])
def test_an_action_gets_one_owner(site: Path, capsys: pytest.CaptureFixture[str], owner: str) -> None:
    """Two names are refused, also where owners are made; the error says where the other one goes."""
    assert main(["new", "action", "A", "--owner", owner, "--make-owner", "--site", str(site)]) == 2
    said = capsys.readouterr().err
    assert f"“{owner}” is more than one owner; name the one who is responsible, such as “Manager”" in said
    assert "name the others with --supporters" in said


def test_an_owner_who_is_asked_for_can_be_made(site: Path) -> None:
    """Also behind the question for the owner; with `n` the question comes again, and an agency can be made too."""
    offer = "Make a file for them in content/owners? [y/N]"
    asked = [("Owner:", "Nurse"), (offer, "n"), ("Owner:", "Nurse"), (offer, "y"), ("Email:", CTRL_D)]
    done = converse(site, [*asked[:4], ("Goal:", ""), ("Due:", ""), ("Resources:", "")], "new", "action", "A")
    assert done.returncode == 0, done.stderr
    assert (site / "content/owners/nurse.md").is_file()
    made = [
        ("Role:", ""),
        ("Agency:", "The Lodge"),
        ("content/agencies? [y/N]", "y"),
        ("Email:", ""),
        ("Telephone:", ""),
    ]
    done = converse(site, made, "new", "owner", "Porter")
    assert done.returncode == 0, done.stderr
    loaded = load_site(site)
    assert [(agency.slug, agency.title) for agency in loaded.agencies][1] == ("the-lodge", "The Lodge")
    assert next(owner.agency for owner in loaded.owners if owner.title == "Porter") == "the-lodge"


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_stopping_writes_nothing(site: Path, key: str) -> None:
    """Neither the document nor an owner that was to be made; the exit code is that of Ctrl-C."""
    before = _tree(site)
    asked = [("content/owners? [y/N]", "y"), ("Goal:", key)]
    done = converse(site, asked, "new", "action", "A", "--owner", "Night Nurse")
    assert (done.returncode, done.stdout) == (130, "")
    assert "Stopped. Nothing was written." in done.stderr
    assert _tree(site) == before


def test_dates_that_are_typed_are_compared(site: Path) -> None:
    """A date before the day of agreement is asked for again; so is one that no month has."""
    asked = [("Owner:", ""), ("Goal:", ""), ("Due:", "2024-01-14"), ("Due:", "2025-02-30"), ("Due:", "2025-02-28")]
    done = converse(site, [*asked, ("Resources:", "")], "new", "action", "A")
    assert done.returncode == 0, done.stderr
    assert "The due date, 14 January 2024, is before the day it was agreed, 20 January 2025" in done.stderr
    assert "February 2025 has 28 days" in done.stderr
    assert str(load_site(site).find_action("a", "falls").due) == "2025-02-28"  # type: ignore[union-attr]


@pytest.mark.parametrize("word", ["lits", "chek", "buidl"])
def test_a_mistyped_command_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str], word: str) -> None:
    """At a terminal and elsewhere."""
    assert main([word]) == 2
    assert "Did you mean" in capsys.readouterr().err
