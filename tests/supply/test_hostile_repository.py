"""A repository that names programs in its settings, or brings hooks, has none of them run by any command."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from plansite.history.repository import find_repository
from tests.history.repo import ACTIONS, RADIATOR, Repo, action
from tests.supply.running import run

pytestmark = pytest.mark.slow

#: Settings that git takes for the name of a program, or for a line of the shell.
_KEYS = """
    core.alternateRefsCommand core.askPass core.editor core.fsmonitor core.gitProxy core.pager core.sshCommand
    credential.helper diff.all.command diff.all.textconv diff.external filter.all.clean filter.all.process
    filter.all.smudge filter.clean.clean filter.smudge.smudge gpg.openpgp.program gpg.program gpg.ssh.defaultKeyCommand
    gpg.ssh.program gpg.x509.program interactive.diffFilter merge.all.driver pager.cat-file pager.config pager.log
    pager.ls-files pager.rev-parse pager.status remote.origin.uploadpack sequence.editor trailer.x.cmd
    trailer.x.command uploadpack.packObjectsHook alias.cat-file alias.log alias.rev-parse alias.status
""".split()
_HOOKS = """
    applypatch-msg commit-msg fsmonitor-watchman post-checkout post-commit post-index-change post-merge post-rewrite
    pre-auto-gc pre-commit pre-push proc-receive reference-transaction update
""".split()
_OTHERS = {
    "filter.all.required": "true",
    "log.showSignature": "true",
    "remote.origin.url": "ext::false",
    "status.submoduleSummary": "true",
    "gpg.ssh.allowedSignersFile": os.devnull,
}
_SIGNED = "\ngpgsig -----BEGIN {0} SIGNATURE-----\n \n -----END {0} SIGNATURE-----\n\n"

_COMMANDS = (
    ["build"],
    ["build", "--as-at", "HEAD"],
    ["build", "--as-at", "2025-01-03", "--audience", "public"],
    ["check"],
    ["changes", "--since", "HEAD~1"],
    ["changes", "--since", "2025-01-01", "--format", "json"],
    ["review", "winter", "--date", "2025-02-03"],
    ["list"],
    ["new", "action", "--plan", "winter", "Order the paint"],
    ["next-change"],
    ["headers"],
    ["clean"],
)


@pytest.fixture
def ran(tmp_path: Path) -> Path:
    """A folder with a file for each program that ran."""
    folder = tmp_path / "ran"
    folder.mkdir()
    return folder


@pytest.fixture
def hostile(tmp_path: Path, ran: Path) -> Repo:
    """A site whose repository names a program wherever git would take one, with signed commits and unsaved work."""
    repo = Repo.new(tmp_path / "site")
    for day in (7, 14):
        repo.write("plansite.yaml", "title: T\n")
        repo.write("content/plans/winter/plan.md", "---\ntitle: Winter\n---\n")
        repo.commit("Begin", {RADIATOR: action(due=f"2025-01-{day:02}"), f"{ACTIONS}/two.md": action("Two")})
    for kind in ("PGP", "SSH"):
        _sign(repo, tmp_path / "commit", kind)
    for key in _KEYS:
        repo.git("config", key, str(_program(ran, key)))
    for key, value in _OTHERS.items():
        repo.git("config", key, value)
    for hook in _HOOKS:
        _program(ran, hook, repo.root / ".git/hooks" / hook)
    attributes = f"* filter=all diff=all merge=all\n/{RADIATOR} filter=clean\n{ACTIONS}/two.md filter=smudge\n"
    (repo.root / ".git/info/attributes").write_text(attributes)
    (repo.root / RADIATOR).write_text(action(due="2025-01-15"))
    # A changed time makes git read a file again, through the program that its attributes name, however fast this machine is.
    for path in ("content/plans/winter/plan.md", f"{ACTIONS}/two.md"):
        os.utime(repo.root / path, (0, 0))
    return repo


@pytest.mark.parametrize("arguments", _COMMANDS, ids=" ".join)
def test_no_program_of_the_repository_runs(arguments: list[str], hostile: Repo, ran: Path) -> None:
    """Whatever the command, git runs nothing that the repository names."""
    run(hostile.root, *arguments)
    assert sorted(file.name for file in ran.iterdir()) == []


def test_a_comparison_with_what_is_published(hostile: Repo, ran: Path) -> None:
    """The same holds where a commit is built again, to be compared."""
    hostile.write(RADIATOR, action(due="2025-01-14"))
    run(hostile.root, "build")
    run(hostile.root, "verify")
    assert sorted(file.name for file in ran.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "program"),
    [
        (["status"], "core.fsmonitor"),
        (["status"], "filter.all.process"),
        (["-c", "filter.all.process=", "status"], "filter.clean.clean"),
        (["checkout-index", "--all", "--prefix=../out/"], "filter.smudge.smudge"),
        (["read-tree", "HEAD"], "post-index-change"),
        (["log", "-1"], "gpg.ssh.program"),
        (["log", "-1", "HEAD~1"], "gpg.program"),
        (["diff", "HEAD~3", "HEAD~2"], "diff.all.command"),
        (["show", "--textconv", "HEAD~2"], "diff.all.textconv"),
    ],
)
def test_a_plain_git_would_run_them(words: list[str], program: str, hostile: Repo, ran: Path) -> None:
    """The repository is as hostile as it seems: git asked plainly there runs the programs it names."""
    subprocess.run(["git", *words], cwd=hostile.root, capture_output=True, check=False)
    assert program in {file.name for file in ran.iterdir()}


def test_a_repository_among_the_content(tmp_path: Path, ran: Path) -> None:
    """A bare repository that was committed among the content tells no history and runs nothing."""
    other, repo = Repo.new(tmp_path / "other"), Repo.new(tmp_path / "site")
    other.commit("Forge", {"a.md": action("Forged")})
    bare = repo.root / "content/sources/bare"
    other.git("clone", "-q", "--bare", str(other.root), str(bare))
    own = {"core.bare": "false", "core.worktree": str(repo.root), "core.fsmonitor": str(_program(ran, "fsmonitor"))}
    for key, value in own.items():
        other.git("--git-dir", str(bare), "config", key, value)
    assert isinstance(find_repository(bare), str)
    source = "title: T\nsources:\n  - {path: content/sources/bare, plan: other, title: Other}\n"
    for path, text in {"plansite.yaml": source, "content/sources/bare/a.md": action(), RADIATOR: action()}.items():
        repo.write(path, text)
    repo.commit("Begin")
    run(repo.root, "build")
    assert sorted(file.name for file in ran.iterdir()) == []


def _program(ran: Path, name: str, place: Path | None = None) -> Path:
    """A program that leaves a file of its name behind."""
    file = place or ran.parent / "programs" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n: > '{ran / name}'\n")
    file.chmod(0o755)
    return file


def _sign(repo: Repo, file: Path, kind: str) -> None:
    """Put a signature, good for nothing, on a further commit."""
    repo.commit("Say more")
    file.write_text(repo.git("cat-file", "commit", "HEAD").replace("\n\n", _SIGNED.format(kind), 1) + "\n")
    repo.git("reset", "-q", repo.git("hash-object", "-t", "commit", "-w", str(file)))
