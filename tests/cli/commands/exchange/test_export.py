"""`plansite export` as people use it, and `plansite import` of what it wrote."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plansite.cli.exit_codes import ExitCode
from plansite.cli.main import main
from tests.sites import write

_PLAN, _FIRE = "content/plans/falls", "content/plans/fire"
_FILES = {
    "plansite.yaml": "title: Riverside plans\ntoday: 2025-01-20\n",
    f"{_PLAN}/plan.md": "---\ntitle: Fewer falls\naudience: public\ngoals:\n  - key: light\n    title: Light stairs\n---\n",
    f"{_PLAN}/actions/lights.md": "---\ntitle: Mend the lights\nowner: Cook\ngoal: light\n---\n"
    "## Progress\n- 2025-01-08: Measured.\n",
    f"{_PLAN}/actions/rugs.md": "---\ntitle: Take up the rugs\nowner: Nurse\naudience: internal\n---\nsecret\n",
    f"{_FIRE}/plan.md": "---\ntitle: Fire\naudience: public\n---\n",
    f"{_FIRE}/actions/doors.md": "---\ntitle: Mend the doors\nowner: Cook\n---\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Two plans; an action of the first is for internal readers alone."""
    return write(tmp_path / "site", _FILES)


def _export(site: Path, *words: str) -> int:
    return main(["export", "--site", str(site), *words])


def _read_actions(path: Path) -> list[tuple[str, list[str]]]:
    plans = json.loads(path.read_text("utf-8"))["plans"]
    return [(plan["slug"], [action["slug"] for action in plan["actions"]]) for plan in plans]


def test_a_file_is_named_after_what_it_holds(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a name it is written here. What was written is said, and nothing is left in the site."""
    monkeypatch.chdir(site.parent)
    assert _export(site, "--to", "json", "--plan", "Fewer falls", "--owner", "cook") == ExitCode.SUCCESS
    assert capsys.readouterr() == ("falls-cook.json\n", "1 action, for internal readers.\n")
    assert _read_actions(site.parent / "falls-cook.json") == [("falls", ["lights"])]
    assert sorted(path.name for path in site.iterdir()) == ["content", "plansite.yaml"]


def test_a_file_can_go_to_standard_output(site: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert _export(site, "--to", "csv", "--owner", "Nurse", "-o", "-") == ExitCode.SUCCESS
    assert capfdbinary.readouterr().out.count(b"\r\n") == 2


def test_readers_get_what_they_may_see(site: Path, tmp_path: Path) -> None:
    """An action for internal readers is not in a file for the public."""
    target = tmp_path / "x.json"
    assert _export(site, "--to", "json", "--audience", "public", "-o", str(target)) == ExitCode.SUCCESS
    assert _read_actions(target) == [("falls", ["lights"]), ("fire", ["doors"])]
    assert "secret" not in target.read_text("utf-8")


def test_an_unclear_mark_stops_a_file_for_fewer_readers(site: Path, tmp_path: Path) -> None:
    """As it stops a build; --lenient hides whatever it may be meant for."""
    write(site, {**_FILES, f"{_PLAN}/actions/x.md": "---\ntitle: X\naudience: interal\n---\n"})
    target = tmp_path / "x.json"
    assert _export(site, "--to", "json", "--audience", "public", "-o", str(target)) == ExitCode.FINDINGS
    assert not target.exists()
    assert _export(site, "--to", "json", "--audience", "public", "--lenient", "-o", str(target)) == ExitCode.SUCCESS
    assert _read_actions(target)[0] == ("falls", ["lights"])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--to", "pdf"], "'pdf' is not one of"),
        (["--to", "json", "--plan", "fals"], "there is no plan called “fals”; did you mean “falls”?"),
        (["--to", "json", "--owner", "x"], "there is no owner called “x”"),
        (["--to", "json", "-o", "nowhere/x.json"], "there is no folder nowhere; make it first"),
        (["--to", "json", "-o", "."], ". is a folder; name a file, such as"),
    ],
)
def test_mistakes_are_explained(
    site: Path, words: list[str], message: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site.parent)
    assert _export(site, *words) == ExitCode.USAGE
    assert message in capsys.readouterr().err


def test_files_of_the_site_are_not_written_over(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = site / _PLAN / "plan.md"
    assert _export(site, "--to", "json", "-o", str(target)) == ExitCode.USAGE
    assert "is among the content of the site" in capsys.readouterr().err
    assert target.read_text("utf-8") == _FILES[f"{_PLAN}/plan.md"]


def test_what_could_not_be_read_is_said(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file without a page of an action, and one with an error, may lack something that they meant to say."""
    write(
        site,
        {
            **_FILES,
            f"{_PLAN}/actions/torn.md": "title: Torn\n",
            f"{_FIRE}/actions/y.md": "---\ntitle: Y\ndue: soon\n---\n",
        },
    )
    assert _export(site, "--to", "json", "-o", str(tmp_path / "x.json")) == ExitCode.SUCCESS
    assert "1 file could not be read, and is not in it; run “plansite check”.\n" in (err := capsys.readouterr().err)
    assert "1 file has errors; what they are about is not in it.\n" in err
    assert _export(site, "--to", "json", "--owner", "Cook", "-o", str(tmp_path / "x.json")) == ExitCode.SUCCESS
    assert "errors" not in capsys.readouterr().err


def test_an_import_brings_actions_back(site: Path, tmp_path: Path) -> None:
    """Into a plan that lost them: the same files by name, with the goal that the plan lacks now."""
    target, again = tmp_path / "x.json", tmp_path / "y.json"
    assert _export(site, "--to", "json", "--plan", "falls", "-o", str(target)) == ExitCode.SUCCESS
    for path in (site / _PLAN / "actions").iterdir():
        path.unlink()
    (site / _PLAN / "plan.md").write_text("---\ntitle: Fewer falls\naudience: public\n---\n", "utf-8")
    assert main(["import", "--site", str(site), str(target), "--plan", "falls"]) == ExitCode.SUCCESS
    assert _export(site, "--to", "json", "--plan", "falls", "-o", str(again)) == ExitCode.SUCCESS
    assert again.read_bytes() == target.read_bytes()


def test_an_import_changes_what_changed(site: Path, tmp_path: Path) -> None:
    """Nothing where files say the same, in whatever form; later what the export changed, and a conflict else."""
    target = tmp_path / "x.json"
    lights = site / _PLAN / "actions" / "lights.md"
    lights.write_text('---\ntitle: "Mend the lights"\nsupporters:\n  - Nurse\n  - "Porter"\n---\n* a\n* b\n', "utf-8")
    before = lights.read_bytes()
    assert _export(site, "--to", "json", "--plan", "falls", "-o", str(target)) == ExitCode.SUCCESS
    command = ["import", "--site", str(site), str(target), "--plan", "falls"]
    assert main(command) == ExitCode.SUCCESS
    assert lights.read_bytes() == before
    target.write_text(target.read_text("utf-8").replace('["Nurse", "Porter"]', '["Porter"]'), "utf-8")
    assert main(command) == ExitCode.SUCCESS
    assert lights.read_text("utf-8") == '---\ntitle: "Mend the lights"\nsupporters: [Porter]\n---\n* a\n* b\n'


def test_hidden_actions_stay_hidden(site: Path, tmp_path: Path) -> None:
    """Actions of a plan for internal readers are for them alone in a plan that everybody sees."""
    write(site, {**_FILES, f"{_FIRE}/plan.md": "---\ntitle: Fire\naudience: internal\n---\n",
                 "plansite.yaml": f"{_FILES['plansite.yaml']}audience: public\n"})  # fmt: skip
    target = tmp_path / "x.json"
    assert (
        _export(site, "--to", "json", "--plan", "fire", "--audience", "internal", "-o", str(target)) == ExitCode.SUCCESS
    )
    assert main(["import", "--site", str(site), str(target), "--plan", "falls"]) == ExitCode.SUCCESS
    assert "\naudience: internal\n" in (site / _PLAN / "actions" / "doors.md").read_text("utf-8")


def test_an_import_names_its_plan(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a file with several plans a plan gets its own; one that is not among them gets nothing."""
    target = tmp_path / "x.json"
    assert _export(site, "--to", "json", "-o", str(target)) == ExitCode.SUCCESS
    write(site, {**_FILES, "content/plans/other/plan.md": "---\ntitle: Other\n---\n"})
    assert main(["import", "--site", str(site), str(target), "--plan", "other"]) == ExitCode.USAGE
    assert "it has actions of 2 plans, and none of them is “other”" in capsys.readouterr().err
    assert main(["import", "--site", str(site), str(target), "--plan", "fire"]) == ExitCode.SUCCESS
    assert "1 row: 1 in 1 action (0 new actions, 0 changed, 1 as before), 0 not read." in capsys.readouterr().out
