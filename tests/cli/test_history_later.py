"""History that a shallow clone lacked is shown once it is fetched, though no file and no commit has changed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from plansite.cli.fast_build import run_fast_build
from plansite.cli.main import main
from tests.history.repo import Repo


@pytest.mark.usefixtures("fast_paths")
def test_a_clone_that_is_made_whole(tmp_path: Path) -> None:
    """Neither the fast path nor the cache of an earlier build hides the history that was fetched."""
    origin = Repo.new(tmp_path / "origin")
    files: dict[str, str | None] = {
        "plansite.yaml": "title: T\ntoday: 2025-01-20\n",
        "content/plans/p/plan.md": "---\ntitle: P\naudience: internal\n---\n",
        "content/plans/p/actions/a.md": "---\ntitle: A\nowner: Anna\n---\n",
    }
    origin.commit("One", files)
    origin.commit("Two", {"content/plans/p/actions/a.md": "---\ntitle: A\nowner: Ben\n---\n"})
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", "--depth", "1", origin.root.as_uri(), str(clone)], check=True)
    page = clone / "public/plans/p/actions/a.html"
    build = ["build", "-q", "--site", str(clone)]
    assert main(build) == 0
    assert "Anna" not in page.read_text("utf-8")
    subprocess.run(["git", "fetch", "-q", "--unshallow"], cwd=clone, check=True)
    assert run_fast_build(build) == 0
    assert "Anna" in page.read_text("utf-8")
