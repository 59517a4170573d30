"""Where a link in a file leads: the path in the site that is meant by what is written."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from urllib.parse import unquote

from plansite.deferred_dataclass import dataclass
from plansite.model.page_addresses import AGENCIES_PAGE, FRONT_PAGE, OWNERS_PAGE
from plansite.model.slugs import collision_key

_CONTENT_FOLDER = "content/"
#: The files that stand for their folder, and the pages that show what is in a folder of a plan.
_FOLDER_FILES = ("plan.md", "index.md", "README.md")
_PLAN_VIEWS = {
    "actions": "register",
    "reviews": "reviews",
    "incidents": "index",
    "measures": "index",
    "assessments": "index",
}
#: The pages that show what is in the site's own folders.
_SITE_FOLDERS = {
    "content": FRONT_PAGE,
    "content/plans": FRONT_PAGE,
    "content/owners": OWNERS_PAGE,
    "content/agencies": AGENCIES_PAGE,
}


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """The path that a link leads to, from the top of the site.

    `is_exact` says that the link spells it as it is: another spelling leads nowhere on most computers. A link to a
    folder leads to `page` where that is given, or to the view `view` of the plan whose file `path` is.
    """

    path: str
    is_exact: bool = True
    page: str = ""
    view: str = ""


def split_link(link: str) -> tuple[str, str]:
    """The path of a link as written, without its query, and its fragment without `#`."""
    path, _, fragment = link.partition("#")
    return path.partition("?")[0], fragment


def index_twins(paths: Iterable[str]) -> dict[str, str]:
    """Each path by its key without regard to capitals and the form of letters; the first in order where keys agree."""
    return {collision_key(path): path for path in sorted(paths, reverse=True)}


def find_target(link: str, folder: str, paths: Container[str], twins: Mapping[str, str]) -> LinkTarget | None:
    """What a link in a file in `folder` leads to; None if that is none of `paths`. `twins` are from `index_twins`.

    Percent escapes are decoded, also where they were encoded twice. A link that begins with `/` counts from the top
    of the repository, which is the site or a folder above it. A link to a folder leads to the page that shows it.
    """
    written = split_link(link)[0]
    candidates = dict.fromkeys(list_candidates(written, folder)) if written else {}
    for path in candidates:
        if path in paths:
            return LinkTarget(path, "\\" not in unquote(link))
    for path in candidates:
        target = _find_folder(path, paths)
        if target is not None:
            return target
    for path in candidates:
        twin = twins.get(collision_key(path))
        if twin is not None:
            return LinkTarget(twin, unicodedata.normalize("NFC", twin) == unicodedata.normalize("NFC", path))
    return None


def _find_folder(path: str, paths: Container[str]) -> LinkTarget | None:
    """What a link to a folder leads to; None where nothing stands for it."""
    if path in _SITE_FOLDERS:
        return LinkTarget(path, page=_SITE_FOLDERS[path])
    if "." in posixpath.basename(path):
        return None
    for name in _FOLDER_FILES:
        if f"{path}/{name}" in paths:
            return LinkTarget(f"{path}/{name}")
    folder, name = posixpath.split(path)
    if name in _PLAN_VIEWS and f"{folder}/plan.md" in paths:
        return LinkTarget(f"{folder}/plan.md", view=_PLAN_VIEWS[name])
    return None


def list_candidates(path: str, folder: str) -> Iterator[str]:
    """The paths from the top of the site that the path of a link may stand for, the likeliest first."""
    for spelling in dict.fromkeys(_list_spellings(path)):
        if not spelling.startswith("/"):
            yield posixpath.normpath(posixpath.join(folder, spelling))
            continue
        inner = posixpath.normpath(spelling.lstrip("/") or ".")
        yield from (posixpath.normpath(posixpath.join(top, inner)) for top in _list_tops(folder))
        at = f"/{inner}".find(f"/{_CONTENT_FOLDER}")
        if at > 0:  # the site is in a folder of its repository
            yield inner[at:]


def _list_spellings(path: str) -> Iterator[str]:
    decoded = unquote(path).replace("\\", "/")
    yield decoded
    if "%" in decoded:
        yield unquote(decoded)  # encoded twice
    if "%" in path:
        yield path  # a name with an escape in it
        yield unquote(path, "latin-1")


def _list_tops(folder: str) -> Iterator[str]:
    """The folders that may be the top of the repository: that of the site, and all above the file from the top."""
    yield "."
    top = ""
    for name in folder.split("/"):
        top = posixpath.join(top, name)
        if name != "..":
            yield top
