"""What it means that a published site is whole, and that a build has left nothing behind."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path

from tests.soak.site import Site

#: The digest of every file of a published folder by path, the manifest's among them.
Tree = Mapping[str, str]

#: How builds name what they are still writing beside the site.
_UNFINISHED = re.compile(r"\.[0-9]+$|^new-|^\.history\.jsonl.|\.tmp$")


class Broken(AssertionError):  # noqa: N818  (it reads as the sentence it stands for)
    """Something that must hold does not."""


def tree_in(out: Path) -> Tree:
    """What a folder publishes; nothing where there is none. A folder without files counts as a file of its own."""
    found: dict[str, str] = {}
    for folder, folders, files in os.walk(out):
        for name in files:
            path = Path(folder) / name
            found[path.relative_to(out).as_posix()] = digest_of(path.read_bytes())
        if not files and not folders:
            found[Path(folder).relative_to(out).as_posix() + "/"] = ""
    return found


def digest_of(data: bytes) -> str:
    """The digest that trees are compared by."""
    return hashlib.sha256(data).hexdigest()


def same(found: Tree, wanted: Tree, what: str) -> None:
    """Fail with the first differences unless the two are equal."""
    if found != wanted:
        paths = sorted(path for path in {*found, *wanted} if found.get(path) != wanted.get(path))
        raise Broken(f"{what}: {len(paths)} files differ, {paths[:5]}; {len(found)} there, {len(wanted)} wanted")


def left_behind(site: Site) -> list[str]:
    """What no build may leave: anything of ours beside the output, and half-written files in `.plansite`."""
    beside = [path.name for path in site.root.glob(".public.*")]
    kept = [path.relative_to(site.root).as_posix() for path in (site.root / ".plansite").rglob("*")]
    return sorted(beside) + sorted(path for path in kept if _UNFINISHED.search(path.rpartition("/")[2]))


def tidy(site: Site, what: str) -> None:
    """Fail where something is left behind."""
    if left := left_behind(site):
        raise Broken(f"{what}: left behind {left}")
