"""Where builds of a site keep what spares work, and when nothing kept there is believed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from plansite.cache.build_inputs import program_fingerprint
from plansite.checks.runner import RULES
from plansite.history.git import run_git
from plansite.incremental.store import FOLDER, FileStore, MemoryStore, Store

_REGISTER = "register"


def open_store(root: Path) -> Store:
    """What builds of this site keep beside it; in memory alone where its folder cannot be written to.

    A folder that came with the repository was made by whoever could write to that, so nothing in it is believed.
    """
    folder = root / FOLDER / "memo"
    if _is_tracked(root):
        return MemoryStore()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (root / FOLDER / ".gitignore").write_text("*\n", "utf-8")
    except OSError:
        return MemoryStore()
    return FileStore(folder, {rule.code: rule for rule in RULES}, program_fingerprint())


def prune_store(store: Store, user: str, names: Iterable[str]) -> None:
    """Keep what each kind of work can use the next time, and nothing else. `names` are those of this kind."""
    found = store.get(_REGISTER)
    register: dict[str, tuple[str, ...]] = dict(found) if isinstance(found, dict) else {}
    own = tuple(names)
    if register.get(user) != own:
        register[user] = own
        store.put(_REGISTER, register)
        store.keep_only((_REGISTER, *(name for each in register.values() for name in each)))


def _is_tracked(root: Path) -> bool:
    """Whether git holds files of that folder, or may hold some and cannot be asked."""
    if not any((folder / ".git").exists() for folder in (root, *root.resolve().parents)):
        return False
    held = run_git(root, "ls-files", "--", FOLDER)
    return held.failed or bool(held.output)
