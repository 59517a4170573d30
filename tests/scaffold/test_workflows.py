"""The workflows of a new site have few permissions, insert no foreign text into scripts, and do what they say."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from plansite.model.status import PlanKind
from tests.history.repo import RADIATOR, Repo, action
from tests.new_sites import build_site_files

FILES = {
    path.rpartition("/")[2]: text
    for path, text in build_site_files("Plans", PlanKind.GENERAL, date(2025, 1, 31)).items()
    if path.startswith(".github/workflows/")
}
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("bash") is None, reason="the scripts are for bash"),
]


def _read(name: str) -> Any:
    return yaml.load(FILES[name], yaml.BaseLoader)  # noqa: S506  (texts)


def _steps(name: str) -> list[tuple[str, dict[str, Any]]]:
    return [(job, step) for job, what in _read(name)["jobs"].items() for step in what["steps"]]


@pytest.mark.parametrize("name", FILES)
def test_nothing_from_outside_is_put_into_a_script(name: str) -> None:
    """Values reach a script through its environment alone, so that no title or branch is ever run as one."""
    assert [step["run"] for _, step in _steps(name) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("name", FILES)
def test_actions_are_pinned_and_leave_no_key(name: str) -> None:
    """Each is one of GitHub's own at a fixed version, and a checkout keeps no token."""
    for _, step in _steps(name):
        if "uses" in step:
            assert re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"])
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"


@pytest.mark.parametrize("name", FILES)
def test_rights(name: str) -> None:
    """Only the job that writes the comment may write, and neither it nor the one with the secret installs anything."""
    whole = _read(name)
    assert whole["permissions"] in ({}, {"contents": "read"})
    for job, what in whole["jobs"].items():
        rights = what.get("permissions", {})
        assert rights in ({}, {"contents": "read"}, {"pull-requests": "write"})
        secret = "secrets." in str(what)
        if "write" in rights.values() or secret:
            assert not any("pip install" in step.get("run", "") for each, step in _steps(name) if each == job)


def test_only_a_branch_of_the_same_repository_gets_a_comment() -> None:
    """Code from a copy of the repository never runs with more rights than GitHub gives it."""
    changes = _read("changes.yml")
    assert changes["on"] == "pull_request"
    assert changes["jobs"]["comment"]["if"] == "github.event.pull_request.head.repo.full_name == github.repository"


def _script(name: str, job: str, word: str) -> str:
    (script,) = (step["run"] for each, step in _steps(name) if each == job and word in step.get("run", ""))
    return str(script)


def _run(script: str, folder: Path, tools: Path, *, ends: int = 0, **environment: str) -> str:
    """Run a script as GitHub does, with our own programs first; returns what it prints."""
    tools.mkdir(exist_ok=True)
    mine = tools / "plansite"
    mine.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m plansite "$@"\n', "utf-8")
    mine.chmod(0o755)
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=folder,
        env=os.environ | {"PATH": path, "PYTHONPATH": str(Path(__file__).parents[2])} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == ends, ran.stderr
    return ran.stdout


HOSTILE = '$(touch ran) `touch ran` @ann #7 <b> ${{ github.token }} \\"; touch ran'


def test_the_changes_of_a_branch_are_written_down(tmp_path: Path) -> None:
    """The file holds what the branch changes and nothing else, with a hostile title as plain text."""
    repo = Repo.new(tmp_path / "site")
    repo.commit("Begin", {"plansite.yaml": "title: T\n", "content/plans/winter/plan.md": action("Winter")})
    repo.git("update-ref", "refs/remotes/origin/a;touch-ran", "HEAD")
    repo.commit("Add", {RADIATOR: action(f'"{HOSTILE}"')})
    script = _script("changes.yml", "tell", "plansite changes")
    _run(script, repo.root, tmp_path / "bin", BASE="a;touch-ran", GITHUB_STEP_SUMMARY=str(tmp_path / "summary"))
    text = (repo.root / "changes.md").read_text("utf-8")
    assert "  - Added (Ann, 3 January 2025)\n" in text
    assert "1 change in 1 plan." in text
    assert "@ann" not in text
    assert "<b>" not in text
    assert (tmp_path / "summary").read_text("utf-8") == text
    assert not (repo.root / "ran").exists()


def test_a_branch_that_takes_an_action_away_does_not_pass(tmp_path: Path) -> None:
    """The check has the whole history, compares with the branch that it is for, and ends with 1."""
    repo = Repo.new(tmp_path / "site")
    begun = {"plansite.yaml": "title: T\n", "content/plans/winter/plan.md": action("Winter")}
    repo.commit("Begin", {**begun, RADIATOR: action()})
    repo.git("update-ref", "refs/remotes/origin/a;touch-ran", "HEAD")
    checkout = next(step for _, step in _steps("check.yml") if step.get("uses", "").startswith("actions/checkout@"))
    assert checkout["with"]["fetch-depth"] == "0"
    script = _script("check.yml", "check", "plansite check")
    _run(script, repo.root, tmp_path / "bin", BASE="a;touch-ran")
    repo.commit("Tidy", {RADIATOR: None})
    said = _run(script, repo.root, tmp_path / "bin", BASE="a;touch-ran", ends=1)
    assert f"::error file={RADIATOR},line=1,title=PS801 removed-record::" in said
    assert not (repo.root / "ran").exists()


@pytest.mark.parametrize(
    ("found", "asked"), [("", ["POST", "/issues/7/comments"]), ("41\n42", ["PATCH", "/comments/41"])]
)
def test_there_is_one_comment(tmp_path: Path, found: str, asked: list[str]) -> None:
    """It is written from the file; where it is there already, it is put in its place."""
    tools = tmp_path / "bin"
    tools.mkdir()
    gh = tools / "gh"
    gh.write_text(
        f"#!{sys.executable}\nimport json, pathlib, sys\n"
        f"print({found!r}) if '--jq' in sys.argv else pathlib.Path('said').write_text(json.dumps(sys.argv[1:]))\n",
        "utf-8",
    )
    gh.chmod(0o755)
    (tmp_path / "changes.md").write_text(f"{HOSTILE}\n", "utf-8")
    script = _script("changes.yml", "comment", "gh api")
    _run(script, tmp_path, tools, GITHUB_REPOSITORY="oak/plans", NUMBER="7")
    said = json.loads((tmp_path / "said").read_text("utf-8"))
    assert said[3] == asked[0]
    assert said[4].startswith("repos/oak/plans/issues/")
    assert said[4].endswith(asked[1])
    assert said[5:] == ["--field", "body=@comment.md"]
    assert (tmp_path / "comment.md").read_text("utf-8") == f"<!-- what changes -->\n{HOSTILE}\n"
    assert not (tmp_path / "ran").exists()


NIGHT = date(2025, 1, 20)
_CLOCK = f"""#!/bin/sh
case "$*" in
  "--date 2 days ago +%F") exec {shutil.which("date")} --date "{NIGHT} 2 days ago" +%F ;;
  "+%s") exec {shutil.which("date")} --date "{NIGHT} 01:15" +%s ;;
  *) exec {shutil.which("date")} "$@" ;;
esac
"""


@pytest.mark.parametrize(
    ("late", "said"), [(-14, "yes"), (-12, ""), (0, ""), (1, "yes"), (2, "yes"), (3, ""), (-30, "")]
)
def test_a_build_waits_for_its_day(tmp_path: Path, late: int, said: str) -> None:
    """A site is built on the night that an action is due soon or late, and once more in case a night was left out."""
    due = NIGHT - timedelta(days=late)
    site = {"plansite.yaml": "title: T\ntimezone: UTC\n", "content/plans/p/plan.md": action("P")}
    for path, text in {**site, "content/plans/p/actions/a.md": action(due=due)}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    tools = tmp_path / "bin"
    tools.mkdir()
    clock = tools / "date"
    clock.write_text(_CLOCK, "utf-8")
    clock.chmod(0o755)
    output = tmp_path / "output"
    output.touch()
    script = _script("nightly.yml", "look", "next-change")
    _run(script, tmp_path, tools, GITHUB_OUTPUT=str(output), TZ="UTC")
    assert output.read_text("utf-8") == (f"come={said}\n" if said else "")


_DIGEST_SITE = {
    "plansite.yaml": "title: T\ncontact: plans@example.org\ntoday: 2025-01-20\n",
    "content/plans/p/plan.md": action("P"),
    "content/plans/p/actions/a.md": "---\ntitle: Late\nowner: Cook\ndue: 2025-01-02\n---\n",
    "content/plans/p/actions/b.md": "---\ntitle: Later\nowner: Porter\ndue: 2025-03-02\n---\n",
    "content/owners/cook.md": "---\ntitle: Cook\nemail: cook@example.org\n---\n",
    "content/owners/porter.md": "---\ntitle: Porter\nemail: porter@example.org\n---\n",
    "content/owners/nobody.md": "---\ntitle: Nobody\n---\n",
}
#: A mail server that writes down what it is asked to do, and refuses the porter.
_SMTP = """
import json, pathlib
class SMTPRecipientsRefused(Exception): pass
class SMTPDataError(Exception): pass
def note(*words):
    with pathlib.Path("said").open("a") as said:
        said.write(json.dumps(words) + "\\n")
class SMTP:
    kind = "SMTP"
    def __init__(self, host, port, timeout, context=None): note(self.kind, host, port, context is not None)
    def starttls(self, context): note("starttls")
    def login(self, user, password): note("login", user, password)
    def __enter__(self): return self
    def __exit__(self, *error): note("quit")
    def send_message(self, message):
        note("send", message["From"], message["To"], message["X-Unsent"])
        if "porter@" in message["To"]: raise SMTPRecipientsRefused
class SMTP_SSL(SMTP):
    kind = "SMTP_SSL"
"""


def test_digests_are_off_until_they_are_asked_for() -> None:
    """A variable of the repository turns them on, and the password is in no job that installs anything."""
    jobs = _read("digest.yml")["jobs"]
    assert jobs["write"]["if"] == "vars.SEND_DIGESTS == 'yes'"
    assert jobs["send"]["needs"] == "write"
    assert "secrets." not in str(jobs["write"])


@pytest.mark.parametrize(
    ("port", "start"), [("", ["SMTP_SSL", "mail", 465, True]), ("587", ["SMTP", "mail", 587, False])]
)
def test_each_owner_gets_a_digest(tmp_path: Path, port: str, start: list[object]) -> None:
    """Those who have something to do and an address; one that the server refuses does not hold up the others."""
    for path, text in _DIGEST_SITE.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    output, mail = tmp_path / "output", tmp_path / "mail"
    output.touch()
    _run(_script("digest.yml", "write", "plansite digest"), tmp_path, tmp_path / "bin", GITHUB_OUTPUT=str(output))
    assert output.read_text("utf-8") == "found=yes\n"
    assert sorted(path.name for path in (tmp_path / "digests").iterdir()) == ["cook.eml", "porter.eml"]
    mail.mkdir()
    (mail / "smtplib.py").write_text(_SMTP, "utf-8")
    secrets = {"SMTP_HOST": "mail", "SMTP_PORT": port, "SMTP_USER": "plans", "SMTP_PASSWORD": "x"}
    script = _script("digest.yml", "send", "smtplib")
    out = _run(script, tmp_path, tmp_path / "bin", ends=1, PYTHONPATH=str(mail), **secrets)
    assert out == "1 of 2 sent.\n"
    said = [json.loads(line) for line in (tmp_path / "said").read_text("utf-8").splitlines()]
    assert said[0] == start
    assert (["starttls"] in said) is bool(port)
    assert [words for words in said if words[0] == "send"] == [
        ["send", '"T" <plans@example.org>', '"Cook" <cook@example.org>', None],
        ["send", '"T" <plans@example.org>', '"Porter" <porter@example.org>', None],
    ]
    assert said[-1] == ["quit"]


def test_without_anything_to_do_nothing_is_sent(tmp_path: Path) -> None:
    """The second job does not run."""
    (tmp_path / "plansite.yaml").write_text("title: T\n", "utf-8")
    output = tmp_path / "output"
    output.touch()
    _run(_script("digest.yml", "write", "plansite digest"), tmp_path, tmp_path / "bin", GITHUB_OUTPUT=str(output))
    assert output.read_text("utf-8") == ""


def test_without_a_mailbox_it_says_so(tmp_path: Path) -> None:
    """Nothing is sent, and the run fails, because somebody asked for it."""
    secrets = {"SMTP_HOST": "", "SMTP_PORT": "", "SMTP_USER": "", "SMTP_PASSWORD": ""}
    _run(_script("digest.yml", "send", "smtplib"), tmp_path, tmp_path / "bin", ends=1, **secrets)
