"""A site of two commits to build, and a copy of it to verify."""

from __future__ import annotations

from pathlib import Path

from plansite.cli.exit_codes import ExitCode
from plansite.cli.main import main
from tests.history.repo import Repo

ACTION = "content/plans/p/actions/a.md"
FILES: dict[str, str | None] = {
    "plansite.yaml": "title: T\n",
    ".gitignore": ".plansite/\npublic/\n",
    "content/plans/p/plan.md": "---\ntitle: P\naudience: public\n---\n",
    ACTION: "---\ntitle: Mend\ndue: 2025-01-05\n---\n[Why](why.txt)\n",
    "content/plans/p/actions/why.txt": "Because it leaks.\n",
    "content/plans/p/actions/hidden.md": "---\ntitle: Hide\naudience: internal\n---\n",
}


def two_commits(root: Path) -> Repo:
    """A site of two commits, in which an action was moved."""
    made = Repo.new(root)
    made.commit("One", FILES)
    made.commit("Two", {ACTION: "---\ntitle: Mend\ndue: 2025-03-05\n---\n[Why](why.txt)\n"})
    return made


def build(repo: Repo, *words: str) -> Path:
    """Build it; the folder."""
    assert main(["build", "-q", "--site", str(repo.root), *words]) == ExitCode.SUCCESS
    return repo.root / "public"


def verify(repo: Repo, *words: str | Path) -> int:
    """The exit code of `plansite verify`."""
    return main(["verify", "--site", str(repo.root), *map(str, words)])


def edit(public: Path) -> str:
    """Alter a page by hand; what is then said of it."""
    (public / "index.html").write_bytes((public / "index.html").read_bytes() + b"<!-- -->")
    return "different, after it was built: index.html"
