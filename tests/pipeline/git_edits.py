"""What somebody does to the repository of a site: commits, branches and merges."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from hypothesis import strategies as st

from tests.history.repo import Repo
from tests.pipeline.edits import Named

MOMENTS = ("2024-12-10T12:00:00+00:00", "2025-01-10T23:30:00+00:00", "2025-01-20T12:00:00+00:00")


def git_edits() -> st.SearchStrategy[Named]:
    """One of these; the first makes the repository."""
    who, moment = st.sampled_from(["Ann", "Bob"]), st.sampled_from(MOMENTS)
    return st.one_of(
        st.builds(_committed, who, moment),
        st.builds(_switched, st.sampled_from(["main", "other"])),
        st.builds(_merged, st.sampled_from(["main", "other"])),
        st.just(Named("correct the name of an author", _with_mailmap)),
    )


def _committed(who: str, moment: str) -> Named:
    def make(root: Path) -> None:
        _commit(root, who, moment)

    return Named(f"commit as {who} on {moment}", make)


def _switched(branch: str) -> Named:
    """To a branch, which begins where we are if there is none of that name."""

    def make(root: Path) -> None:
        repo = _commit(root)
        known = repo.git("branch", "--list", branch)
        repo.git("checkout", "-q", *(() if known else ("-b",)), branch)

    return Named(f"commit and switch to {branch}", make)


def _merged(branch: str) -> Named:
    """A branch into the one we are on, if there is any, and nothing where that cannot be done without deciding."""

    def make(root: Path) -> None:
        repo = _commit(root)
        if repo.git("branch", "--list", branch):
            with suppress(AssertionError):
                repo.git("merge", "-q", "--no-ff", "--no-edit", "-X", "ours", branch, when=MOMENTS[1])
                return
            repo.git("merge", "--abort")

    return Named(f"commit and merge {branch}", make)


def _with_mailmap(root: Path) -> None:
    (root / ".mailmap").write_text("Anna <ann@example.org>\n", "utf-8")


def _commit(root: Path, who: str = "Ann", moment: str = MOMENTS[0]) -> Repo:
    """Commit all there is, in a new repository if need be."""
    repo = Repo(root) if (root / ".git").exists() else Repo.new(root)
    repo.git("add", "-A")
    repo.git("commit", "-q", "--allow-empty", "-m", "Update", who=who, when=moment)
    return repo
