"""Where builds of a site keep what spares work, and when nothing kept there is believed."""

from __future__ import annotations

from pathlib import Path

from plansite.checks.check import RULES
from plansite.history.git import ask
from plansite.publish.inputs import program
from plansite.publish.store import FOLDER, Folder, Memory, Store


def store_of(root: Path) -> Store:
    """What builds of this site keep beside it; in memory alone where its folder cannot be written to.

    A folder that came with the repository was made by whoever could write to that, so nothing in it is believed.
    """
    folder = root / FOLDER / "memo"
    if _is_tracked(root):
        return Memory()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (root / FOLDER / ".gitignore").write_text("*\n", "utf-8")
    except OSError:
        return Memory()
    return Folder(folder, {rule.code: rule for rule in RULES}, program())


def _is_tracked(root: Path) -> bool:
    """Whether git holds files of that folder, or may hold some and cannot be asked."""
    if not any((folder / ".git").exists() for folder in (root, *root.resolve().parents)):
        return False
    held = ask(root, "ls-files", "--", FOLDER)
    return held.failed or bool(held.output)
