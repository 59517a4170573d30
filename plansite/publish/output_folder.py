"""Where a site is published, and what lies beside it while a build runs."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from plansite.publish.errors import NotOursError

#: What shows that a folder is somebody's work and not a published copy.
_SOURCES = ("plansite.yaml", ".git", ".hg", ".svn")


@dataclass(frozen=True, slots=True)
class OutputFolder:
    """An absolute folder. All that a build needs beside it is on the same file system and named after it."""

    out: Path

    @property
    def lock(self) -> Path:
        """The file that keeps a second build out; there only while one runs, or after one was killed."""
        return self._beside("lock")

    @property
    def staging(self) -> Path:
        """The folder in which the new site is staged."""
        return self._beside("next")

    @property
    def previous(self) -> Path:
        """Where the old site waits for a moment, if the system cannot exchange two folders in one step."""
        return self._beside("old")

    @property
    def is_clear(self) -> bool:
        """Whether nothing lies beside it: no build is at work, and none was killed."""
        return not any(os.path.lexists(each) for each in (self.lock, self.staging, self.previous))

    def _beside(self, what: str) -> Path:
        return self.out.with_name(f".{self.out.name}.plansite-{what}")


def resolve_output(out: Path, root: Path | None = None) -> OutputFolder:
    """The place for the site made from `root`. Raises NotOurs for one that no site may ever replace."""
    whole = _absolute(out)
    fault = _find_problem(whole, root)
    if fault:
        raise NotOursError(f"{out} cannot be replaced by a site: {fault}. Name another folder")
    return OutputFolder(whole)


def _absolute(out: Path) -> Path:
    """With every link on the way followed, but not one at the end."""
    if out.name in ("", ".."):
        return Path(os.path.realpath(out))
    return Path(os.path.realpath(out.parent)) / out.name


def _find_problem(out: Path, root: Path | None) -> str:
    if out == out.parent:
        return "it is the top of the file system"
    if out.is_symlink():
        return "it is a link"
    inputs = () if root is None else (root.resolve() / "content", root.resolve() / "themes")
    if any(out.is_relative_to(folder) for folder in inputs) or any(part in _SOURCES for part in out.parts):
        return "it lies among files that a site is made from"
    if not out.exists():
        return ""
    if not out.is_dir():
        return "it is a file"
    above = () if root is None else (root.resolve(), *root.resolve().parents)
    if any(out.samefile(folder) for folder in above):
        return "the site's own files are in it"
    source = next((name for name in _SOURCES if os.path.lexists(out / name)), None)
    return f"there is “{source}” in it, so it is somebody's work" if source else ""
