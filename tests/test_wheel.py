"""What people install: the wheel and the sources carry the theme and everything else a build needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.supply.sources import copied, files_of

pytestmark = pytest.mark.slow

_INSTALL = ["install", "--quiet", "--disable-pip-version-check"]
_LISTED = [*_INSTALL, "--require-hashes", "--no-deps", "--only-binary", ":all:"]
_ALONE = [*_INSTALL, "--no-deps", "--no-build-isolation", "--no-index"]

#: Prints whether the compiled templates that the package brings are those that it uses.
_TEMPLATES_USED = """
from plansite.render import compiled_templates, default_templates
print(compiled_templates.load_compiled_templates() is default_templates.TEMPLATES)
"""


@pytest.fixture(scope="module")
def source(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the project holds."""
    return copied(project, tmp_path_factory.mktemp("source") / "project")


@pytest.fixture(scope="module")
def packages(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sources, built from that copy."""
    return _built(source, tmp_path_factory.mktemp("packages"))


@pytest.fixture(scope="module")
def unpacked(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources, unpacked."""
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(next(packages.glob("*.tar.gz"))) as archive:
        archive.extractall(folder, filter="data")
    return next(folder.iterdir())


@dataclass(frozen=True, slots=True)
class Environments:
    """Makes clean environments. What is listed is installed once for each choice of lists, and copied from there."""

    project: Path
    folder: Path

    def make(self, folder: Path, *lists: str) -> Path:
        """A clean environment with what these lists hold; returns where its programs are."""
        first = self.folder / "-".join(lists)
        if not first.exists():
            subprocess.run([sys.executable, "-m", "venv", first], check=True)
            for name in lists:
                _run(first / "bin/python", "-m", "pip", *_LISTED, "-r", self.project / "requirements" / name)
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
        (installed,) = first.glob("lib/python*/site-packages")
        shutil.copytree(installed, folder / installed.relative_to(first), dirs_exist_ok=True)
        return folder / "bin"


@pytest.fixture(scope="module")
def environments(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Environments:
    """Environments for these tests."""
    return Environments(project, tmp_path_factory.mktemp("environments"))


@pytest.mark.parametrize("kind", ["*.whl", "*.tar.gz"])
def test_it_builds_a_site_where_it_is_installed(
    kind: str, packages: Path, environments: Environments, project: Path, tmp_path: Path
) -> None:
    """Installed in a clean environment, away from the project, it begins a site and builds it."""
    environment = environments.make(tmp_path / "venv", "runtime.txt", "build.txt")
    _run(environment / "python", "-m", "pip", *_ALONE, next(packages.glob(kind)))
    _run(environment / "python", "-m", "pip", "check")
    site = tmp_path / "site"
    assert _run(environment / "plansite", "--version", cwd=tmp_path).startswith("plansite ")
    commands: list[list[str | Path]] = [
        ["init", site],
        ["build", "--strict", "--site", site],
        ["check", "--site", site],
    ]
    for words in commands:
        _run(environment / "plansite", *words, cwd=tmp_path)
    assert (site / "public/index.html").is_file()
    assert _run(environment / "python", "-c", _TEMPLATES_USED, cwd=tmp_path) == "True\n"
    assert not list((tmp_path / "venv").rglob("__pycache__/default_templates-*"))
    assert files_of(site / "public/static") >= files_of(project / "themes/default/static")
    styles = project / "themes/default/styles"
    parts = [(styles / name).read_bytes() for name in (styles / "order.txt").read_text("utf-8").split()]
    assert (site / "public/static/site.css").read_bytes() == b"".join(parts)


@pytest.mark.parametrize("kind", ["*.whl", "*.tar.gz"])
def test_a_new_site_can_be_built_elsewhere(
    kind: str, packages: Path, environments: Environments, tmp_path: Path
) -> None:
    """Its `requirements.txt` installs the same package in another environment, which has never seen the first one."""
    first = environments.make(tmp_path / "first", "runtime.txt", "build.txt")
    _run(first / "python", "-m", "pip", *_ALONE, next(packages.glob(kind)))
    site = tmp_path / "here/site"
    _run(first / "plansite", "init", site, "--agency", "Oak House", "--plan", "Fewer falls", cwd=tmp_path)
    assert "./packages/plansite-" in (site / "requirements.txt").read_text("utf-8")
    moved = Path(shutil.move(site, tmp_path / "elsewhere"))
    for installed in (first, tmp_path / "here"):
        shutil.rmtree(installed.parent if installed == first else installed)
    second = environments.make(tmp_path / "second", "runtime.txt")
    _run(second / "python", "-m", "pip", *_ALONE, "-r", "requirements.txt", cwd=moved)
    _run(second / "python", "-m", "pip", "check")
    _run(second / "plansite", "build", "--strict", cwd=moved)
    assert (moved / "public/plans/fewer-falls/index.html").is_file()
    _run(second / "plansite", "init", tmp_path / "again", cwd=tmp_path)
    ours, theirs = (next((folder / "packages").iterdir()) for folder in (moved, tmp_path / "again"))
    assert (ours.name, ours.read_bytes()) == (theirs.name, theirs.read_bytes())


def test_what_the_read_me_says_installs_plansite(source: Path, tmp_path: Path) -> None:
    """Its first command, as it is typed, up to the preview; the next command is then found in the same terminal."""
    text = (source / "README.md").read_text("utf-8")
    command = next(line for line in text.splitlines() if line.endswith("&& plansite serve"))
    folder = Path(shutil.copytree(source, tmp_path / "project"))
    shell = command.removesuffix("plansite serve") + "plansite check --level error && command -v plansite"
    assert _run("sh", "-c", shell, cwd=folder).splitlines()[-1] == str(folder / ".venv/bin/plansite")


def test_the_wheel_holds_no_tests(packages: Path) -> None:
    """Only the package and its theme are installed."""
    tops = {name.split("/")[0] for name in zipfile.ZipFile(next(packages.glob("*.whl"))).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"plansite"}


def test_the_sources_are_whole(source: Path, unpacked: Path) -> None:
    """The sources hold every file of the project, and beside them only what tells an installer about them."""
    assert files_of(unpacked) == files_of(source) | {"PKG-INFO"}
    assert all((unpacked / name).read_bytes() == (source / name).read_bytes() for name in files_of(source))


def test_the_sources_can_be_tested(unpacked: Path) -> None:
    """Every test is found and can be begun in the unpacked sources; some that need other files of the project pass."""
    pytest_ = (sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", "-qq")
    _run(*pytest_, "--collect-only", cwd=unpacked)
    _run(*pytest_, "tests/test_schema.py", "tests/supply/test_lists.py", "tests/test_golden.py", cwd=unpacked)


def test_two_builds_are_equal(source: Path, packages: Path, unpacked: Path, tmp_path: Path) -> None:
    """The same bytes come from any folder, at any time, for any user, and from the unpacked sources alone."""
    other = Path(shutil.copytree(source, tmp_path / "Another name, elsewhere"))
    for path in [other, *other.rglob("*")]:
        path.chmod(0o700 if path.is_dir() or os.access(path, os.X_OK) else 0o600)
        os.utime(path, (981_173_106, 981_173_106))
    first, second = packages, _built(other, tmp_path / "packages", umask=0o077)
    assert files_of(first) == files_of(second)
    for name in files_of(first):
        assert (first / name).read_bytes() == (second / name).read_bytes(), name
    again = next(_built(unpacked, tmp_path / "again").glob("*.whl"))
    assert again.read_bytes() == (first / again.name).read_bytes()


def _built(folder: Path, into: Path, umask: int = 0o022) -> Path:
    command = [sys.executable, *"-m hatchling build --target sdist --target wheel --directory".split(), str(into)]
    clean = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    surroundings = clean | {"PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run(
        command, cwd=folder, env=surroundings, umask=umask, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return into


def _run(*command: str | Path, cwd: Path | None = None) -> str:
    """What a command says; it must have ended well."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PYTHON"))}
    ran = subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout
