"""A command speaks to nobody, runs nothing but git and writes nowhere but where it says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.history.repo import Repo
from tests.supply.deeds import Deed, deeds_of, faults
from tests.supply.running import run

pytestmark = pytest.mark.slow

_BUILD = ("site/public", "site/.public.plansite-*", "site/.plansite")
_ASIDE = ("site/as-at-*", "site/.as-at-*.plansite-*", "site/.plansite", "temporary/*")

#: Each command with what it may write, from the folder that holds the site.
_COMMANDS: dict[str, tuple[list[str], tuple[str, ...]]] = {
    "build for partners": (["build", "--audience", "partners"], _BUILD),
    "build for the public": (["build", "--audience", "public", "--strict"], _BUILD),
    "build as at a day": (["build", "--as-at", "2025-01-01"], _ASIDE),
    "build as at a commit": (["build", "--as-at", "HEAD~1"], _ASIDE),
    "build elsewhere": (["build", "--out", "../elsewhere"], ("elsewhere", ".elsewhere.plansite-*", "site/.plansite")),
    "build, encrypted": (["build", "--encrypt"], (*_BUILD, "temporary/*")),
    "check": (["check"], ("site/.plansite",)),
    "list": (["list", "--format", "json"], ("site/.plansite",)),
    "changes": (["changes", "--since", "HEAD~1"], ("site/.plansite",)),
    "review, shown": (["review", "inspection", "--print"], ("site/.plansite",)),
    "review": (["review", "inspection", "--date", "2025-03-03"], ("site/.plansite", "site/content/plans/*/reviews")),
    "new action": (["new", "action", "--plan", "inspection", "Order the paint"], ("site/content/plans/*/actions",)),
    "init": (["init", "../fresh"], ("fresh",)),
    "schema": (["schema"], ()),
    "headers": (["headers", "nginx"], ()),
    "rules": (["rules"], ()),
    "next change": (["next-change"], ("site/.plansite",)),
    "help": (["--help"], ()),
    "version": (["--version"], ()),
    "clean": (["clean"], _BUILD),
}


@pytest.fixture(scope="module")
def kept(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration with a history of its own, which no test changes."""
    root = tmp_path_factory.mktemp("kept") / "site"
    for name in ("content", "themes"):
        shutil.copytree(project / name, root / name)
    shutil.copy(project / "plansite.yaml", root)
    repo = Repo.new(root)
    repo.commit("Begin", when="2024-12-30T12:00:00+00:00")
    for file in sorted(root.glob("content/plans/*/actions/*.md")):
        file.write_text(file.read_text().replace("status: in progress", "status: blocked"))
    repo.commit("Move", when="2025-01-10T12:00:00+00:00")
    return root


@pytest.fixture
def site(kept: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(kept, tmp_path / "site", symlinks=True))


def _run(site: Path, *arguments: str) -> tuple[Deed, ...]:
    """What a command did; it must have ended well."""
    record = site.parent / "record"
    record.unlink(missing_ok=True)
    run(site, *arguments, record=record)
    return deeds_of(record)


@pytest.mark.parametrize("name", _COMMANDS)
def test_a_command_does_what_it_says(name: str, site: Path) -> None:
    """No network, no program but git, nothing written but where it says, and nothing changed in the repository."""
    arguments, allowed = _COMMANDS[name]
    before = _git_files(site)
    assert faults(_run(site, *arguments), allowed, site.parent) == []
    assert _git_files(site) == before


def test_builds_one_after_another(site: Path) -> None:
    """The same holds where much is known already: for a build of one changed file, and one of none."""
    cold = _run(site, "build")
    file = min(site.glob("content/plans/*/actions/*.md"))
    file.write_text(file.read_text() + "\n- 2025-01-19 (Ann): More news.\n")
    warm, same, cleaned = _run(site, "build"), _run(site, "build"), _run(site, "clean")
    for deeds in (cold, warm, same, cleaned):
        assert faults(deeds, _BUILD, site.parent) == []


def test_a_comparison_with_what_is_published(site: Path) -> None:
    """It builds in a temporary folder, and touches neither the repository nor what it compares."""
    _run(site, "build")
    before = _git_files(site)
    assert faults(_run(site, "verify"), ("temporary/*",), site.parent) == []
    assert _git_files(site) == before


def test_the_work_of_others_is_seen(site: Path) -> None:
    """The record covers the processes that share the work of a build, and git is what it names."""
    deeds = _run(site, "build")
    forked = {deed.process for deed in deeds if deed.name == "forked"}
    assert forked
    assert forked.isdisjoint(deed.process for deed in deeds if deed.name == "os.fork")
    assert any(deed.name == "subprocess.Popen" for deed in deeds)


@pytest.mark.parametrize(
    ("deed", "fault"),
    [
        ("import socket; socket.socket()", "the network"),
        ("import socket; socket.getaddrinfo('localhost', 80)", "the network"),
        ("import urllib.request; urllib.request.urlopen('file:///dev/null')", "the network"),
        ("import os; os.system('true')", "another program"),
        ("import os; os.posix_spawn('/bin/true', ['true'], {})", "another program"),
        ("import os; os.fork() or os.execv('/bin/true', ['true']); os.wait()", "another program"),
        ("import subprocess; subprocess.run(['true'])", "another program"),
        ("import subprocess; subprocess.run(['git', '--version'])", "another program"),
        ("import ctypes; ctypes.CDLL('libc.so.6')", "a library"),
        ("open('stray', 'w')", "a file"),
        ("import os; os.open('stray', os.O_CREAT)", "a file"),
        ("import os; os.mkdir('stray')", "a file"),
        ("import os; os.fork() or open('stray', 'a').close() or os._exit(0); os.wait()", "a file"),
        ("import os; os.symlink('/', 'allowed/../stray')", "a file"),
        ("import os; os.rename('allowed', 'stray')", "a file"),
        ("import os; os.mkdir('stray', dir_fd=os.open('.', os.O_RDONLY))", "a file"),
    ],
)
def test_what_would_be_seen(deed: str, fault: str, tmp_path: Path) -> None:
    """The record shows each way to speak to others, to run a program or to write a file."""
    (tmp_path / "allowed").mkdir()
    code = f"from tests.supply.watched import watch; watch('record'); {deed}"
    surroundings = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=surroundings, check=True, timeout=60)
    found = faults(deeds_of(tmp_path / "record"), ["allowed"], tmp_path)
    assert [each.split(":")[0] for each in found] == [fault]


def _git_files(site: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in (site / ".git").rglob("*") if file.is_file()}
