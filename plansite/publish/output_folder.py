"""The folder that a site is published into, and the names beside it that a build uses."""

from __future__ import annotations

import os
from pathlib import Path

from plansite.deferred_dataclass import dataclass
from plansite.publish.errors import NotOursError

#: Names that show that a folder holds sources and not a published site.
_SOURCES = ("plansite.yaml", ".git", ".hg", ".svn")


@dataclass(frozen=True, slots=True)
class OutputFolder:
    """An absolute folder. The other paths are beside it, so that they are on the same file system."""

    out: Path

    @property
    def lock(self) -> Path:
        """The lock file. It exists only while a build runs, or after one was killed."""
        return self._beside("lock")

    @property
    def staging(self) -> Path:
        """The folder in which the new site is staged."""
        return self._beside("next")

    @property
    def previous(self) -> Path:
        """Where the old site is moved for a moment, if the system cannot exchange two folders in one step."""
        return self._beside("old")

    @property
    def is_clear(self) -> bool:
        """Whether no build is running or was killed: none of the other paths exists."""
        return not any(os.path.lexists(path) for path in (self.lock, self.staging, self.previous))

    def _beside(self, name: str) -> Path:
        return self.out.with_name(f".{self.out.name}.plansite-{name}")


def resolve_output(out: Path, root: Path | None = None) -> OutputFolder:
    """The output folder for the site in `root`. Raises NotOursError for one that no site may replace."""
    absolute = _absolute(out)
    problem = _find_problem(absolute, root)
    if problem:
        raise NotOursError(f"{out} cannot be replaced by a site: {problem}. Name another folder")
    return OutputFolder(absolute)


def _absolute(out: Path) -> Path:
    """The absolute path, with links resolved in its parents only."""
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
        return "it is inside a folder of the site's own files"
    if not out.exists():
        return ""
    if not out.is_dir():
        return "it is a file"
    above = () if root is None else (root.resolve(), *root.resolve().parents)
    if any(out.samefile(folder) for folder in above):
        return "the site's own files are in it"
    source = next((name for name in _SOURCES if os.path.lexists(out / name)), None)
    return f"it contains “{source}”, so somebody may be working in it" if source else ""
