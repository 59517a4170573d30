"""A site with a copy for each audience, and the folder that stands for /etc/nginx."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from plansite.cli.main import main
from tests.access.recipes import recipe
from tests.history.repo import Repo
from tests.sites import write

PASSWORDS = {"internal": "violin harbour pencil sunset gravel teapot", "partners": "ladder cinema walnut"}
_SETTINGS = """\
title: Test site
base_url: https://staff.example.org/
audience: internal
audiences: [internal, partners, public]
"""


def _action(audience: str) -> str:
    mark = f"seen-by-{audience}"
    evidence = f"evidence: [{{label: Readings, url: evidence/{audience}.pdf, date: 2025-01-10}}]"
    return f"---\ntitle: Mend the door {mark}\naudience: {audience}\ndue: 2025-01-30\n{evidence}\n---\nWords.\n"


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a history in which one action is for each audience, with a file as evidence; built for all of them."""
    repo = Repo.new(tmp_path_factory.mktemp("site"))
    files: Mapping[str, str | bytes] = {
        "plansite.yaml": _SETTINGS,
        "content/plans/house/plan.md": "---\ntitle: The house\naudience: public\nobjective: A sound house.\n---\n",
        **{f"content/plans/house/actions/{each}.md": _action(each) for each in ("internal", "partners", "public")},
        **{
            f"content/plans/house/evidence/{each}.pdf": f"%PDF seen-by-{each}".encode()
            for each in ("internal", "partners", "public")
        },
    }
    root = write(repo.root, files)
    repo.commit()
    repo.commit(files={"content/plans/house/actions/later.md": "---\ntitle: Oil the door\n---\nWords.\n"})
    assert main(["build", "--all-audiences", "--today", "2025-01-20", "--site", str(root)]) == 0
    return root


@pytest.fixture(scope="session")
def sites(root: Path) -> Path:
    """The folder with all copies."""
    return root / "sites"


def _follow(line: str, folder: Path, root: Path, said: str = "") -> None:
    """Run a line of the page in a shell, with `folder` for /etc/nginx."""
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    command = line.removeprefix("$ ").replace("/etc/nginx/", f"{folder}/").replace("passwd -6", "passwd -6 -stdin")
    subprocess.run(["sh", "-ec", command], cwd=root, env={"PATH": programs}, input=said, text=True, check=True)


@pytest.fixture
def folder(project: Path, root: Path, tmp_path: Path) -> Path:
    """In place of /etc/nginx: readers, each made as the page says, and the headers that are printed."""
    for audience, password in PASSWORDS.items():
        line = recipe(project, "a reader").replace("readers-internal", f"readers-{audience}")
        _follow(line, tmp_path, root, password + "\n")
    _follow(recipe(project, "headers"), tmp_path, root)
    return tmp_path


@pytest.fixture(scope="session")
def paths(sites: Path) -> tuple[str, ...]:
    """Every address of the internal copy, those that are kept back, and some that are not there."""
    built = sites / "internal"
    files = sorted("/" + file.relative_to(built).as_posix() for file in built.rglob("*") if file.is_file())
    kinds = {Path(file).suffix for file in files}
    assert {".html", ".json", ".atom", ".csv", ".pdf", ".css", ".js"} <= kinds
    assert {"/404.html", "/_headers", "/.plansite.json"} <= {*files}
    return (
        *files,
        "/",
        "/plans/",
        "/no-such-page",
        "/static",
        "/.git/config",
        "/plans/%2e%2e/index.html",
        "//index.html",
    )
