"""Whether there is work that no commit holds yet."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from plansite.history.git import ask, without_filters
from plansite.history.read import parts_of
from plansite.history.repository import repository_of
from plansite.model.site import Settings

_STATUS = ("status", "--porcelain", "-z", "--ignore-submodules=all")


def has_uncommitted(root: Path, settings: Settings) -> bool:
    """Whether content was added, changed or removed since the last commit; False where nothing tells."""
    own = repository_of(root)
    if isinstance(own, str):
        return False
    parts, _ = parts_of(root, settings, own)
    return any(_differs(Path(part.repository.top), part.paths) for part in parts)


def _differs(top: Path, paths: Iterable[str]) -> bool:
    return bool(ask(top, *_STATUS, "--", *paths, extra=without_filters(top)).output)
