"""A repository in a folder of its own that stands at a commit of another one, and has all of its past."""

from __future__ import annotations

import os
from pathlib import Path

from plansite.history.git import Answer, ask
from plansite.history.repository import PARTIAL, repository_of
from plansite.history.tree import TreeError


def checked_out(root: Path, commit: str, into: Path) -> None:
    """Make the folder `into`, which holds the files of that commit, a repository at it. Raises TreeError.

    Objects are read from the repository that `root` lies in, which is not written to. Where that one is not whole,
    the new one says so in the same way.
    """
    store = Path(_line(ask(root, "rev-parse", "--path-format=absolute", "--git-path", "objects")))
    named = _line(ask(root, "rev-parse", "--verify", "--end-of-options", f"{commit}^{{commit}}"))
    form = _line(ask(root, "rev-parse", "--show-object-format"))
    _line(ask(into, "init", "--quiet", "--template=", f"--object-format={form}"))
    own = into / ".git"
    (own / "objects" / "info").mkdir(parents=True, exist_ok=True)
    (own / "objects" / "info" / "alternates").write_bytes(os.fsencode(store) + b"\n")
    cut = Path(_line(ask(root, "rev-parse", "--path-format=absolute", "--git-path", "shallow")))
    if cut.is_file():
        (own / "shallow").write_bytes(cut.read_bytes())
    if repository_of(root) == PARTIAL:
        _line(ask(into, "config", "remote.origin.promisor", "true"))
    _line(ask(into, "update-ref", "--no-deref", "HEAD", named))


def _line(answer: Answer) -> str:
    if answer.failed:
        raise TreeError(f"git cannot make a copy to compare with: {answer.fault.strip()}")
    return os.fsdecode(answer.output).removesuffix("\n")
