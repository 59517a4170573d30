"""What people install: the wheel carries the theme and everything else a build needs."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of what the project holds."""
    copy = tmp_path_factory.mktemp("source") / "project"
    shutil.copytree(
        project, copy, ignore=shutil.ignore_patterns(".git", ".venv", "public", ".plansite", ".*_cache", "__pycache__")
    )
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(out), str(copy)],
        check=True,
        capture_output=True,
    )
    return next(out.glob("*.whl"))


def test_the_wheel_builds_a_site_where_it_is_installed(wheel: Path, project: Path, tmp_path: Path) -> None:
    """Installed in a clean environment, away from the project, it begins a site and builds it."""
    environment = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    python = environment / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", str(wheel)], check=True, capture_output=True)
    site = tmp_path / "site"
    for arguments in (["init", str(site)], ["build", "--strict", "--site", str(site)], ["check", "--site", str(site)]):
        ran = subprocess.run(
            [environment / "bin" / "plansite", *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
    assert (site / "public" / "index.html").is_file()
    theme = {
        path.relative_to(project / "themes/default/static").as_posix()
        for path in (project / "themes/default/static").rglob("*")
        if path.is_file()
    }
    built = {
        path.relative_to(site / "public/static").as_posix()
        for path in (site / "public/static").rglob("*")
        if path.is_file()
    }
    assert built >= theme


def test_the_wheel_holds_no_tests(wheel: Path) -> None:
    """Only the package and its theme are installed."""
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"plansite"}
