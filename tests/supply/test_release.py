"""What is published of a commit: the same bytes each time, with a list of what an installation consists of."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.history.repo import Repo
from tests.supply.sources import copied, files_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def repo(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """The project, all of it committed."""
    folder = tmp_path_factory.mktemp("release") / "project"
    copied(project, folder)
    repo = Repo.new(folder)
    repo.commit("Release")
    return repo


@pytest.fixture(scope="module")
def published(repo: Repo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with what is published."""
    out = tmp_path_factory.mktemp("published") / "dist"
    ran = _release(repo.root, out)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return out


def _release(root: Path, out: Path, umask: int = 0o022) -> subprocess.CompletedProcess[str]:
    surroundings = os.environ | {"PYTHON": sys.executable}
    command = [root / "release/build", out]
    return subprocess.run(command, env=surroundings, umask=umask, capture_output=True, text=True, check=False)


def test_what_is_published(published: Path) -> None:
    """The package, its sources, what to install it with, what that consists of, and the digests of all four."""
    kinds = {re.sub(r"^plansite-\d+\.\d+\.\d+", "", name) for name in files_of(published)}
    assert kinds == {"-py3-none-any.whl", ".tar.gz", ".cdx.json", ".requirements.txt", "SHA256SUMS"}
    for row in (published / "SHA256SUMS").read_text().splitlines():
        digest, name = row.split("  ")
        assert hashlib.sha256((published / name).read_bytes()).hexdigest() == digest
        kinds.discard(re.sub(r"^plansite-\d+\.\d+\.\d+", "", name))
    assert kinds == {"SHA256SUMS"}


def test_it_can_be_made_again(repo: Repo, published: Path, tmp_path: Path) -> None:
    """Somebody else who has the commit gets the same bytes in a folder of their own."""
    other = tmp_path / "a copy"
    repo.git("clone", "--quiet", str(repo.root), str(other))
    ran = _release(other, tmp_path / "dist", umask=0o077)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert (tmp_path / "dist/SHA256SUMS").read_text() == (published / "SHA256SUMS").read_text()


def test_the_list_of_what_an_installation_consists_of(published: Path, project: Path) -> None:
    """It names each listed package with its version, licence and what it needs, and no place on this machine."""
    text = next(published.glob("*.cdx.json")).read_text()
    told = json.loads(text)
    assert (told["bomFormat"], told["metadata"]["component"]["name"]) == ("CycloneDX", "plansite")
    listed = re.findall(r"^([\w.-]+)==(\S+)", _unmarked(project), re.MULTILINE)
    found = {(_normalise(each["name"]), each["version"]) for each in told["components"]}
    assert found == {(_normalise(name), version) for name, version in listed}
    assert [each["name"] for each in told["components"] if not each.get("licenses")] == []
    needs = {each["ref"]: each.get("dependsOn", []) for each in told["dependencies"]}
    assert {need.split("==")[0] for need in needs["root-component"]} >= {"click", "Jinja2", "markdown-it-py", "PyYAML"}
    assert "serialNumber" not in told
    assert str(Path(sys.prefix)) not in text
    assert "/tmp" not in text  # noqa: S108


def _normalise(name: str) -> str:
    """The name of a package as lists of packages compare it (PEP 503): typing_extensions is typing-extensions."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_only_what_is_committed_is_published(repo: Repo, tmp_path: Path) -> None:
    """With changes that were never committed nothing is made."""
    stray = repo.root / "stray.txt"
    stray.touch()
    ran = _release(repo.root, tmp_path / "dist")
    stray.unlink()
    assert ran.returncode == 1
    assert "never committed" in ran.stderr
    assert not (tmp_path / "dist").exists()


def test_nothing_is_overwritten(repo: Repo, tmp_path: Path) -> None:
    """What was published earlier stays."""
    ran = _release(repo.root, tmp_path)
    assert ran.returncode == 1
    assert "is there already" in ran.stderr


def _unmarked(project: Path) -> str:
    """The list without what only other systems install."""
    rows = (project / "requirements/runtime.txt").read_text().splitlines()
    return "\n".join(row for row in rows if "sys_platform == 'win32'" not in row)
