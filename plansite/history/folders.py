"""Which files of a repository are documents of the site, and where each belongs."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import PurePosixPath

from plansite.content.documents import Place
from plansite.content.layout import MARKDOWN, address, place_of
from plansite.content.shelf import is_text
from plansite.model.names import slug_of
from plansite.model.site import Adopted

#: Kinds of file whose changes are told. People's contact details are nobody's news.
_TOLD = frozenset({"action", "plan", "review", "incident", "measure"})


class _Addresses(dict[str, str]):
    """The address of every plan's folder there ever was."""

    def __missing__(self, folder: str) -> str:
        return address(folder)


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that the site reads: `base` is its path in the site, `top` its path in the repository.

    Both end without a slash; `top` is empty for a whole repository. `source` says how to read what others laid out.
    """

    base: str
    top: str
    source: Adopted | None = None

    def place(self, path: str) -> Place | None:
        """The place of a file, given by its path in the repository; None where it is no document of this folder."""
        within = path.removeprefix(f"{self.top}/") if self.top else path
        if (self.top and within == path) or any(part.startswith(".") for part in within.split("/")):
            return None
        return self._adopted(within) if self.source else _own(f"{self.base}/{within}")

    def _adopted(self, within: str) -> Place | None:
        source, name = self.source, within.rsplit("/", 1)[-1]
        if source is None or not name.lower().endswith(MARKDOWN) or not fnmatch(name, source.files):
            return None
        plan = (source.plan.slug if source.plan else "") or self.base.rsplit("/", 1)[-1]
        slug = slug_of(str(PurePosixPath(within).with_suffix("")))
        return Place("action", slug_of(plan), slug, f"{self.base}/{within}")


@functools.lru_cache(maxsize=50_000)
def _own(path: str) -> Place | None:
    if not (path.lower().endswith(MARKDOWN) and is_text(path)):
        return None
    place = place_of(path, _Addresses())
    return place if place and place.kind in _TOLD else None
