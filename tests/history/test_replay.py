"""Applying all changes from the beginning gives the present documents."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plansite.history.repository import ContentFolder
from tests.examples import examples
from tests.history.replay import apply_changes, read_present_state
from tests.history.repo import Repo, action

_FILES = [f"content/plans/{name}.md" for name in ("winter/actions/one", "winter/actions/two", "summer/actions/one")]
_BODIES = [
    "Cold.\n",
    "Cold\nand wet.\n\n## Steps\n- [ ] Ring\n- [ ] Wait\n",
    "Cold and wet.\n\n## Steps\n- [x] Ring\n- [ ] Wait\n- [ ] Wait\n\n## Progress\n- 2025-01-02 (Ann): Rang.\n",
    "## Progress\n- 2025-01-03: Waiting *still*.\n- 2025-01-02 (Ann): Rang.\n\n## Barriers\n> Snow\n",
    "## Steps\n1. Ring [them](a.md)\n\n## Outcome\n",
]
_READABLE = [
    st.builds(
        action,
        st.sampled_from(["Mend it", "Mend the radiator in room 12", "Lights"]),
        st.just(body),
        due=st.sampled_from(["2025-01-07", "2025-01-21", "June", ""]),
        status=st.sampled_from(["open", "Doing", "nearly", "done"]),
        supporters=st.sampled_from(["[]", "[Ann]", "[Ben, Ann]"]),
        due_history=st.sampled_from(["[]", "[{due: 2025-01-07, reason: Snow}]"]),
    )
    for body in _BODIES
]
_BROKEN = st.sampled_from(["---\ntitle: 'open\n---\n", "no front matter\n", "---\ntitle: x\nstatus: &a b\n---\n"])
_TEXTS = st.one_of(*_READABLE, _BROKEN)
_EDITS = st.one_of(
    *[st.tuples(st.just("write"), st.just(path), _TEXTS) for path in _FILES],
    st.tuples(st.just("remove"), st.sampled_from(_FILES), st.just("")),
    st.tuples(st.just("rename"), st.sampled_from(_FILES), st.sampled_from(_FILES)),
    st.tuples(st.just("exchange"), st.sampled_from(_FILES), st.sampled_from(_FILES)),
    st.tuples(st.just("line ends"), st.sampled_from(_FILES), st.just("")),
)


def _edit(root: Path, kind: str, path: str, more: str) -> None:
    file, other = root / path, root / more
    if kind == "write":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(more)
    elif not file.exists():
        return
    elif kind == "remove":
        file.unlink()
    elif kind == "rename":
        other.parent.mkdir(parents=True, exist_ok=True)
        file.replace(other)
    elif kind == "exchange" and other.is_file():
        mine, theirs = file.read_bytes(), other.read_bytes()
        file.write_bytes(theirs)
        other.write_bytes(mine)
    elif kind == "line ends":
        file.write_bytes(file.read_bytes().replace(b"\r", b"").replace(b"\n", b"\r\n"))


@pytest.mark.slow
@given(
    commits=st.lists(st.lists(_EDITS, min_size=1, max_size=4), min_size=4, max_size=10),
    branch=st.lists(st.lists(_EDITS, min_size=1, max_size=3), max_size=2),
)
@settings(max_examples=examples(25))
def test_replaying_gives_today(
    commits: list[list[tuple[str, str, str]]], branch: list[list[tuple[str, str, str]]]
) -> None:
    """Whatever people do to their files, on the mainline and on a branch, no change is missed and none invented.

    With a cache that is used after every commit the answer is the same.
    """
    with tempfile.TemporaryDirectory() as name:
        repo, cache = Repo.new(Path(name) / "site"), Path(name) / "cache"
        for edits in commits:
            for edit in edits:
                _edit(repo.root, *edit)
            repo.commit()
            repo.history(cache)
        repo.git("checkout", "-q", "-b", "branch")
        for edits in branch:
            for edit in edits:
                _edit(repo.root, *edit)
            repo.commit()
        repo.git("checkout", "-q", "main")
        repo.git("merge", "-q", "--no-ff", "branch", "-m", "Land")
        history = repo.history()
        assert apply_changes(history) == read_present_state(repo.root, ContentFolder("content", "content"))
        assert repo.history(cache).changes == history.changes
