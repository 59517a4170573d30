"""Whether there is work that no commit holds yet."""

from __future__ import annotations

from pathlib import Path

from plansite.history.git import ask
from plansite.history.read import parts_of
from plansite.history.repository import repository_of
from plansite.model.site import Settings

# The setting keeps git from starting a program that watches the folder.
_STATUS = ("-c", "core.fsmonitor=false", "status", "--porcelain", "-z", "--ignore-submodules=all")


def has_uncommitted(root: Path, settings: Settings) -> bool:
    """Whether content was added, changed or removed since the last commit; False where nothing tells."""
    own = repository_of(root)
    if isinstance(own, str):
        return False
    parts, _ = parts_of(root, settings, own)
    return any(ask(Path(part.repository.top), *_STATUS, "--", *part.paths).output for part in parts)
